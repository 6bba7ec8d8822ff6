"""The history of a training: the loss of each epoch, from the losses of its batches.

    history[e] = sum_b m_b loss[e, b] / sum_b m_b           m_b examples in batch b

Each example counts alike, so a short last batch counts less than a full one: with weights that do
not move, the history is the loss of all examples. Keras reports this, measured while the weights
move from batch to batch; many loops in torch report the plain mean of the batches.

Source: Vanschoren (001), "Model selection"; lecture 000, "Keras Sequential".
"""

from typing import Annotated as Shaped

from reference.spec import Below, Index, Procedure, Real


def run(losses: Shaped[Real, "e b"], sizes: Shaped[Index, "b", Below("9")]) -> Shaped[Real, "e"]:
    return (losses * sizes).sum(axis=1) / sizes.sum()


def a_training_that_rests(f, losses, sizes):
    """Where every batch has the same loss, that is the loss of the epoch."""
    level = losses[:, :1]
    return f(0 * losses + level, sizes), level[:, 0]


def batches_of_one_size(f, losses, sizes):
    """Batches of the same size count alike."""
    return f(losses, 0 * sizes + 3), losses.mean(axis=1)


def twice_the_examples(f, losses, sizes):
    """Twice as many examples in each batch change nothing."""
    return f(losses, 2 * sizes), f(losses, sizes)


def each_epoch_by_itself(f, losses, sizes):
    """The epochs in another order have their losses in that order."""
    return f(losses[::-1], sizes), f(losses, sizes)[::-1]


def _torch(torch, losses, sizes):
    weights = sizes.to(losses.dtype)
    return losses @ weights / weights.sum()


SPEC = Procedure(
    run=run,
    torch=_torch,
    laws=(a_training_that_rests, batches_of_one_size, twice_the_examples, each_epoch_by_itself),
    source="Vanschoren (001)",
    possible=lambda losses, sizes: bool((sizes > 0).all()),
)
