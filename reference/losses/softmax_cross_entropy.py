"""Softmax followed by cross-entropy, averaged over the batch.

    L = -(1/n) sum_i log p[i, y_i],   p = softmax(x)       (forward)
    dL/dx = g (p - onehot(y)) / n                          (backward)

Softmax and loss are combined in one operation because log softmax(x) = x - logsumexp(x) never
overflows, while log(softmax(x)) is -inf as soon as a probability underflows. At the right class,
p - 1 is computed as minus the sum of the other probabilities, because it would lose its digits if
this class is almost certain. Logits have shape (n, c) and labels (n,). Labels count from 0; lecture
001 numbers them from 1 in its text. A label that is not in range(c) raises IndexError. `reduction`
selects the mean, the sum, or none (the cost of each example). The mean of an empty batch is nan, as
in PyTorch. PyTorch calls this operation `cross_entropy`, Keras
SparseCategoricalCrossentropy(from_logits=True).

    >>> forward(np.array([[0, 0, 0], [999, 0, 0]]), np.array([2, 1]), reduction="none").round(4)
    array([  1.0986, 999.    ])

Source: Bridle 1990; Bishop 2006, eq. 4.108-4.109.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.activations import log_softmax, softmax
from reference.losses import _reduction
from reference.losses._labels import places
from reference.losses._reduction import Reduction, reduced, upstream_of_each
from reference.spec import Below, Gradients, Index, Real, Spec


def forward(
    logits: Shaped[Real, "n c"],
    labels: Shaped[Index, "n", Below("c")],
    *,
    reduction: Reduction = "mean",
) -> Shaped[Real, ""]:
    shifted, total = log_softmax.logits_and_total(logits)
    return reduced(total[:, 0] - _pick(shifted, labels), reduction)


def backward(grad: Real, logits: Real, labels: Index, *, reduction: str = "mean") -> Gradients:
    each = np.reshape(upstream_of_each(grad, len(labels), reduction), (-1, 1))
    gap, right = softmax.forward(logits), places(labels, logits.shape[1])[:, None]
    nothing = 0 * np.take_along_axis(gap, right, axis=1)  # nan where a logit is
    np.put_along_axis(gap, right, 0, axis=1)
    np.put_along_axis(gap, right, nothing - gap.sum(axis=1, keepdims=True), axis=1)
    gap *= each
    return (gap,)


def _pick(rows: Real, labels: Index) -> Real:
    return rows[np.arange(len(labels)), places(labels, rows.shape[1])]


def shift_invariant(f, logits, labels, reduction):
    """Adding one number to every logit of a row changes nothing."""
    shifted = f(logits + 3.0, labels, reduction=reduction)
    return shifted, f(logits, labels, reduction=reduction)


def same_for_a_doubled_batch(f, logits, labels, reduction):
    """Repeating all examples of a batch does not change the mean."""
    return f(np.concatenate([logits, logits]), np.concatenate([labels, labels])), f(logits, labels)


def reductions_agree(f, logits, labels, reduction):
    """The sum is the sum of the single costs, and the mean is the sum divided by their number."""
    return _reduction.agree(f, logits, labels)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, logits, labels, reduction: torch.nn.functional.cross_entropy(
        logits, labels, reduction=reduction
    ),
    properties=(shift_invariant, same_for_a_doubled_batch, reductions_agree),
)
