"""Inputs that are the same everywhere, for as long as anybody has a recording of them.

Numbers come from SplitMix64, written out here, because a library may change its generator; they
lie on a grid of 64ths, so that they are the same number in float64, float32, float16 and bfloat16.
A recording then needs to keep no inputs, only what they were called and their hash.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from checker.equations import Array
from checker.inputs import Case
from checker.proof.edges import Sizes, possible, settings, usual_sizes
from reference.spec import Argument, Below, Between, Operation, Simplex

FINENESS = 64
LARGEST = 3  # of a plain number
MASK = 2**64 - 1


class SplitMix64:
    """Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators", figure 17."""

    def __init__(self, seed: int) -> None:
        self.state = seed & MASK

    def next(self) -> int:
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def integers(self, low: int, high: int, shape: tuple[int, ...]) -> Array:
        """Whole numbers from low to high, both included; the bias of % is of no matter here."""
        count = int(np.prod(shape))
        drawn = [low + self.next() % (high - low + 1) for _ in range(count)]
        return np.array(drawn, dtype=np.int64).reshape(shape)


def cases(spec: Operation) -> Iterator[tuple[str, Case]]:
    """Each setting with a name, seeded by it: a new case leaves the others as they were."""
    for chosen in settings(spec.arguments):
        for scale in (1, 2):
            name = ", ".join([f"size {scale}", *(f"{k}={_shown(v)}" for k, v in chosen.items())])
            digest = hashlib.sha256(f"{spec.name}: {name}".encode()).digest()
            generator = SplitMix64(int.from_bytes(digest[:8], "little"))
            base = usual_sizes(tuple(a for a in spec.arguments if not a.tried))
            sizes = {a: n if a.isdigit() else tuple(scale * m for m in n) for a, n in base.items()}
            case = {
                a.name: chosen.get(a.name, a.tried[0]) if a.tried else fill(a, sizes, generator)
                for a in spec.arguments
            }
            if possible(spec, case):
                yield name, case


def fill(argument: Argument, sizes: Sizes, generator: SplitMix64) -> Array:
    shape = tuple(n for axis in argument.axes for n in sizes[axis])
    match argument.marks:
        case (Below(size=axis), *_):
            below = int(axis) if axis.isdigit() else sizes[axis][0]
            return generator.integers(0, below - 1, shape)
        case (Between(low=low, high=high), *_):
            inside = generator.integers(4, FINENESS - 4, shape)
            return np.asarray(low + (high - low) * inside / FINENESS)
        case (Simplex(), *_):
            return _simplex(shape, generator)
    return np.asarray(generator.integers(-LARGEST * FINENESS, LARGEST * FINENESS, shape) / FINENESS)


def _simplex(shape: tuple[int, ...], generator: SplitMix64) -> Array:
    """All but the last share what is left over, in 64ths; the last takes the rest."""
    parts = generator.integers(1, FINENESS // shape[-1], shape)
    parts[..., -1] = FINENESS - parts[..., :-1].sum(axis=-1)
    return np.asarray(parts / FINENESS)


def fingerprint(case: Case) -> str:
    """Of the values and shapes, in an order and a form that no machine changes."""
    digest = hashlib.sha256()
    for name in sorted(case):
        value: Any = case[name]
        digest.update(f"{name} {getattr(value, 'shape', ())} ".encode())
        exact = value if isinstance(value, np.ndarray | float | int) else _shown(value).encode()
        digest.update(exact if isinstance(exact, bytes) else np.asarray(exact, "<f8").tobytes())
    return digest.hexdigest()[:16]


def _shown(value: Any) -> str:
    """A function by its name: where it lies in memory is another place each time."""
    return str(getattr(value, "__name__", value))
