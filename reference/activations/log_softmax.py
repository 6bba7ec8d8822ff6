"""Logarithm of softmax over the last axis.

    y_i = x_i - log sum_j exp(x_j)              (forward)
    dL/dx_i = g_i - p_i sum_j g_j               (backward, p = exp(y), g = dL/dy)

The largest logit of each row is subtracted first, so exp never overflows. Computing log(softmax(x))
in two steps gives -inf as soon as a probability underflows; avoiding that is the purpose of this
operation. A logit of -inf gives -inf. A row that contains inf or nan, or nothing but -inf, gives
nan, as in PyTorch. A batch without rows gives an empty result, and rows without entries raise
ValueError.

    >>> forward(np.array([0.0, 0.0, 1000.0]))
    array([-1000., -1000.,     0.])

Source: Bridle 1990; Goodfellow, Bengio, Courville 2016, section 6.2.2.3.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.activations import softmax
from reference.spec import Gradients, Real, Spec


def forward(x: Shaped[Real, "... c"]) -> Shaped[Real, "... c"]:
    shifted = x - x.real.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def backward(grad: Real, x: Real) -> Gradients:
    return (grad - softmax.forward(x) * grad.sum(axis=-1, keepdims=True),)


def shift_invariant(f, x):
    """Adding one number to every logit of a row changes nothing."""
    return f(x + 3.0), f(x)


def exponentials_are_softmax(f, x):
    """The exponentials of the result are the probabilities of softmax."""
    return np.exp(f(x)), softmax.forward(x)


def idempotent(f, x):
    """Applying log-softmax to its own result changes nothing."""
    return f(f(x)), f(x)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x: torch.log_softmax(x, dim=-1),
    properties=(shift_invariant, exponentials_are_softmax, idempotent),
)
