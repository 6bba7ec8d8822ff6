"""Mutants of a step with Nesterov's momentum, in the form of the point ahead."""

from checker.library.marks import convention


def never_ahead(grad, state, param, *, learning_rate=0.01, momentum=0.9):
    """This is plain momentum: the step is the velocity and does not look ahead.

    What is added to the velocity so that the parameter is the point ahead?
    """
    velocity = momentum * state.velocity - learning_rate * grad
    return param + velocity, state._replace(velocity=velocity)


def gradient_step_forgotten(grad, state, param, *, learning_rate=0.01, momentum=0.9):
    """The step is momentum times the velocity, without the gradient itself.

    What are the two terms of the step?
    """
    velocity = momentum * state.velocity - learning_rate * grad
    return param + momentum * velocity, state._replace(velocity=velocity)


def velocity_not_scaled(grad, state, param, *, learning_rate=0.01, momentum=0.9):
    """The velocity enters the step whole, without the factor momentum.

    How much of the velocity will be left in the next step?
    """
    velocity = momentum * state.velocity - learning_rate * grad
    return param + velocity - learning_rate * grad, state._replace(velocity=velocity)


def momentum_squared(grad, state, param, *, learning_rate=0.01, momentum=0.9):
    """The momentum multiplies the new velocity twice.

    How often does a step look ahead?
    """
    velocity = momentum * state.velocity - learning_rate * grad
    moved = param + momentum**2 * velocity - learning_rate * grad
    return moved, state._replace(velocity=velocity)


def step_kept_as_velocity(grad, state, param, *, learning_rate=0.01, momentum=0.9):
    """The whole step is kept as the velocity, the look ahead included.

    Which of your two arrays does the next step need?
    """
    velocity = momentum * state.velocity - learning_rate * grad
    step = momentum * velocity - learning_rate * grad
    return param + step, state._replace(velocity=step)


def looks_back(grad, state, param, *, learning_rate=0.01, momentum=0.9):
    """The look ahead goes backwards: momentum times the velocity is subtracted.

    In which direction does the velocity carry you?
    """
    velocity = momentum * state.velocity - learning_rate * grad
    moved = param - momentum * velocity - learning_rate * grad
    return moved, state._replace(velocity=velocity)


def rate_missing_ahead(grad, state, param, *, learning_rate=0.01, momentum=0.9):
    """The gradient in the step has no learning rate.

    In how many places does the gradient enter, and does each have the rate?
    """
    velocity = momentum * state.velocity - learning_rate * grad
    return param + momentum * velocity - grad, state._replace(velocity=velocity)


def rate_twice(grad, state, param, *, learning_rate=0.01, momentum=0.9):
    """The learning rate is used twice: in the velocity, and again in the step.

    If the velocity holds the rate, which term of the step still needs it?
    """
    velocity = momentum * state.velocity - learning_rate * grad
    step = learning_rate * (momentum * velocity - grad)
    return param + step, state._replace(velocity=velocity)


def velocity_forgotten(grad, state, param, *, learning_rate=0.01, momentum=0.9):
    """The velocity is not kept: every step starts with the velocity 0.

    What is left of the old velocity in the new one?
    """
    return param - (1 + momentum) * learning_rate * grad, state


def changes_the_parameter(grad, state, param, *, learning_rate=0.01, momentum=0.9):
    """The step is taken in the array that was passed in, which others may still use.

    If somebody keeps the best weights under another name, is that a copy?
    """
    velocity = momentum * state.velocity - learning_rate * grad
    param += momentum * velocity - learning_rate * grad
    return param, state._replace(velocity=velocity)


@convention
def moving_average(grad, state, param, *, learning_rate=0.01, momentum=0.9):
    """The velocity is an average, with 1 - momentum as in lecture 002; here it is a sum.

    By which factor does the formula multiply the new gradient?
    """
    velocity = momentum * state.velocity - (1 - momentum) * learning_rate * grad
    moved = param + momentum * velocity - (1 - momentum) * learning_rate * grad
    return moved, state._replace(velocity=velocity)
