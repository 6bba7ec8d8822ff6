"""Logarithm of softmax over the last axis.

    y_i = x_i - m - log(1 + sum_(j != k) exp(x_j - m))     (forward, m = x_k the largest)
    dL/dx_i = g_i - p_i sum_j g_j                          (backward, p = exp(y), g = dL/dy)
    dL/dx_k = g_k sum_(j != k) p_j - p_k sum_(j != k) g_j

y is x_i - log sum_j exp(x_j). The largest logit of each row is subtracted first, so exp never
overflows. It stands apart, as the 1 in the logarithm and in its own gradient, so that y and 1 - p_k
keep their digits where p_k is close to 1. Computing log(softmax(x)) in two steps gives -inf as
soon as a probability underflows; avoiding that is the purpose of this operation. A logit of -inf
gives -inf. A row that contains inf or nan, or nothing but -inf, gives nan, as in PyTorch. A batch
without rows, or rows without entries, gives an empty result.

    >>> forward(np.array([0.0, 0.0, 1000.0]))
    array([-1000., -1000.,     0.])

Source: Bridle 1990; Goodfellow, Bengio, Courville 2016, section 6.2.2.3.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.activations import softmax
from reference.spec import Gradients, Index, Real, Spec


def forward(x: Shaped[Real, "... c"]) -> Shaped[Real, "... c"]:
    shifted, total = logits_and_total(x)
    return shifted - total


def backward(grad: Real, x: Real) -> Gradients:
    p, k = softmax.forward(x), softmax.likeliest(x)
    p_k, g_k = (np.take_along_axis(each, k, axis=-1) for each in (p, grad))
    dx = grad.copy()
    rest, others = _sum_without(p, k), _sum_without(dx, k)
    p *= g_k + others  # in place, as large arrays take longer to make than to fill
    dx -= p
    np.put_along_axis(dx, k, g_k * rest - p_k * others, axis=-1)
    return (dx,)


def logits_and_total(x: Real) -> tuple[Real, Real]:
    """The logits without the largest one of each row, and the logarithm of their sum of powers."""
    k = softmax.likeliest(x)
    largest = np.take_along_axis(x, k, axis=-1)
    shifted = x - largest
    rest = _sum_without(np.exp(shifted), k) + 0 * largest  # nan if the largest is infinite
    return shifted, np.log1p(rest)


def _sum_without(values: Real, k: Index) -> Real:
    """The sum of each row without its entry k, which becomes 0."""
    np.put_along_axis(values, k, 0, axis=-1)
    return values.sum(axis=-1, keepdims=True)


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
