"""Make inputs from declared arguments. Sizes, a spread and a seed determine all numbers.

In the proof, hypothesis chooses sizes and seeds (checker/proof/strategy.py). Case sets use
`series`, which gives the same inputs on every machine and with every version of hypothesis.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from checker.numerics import axes
from checker.numerics.axes import Sizes
from reference.spec import Argument, Below, Between, Each, Function, Simplex, Truth

NamedInputs = Mapping[str, Any]

LONGEST_AXIS = 5
WHOLE = 0.0  # this spread means small whole numbers, which include zeros and ties
SPREADS = (WHOLE, 1.0, 0.01, 5.0)
HUGE = 1e4
ABSENT = 0.25  # of the optional arguments are None
PER_AXIS = 0.5  # of the settings that may differ between axes do so
MOSTLY_TRUE = 0.7  # the share of a mask that is True


def series(
    arguments: tuple[Argument, ...],
    possible: Function | None,
    count: int,
    spreads: tuple[float, ...] = SPREADS,
    first: int = 0,
) -> Iterator[NamedInputs]:
    """Yield up to `count` cases with growing axes and each spread in turn.

    Cases that are not `possible` are left out. "..." stands for one to three axes. Another `first`
    seed gives other cases.
    """
    for seed in range(count):
        longest = 1 + seed * LONGEST_AXIS // count
        case = drawn(arguments, first + seed, longest, spreads[seed % len(spreads)])
        if possible is None or possible(**case):
            yield case


def drawn(
    arguments: tuple[Argument, ...], seed: int, longest: int, spread: float
) -> dict[str, Any]:
    """The case of a seed, with up to three axes for "..." of at most `longest` entries each."""
    rng = np.random.default_rng(seed)
    sizes = sized(
        arguments,
        lambda: int(rng.integers(1, 4)),
        lambda rank: tuple(int(n) for n in rng.integers(1, longest + 1, size=rank)),
    )
    settings = {a.name: setting(a, sizes, rng) for a in arguments if a.tried}
    return filled(arguments, sizes, settings, rng, spread)


def sized(
    arguments: tuple[Argument, ...],
    rank: Callable[[], int],
    lengths: Callable[[int], tuple[int, ...]],
) -> dict[str, tuple[int, ...]]:
    """The lengths of all axes. Groups of axes in one expression have the same rank."""
    ranks: dict[str, int] = {}
    for group in [{"..."}, *axes.alike(arguments)]:
        ranks |= dict.fromkeys(group, rank())
    return {name: lengths(ranks.get(name, 1)) for name in axes.names(arguments)}


def setting(argument: Argument, sizes: Sizes, rng: np.random.Generator) -> Any:
    """One of the values that a setting lists, or a tuple of them for each axis of a group."""
    each = argument.mark(Each)
    if each is not None and rng.random() < PER_AXIS:
        numbers = [value for value in argument.tried if isinstance(value, int | float)]
        return tuple(numbers[rng.integers(len(numbers))] for _ in sizes[each.group])
    return argument.tried[rng.integers(len(argument.tried))]


def filled(
    arguments: tuple[Argument, ...],
    sizes: Sizes,
    settings: Mapping[str, Any],
    rng: np.random.Generator,
    spread: float,
) -> dict[str, Any]:
    """A case: the settings, and an array for each other argument. Some optional ones are None."""
    return {
        argument.name: settings[argument.name]
        if argument.tried
        else None
        if argument.optional and rng.random() < ABSENT
        else fill(argument, sizes, settings, rng, spread)
        for argument in arguments
    }


def fill(
    argument: Argument,
    sizes: Sizes,
    settings: Mapping[str, Any],
    rng: np.random.Generator,
    spread: float,
) -> np.ndarray[Any, Any]:
    """An array for one argument, in its domain. Plain numbers are of the size of `spread`."""
    shape = axes.shape(argument.axes, sizes, settings)
    for mark in argument.marks:
        match mark:
            case Below(size=size, least=least, differ=differ):
                below = math.prod(axes.shape((size,), sizes, settings))
                if differ and math.prod(shape[2:]) <= below - least:
                    return _different(rng, shape, least, below)
                return np.asarray(rng.integers(least, below, size=shape))
            case Truth(or_real=False):
                return np.asarray(rng.random(shape) < MOSTLY_TRUE)
            case Truth(or_real=True) if rng.random() < 0.5:
                return np.asarray(rng.random(shape) < MOSTLY_TRUE)
            case Simplex():
                return _simplex(rng, shape, corners=spread == WHOLE and not argument.differentiable)
            case Between():
                corners = spread == WHOLE and not argument.differentiable
                return _between(rng, shape, mark, corners=corners, clipped=spread != HUGE)
    if spread == WHOLE:
        return np.asarray(rng.integers(-3, 3, size=shape, endpoint=True), dtype=float)
    return np.asarray(np.round(spread * np.round(rng.standard_normal(shape), 2), 6))


def _between(
    rng: np.random.Generator,
    shape: tuple[int, ...],
    interval: Between,
    *,
    corners: bool,
    clipped: bool,
) -> np.ndarray[Any, Any]:
    """Numbers of an interval, or its ends. `clipped`, they are at least 5 % away from the ends."""
    low, high = interval.low, interval.high
    if corners:
        return np.asarray(np.floor(low + (high - low + 1) * np.asarray(rng.random(shape))))
    edge = 49 if clipped else 0  # many implementations clip near the ends
    thousandths = np.asarray(rng.integers(1 + edge, 1000 - edge, size=shape))
    return np.asarray(low + (high - low) * thousandths / 1000)


def _different(
    rng: np.random.Generator, shape: tuple[int, ...], least: int, below: int
) -> np.ndarray[Any, Any]:
    """Whole numbers, no two of which are equal in one image and channel."""
    rows = np.tile(np.arange(least, below), (math.prod(shape[:2]), 1))
    return rng.permuted(rows, axis=1)[:, : math.prod(shape[2:])].reshape(shape)


def _simplex(
    rng: np.random.Generator, shape: tuple[int, ...], *, corners: bool
) -> np.ndarray[Any, Any]:
    """Probabilities along the last axis; with `corners`, one-hot rows."""
    if corners:
        return np.eye(shape[-1])[rng.integers(shape[-1], size=shape[:-1])]
    weights = np.asarray(rng.integers(1, 20, size=shape), dtype=float)
    return weights / weights.sum(axis=-1, keepdims=True)
