"""Mini-batches: the examples in a given order, divided into batches of one size.

    size n         batch gradient descent: one update per pass over the data
    size m         mini-batch: n / m updates, the last from fewer examples, or dropped
    size 1         stochastic: n updates

An epoch is one pass that uses every example once, and an iteration is one update; lecture 002 calls
an epoch an iteration by mistake. `epochs` shuffles before each pass, as in lecture 000. Brajard
(003) samples the examples instead: with `replace`, some may be repeated and others left out.
Lecture 000 also calls mini-batches stochastic.

The size is 32 by default, as in Keras; the DataLoader of PyTorch uses 1. A smaller last batch is
kept by default, as in Keras and in the DataLoader, which drops it if `drop_last` is set. Lecture
000 names the GPU as the reason for batches and for sizes that are powers of 2, lecture 002 sizes
from 64 to 512 that fit its memory. Small batches generalise better (lectures 000 and 001). No
examples give no batches, nor do fewer than the size if the last batch is dropped. A size of 0
raises ValueError.

    >>> [batch.tolist() for batch in run(np.array([4, 2, 0, 1, 3]), size=2)]
    [[4, 2], [0, 1], [3]]

Source: lecture 000; Brajard (003), "Batch vs stochastic training".
"""

from collections.abc import Iterator
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Below, Convention, Index, Procedure, Range, Try


def run(
    order: Shaped[Index, "n", Below("n")],
    *,
    size: Shaped[int, Try((2, 1, 3, 5)), Range(1, 40)] = 32,
    last: Shaped[str, Convention(("keep", "drop"))] = "keep",
) -> tuple[Index, ...]:
    end = len(order) if last == "keep" else len(order) - len(order) % size
    return tuple(order[start : start + size].copy() for start in range(0, end, size))


def epochs(
    rng: np.random.Generator,
    count: int,
    *,
    times: int,
    size: int = 32,
    last: str = "keep",
    replace: bool = False,
) -> Iterator[tuple[Index, ...]]:
    """The batches of each epoch, as indices of examples."""
    for _ in range(times):
        order = rng.integers(count, size=count) if replace else rng.permutation(count)
        yield run(order, size=size, last=last)


def every_example_once(f, order, size, last):
    """The batches, joined together, are all examples in the given order."""
    return np.concatenate(f(order, size=size, last="keep")), order


def as_large_as_asked(f, order, size, last):
    """Every batch has the given size, but the examples left over at the end make a smaller one."""
    lengths = tuple(len(batch) for batch in f(order, size=size, last="keep"))
    full, left = divmod(len(order), size)
    return lengths, (size,) * full + (left,) * (left > 0)


def dropped_is_kept_but_for_the_rest(f, order, size, last):
    """Dropping a smaller last batch leaves the other batches unchanged."""
    many = np.concatenate([order] * size + [order[:1]])
    dropped = f(many, size=size, last="drop")
    return dropped, f(many, size=size, last="keep")[: len(dropped)]


def number_of_updates(f, order, size, last):
    """One batch of all examples is one update, and batches of one are one for each example."""
    whole = f(order, size=len(order), last=last)
    return (len(whole), len(f(order, size=1, last=last))), (1, len(order))


SPEC = Procedure(
    run=run,
    torch=lambda torch, order, size, last: tuple(
        np.array(batch)
        for batch in torch.utils.data.BatchSampler(order.tolist(), size, last == "drop")
    ),
    properties=(
        every_example_once,
        as_large_as_asked,
        dropped_is_kept_but_for_the_rest,
        number_of_updates,
    ),
)
