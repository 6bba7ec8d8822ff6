"""Mutants of cutting an epoch into batches."""

import numpy as np


def rest_dropped(order, *, size=32):
    """The last batch is dropped where it is short, and its examples are never used.

    What happens to the examples that are left over?
    """
    return tuple(order[k * size : (k + 1) * size] for k in range(len(order) // size))


def empty_batch_at_the_end(order, *, size=32):
    """Where the size divides the number of examples, an empty batch follows the last one.

    How many batches of 2 do 4 examples make?
    """
    return tuple(order[k * size : (k + 1) * size] for k in range(len(order) // size + 1))


def overlapping(order, *, size=32):
    """The batches overlap: each begins one example after the one before.

    By how much does your index move from one batch to the next?
    """
    return tuple(order[k : k + size] for k in range(max(1, len(order) - size + 1)))


def always_the_first(order, *, size=32):
    """Every batch is the first one.

    Does the slice move with the index of your loop?
    """
    return tuple(order[:size] for _ in range(0, len(order), size))


def number_instead_of_size(order, *, size=32):
    """The size is taken for the number of batches.

    How many examples does one batch hold?
    """
    return tuple(np.array_split(order, size))


def evened_out(order, *, size=32):
    """The batches are made equally large, as far as that goes, so that most are too small.

    Which batch may be smaller than `size`?
    """
    return tuple(np.array_split(order, -(-len(order) // size)))


def every_so_manieth(order, *, size=32):
    """A batch takes examples that lie apart in the order, not ones in a row.

    Which examples are in the first batch of the order 4, 2, 0, 1?
    """
    count = -(-len(order) // size)
    return tuple(order[k::count] for k in range(count))


def rest_joined_to_the_last(order, *, size=32):
    """The examples left over are joined to the last full batch, which gets too large.

    How many examples may a batch hold at most?
    """
    ends = [*range(size, len(order) - size + 1, size), len(order)]
    return tuple(order[a:b] for a, b in zip([0, *ends], ends, strict=False))


def rest_filled_up(order, *, size=32):
    """The last batch is filled up with examples that the epoch has used already.

    How often is every example used in one epoch?
    """
    count = -(-len(order) // size)
    return tuple(np.resize(order, (count, size)))


def short_one_first(order, *, size=32):
    """The short batch is the first one instead of the last.

    Where does the cutting begin?
    """
    rest = len(order) % size
    starts = [0, *range(rest, len(order), size)] if rest else range(0, len(order), size)
    ends = [*starts[1:], len(order)]
    return tuple(order[a:b] for a, b in zip(starts, ends, strict=True))


def places_instead_of_examples(order, *, size=32):
    """The batches hold places in the order, 0, 1, 2 and so on, not the examples at these places.

    What does `order` say about the example that comes first?
    """
    places = np.arange(len(order))
    return tuple(places[k : k + size] for k in range(0, len(order), size))


def sorted_again(order, *, size=32):
    """The examples are put in order before they are cut: the shuffling is undone.

    What would shuffling be for if every epoch had the same batches?
    """
    ordered = np.sort(order)
    return tuple(ordered[k : k + size] for k in range(0, len(order), size))


def changes_the_order(order, *, size=32):
    """The order that was passed in is changed.

    Who else may still need the order of this epoch?
    """
    batches = tuple(order[k : k + size].copy() for k in range(0, len(order), size))
    order[:] = 0
    return batches
