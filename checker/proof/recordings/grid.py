"""The inputs of recordings, which are the same on every machine and with every version.

The numbers come from SplitMix64, implemented here because a library may change its generator. Small
cases have multiples of 1/64, which float64, float32, float16 and bfloat16 represent exactly. Long
axes have multiples of 2^-20, which TensorFloat-32 must round: otherwise it would change nothing. A
recording therefore stores the names and hashes of its inputs, not the inputs.
"""

import hashlib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from checker.numerics import axes
from checker.numerics.axes import Sizes
from checker.numerics.equations import Array
from checker.numerics.gradients import UPSTREAM
from checker.numerics.inputs import NamedInputs
from checker.proof import kinds
from checker.proof.oracles.edges import possible, settings, usual_sizes
from reference.spec import Argument, Below, Between, Operation, Simplex, Truth

LONG = (40, 64, 136, 1032)  # beyond 32, 128 and 1024; multiples of 8, as TensorFloat-32 needs
OTHERS = (1032, 136, 64, 8, 2, 1)  # lengths of the other axes: the longest that fits
MOST_INPUTS = 400_000  # with the upstream gradients, which are as large as the results
MASK_64 = 2**64 - 1
INCREMENT = 0x9E3779B97F4A7C15
FACTORS = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))


@dataclass(frozen=True)
class Values:
    """Numbers from -largest to largest, in this many steps for each unit."""

    steps: int
    largest: float


SHORT_VALUES = Values(64, 3.0)
LONG_VALUES = Values(2**20, 0.25)  # so that sums of a thousand products, and deep networks, fit


class SplitMix64:
    """A generator: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators"."""

    def __init__(self, seed: int) -> None:
        self.state = seed & MASK_64

    def next(self, count: int = 1) -> Array:
        """The next 64-bit numbers (figure 17)."""
        turns = np.arange(1, count + 1, dtype=np.uint64)
        z = np.uint64(self.state) + turns * np.uint64(INCREMENT)  # arrays wrap without a warning
        self.state = (self.state + count * INCREMENT) & MASK_64
        for shift, factor in FACTORS:
            z = (z ^ (z >> np.uint64(shift))) * np.uint64(factor)
        return np.asarray(z ^ (z >> np.uint64(31)))

    def integers(self, low: int, high: int, shape: tuple[int, ...]) -> Array:
        """Whole numbers from low to high, both included. The small bias of % does not matter.

        Raises ValueError if there are none.
        """
        if high < low:
            raise ValueError(f"there is no whole number from {low} to {high}")
        numbers = self.next(int(np.prod(shape))) % np.uint64(high - low + 1)
        return np.asarray(low + numbers.astype(np.int64)).reshape(shape)


def seeded(text: str) -> SplitMix64:
    """A generator whose seed is a text."""
    return SplitMix64(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little"))


@dataclass(frozen=True)
class Case:
    """The arguments of a case. Its name is its seed, so new cases do not change others."""

    spec: Operation
    title: str
    arguments: NamedInputs
    long: int = 0  # the length of its long axes, if it has some

    @property
    def number(self) -> int:
        """What a kind of operation chooses by, such as the pattern of gradients of an optimiser."""
        return 0 if self.long else int(seeded(self.title).next()[0] % np.uint64(20))

    @cached_property
    def inputs(self) -> dict[str, Any]:
        """The arguments, upstream gradients, and all else that the kind of operation needs."""
        kind = kinds.of(self.spec)
        found: Mapping[str, Any] = kind.complete(self.spec, self.arguments, self.number)
        generator = seeded(f"{self.spec.name}: {self.title}: upstream")
        ranges = kind.RECORDING.ranges
        return {name: _own(name, found[name], ranges.get(name), generator) for name in found}

    @cached_property
    def fingerprint(self) -> str:
        return fingerprint(self.inputs)


def _own(name: str, value: Any, between: tuple[float, float] | None, generator: SplitMix64) -> Any:
    """A number of this grid in place of one that a generator of numpy made."""
    if name.startswith(UPSTREAM):
        signs = 2 * generator.integers(0, 1, np.shape(value)) - 1
        return np.asarray(signs * generator.integers(32, 96, np.shape(value)) / 64)
    if between is None:
        return value
    low, high = (round(64 * end) for end in between)
    return np.asarray(generator.integers(low, high, np.shape(value)) / 64)


def cases(spec: Operation) -> Iterator[Case]:
    """Yield the cases: every setting at two sizes, then long axes with the first settings."""
    recording, base = kinds.of(spec).RECORDING, usual_sizes(spec.arguments)
    for chosen in settings(spec.arguments):
        if chosen.keys() & set(recording.settings_left_out):
            continue
        for scale in (1, 2) if base else (1,):
            sizes = {axis: tuple(scale * n for n in lengths) for axis, lengths in base.items()}
            title = ", ".join([f"size {scale}", *(f"{k}={shown(v)}" for k, v in chosen.items())])
            case = _filled(spec, title, sizes, chosen, SHORT_VALUES)
            if possible(spec, case):
                yield Case(spec, title, case)
    for length in LONG if base else ():
        yield from _long(spec, length, recording.most_entries(spec))


def _long(spec: Operation, length: int, most: int) -> Iterator[Case]:
    """A case with an axis of this length, and others as long as the bound on entries allows."""
    title = f"axes of {length}"
    for others in OTHERS:
        if others > length:
            continue
        sizes = _sizes(spec.arguments, length, others)
        try:
            if _entries(spec.arguments, sizes) > most:
                continue
            case = _filled(spec, title, sizes, {}, LONG_VALUES)
        except ValueError:  # an axis is too short for its labels or its settings
            continue
        found = Case(spec, title, case, length)
        if possible(spec, case) and sum(map(np.size, found.inputs.values())) <= MOST_INPUTS:
            yield found
            return


def _sizes(arguments: tuple[Argument, ...], length: int, others: int) -> Sizes:
    """The axis that most arguments have, which products sum over, gets the length."""
    names = axes.names(arguments)

    def use(name: str) -> tuple[bool, bool, int]:
        plain = name != "..." and not axes.is_group(name, arguments)
        users = sum(name in axes.names([argument]) for argument in arguments)
        return plain, name != "...", users

    longest = max(names, key=use)
    return {
        name: (2, length)
        if name == longest and not use(name)[0]
        else (length,)
        if name == longest
        else (3,)
        if name == "..."
        else (3, 2)
        if axes.is_group(name, arguments)
        else (others,)
        for name in names
    }


def _entries(arguments: tuple[Argument, ...], sizes: Sizes) -> int:
    chosen = {a.name: a.tried[0] for a in arguments if a.tried}
    shapes = [axes.shape(a.axes, sizes, chosen) for a in arguments if not a.tried]
    return sum(int(np.prod(shape)) for shape in shapes)


def _filled(
    spec: Operation, title: str, sizes: Sizes, chosen: NamedInputs, values: Values
) -> dict[str, Any]:
    generator = seeded(f"{spec.name}: {title}")
    picked = {a.name: chosen.get(a.name, a.tried[0]) for a in spec.arguments if a.tried}
    return {
        a.name: picked[a.name] if a.tried else fill(a, sizes, picked, generator, values)
        for a in spec.arguments
    }


def fill(
    argument: Argument,
    sizes: Sizes,
    settings: NamedInputs,
    generator: SplitMix64,
    values: Values = SHORT_VALUES,
) -> Array:
    """An array for one argument, in its domain."""
    shape = axes.shape(argument.axes, sizes, settings)
    steps = values.steps
    for mark in argument.marks:
        match mark:
            case Below(size=size, least=least, differ=differ):
                below = math.prod(axes.shape((size,), sizes, settings))
                numbers = generator.integers(least, below - 1, shape)
                return _different(numbers, least, below) if differ else numbers
            case Truth():
                return generator.integers(0, 3, shape) > 0
            case Between(low=low, high=high):
                inside = generator.integers(steps // 16, steps - steps // 16, shape)
                return np.asarray(low + (high - low) * inside / steps)
            case Simplex():
                return _simplex(shape, generator)
    most = round(values.largest * steps)
    return np.asarray(generator.integers(-most, most, shape) / steps)


def _different(numbers: Array, least: int, below: int) -> Array:
    """Whole numbers in one row for each image and channel, from the first of them on."""
    first = numbers.reshape(*numbers.shape[:2], math.prod(numbers.shape[2:]))[..., :1] - least
    along = np.arange(math.prod(numbers.shape[2:]))
    return (least + (first + along) % max(below - least, 1)).reshape(numbers.shape)


def _simplex(shape: tuple[int, ...], generator: SplitMix64) -> Array:
    """Probabilities along the last axis, in multiples of 1/64 if it is short."""
    steps = SHORT_VALUES.steps
    if shape[-1] > steps // 2:
        parts = generator.integers(1, 16, shape)
        return np.asarray(parts / parts.sum(axis=-1, keepdims=True))
    parts = generator.integers(1, steps // shape[-1], shape)
    parts[..., -1] = steps - parts[..., :-1].sum(axis=-1)  # the rest to 1
    return np.asarray(parts / steps)


def places(size: int, count: int) -> Array:
    """Which entries of a large result are recorded: the first, the last and some between."""
    between = seeded(f"places of {size}").integers(0, size - 1, (count - 2,))
    return np.concatenate([[0, size - 1], between])


def fingerprint(case: NamedInputs) -> str:
    """A hash of the values and shapes of a case, the same on every machine."""
    digest = hashlib.sha256()
    for name in sorted(case):
        value: Any = case[name]
        digest.update(f"{name} {getattr(value, 'shape', ())} ".encode())
        exact = value if isinstance(value, np.ndarray | float | int) else shown(value).encode()
        digest.update(exact if isinstance(exact, bytes) else np.asarray(exact, "<f8").tobytes())
    return digest.hexdigest()[:32]


def shown(value: Any) -> str:
    """The name of a function, or the text of a value."""
    return str(getattr(value, "__name__", value))
