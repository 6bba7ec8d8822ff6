"""Candidates for the cases of a task, made to criteria that know no mistake.

Random candidates have axes of one to five entries and each listed value of a setting. A constructed
candidate makes one thing special: the length of an axis, the number of axes, a pair of settings, or
the size and the signs of the values.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

import numpy as np

from checker.numerics import axes
from checker.numerics.equations import is_real
from checker.numerics.inputs import LONGEST_AXIS, NamedInputs, filled, setting, sized
from checker.numerics.settings import combinations
from reference.spec import Argument, Between, Simplex

LENGTHS = (1, 8, 24, 120)  # of each axis in turn: long sequences show what happens on the way
OTHERS = 3  # the largest length of the other axes
MOST_AXES = 3  # that "..." stands for
USUAL = 0.6  # the share of the candidates with as many axes as the text of a task shows
COMBINATIONS = 24  # of settings, at most
OF_NUMBERS = 128  # combinations, at most, where all arguments are single numbers
ALIKE = 3  # the length of all axes at once
SEQUENCE, SEQUENCES = 10, 4  # entries of sequences that fall, and how many there are


@dataclass(frozen=True)
class Criterion:
    """What is special about a candidate, and how to make one from a seed.

    An exponential of `extreme` values may overflow.
    """

    title: str
    make: Callable[[int], NamedInputs]
    extreme: bool = False


Sizes = Mapping[str, tuple[int, ...]]


def random(
    arguments: tuple[Argument, ...], count: int, spreads: tuple[float, ...], first: int = 0
) -> Iterator[NamedInputs]:
    """Yield `count` candidates with growing axes and each spread in turn, from the seed `first`."""
    for seed in range(count):
        longest = 1 + seed * LONGEST_AXIS // count
        spread = spreads[seed % len(spreads)]
        yield _drawn(arguments, first + seed, longest=longest, spread=spread)


def criteria(arguments: tuple[Argument, ...]) -> Iterator[Criterion]:
    """All criteria that make sense for these arguments."""
    names = [name for name in axes.names(arguments) if name != "..."]
    make = partial(_drawn, arguments)
    for name in names:
        for length in LENGTHS:
            if not (axes.is_group(name, arguments) and length > LONGEST_AXIS):
                yield Criterion(f"{name} = {length}", partial(make, lengths={name: (length,)}))
    if "..." in axes.names(arguments):
        for rank in range(_fewest(arguments), MOST_AXES + 1):
            lengths = tuple(2 + k % 2 for k in range(rank))
            yield Criterion(f"{rank} axes for ...", partial(make, lengths={"...": lengths}))
        for length in LENGTHS:
            yield Criterion(f"... = {length}", partial(make, lengths={"...": (length,)}))
    if len(axes.names(arguments)) > 1:
        alike = dict.fromkeys(axes.names(arguments), (ALIKE,))
        yield Criterion("all lengths are equal", partial(make, lengths=alike))
        different = {name: (2 + k,) for k, name in enumerate(names)}
        yield Criterion("all lengths differ", partial(make, lengths=different))
    settings = {a.name: a for a in arguments if a.tried}
    counts = [len(a.tried) for a in settings.values()]
    single = not any(a.axes for a in arguments)
    for chosen in islice(combinations(arguments), OF_NUMBERS if single else _enough(counts)):
        if any(value == 0 and 0 not in settings[name].tried for name, value in chosen.items()):
            continue  # no text speaks of 0 examples, but the reference accepts them
        title = ", ".join(f"{name} = {value}" for name, value in chosen.items())
        yield Criterion(title, partial(make, chosen=chosen))
    for share in (a for a in settings.values() if _is_share(a) and 0 not in a.tried):
        none = partial(make, chosen={share.name: 0.0})  # which some take for a setting not given
        yield Criterion(f"{share.name} = 0", none)
    if any(a.mark(Between) and a.axes for a in arguments):
        for name, value in islice(_listed(settings.values()), COMBINATIONS):
            equal = partial(_equal, partial(make, chosen={name: value}), arguments)
            yield Criterion(f"equal numbers between bounds, {name} = {value}", equal)
    if any(not a.tried and not a.mark(Between) and not a.mark(Simplex) for a in arguments):
        several = partial(make, least=OTHERS, longest=OTHERS + 1)  # entries of different signs
        for title, change in VALUES.items():
            if single and title == "values far below 0":
                continue  # the exponential of one such number raises OverflowError
            made = partial(_changed, several, change, arguments)
            yield Criterion(title, made, extreme=title in EXTREME)
        first = next((a.axes[0] for a in arguments if a.axes), "")
        many = partial(make, lengths={first: (SEQUENCE,)} if first in (*names, "...") else {})
        for k in range(SEQUENCES):  # with different settings
            falling = partial(_changed, many, _falling, arguments, first=100 * k)
            yield Criterion(f"falling values {k}", falling)


def _enough(counts: list[int]) -> int:
    """How many combinations have every pair of values: one in three is beyond those listed."""
    pairs = math.prod(sorted(counts)[-2:]) if counts else 0
    return min(COMBINATIONS, 3 + 3 * pairs // 2) if pairs else 0


def _drawn(
    arguments: tuple[Argument, ...],
    seed: int,
    *,
    least: int = 1,
    longest: int = OTHERS,
    spread: float = 1.0,
    lengths: Sizes | None = None,
    chosen: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The candidate of a seed. What is not in `lengths` and `chosen` is drawn."""
    rng = np.random.default_rng(seed)

    def drawn(rank: int) -> tuple[int, ...]:
        return tuple(int(n) for n in rng.integers(least, longest + 1, size=rank))

    sizes = sized(arguments, lambda: int(rng.integers(1, 4)), drawn)
    if "..." in sizes:
        sizes["..."] = drawn(_rank(arguments, rng))
    for name, own in (lengths or {}).items():
        sizes[name] = own if name == "..." else own * len(sizes[name])
    settings = {a.name: setting(a, sizes, rng) for a in arguments if a.tried}
    return filled(arguments, sizes, {**settings, **(chosen or {})}, rng, spread)


def _fewest(arguments: tuple[Argument, ...]) -> int:
    """The fewest axes that "..." stands for: an array of any shape has at least one."""
    return int(any(argument.axes == ("...",) for argument in arguments))


def _rank(arguments: tuple[Argument, ...], rng: np.random.Generator) -> int:
    """How many axes "..." stands for: mostly one if alone, else so many that arrays have two."""
    fewest = _fewest(arguments)
    others = min(len(a.axes) - 1 for a in arguments if "..." in a.axes)
    usual = fewest or max(0, 2 - others)
    return usual if rng.random() < USUAL else int(rng.integers(fewest, MOST_AXES + 1))


def _changed(
    make: Callable[..., dict[str, Any]],
    change: Any,
    arguments: tuple[Argument, ...],
    seed: int,
    first: int = 0,
) -> dict[str, Any]:
    """A candidate whose real arrays have other values, unless their values are bounded."""
    case = make(first + seed)
    rng = np.random.default_rng(first + seed)
    free = [a.name for a in arguments if not a.mark(Between) and not a.mark(Simplex)]
    arrays = {name: case[name] for name in free if is_real(case[name])}
    return case | {name: np.asarray(change(array, rng)) for name, array in arrays.items()}


def _is_share(setting: Argument) -> bool:
    """Whether a setting is a real number from 0 to 1 at most, such as a momentum or a rate."""
    domain = setting.range
    real = isinstance(setting.tried[0], float)
    return real and domain is not None and domain.low == 0 and domain.high <= 1


def _listed(settings: Iterable[Argument]) -> Iterator[tuple[str, Any]]:
    return ((a.name, value) for a in settings for value in a.tried)


def _equal(
    make: Callable[[int], dict[str, Any]], arguments: tuple[Argument, ...], seed: int
) -> dict[str, Any]:
    """A candidate whose bounded arrays have one number everywhere, in the middle of the bounds."""
    case = make(seed)
    for argument in arguments:
        bounds = argument.mark(Between)
        if bounds is not None and is_real(case[argument.name]):
            middle = (bounds.low + bounds.high) / 2
            case[argument.name] = np.full_like(case[argument.name], middle)
    return case


def _falling(values: Any, rng: np.random.Generator) -> Any:
    """Each entry is less than the one before it, by nearly the same each time."""
    steps = 0.3 + 0.1 * rng.random(values.shape)
    return np.round(1 - np.cumsum(steps, axis=0), 2) if values.ndim else values


def _mixed(values: Any, rng: np.random.Generator) -> Any:
    return np.round(values * 10.0 ** rng.integers(-4, 1, size=values.shape), 8)


def _equal_rows(values: Any) -> Any:
    """The first row, or layer, in place of each: nothing tells one from another.

    Quarters have an exact mean, so that no column looks as if it varied.
    """
    return np.repeat(np.round(4 * values[:1]) / 4, len(values), 0) if values.ndim > 1 else values


def _some_zeros(values: Any, rng: np.random.Generator) -> Any:
    return np.where(rng.random(values.shape) < 0.5, 0.0, values)


VALUES: dict[str, Callable[[Any, np.random.Generator], Any]] = {
    "values near 0": lambda values, rng: np.round(values, 2) / 1e12,
    "tiny values": lambda values, rng: np.round(values / 1e5, 8),
    "values beyond 10": lambda values, rng: np.round(8 * values, 6),
    "large values": lambda values, rng: np.round(30 * values, 6),
    "values far below 0": lambda values, rng: -1e4 * (1 + np.abs(np.round(values, 2))),
    "values of mixed size": _mixed,
    "negative values": lambda values, rng: -np.abs(values),
    "positive values": lambda values, rng: np.abs(values),
    "equal values": lambda values, rng: np.full(values.shape, 1.5),
    "equal rows": lambda values, _: _equal_rows(values),
    "half of the values are 0": _some_zeros,
    "values far from 0": lambda values, rng: values + 100,
}
EXTREME = ("large values", "values far below 0", "values far from 0")
