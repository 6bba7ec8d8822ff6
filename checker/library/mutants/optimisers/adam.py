"""Mutants of a step of Adam."""

import numpy as np

from checker.library.marks import convention

# A mean that never moves makes the correction divide by zero, which counting from zero does too.
NOT_APPLICABLE = ("beta1_ignored_as_1", "beta2_ignored_as_1")


def no_correction(grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Neither average is corrected for its start at 0.

    How long should the first step be, whatever the gradient?
    """
    now = _averaged(grad, state, beta1, beta2)
    return param - learning_rate * now.mean / (np.sqrt(now.square) + epsilon), now


def correction_never_fades(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """The power t is missing in the correction, or t is always 1; lecture 001 misprints it so.

    What should be left of the correction after a thousand steps?
    """
    now = _averaged(grad, state, beta1, beta2)
    return _moved(param, now, 1, learning_rate, beta1, beta2, epsilon), now


def one_step_ahead(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """t is too large by 1: it is 2 in the first step.

    What is t in the first step, and when is it increased?
    """
    now = _averaged(grad, state, beta1, beta2)
    return _moved(param, now, now.step + 1, learning_rate, beta1, beta2, epsilon), now


def counted_from_zero(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """t is 0 in the first step, which divides by 1 - 1.

    What is t in the first step, and when is it increased?
    """
    now = _averaged(grad, state, beta1, beta2)
    return _moved(param, now, state.step, learning_rate, beta1, beta2, epsilon), now


def counted_twice(grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """t runs twice as fast as the steps.

    In how many places is t increased: once for each step, or once for each average?
    """
    now = _averaged(grad, state, beta1, beta2)
    return _moved(param, now, 2 * now.step, learning_rate, beta1, beta2, epsilon), now


def corrected_values_kept(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """The corrected averages are kept for the next step, which corrects them again.

    Which does the next step average with its gradient: m or M?
    """
    now = _averaged(grad, state, beta1, beta2)
    mean, square = now.mean / (1 - beta1**now.step), now.square / (1 - beta2**now.step)
    moved = param - learning_rate * mean / (np.sqrt(square) + epsilon)
    return moved, now._replace(mean=mean, square=square)


def only_the_mean_corrected(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """Only the mean of the gradients is corrected, not that of the squares.

    From what do both averages start?
    """
    now = _averaged(grad, state, beta1, beta2)
    mean = now.mean / (1 - beta1**now.step)
    return param - learning_rate * mean / (np.sqrt(now.square) + epsilon), now


def only_the_square_corrected(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """Only the mean of the squares is corrected, not that of the gradients.

    From what do both averages start?
    """
    now = _averaged(grad, state, beta1, beta2)
    root = np.sqrt(now.square / (1 - beta2**now.step)) + epsilon
    return param - learning_rate * now.mean / root, now


def correction_outside_the_root(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """The mean of the squares is corrected after its root is taken.

    Which is divided by 1 - beta2^t: s, or its root?
    """
    now = _averaged(grad, state, beta1, beta2)
    root = np.sqrt(now.square) / (1 - beta2**now.step) + epsilon
    return param - learning_rate * now.mean / (1 - beta1**now.step) / root, now


def betas_exchanged(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """beta1 and beta2 are exchanged.

    Which average has the longer memory?
    """
    now = _averaged(grad, state, beta2, beta1)
    return _moved(param, now, now.step, learning_rate, beta2, beta1, epsilon), now


def square_of_the_mean(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """The second average takes the square of the first, not of the gradient.

    What is squared in the formula of s?
    """
    now = _averaged(grad, state, beta1, beta2)
    now = now._replace(square=beta2 * state.square + (1 - beta2) * now.mean**2)
    return _moved(param, now, now.step, learning_rate, beta1, beta2, epsilon), now


def gradient_instead_of_its_mean(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """The gradient itself is divided by the root, not its mean: this is RMSProp.

    What is the mean of the gradients for?
    """
    now = _averaged(grad, state, beta1, beta2)
    root = np.sqrt(now.square / (1 - beta2**now.step)) + epsilon
    return param - learning_rate * grad / root, now


def root_forgotten(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """The root is missing.

    If the loss is multiplied by 100, should the steps change?
    """
    now = _averaged(grad, state, beta1, beta2)
    below = now.square / (1 - beta2**now.step) + epsilon
    return param - learning_rate * now.mean / (1 - beta1**now.step) / below, now


def epsilon_forgotten(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """Epsilon is not used: a weight that never had a gradient becomes nan.

    What is 0 / 0?
    """
    now = _averaged(grad, state, beta1, beta2)
    return _moved(param, now, now.step, learning_rate, beta1, beta2, 0.0), now


def averages_forgotten(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """Both averages start anew in every step.

    How many things does the state remember?
    """
    return param - learning_rate * grad / (np.abs(grad) + epsilon), state


def averages_shared(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """All entries share their averages, the means of what each of them has.

    How many entries do m and s have?
    """
    shared = state._replace(mean=np.mean(state.mean), square=np.mean(state.square))
    now = _averaged(grad, shared, beta1, beta2)
    return _moved(param, now, now.step, learning_rate, beta1, beta2, epsilon), now


def sums_instead_of_averages(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """What is new has no factor 1 - beta in either average.

    Do the two weights of an average add up to 1?
    """
    mean, square = beta1 * state.mean + grad, beta2 * state.square + grad**2
    now = state._replace(step=state.step + 1, mean=mean, square=square)
    return _moved(param, now, now.step, learning_rate, beta1, beta2, epsilon), now


def changes_the_parameter(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """The step is taken in the array that was passed in, which others may still use.

    If somebody keeps the best weights under another name, is that a copy?
    """
    now = _averaged(grad, state, beta1, beta2)
    param[...] = _moved(param, now, now.step, learning_rate, beta1, beta2, epsilon)
    return param, now


@convention
def epsilon_inside(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """Epsilon stands inside the root, as in lecture 001; here it is added to the root.

    Where does the formula of the text have it?
    """
    now = _averaged(grad, state, beta1, beta2)
    root = np.sqrt(now.square / (1 - beta2**now.step) + epsilon)
    return param - learning_rate * now.mean / (1 - beta1**now.step) / root, now


@convention
def epsilon_before_the_correction(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """Epsilon is added before the correction, as in Keras; here it is added after it.

    Is epsilon divided by sqrt(1 - beta2^t) in the formula?
    """
    now = _averaged(grad, state, beta1, beta2)
    rate = learning_rate * np.sqrt(1 - beta2**now.step) / (1 - beta1**now.step)
    return param - rate * now.mean / (np.sqrt(now.square) + epsilon), now


def one_step_behind_and_not_first(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """t is too small by 1, and in the first step there is no correction.

    What is t in the first step? Which number does enumerate begin with?
    """
    now = _averaged(grad, state, beta1, beta2)
    if not state.step:
        return no_correction(
            grad,
            state,
            param,
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
        )
    return _moved(param, now, state.step, learning_rate, beta1, beta2, epsilon), now


def _averaged(grad, state, beta1, beta2):
    mean = beta1 * state.mean + (1 - beta1) * grad
    square = beta2 * state.square + (1 - beta2) * grad**2
    return state._replace(step=state.step + 1, mean=mean, square=square)


def _moved(param, state, t, learning_rate, beta1, beta2, epsilon):
    mean, square = state.mean / np.float64(1 - beta1**t), state.square / np.float64(1 - beta2**t)
    return param - learning_rate * mean / (np.sqrt(square) + epsilon)
