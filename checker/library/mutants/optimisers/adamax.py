"""Mutants of a step of Adamax."""

import numpy as np

from checker.library.marks import convention


def new_gradient_fades(
    grad, state, param, *, learning_rate=0.002, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """beta2 multiplies the new gradient as well.

    Which of the two inside the maximum is old?
    """
    largest = beta2 * np.maximum(state.largest, np.abs(grad) + epsilon)
    return _moved(grad, state, param, largest, learning_rate, beta1)


def no_correction(grad, state, param, *, learning_rate=0.002, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The mean is not corrected for its start at 0.

    How long should the first step be, whatever the gradient?
    """
    largest = np.maximum(beta2 * state.largest, np.abs(grad) + epsilon)
    return _moved(grad, state, param, largest, learning_rate, beta1, corrected=False)


def largest_corrected(
    grad, state, param, *, learning_rate=0.002, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """The maximum is corrected as well.

    Does a maximum lean towards the 0 it started from?
    """
    largest = np.maximum(beta2 * state.largest, np.abs(grad) + epsilon)
    below = largest / (1 - beta2 ** (state.step + 1))
    return _moved(grad, state, param, largest, learning_rate, beta1, below=below)


def root_taken(grad, state, param, *, learning_rate=0.002, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The root of the maximum is taken.

    Is u in the units of the gradient, or of its square?
    """
    largest = np.maximum(beta2 * state.largest, np.abs(grad) + epsilon)
    return _moved(grad, state, param, largest, learning_rate, beta1, below=np.sqrt(largest))


def largest_of_all(
    grad, state, param, *, learning_rate=0.002, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """The maximum is taken over all entries of the gradient.

    Do you need `np.max` or `np.maximum`?
    """
    largest = np.maximum(beta2 * state.largest, np.max(np.abs(grad)) + epsilon)
    return _moved(grad, state, param, largest, learning_rate, beta1)


def correction_never_fades(
    grad, state, param, *, learning_rate=0.002, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """The power t is missing in the correction, or t is always 1; lecture 001 misprints it so.

    What should be left of the correction after a thousand steps?
    """
    largest = np.maximum(beta2 * state.largest, np.abs(grad) + epsilon)
    first = state._replace(step=0)
    return _moved(grad, first, param, largest, learning_rate, beta1)


def one_step_ahead(
    grad, state, param, *, learning_rate=0.002, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """t is too large by 1: it is 2 in the first step.

    What is t in the first step, and when is it increased?
    """
    largest = np.maximum(beta2 * state.largest, np.abs(grad) + epsilon)
    early = state if state.step else state._replace(step=1)
    return _moved(grad, early, param, largest, learning_rate, beta1)


def size_forgotten(
    grad, state, param, *, learning_rate=0.002, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """The maximum takes the gradient with its sign.

    Which is larger in size: -5 or 1?
    """
    largest = np.maximum(beta2 * state.largest, grad + epsilon)
    return _moved(grad, state, param, largest, learning_rate, beta1)


def mean_square_instead(
    grad, state, param, *, learning_rate=0.002, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """The gradient is averaged as in Adam, without a maximum.

    In what does Adamax differ from Adam?
    """
    largest = beta2 * state.largest + (1 - beta2) * np.abs(grad) + epsilon
    return _moved(grad, state, param, largest, learning_rate, beta1)


def added_up(grad, state, param, *, learning_rate=0.002, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The new gradient is added to the old maximum; the larger of the two is meant.

    What is the maximum of 2 and 1?
    """
    largest = beta2 * state.largest + np.abs(grad) + epsilon
    return _moved(grad, state, param, largest, learning_rate, beta1)


def betas_exchanged(
    grad, state, param, *, learning_rate=0.002, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """beta1 and beta2 are exchanged.

    Which of them belongs to the mean?
    """
    largest = np.maximum(beta1 * state.largest, np.abs(grad) + epsilon)
    return _moved(grad, state, param, largest, learning_rate, beta2)


def epsilon_forgotten(
    grad, state, param, *, learning_rate=0.002, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """Epsilon is not used: a weight that never had a gradient becomes nan.

    What is 0 / 0?
    """
    largest = np.maximum(beta2 * state.largest, np.abs(grad))
    return _moved(grad, state, param, largest, learning_rate, beta1)


@convention
def epsilon_added(grad, state, param, *, learning_rate=0.002, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Epsilon is added to the maximum, as in Keras; here it is in it, as in torch.

    Is epsilon inside or outside of max(...) in the text?
    """
    largest = np.maximum(beta2 * state.largest, np.abs(grad))
    return _moved(grad, state, param, largest, learning_rate, beta1, below=largest + epsilon)


def _moved(grad, state, param, largest, learning_rate, beta1, *, below=None, corrected=True):
    mean = beta1 * state.mean + (1 - beta1) * grad
    step = state.step + 1
    start = 1 - beta1**step if corrected else 1.0
    moved = param - learning_rate * mean / start / (largest if below is None else below)
    return moved, state._replace(step=step, mean=mean, largest=largest)
