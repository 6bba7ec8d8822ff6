"""Mutants of a step of gradient descent."""

import numpy as np

NOT_APPLICABLE = ("state_not_kept",)


def climbs(grad, state, param, *, learning_rate=0.01):
    """The step goes uphill: the gradient is added.

    In which direction does the gradient point, and where do you want to go?
    """
    return param + learning_rate * grad, state


def divided_by_the_rate(grad, state, param, *, learning_rate=0.01):
    """The gradient is divided by the learning rate.

    Does a smaller rate make your steps smaller?
    """
    return param - grad / learning_rate, state


def only_the_step(grad, state, param, *, learning_rate=0.01):
    """This is the step, not the parameter after it.

    Where does the parameter start from?
    """
    return -learning_rate * grad, state


def step_of_one_length(grad, state, param, *, learning_rate=0.01):
    """The gradient is divided by its length, so that every step is equally long.

    Is there a norm in the formula?
    """
    return param - learning_rate * grad / (np.linalg.norm(grad) + 1e-12), state


def sign_only(grad, state, param, *, learning_rate=0.01):
    """Only the sign of the gradient is used.

    Should a steep slope give a longer step than a gentle one?
    """
    return param - learning_rate * np.sign(grad), state


def multiplied_with_the_parameter(grad, state, param, *, learning_rate=0.01):
    """The gradient is multiplied with the parameter.

    Where does a parameter of 0 go? Where should it go?
    """
    return param - learning_rate * param * grad, state


def one_direction_at_a_time(grad, state, param, *, learning_rate=0.01):
    """Only the first entry moves.

    Do all partial derivatives belong to one step, or each to its own?
    """
    first = np.zeros_like(grad)
    first.flat[0] = grad.flat[0]
    return param - learning_rate * first, state


def averaged_gradient(grad, state, param, *, learning_rate=0.01):
    """Every entry moves by the mean of all entries of the gradient.

    Does each weight have a slope of its own?
    """
    return param - learning_rate * np.mean(grad), state


def step_lost_to_integers(grad, state, param, *, learning_rate=0.01):
    """The step is rounded to whole numbers, so that small ones are lost.

    What is the dtype of the array that you subtract?
    """
    return param - (learning_rate * grad).astype(int), state


def param_unchanged(grad, state, param, *, learning_rate=0.01):
    """The parameter comes back as it was: the new value has been lost on the way.

    Which name holds the result of the subtraction, and which one is returned?
    """
    return param + 0.0, state
