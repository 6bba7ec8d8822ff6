"""Right ways to write a step with momentum."""

import numpy as np


def positive_velocity(grad, state, param, *, learning_rate=0.01, momentum=0.9, dampening=0.0):
    """As torch keeps it: the velocity points uphill and is subtracted."""
    velocity = momentum * state.velocity + (1 - dampening) * grad
    return param - learning_rate * velocity, state._replace(velocity=velocity)


def rate_inside(grad, state, param, *, learning_rate=0.01, momentum=0.9, dampening=0.0):
    """At one learning rate this is the same path."""
    velocity = momentum * state.velocity - learning_rate * (1 - dampening) * grad
    return param + velocity, state._replace(velocity=velocity)


def in_a_buffer(grad, state, param, *, learning_rate=0.01, momentum=0.9, dampening=0.0):
    velocity = state.velocity.copy()
    velocity *= momentum
    velocity -= (1 - dampening) * grad
    return param + learning_rate * velocity, state._replace(velocity=velocity)


def in_single_precision(grad, state, param, *, learning_rate=0.01, momentum=0.9, dampening=0.0):
    velocity = momentum * state.velocity.astype(np.float32) - np.float32(1 - dampening) * grad
    velocity = velocity.astype(np.float32)
    return (param + learning_rate * velocity).astype(np.float32), state._replace(velocity=velocity)
