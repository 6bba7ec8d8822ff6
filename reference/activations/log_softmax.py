"""Logarithm of softmax over the last axis.

    y_i = x_i - log sum_j exp(x_j)              (forward)
    dL/dx_i = g_i - p_i sum_j g_j               (backward, p = exp(y), g = dL/dy)

The largest logit is subtracted first. Taking the logarithm of softmax instead gives -inf as soon
as a probability underflows, which is the reason for the operation.

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
    """Its exponentials are the probabilities of softmax."""
    return np.exp(f(x)), softmax.forward(x)


def idempotent(f, x):
    """Logarithms of probabilities are left as they are."""
    return f(f(x)), f(x)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x: torch.log_softmax(x, dim=-1),
    laws=(shift_invariant, exponentials_are_softmax, idempotent),
    source="Bridle 1990",
)
