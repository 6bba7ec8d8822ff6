"""Softmax followed by cross-entropy, averaged over the batch.

    L = -(1/n) sum_i log p[i, y_i],   p = softmax(x)       (forward)
    dL/dx = g (p - onehot(y)) / n                          (backward)

The two are one operation because log softmax(x) = x - logsumexp(x) never overflows, while
log(softmax(x)) is -inf as soon as a probability underflows. Labels count from 0; lecture 001
numbers them from 1 in its text. An empty batch gives nan, as in torch.

Source: Bridle 1990; Bishop 2006, eq. 4.108-4.109.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Below, Gradients, Index, Real, Spec


def forward(
    logits: Shaped[Real, "n c"], labels: Shaped[Index, "n", Below("c")]
) -> Shaped[Real, ""]:
    return -_pick(_log_softmax(logits), labels).mean()


def backward(grad: Real, logits: Real, labels: Index) -> Gradients:
    gap = np.exp(_log_softmax(logits)) - np.eye(logits.shape[1])[labels].astype(logits.dtype)
    return (grad * gap / len(labels),)


def _log_softmax(logits: Real) -> Real:
    shifted = logits - logits.real.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def _pick(rows: Real, labels: Index) -> Real:
    return rows[np.arange(len(labels)), labels]


def shift_invariant(f, logits, labels):
    """Adding one number to every logit of a row changes nothing."""
    return f(logits + 3.0, labels), f(logits, labels)


def same_for_a_doubled_batch(f, logits, labels):
    """A batch repeated twice has the same mean."""
    return f(np.concatenate([logits, logits]), np.concatenate([labels, labels])), f(logits, labels)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, logits, labels: torch.nn.functional.cross_entropy(logits, labels),
    laws=(shift_invariant, same_for_a_doubled_batch),
    source="Bishop 2006, 4.108",
)
