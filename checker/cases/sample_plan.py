"""Which samples a sampler is asked for: the settings and the seeds of all cases.

large samples    of one choice of settings, which notice a deviation of 2 % together
other settings   one large sample each
many samples     of medium size, with following seeds, which show whether they are independent
small samples    so small that each order of a row can be counted
smallest sizes   an axis of length 1 or 2, or the least that is allowed
"""

import itertools
from typing import Any

import numpy as np

from reference.spec import Argument, Sampler

ENTRIES = 170_000  # of the large samples together
OTHERS = 4  # other settings
MEDIUM = (20, 17)  # the sizes of medium samples
MEDIUM_SAMPLES = 40
SHORT = 3
SHORT_SAMPLES = 60
MOST_SEED = 2**30  # every generator takes such a seed
ELSEWHERE = 1000  # cases from this seed on have other settings, too
FURTHER = 30  # how much larger sizes there may be


def plan(spec: Sampler, first: int) -> list[list[Any]]:
    """The arguments of each case, in order, with seeds from `first` on."""
    settings = [a for a in spec.arguments if a.name != "seed"]
    rng = np.random.default_rng(first)
    tried = {a.name: [_moved(a, v, rng, first) for v in a.tried] for a in settings}
    sizes = [a for a in settings if isinstance(a.tried[0], int)]
    choices = [
        dict(zip(tried, values, strict=True)) for values in itertools.product(*tried.values())
    ]
    large, *others = choices
    entries = int(np.prod([large[a.name] for a in sizes]))
    asked = [(large, max(2, ENTRIES // entries))]
    asked += [(choice, 1) for choice in others[:: -(-len(others) // OTHERS)]]
    rates = [a for a in settings if a not in sizes]
    for values in itertools.product(*(tried[a.name] for a in rates)):
        fixed = dict(zip((a.name for a in rates), values, strict=True))
        asked.append(({**fixed, **_lengths(sizes, *MEDIUM)}, MEDIUM_SAMPLES))
    for choice in (large, choices[-1])[: 2 if rates else 1]:
        asked += [({**choice, **lengths}, times) for lengths, times in _short(sizes)]
    asked.append((large, 1))  # the first one again: the same seed must give the same sample
    return [
        [{**choice, "seed": (first + k) % MOST_SEED}[a.name] for a in spec.arguments]
        for choice, times in asked
        for k in range(times)
    ]


def _moved(argument: Argument, value: Any, rng: np.random.Generator, first: int) -> Any:
    """A value that is tried, or one near it for cases that nobody has seen."""
    if first < ELSEWHERE or argument.range is None:
        return value
    if isinstance(value, int):
        most = int(min(FURTHER, argument.range.high - value))
        return value + int(rng.integers(most + 1))
    return round(float(value + 0.04 * rng.random()), 3)


def _short(sizes: list[Argument]) -> list[tuple[dict[str, int], int]]:
    """Sizes with short axes, and how many samples there are of each."""
    medium = _lengths(sizes, *MEDIUM)
    short = [{**medium, a.name: SHORT} for a in sizes if _least(a) <= SHORT]
    shortest = [{**medium, a.name: _least(a)} for a in sizes]
    return [
        *((lengths, SHORT_SAMPLES) for lengths in short),
        *((lengths, 1) for lengths in (_lengths(sizes, 1), _lengths(sizes, 2, 3), *shortest)),
    ]


def _lengths(sizes: list[Argument], *wanted: int) -> dict[str, int]:
    """Lengths as near to these as is allowed."""
    pairs = zip(sizes, itertools.cycle(wanted), strict=False)
    return {a.name: max(n, _least(a)) for a, n in pairs}


def _least(argument: Argument) -> int:
    return int(argument.range.low) if argument.range is not None else 1
