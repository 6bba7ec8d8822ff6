"""Mutants of a step with momentum."""

import numpy as np

from checker.library.marks import convention


def velocity_forgotten(grad, state, param, *, learning_rate=0.01, momentum=0.9, dampening=0.0):
    """The velocity is not kept: every step starts with the velocity 0.

    What is left of the old velocity in the new one?
    """
    return param - learning_rate * (1 - dampening) * grad, state


def old_velocity_subtracted(grad, state, param, *, learning_rate=0.01, momentum=0.9, dampening=0.0):
    """Velocity and gradient have different signs, so that each step turns the last one round.

    When two gradients are alike, should the second step be longer or shorter?
    """
    velocity = -momentum * state.velocity - (1 - dampening) * grad
    return param + learning_rate * velocity, _with(state, velocity)


def momentum_on_the_gradient(
    grad, state, param, *, learning_rate=0.01, momentum=0.9, dampening=0.0
):
    """The momentum multiplies the new gradient as well.

    Which of the two terms fades from step to step?
    """
    velocity = momentum * (state.velocity - (1 - dampening) * grad)
    return param + learning_rate * velocity, _with(state, velocity)


def moves_before_the_velocity(
    grad, state, param, *, learning_rate=0.01, momentum=0.9, dampening=0.0
):
    """The parameter moves by the old velocity, before the gradient has entered it.

    What is the first step if the velocity is still 0?
    """
    velocity = momentum * state.velocity - (1 - dampening) * grad
    return param + learning_rate * state.velocity, _with(state, velocity)


def one_velocity_for_all(grad, state, param, *, learning_rate=0.01, momentum=0.9, dampening=0.0):
    """All entries share one velocity, the mean of theirs.

    How many entries does the velocity have?
    """
    velocity = momentum * np.mean(state.velocity) - (1 - dampening) * grad
    return param + learning_rate * velocity, _with(state, velocity)


def velocity_squared(grad, state, param, *, learning_rate=0.01, momentum=0.9, dampening=0.0):
    """The old velocity is multiplied by itself.

    What does `v *= momentum * v` do?
    """
    velocity = momentum * state.velocity**2 - (1 - dampening) * grad
    return param + learning_rate * velocity, _with(state, velocity)


def corrected_like_adam(grad, state, param, *, learning_rate=0.01, momentum=0.9, dampening=0.0):
    """The velocity is divided by 1 - momentum^t, as in Adam; here it is used as it is.

    Which optimiser corrects its averages for their start at 0?
    """
    velocity = momentum * state.velocity - (1 - dampening) * grad
    corrected = velocity / (1 - momentum ** (state.step + 1))
    return param + learning_rate * corrected, _with(state, velocity)


def rate_twice(grad, state, param, *, learning_rate=0.01, momentum=0.9, dampening=0.0):
    """The learning rate is used twice: in the velocity, and again when the parameter moves.

    How often does the rate occur in one step?
    """
    velocity = momentum * state.velocity - learning_rate * (1 - dampening) * grad
    return param + learning_rate * velocity, _with(state, velocity)


def rate_only_on_the_gradient(
    grad, state, param, *, learning_rate=0.01, momentum=0.9, dampening=0.0
):
    """The learning rate multiplies the new gradient, while the velocity is kept without it.

    If the rate stands inside, what does the velocity that you store have to hold?
    """
    step = momentum * state.velocity - learning_rate * (1 - dampening) * grad
    velocity = momentum * state.velocity - (1 - dampening) * grad
    return param + step, _with(state, velocity)


def rate_and_momentum_exchanged(
    grad, state, param, *, learning_rate=0.01, momentum=0.9, dampening=0.0
):
    """The learning rate and the momentum are exchanged.

    Which of the two multiplies what is remembered?
    """
    velocity = learning_rate * state.velocity - (1 - dampening) * grad
    return param + momentum * velocity, _with(state, velocity)


def looks_ahead(grad, state, param, *, learning_rate=0.01, momentum=0.9, dampening=0.0):
    """This is Nesterov's momentum, which adds the gradient once more.

    Is the step the velocity, or more than that?
    """
    velocity = momentum * state.velocity - (1 - dampening) * grad
    return param + learning_rate * (momentum * velocity - grad), _with(state, velocity)


def changes_the_parameter(grad, state, param, *, learning_rate=0.01, momentum=0.9, dampening=0.0):
    """The step is taken in the array that was passed in, which others may still use.

    If somebody keeps the best weights under another name, is that a copy?
    """
    velocity = momentum * state.velocity - (1 - dampening) * grad
    param += learning_rate * velocity
    return param, _with(state, velocity)


@convention
def moving_average(grad, state, param, *, learning_rate=0.01, momentum=0.9, dampening=0.0):
    """The velocity is an average, with 1 - momentum as in lecture 002; here it is a sum.

    By which factor does the formula multiply the new gradient?
    """
    velocity = momentum * state.velocity - (1 - momentum) * grad
    return param + learning_rate * velocity, _with(state, velocity)


def _with(state, velocity):
    return state._replace(step=state.step + 1, velocity=velocity)
