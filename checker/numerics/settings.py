"""Which values of settings are tried together: every pair, and values beyond those listed."""

import math
from collections.abc import Generator, Mapping
from inspect import Parameter
from itertools import combinations as pairs_of
from itertools import count
from typing import Any

import numpy as np

from reference.spec import Argument, Each

BEYOND = object()  # stands for a value of the range of a setting
LARGEST_INTEGER, LARGEST_END = 40, 10_000  # of a setting that may be larger, often and at times


def combinations(
    arguments: tuple[Argument, ...], *, with_beyond: bool = False
) -> Generator[dict[str, Any], bool | None]:
    """Settings without end: the defaults, every pair of listed values, and values beyond them.

    `with_beyond`, a value beyond those listed is in pairs with all others, like one more value.
    What is sent back says whether settings were impossible. The pair that they were chosen for is
    then given up, and their other pairs come again.
    """
    listed = {a.name: list(a.tried) for a in arguments if a.tried}
    for argument in arguments:
        if with_beyond and argument.tried and argument.range is not None:
            listed[argument.name].append(BEYOND)
    pairs = {
        ((one, i), (other, k))
        for one, other in pairs_of(listed, 2)
        for i in range(len(listed[one]))
        for k in range(len(listed[other]))
    }
    fixed = {a.name for a in arguments if a.tried and a.fixed}
    unusual = {pair for pair in pairs if with_beyond and fixed >= {name for name, _ in pair}}
    rng = np.random.default_rng(0)
    ranged = [a for a in arguments if a.tried and a.range is not None]
    for turn in count():
        chosen = {a.name: int(rng.integers(len(a.tried))) for a in arguments if a.tried}
        beyond, wanted = turn % 3 == 2, set[Any]()
        if turn == 0 and all(_has_default(a) for a in arguments if a.tried):
            yield {a.name: a.default for a in arguments if a.tried}
            continue
        if beyond:  # the first value of a convention is one that torch has
            chosen |= {a.name: 0 for a in arguments if a.tried and a.fixed}
        elif unusual and turn % 3 == 1:  # two conventions, which torch may have without others
            chosen |= dict.fromkeys(fixed, 0) | _first(listed, unusual)
            unusual -= _covered({name: chosen[name] for name in listed})
        elif pairs:
            wanted = {tuple(_first(listed, pairs).items())}
            chosen |= _most_pairs(listed, pairs)
        found = {name: listed[name][at] for name, at in chosen.items()}
        if turn % 2 == 1:  # a tuple for each axis of a group is drawn later
            found = {a.name: found[a.name] for a in arguments if a.tried and not a.mark(Each)}
        if ranged and beyond:
            found[ranged[turn // 3 % len(ranged)].name] = BEYOND
        if with_beyond:  # only what is yielded
            chosen = {n: k for n, k in chosen.items() if n in found and found[n] is listed[n][k]}
        for argument in ranged:
            if found.get(argument.name) is BEYOND:
                found[argument.name] = _beyond(argument, rng)
        impossible = yield found
        pairs -= wanted if impossible else _covered(chosen)


def _has_default(setting: Argument) -> bool:
    """Whether its default is a value, and not None, which may depend on the type of the inputs."""
    return setting.default is not None and setting.default is not Parameter.empty


def _first(listed: Mapping[str, list[Any]], pairs: set[Any]) -> dict[str, int]:
    """The first of these pairs: of listed values, if there is one."""
    return dict(min(pairs, key=lambda pair: (any(listed[n][k] is BEYOND for n, k in pair), pair)))


def _most_pairs(listed: Mapping[str, list[Any]], pairs: set[Any]) -> dict[str, int]:
    """A value of each setting: a pair that is missing, and what covers most of the others."""
    chosen = _first(listed, pairs)
    for name, values in listed.items():
        if name not in chosen:
            chosen[name] = max(
                range(len(values)),
                key=lambda at: len(_covered({**chosen, name: at}) & pairs),
            )
    return {name: chosen[name] for name in listed}


def _covered(chosen: Mapping[str, int]) -> set[tuple[tuple[str, int], tuple[str, int]]]:
    return set(pairs_of(chosen.items(), 2))


def _beyond(argument: Argument, rng: np.random.Generator) -> Any:
    """A value of the range of a setting, often near an end of it."""
    assert argument.range is not None
    low, high = argument.range.low, argument.range.high
    if all(value in (None, math.inf) or isinstance(value, int) for value in argument.tried):
        bottom, top = int(low), int(min(high, low + LARGEST_INTEGER))
        end = int(min(high, LARGEST_END))
        return int(rng.choice([bottom, top, end, int(rng.integers(bottom, top + 1))]))
    if np.isinf(high):
        return float(np.round(low + 10 ** rng.uniform(-4, 3), 6))
    near = (high - low) * 10.0 ** -rng.integers(1, 5)
    ends = (low + near, high - near, low + (high - low) * rng.random())
    return float(np.round(rng.choice(ends), 8))
