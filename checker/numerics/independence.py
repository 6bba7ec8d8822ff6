"""Tests of many samples together: what no single sample can show.

The samples of one setting are stacked along a first axis, that of the seeds. Each test measures in
units of what chance allows: a right sampler stays between -1 and 1, apart from a probability below
CHANCE. Below -1 the samples vary too little, as where every row has the same sum. With
x = log(2 / CHANCE) and n numbers z of mean 0 and variance 1, the bounds are

    a mean of products z[p] z[q], where p and q run over all places     2 sqrt(x / n) + 2 x / n
    a mean a of n squares of such numbers                               n (a - 1 - log a) <= 2 x

which hold for normal numbers (Laurent and Massart 2000, lemma 1, and Chernoff) and for numbers of
lighter tails. The first is asked of every shift at once, with and without a reflection, by Fourier
transforms. A row that always has the same entries in another order has no sum of its own, and its
entries have the correlation -1 / (n - 1).
"""

import itertools
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from checker.numerics.equations import Array

CHANCE = 1e-9  # of each test, that right samples fail it
LOG = math.log(2 / CHANCE)
DIFFERENT = 80  # entries, so that two samples are hardly equal by chance
FEWEST = 500  # numbers, so that no single product decides
MOST = 70_000  # numbers, whose products are compared at every distance
LONG = 16  # entries in a sum, so that it is nearly normal
SUMS = 12  # of them, so that too little variation shows
FEW = 120  # orders, which can be counted one by one
HEAVIER = 2.0  # the bound of the products of squares, whose tails are heavier
FINE = 2.0**-21  # how often two numbers of single precision are equal at most
ALIKE = 1e-3  # the standard deviation of numbers that do not differ, beside the largest

TESTS = {
    "relations in a sample": "Entries of one sample have nothing to do with each other: no part of "
    "it repeats another part, with or without a change of sign or direction.",
    "relations of samples": "The samples of different seeds have nothing to do with each other: "
    "none has parts of another one.",
    "copies in a sample": "No row, no column and no fine number comes twice in a sample.",
    "copies in other samples": "Samples of different seeds have no row, column or fine number in "
    "common.",
    "sums of rows": "The sums of the rows vary as chance lets them, neither more nor less.",
    "sums of columns": "The sums of the columns vary as chance lets them, neither more nor less.",
    "sums of samples": "The sums of whole samples vary from seed to seed as chance lets them.",
    "sums of places": "What comes at one place varies from seed to seed as chance lets it.",
    "sizes of rows": "The numbers of each row are about as large as those of the others.",
    "sizes of columns": "The numbers of each column are about as large as those of the others.",
    "equal chances": "Each order comes about as often as each other one, but not exactly as often.",
}


def measured(samples: Array, fixed: bool) -> dict[str, float]:
    """What each test measures on samples, which are stacked; 0 where it cannot be asked.

    There must be two samples at least. `fixed` says whether the rows of right samples always have
    the same entries.
    """
    found, samples = dict.fromkeys(TESTS, 0.0), in_rows(samples)
    z = _standard(samples)
    if z is None:
        return found
    centred = samples - samples.mean() if fixed else samples
    found["copies in a sample"], found["copies in other samples"] = _copies(centred, fixed)
    if z.size >= FEWEST:
        within, between = _relations(z, fixed)
        found |= {"relations in a sample": within, "relations of samples": between}
    seeds, rows, columns = z.shape
    if rows >= LONG:
        found["sums of columns"] = variation(z.sum(axis=1) / math.sqrt(rows))
    if seeds >= LONG:
        found["sums of places"] = variation(z.sum(axis=0) / math.sqrt(seeds))
    square = _standard(z * z)
    if square is not None:
        found["sizes of columns"] = variation(square.sum(axis=(0, 1)) / math.sqrt(seeds * rows))
    if fixed:
        found["equal chances"] = _orders(samples)
    else:
        if columns >= LONG:
            found["sums of rows"] = variation(z.sum(axis=2) / math.sqrt(columns))
            if square is not None:
                own = square.sum(axis=(0, 2)) / math.sqrt(seeds * columns)
                found["sizes of rows"] = variation(own)
        if rows * columns >= LONG:
            found["sums of samples"] = variation(z.sum(axis=(1, 2)) / math.sqrt(rows * columns))
    return found


def in_rows(samples: Array) -> Array:
    """Stacked samples as an array of axes (seed, row, column). A single axis is a row."""
    columns = samples.shape[-1] if samples.ndim > 1 else 1
    return samples.reshape(len(samples), -1, columns)


def variation(sums: Array) -> float:
    """Where the mean square of sums of variance 1 lies: from -1 to 1, if it is as chance allows."""
    count = sums.size - 1
    if count < SUMS:
        return 0.0
    square = float(((sums - sums.mean()) ** 2).sum()) / count
    return _placed(square, *squares(count))


def squares(count: int) -> tuple[float, float]:
    """The range of the mean square of this many normal numbers of variance 1."""

    def end(low: float, high: float) -> float:
        """The number between that is as far out as CHANCE allows. One of them is 1."""
        for _ in range(60):
            middle = (low + high) / 2
            inside = count * (middle - 1 - math.log(middle)) <= 2 * LOG
            low, high = (middle, high) if inside == (high > 1) else (low, middle)
        return low

    return end(1e-300, 1.0), end(1.0, 4 + 8 * LOG / count)


def _placed(value: float, low: float, high: float) -> float:
    """-1 at the lower end of a range around 1, and 1 at the upper one."""
    return (value - 1) / (high - 1 if value > 1 else 1 - low)


def _standard(numbers: Array) -> Array | None:
    """Numbers moved and scaled to mean 0 and variance 1, or None if they are almost all equal."""
    deviation = float(numbers.std())
    return (
        (numbers - numbers.mean()) / deviation if deviation > ALIKE * abs(numbers).max() else None
    )


def same_entries(samples: Array) -> bool:
    """Whether all rows have the same entries, in any order."""
    samples = in_rows(samples)
    rows = np.sort(samples, axis=-1).reshape(-1, samples.shape[-1])
    return rows.shape[1] > 1 and bool((rows == rows[0]).all())


def _relations(z: Array, fixed: bool) -> tuple[float, float]:
    """The largest correlations in one sample and between two, in units of the bound."""
    z = z[: max(2, MOST // z[0].size)]
    parts = [(z, 1.0)]
    square = _standard(z * z)
    if square is not None and len(np.unique(np.round(z[0], 9))) > 2:
        parts.append((square, HEAVIER))
    x = LOG + math.log(8 * z.size)
    bound = 2 * math.sqrt(x / z.size) + 2 * x / z.size
    largest = np.zeros(2)
    for numbers, wider in parts:
        for off in _correlations(numbers, fixed):
            between = np.abs(off[1:]).max(initial=0.0)
            largest = np.maximum(largest, [np.abs(off[0]).max() / wider, between / wider])
    return float(largest[0] / bound), float(largest[1] / bound)


def _correlations(z: Array, fixed: bool) -> Iterator[Array]:
    """The correlation at every distance, less that of right samples, for each reflection.

    A distance is counted around: after the last row comes the first one. A reflection turns round
    the order of rows, of columns, of both or of none. A place that comes to lie on itself has a
    correlation of 1.
    """
    inside = -1 / (z.shape[-1] - 1) if fixed else 0.0
    transform = np.fft.fftn(z)
    for reflected in itertools.product((False, True), repeat=z.ndim - 1):
        axes = tuple(axis + 1 for axis, turned in enumerate(reflected) if turned)
        other = np.roll(np.flip(transform, axes), 1, axes)
        found = np.fft.ifftn(transform * other.conj()).real / z.size
        turns = (False, *reflected)
        shares = [_on_itself(n, turned) for n, turned in zip(z.shape, turns, strict=True)]
        row = np.ones(1)
        for share in shares[:-1]:
            row = row[..., None] * share
        same = row[0][..., None] * shares[-1]
        yield found - same - (row[0][..., None] - same) * inside


def _on_itself(length: int, turned: bool) -> Array:
    """The share of the places of an axis that each shift, or each reflection, leaves in place."""
    if not turned:
        return np.eye(1, length)[0]
    at = np.arange(length)
    return np.bincount(2 * at % length, minlength=length) / length


def _copies(samples: Array, fixed: bool) -> tuple[float, float]:
    """0, or above 1 if numbers, rows or columns are equal up to their sign and direction.

    In one sample, then in different ones. What may be equal by chance is not counted.
    """
    sizes = np.round(np.abs(samples), 12)
    values, times = np.unique(sizes, return_counts=True)
    equal = float(((times / sizes.size) ** 2).sum())  # the chance that two entries are equal
    rows, columns = sizes, np.moveaxis(sizes, 1, 2)
    of_rows = math.exp(-math.lgamma(rows.shape[2] + 1)) if fixed else equal ** rows.shape[2]
    counts = [_equal(rows, of_rows), _equal(columns, equal ** columns.shape[2])]
    if np.diff(values).min(initial=np.inf) < FINE * float(values[-1]):
        counts.append(_repeated(sizes, len(values)))
    own, others = np.sum(counts, axis=0)
    return 1.0 + own if own else 0.0, 1.0 + others if others else 0.0


def _equal(lines: Array, chance: float) -> tuple[int, int]:
    """How many lines are equal to others, where two are so with this chance at most.

    Two sums tell lines apart, as one complex number: one sum alone is equal in some of 100,000.
    """
    count = lines.shape[0] * lines.shape[1]
    if 2 * count**2 * chance >= CHANCE:
        return 0, 0
    weights = np.random.default_rng(0).random((lines.shape[2], 2))
    ways = ((each @ weights).view(complex)[..., 0] for each in (lines, lines[..., ::-1]))
    sums = np.round(np.minimum(*ways), 9)
    own = sum(len(each) - len(np.unique(each)) for each in sums)
    return own, count - len(np.unique(sums)) - own


def _repeated(sizes: Array, different: int) -> tuple[int, int]:
    """How many numbers are equal to others, if these are more than in single precision."""

    def too_many(repeated: int, count: int) -> int:
        return repeated if repeated > 2 * FINE * count**2 + LOG else 0

    own = sum(
        too_many(each.size - len(np.unique(each)), each.size) for each in sizes if each.size > 1
    )
    return own, max(0, too_many(sizes.size - different, sizes.size) - own)


def _orders(samples: Array) -> float:
    """How far the counts of short orders are from each other, and from being all the same."""
    rows = samples.reshape(-1, samples.shape[-1])
    orders = list(itertools.permutations(np.sort(rows[0])[:6].tolist()))
    if not 2 <= len(orders) <= FEW or rows.shape[1] > 6:
        return 0.0
    seen = Counter(map(tuple, rows.tolist()))
    away = np.array([seen[order] for order in orders]) - len(rows) / len(orders)
    mean, x = len(rows) / len(orders), math.log(2 * len(orders) / CHANCE)
    most = float(np.abs(away).max() / (x / 3 + math.sqrt(2 * x * mean + x)))
    if most > 1 or mean < 5:
        return most
    return min(0.0, variation(away / math.sqrt(mean))) or most


def stacked(samples: list[Any], rank: int) -> Array | None:
    """Samples of one shape with `rank` axes as one array of real numbers; None if they are not."""
    shapes = {np.shape(sample) for sample in samples}
    if len(shapes) != 1 or len(samples) < 2 or np.ndim(samples[0]) != rank:
        return None
    found = np.array(samples)
    if found.dtype.kind not in "fiub" or not found.size:
        return None
    found = found.astype(float)
    return found if np.isfinite(found).all() else None
