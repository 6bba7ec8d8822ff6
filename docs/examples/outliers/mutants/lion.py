"""Mutants of Lion."""

import numpy as np


def one_mean(grad, state, param, *, learning_rate=0.01, beta1=0.9, beta2=0.99):
    """The step takes the mean that is kept: beta1 is not used.

    Which of the two betas belongs to the step, and which to what is kept?
    """
    state = beta2 * state + (1 - beta2) * grad
    return param - learning_rate * np.sign(state), state


def no_sign(grad, state, param, *, learning_rate=0.01, beta1=0.9, beta2=0.99):
    """The step is the mean itself, not its sign.

    How long is a step if all gradients are 1000 times as large?
    """
    step = beta1 * state + (1 - beta1) * grad
    return param - learning_rate * step, beta2 * state + (1 - beta2) * grad
