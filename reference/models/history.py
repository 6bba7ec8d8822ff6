"""History of a training: the loss of each epoch, computed from the losses of its batches.

    history[e] = sum_b m_b loss[e, b] / sum_b m_b           m_b examples in batch b

All examples have the same weight, so a short last batch counts less than a full one. If the weights
do not change, the history is the mean loss of all examples. Keras reports this value, measured
while the weights change from batch to batch; many PyTorch loops report the plain mean over the
batches. Batches without any example give nan.

    >>> import numpy as np
    >>> run(np.array([[1.0, 4.0], [0.0, 3.0]]), np.array([2, 1]))
    array([2., 1.])

Source: Vanschoren (001), "Model selection"; lecture 000, "Keras Sequential".
"""

from typing import Annotated as Shaped

from reference.spec import Below, Index, Procedure, Real


def run(
    losses: Shaped[Real, "e b"], sizes: Shaped[Index, "b", Below("9", least=1)]
) -> Shaped[Real, "e"]:
    weights = sizes.astype(losses.dtype)
    return (losses * weights).sum(axis=1) / weights.sum()


def a_training_that_rests(f, losses, sizes):
    """If every batch has the same loss, this is the loss of the epoch."""
    level = losses[:, :1]
    return f(0 * losses + level, sizes), level[:, 0]


def batches_of_one_size(f, losses, sizes):
    """If all batches have the same size, the result is the mean of their losses."""
    return f(losses, 0 * sizes + 3), losses.mean(axis=1)


def twice_the_examples(f, losses, sizes):
    """Doubling the number of examples in every batch changes nothing."""
    return f(losses, 2 * sizes), f(losses, sizes)


def each_epoch_by_itself(f, losses, sizes):
    """The epochs are independent: reversing their order reverses the result."""
    return f(losses[::-1], sizes), f(losses, sizes)[::-1]


def _torch(torch, losses, sizes):
    weights = sizes.to(losses.dtype)
    return losses @ weights / weights.sum()


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(
        a_training_that_rests,
        batches_of_one_size,
        twice_the_examples,
        each_epoch_by_itself,
    ),
)
