"""Lion: the sign of a mean of gradients, which gives all weights steps of one size.

    w <- w - learning_rate sign(beta1 m + (1 - beta1) g)
    m <- beta2 m + (1 - beta2) g

    >>> float(update(np.array(3.0), init(np.array(1.0)), np.array(2.0), learning_rate=0.5)[0])
    1.5

Source: Chen et al. 2023, algorithm 2.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Optimiser, Range, Real, Try


def init(param: Real) -> Real:
    return np.zeros_like(param)


def update(
    grad: Shaped[Real, "..."],
    state: Real,
    param: Shaped[Real, "..."],
    *,
    learning_rate: Shaped[float, Try((0.1, 0.01)), Range(0, math.inf)] = 0.01,
    beta1: Shaped[float, Try((0.9, 0.5)), Range(0, 1)] = 0.9,
    beta2: Shaped[float, Try((0.99, 0.75)), Range(0, 1)] = 0.99,
) -> tuple[Real, Real]:
    step = np.sign(beta1 * state + (1 - beta1) * grad)
    return param - learning_rate * step, beta2 * state + (1 - beta2) * grad


def steep_or_flat(f, grad, state, param, **settings):
    """Gradients that are three times as large give the same steps."""
    return f(3 * grad, 3 * state, param, **settings)[0], f(grad, state, param, **settings)[0]


def twice_the_rate(f, grad, state, param, learning_rate, **settings):
    """Twice the learning rate gives twice the step."""
    once = f(grad, state, param, learning_rate=learning_rate, **settings)[0]
    twice = f(grad, state, param, learning_rate=2 * learning_rate, **settings)[0]
    return twice - param, 2 * (once - param)


SPEC = Optimiser(init=init, update=update, torch=None, properties=(steep_or_flat, twice_the_rate))
