"""Right ways to write a step of RMSProp, with momentum."""

import numpy as np


def rate_inside(grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0):
    """At one learning rate this is the same path."""
    square = rho * state.square + (1 - rho) * np.square(grad)
    velocity = momentum * state.velocity + learning_rate * grad / (np.sqrt(square) + epsilon)
    return param - velocity, state._replace(square=square, velocity=velocity)


def moving_by_differences(
    grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0
):
    square = state.square + (1 - rho) * (grad * grad - state.square)
    pushed = grad / (square**0.5 + epsilon)
    velocity = momentum * state.velocity + pushed
    return param - learning_rate * velocity, state._replace(square=square, velocity=velocity)
