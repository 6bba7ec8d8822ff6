"""Mini-batches: the examples, in the order given, in portions of one size.

    size n         batch gradient descent: one update per pass over the data
    size m         mini-batch: n / m updates, the last from fewer examples, or dropped
    size 1         stochastic: n updates

An epoch is one pass in which every example is used once, an iteration one update; lecture 002 calls
an epoch an iteration, a slip. `epochs` shuffles anew before each pass (lecture 000). Brajard (003)
samples examples instead, which with `replace` may repeat some and miss others. Lecture 000 calls
mini-batches stochastic as well. Keras keeps the short last batch, torch as it is told.

Source: lecture 000; Brajard (003), "Batch vs stochastic training".
"""

from collections.abc import Iterator
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Below, Index, Procedure, Try


def run(
    order: Shaped[Index, "n", Below("n")],
    *,
    size: Shaped[int, Try((2, 1, 3, 5))] = 32,
    last: Shaped[str, Try(("keep", "drop"))] = "keep",
) -> tuple[Index, ...]:
    end = len(order) if last == "keep" else len(order) - len(order) % size
    return tuple(order[start : start + size] for start in range(0, end, size))


def epochs(
    rng: np.random.Generator,
    count: int,
    *,
    times: int,
    size: int = 32,
    last: str = "keep",
    replace: bool = False,
) -> Iterator[tuple[Index, ...]]:
    """The batches of each epoch, as indices into the examples."""
    for _ in range(times):
        order = rng.integers(count, size=count) if replace else rng.permutation(count)
        yield run(order, size=size, last=last)


def every_example_once(f, order, size, last):
    """One after the other, the batches are all the examples in the order given."""
    return np.concatenate(f(order, size=size, last="keep")), order


def as_large_as_asked(f, order, size, last):
    """Every batch is of the given size, and the last one what is left over."""
    lengths = tuple(len(batch) for batch in f(order, size=size, last="keep"))
    full, left = divmod(len(order), size)
    return lengths, (size,) * full + (left,) * (left > 0)


def dropped_is_kept_but_for_the_rest(f, order, size, last):
    """Where the last batch would be short, dropping it leaves the others as they are."""
    many = np.concatenate([order] * size + [order[:1]])
    dropped = f(many, size=size, last="drop")
    return dropped, f(many, size=size, last="keep")[: len(dropped)]


def number_of_updates(f, order, size, last):
    """A batch as large as the data is one update, batches of one are as many as there are."""
    whole = f(order, size=len(order), last=last)
    return (len(whole), len(f(order, size=1, last=last))), (1, len(order))


SPEC = Procedure(
    run=run,
    torch=lambda torch, order, size, last: tuple(
        np.array(batch)
        for batch in torch.utils.data.BatchSampler(order.tolist(), size, last == "drop")
    ),
    laws=(
        every_example_once,
        as_large_as_asked,
        dropped_is_kept_but_for_the_rest,
        number_of_updates,
    ),
    source="lecture 000; Brajard (003)",
    possible=lambda order, size, last: last == "keep" or len(order) >= size,
)
