"""The cases of an operation, made to criteria that are counted (`criteria`).

Random cases come first: axes of one to five entries, each spread, and every pair of settings. Then
each axis in turn is of length 2, odd, longer than most block sizes and longer than a thousand.
"..." stands for no axes up to four. Values are tiny, huge, of mixed size, equal, or zeros of either
sign. Empty axes, nan and infinities are edge cases (`oracles/edges`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from checker.numerics import axes
from checker.numerics.equations import is_real
from checker.numerics.inputs import HUGE, SPREADS, WHOLE, filled, setting, sized
from checker.numerics.settings import combinations
from checker.proof.trial import Sort, Trial
from reference.spec import Argument, Between, Operation, Simplex

Settings = Mapping[str, Any]
Draw = Callable[[Settings], dict[str, Any]]

DRAWS = 2  # of the moves of a case: what fails is judged by many (`Trial.surer`)
RANDOM_CASES = 33
PATTERN_OF_SPREADS = (*SPREADS, 30.0, HUGE)
LENGTHS = (2, 7, 33, 270)  # of each axis in turn; the others are short
LONG = 1025
RANKS = (0, 1, 2, 3, 4)  # of "..."
FEW = 3  # entries of the other axes, where one axis has one
MOST_ENTRIES = 40_000
MOST_RESULTS = 100_000  # entries of all results
MOST_REJECTED = 0.2
ATTEMPTS = 4  # to draw a case that is possible, each with other settings


@dataclass
class Cases:
    """The cases of an operation, and how many more were impossible, or too large to compute."""

    trials: list[Trial] = field(default_factory=list)
    rejected: int = 0
    too_large: int = 0

    @property
    def too_many_rejected(self) -> bool:
        return self.rejected > MOST_REJECTED * (len(self.trials) + self.rejected)


def cases(spec: Operation, first: int = 0) -> Cases:
    """All cases of an operation, the same in every run. Another `first` seed gives others."""
    found = Cases()
    chosen = combinations(spec.arguments, with_beyond=True)
    settings = next(chosen)
    for sort, title, draw in _all(spec.arguments, first):
        for _ in range(ATTEMPTS):
            case = draw(settings)
            possible = _is_large(case) or _is_possible(spec, case)
            settings = chosen.send(not possible)
            if possible:
                break
        else:
            found.rejected += 1
            continue
        if _is_large(case):
            found.too_large += 1
            continue
        trial = Trial(spec, case, title, len(found.trials), sort, DRAWS)
        if sort is Sort.RANDOM or trial.size <= MOST_RESULTS:
            found.trials.append(trial)
        else:
            found.too_large += 1
    return found


def _is_large(case: Mapping[str, Any]) -> bool:
    return sum(v.size for v in case.values() if isinstance(v, np.ndarray)) > MOST_ENTRIES


def _is_possible(spec: Operation, case: Mapping[str, Any]) -> bool:
    condition = getattr(spec, "possible", None)
    with np.errstate(all="ignore"):
        return condition is None or bool(condition(**case))


def _all(arguments: tuple[Argument, ...], first: int) -> Iterator[tuple[Sort, str, Draw]]:
    """The sort and the title of each case, and how it is drawn with some settings."""
    for seed in range(RANDOM_CASES):
        rng = np.random.default_rng(first + seed)
        spread = PATTERN_OF_SPREADS[seed % len(PATTERN_OF_SPREADS)]
        yield Sort.RANDOM, f"random {seed}", partial(_case, arguments, rng, spread, {})
    for seed, (sort, title, lengths) in enumerate(_sizes(arguments)):
        rng = np.random.default_rng(first + 1000 + seed)
        yield sort, title, partial(_case, arguments, rng, (1.0, WHOLE)[seed % 2], lengths)
    for seed, (sort, title, values) in enumerate(_values(arguments)):
        rng = np.random.default_rng(first + 2000 + seed)
        yield sort, title, partial(_changed, arguments, rng, values)
    for seed, (name, value) in enumerate(_special_settings(arguments)):
        rng = np.random.default_rng(first + 3000 + seed)
        yield Sort.VALUES, f"{name} = {value:g}", partial(_with, arguments, rng, {name: value})


def _with(
    arguments: tuple[Argument, ...], rng: np.random.Generator, fixed: Settings, chosen: Settings
) -> dict[str, Any]:
    """A case with these settings, some of them fixed."""
    return _case(arguments, rng, 1.0, {}, {**chosen, **fixed})


def _special_settings(arguments: tuple[Argument, ...]) -> Iterator[tuple[str, float]]:
    """0 and 1 for each real setting whose range has them: factors that leave nothing to compute."""
    for argument in arguments:
        domain, tried = argument.range, argument.tried
        if domain is None or argument.fixed or not any(type(value) is float for value in tried):
            continue
        for value in (0.0, 1.0):
            if domain.low < value < domain.high and value not in tried:
                yield argument.name, value


def _changed(
    arguments: tuple[Argument, ...], rng: np.random.Generator, values: Any, chosen: Settings
) -> dict[str, Any]:
    """A case with these settings, and its arrays changed."""
    case = _case(arguments, rng, 1.0, {}, chosen)
    arrays = [a for a in arguments if isinstance(case[a.name], np.ndarray)]
    return case | {a.name: np.asarray(values(a, case[a.name], rng)) for a in arrays}


def _case(
    arguments: tuple[Argument, ...],
    rng: np.random.Generator,
    spread: float,
    lengths: Mapping[str, tuple[int, ...]],
    chosen: Settings,
) -> dict[str, Any]:
    """A case with these settings. Axes that are not in `lengths` have one to five entries."""
    long = (LONG,) in lengths.values()
    if any(LONG in length for length in lengths.values()):  # so that torch can compute it
        chosen = {**chosen, **{a.name: a.tried[0] for a in arguments if a.tried and a.fixed}}
    low, high = (2, 3) if long else (1, 3) if lengths else (1, 6)
    sizes = sized(
        arguments,
        lambda: int(rng.integers(1, 4)),
        lambda rank: tuple(int(n) for n in rng.integers(low, high, size=rank)),
    )
    for name, length in lengths.items():
        members = len(sizes[name])
        if len(length) > 1 or name == "...":
            sizes[name] = length
        elif length[0] == LONG:  # one axis of a group
            sizes[name] = (1,) * (members - 1) + length
        else:
            sizes[name] = length * members
    settings = {
        a.name: chosen[a.name] if a.name in chosen else setting(a, sizes, rng)
        for a in arguments
        if a.tried
    }
    return filled(arguments, sizes, settings, rng, spread)


def _sizes(
    arguments: tuple[Argument, ...],
) -> Iterator[tuple[Sort, str, dict[str, tuple[int, ...]]]]:
    """Lengths of each axis in turn, and ranks."""
    grouped_names = {n for n in axes.names(arguments) if axes.is_group(n, arguments)}
    single = [n for n in axes.names(arguments) if n != "..." and n not in grouped_names]
    for name in axes.names(arguments):
        if name == "...":
            for rank in RANKS:
                yield Sort.LENGTHS, f"rank {rank}", {name: tuple(2 + (k % 2) for k in range(rank))}
            for length in LENGTHS:
                yield Sort.LENGTHS, f"{length} in the last of ...", {name: (2, length)}
            yield Sort.LONG, "long ...", {name: (1, LONG)}
            continue
        grouped = name in grouped_names
        for length in LENGTHS:
            if not (grouped and length > 100):
                yield Sort.LENGTHS, f"{name} of length {length}", {name: (length,)}
        yield Sort.LONG, f"long {name}", {name: (LONG,)}
    few = {**dict.fromkeys(single, (FEW,)), "...": ()}
    for name in single if "..." in axes.names(arguments) else ():
        yield Sort.LENGTHS, f"rank 0, one {name}", {**few, name: (1,)}


def _values(arguments: tuple[Argument, ...]) -> Iterator[tuple[Sort, str, Any]]:
    """Changes of the values of an argument, of all arguments at once unless they are shifted."""

    def scaled(by: float) -> Any:
        return lambda a, value, rng: value * by if _is_free(a, value) else value

    def shifted(by: float) -> Any:
        first = arguments[0].name if arguments else ""
        return lambda a, value, rng: value + by if a.name == first and _is_free(a, value) else value

    def mixed(argument: Argument, value: Any, rng: np.random.Generator) -> Any:
        if not _is_free(argument, value):
            return value
        return np.asarray(value * 10.0 ** rng.integers(-6, 3, size=value.shape))

    def equal(argument: Argument, value: Any, rng: np.random.Generator) -> Any:
        return np.full(value.shape, 1.5) if _is_free(argument, value) else value

    def ones(argument: Argument, value: Any, rng: np.random.Generator) -> Any:
        return np.ones(value.shape) if _is_free(argument, value) else value

    def zeros(argument: Argument, value: Any, rng: np.random.Generator) -> Any:
        if not _is_free(argument, value):
            return value
        return np.where(rng.random(value.shape) < 0.5, -0.0, 0.0)

    def extreme(argument: Argument, value: Any, rng: np.random.Generator) -> Any:
        """Large logits meet probabilities and targets at the ends of their domain."""
        if _is_free(argument, value):
            return 40.0 * np.sign(value) + value
        return near_ends(argument, value, rng)

    def near_ends(argument: Argument, value: Any, rng: np.random.Generator) -> Any:
        between = argument.mark(Between)
        if between is None or value is None:
            return value
        if not argument.differentiable:  # data may lie at the ends themselves
            return np.where(rng.random(value.shape) < 0.5, float(between.low), float(between.high))
        near = 10.0 ** -rng.integers(1, 9, size=value.shape)
        sides = rng.random(value.shape) < 0.5
        width = between.high - between.low
        return np.where(sides, between.low + width * near, between.high - width * near)

    for by in (1e-30, 1e30):
        yield Sort.FAR, f"far magnitudes of {by:g}", scaled(by)
    for by in (1e-8, 1e-6, 1e6):
        yield Sort.MAGNITUDES, f"magnitudes of {by:g}", scaled(by)
    for k in range(3):
        yield Sort.MAGNITUDES, f"magnitudes mixed {k}", mixed
    for by in (1e3, 1e4):
        yield Sort.VALUES, f"shifted by {by:g}", shifted(by)
    yield Sort.VALUES, "equal entries", equal
    for k in range(3):  # of which one has a setting beyond those listed
        yield Sort.VALUES, f"zeros of both signs {k}", zeros
    for k in range(3):
        yield Sort.ENDS, f"extreme {k}", extreme
    for k in range(2):
        yield Sort.ENDS, f"near the ends {k}", near_ends
    yield Sort.ONES, "ones", ones


def _is_free(argument: Argument, value: Any) -> bool:
    """Whether a value is a real array of any size."""
    return is_real(value) and not (argument.mark(Between) or argument.mark(Simplex))
