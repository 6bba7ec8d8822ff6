"""The inputs of recordings, which are the same on every machine and with every version.

The numbers come from SplitMix64, implemented here because a library may change its generator. They
are multiples of 1/64, which float64, float32, float16 and bfloat16 represent exactly. A recording
therefore stores the names and hashes of its inputs, not the inputs.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from checker.numerics.equations import Array
from checker.numerics.inputs import NamedInputs
from checker.proof.oracles.edges import Sizes, possible, settings, usual_sizes
from reference.spec import Argument, Below, Between, Operation, Simplex

GRID_STEPS = 64  # for each unit
LARGEST_NUMBER = 3  # without a declared domain
MASK_64 = 2**64 - 1


class SplitMix64:
    """A generator: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators"."""

    def __init__(self, seed: int) -> None:
        self.state = seed & MASK_64

    def next(self) -> int:
        """The next 64-bit number (figure 17)."""
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK_64
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK_64
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK_64
        return z ^ (z >> 31)

    def integers(self, low: int, high: int, shape: tuple[int, ...]) -> Array:
        """Whole numbers from low to high, both included. The small bias of % does not matter."""
        count = int(np.prod(shape))
        numbers = [low + self.next() % (high - low + 1) for _ in range(count)]
        return np.array(numbers, dtype=np.int64).reshape(shape)


def cases(spec: Operation) -> Iterator[tuple[str, NamedInputs]]:
    """Yield cases with their names. The name is the seed, so new cases do not change others."""
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
    """An array for one argument, in its domain."""
    shape = tuple(n for axis in argument.axes for n in sizes[axis])
    match argument.marks:
        case (Below(size=axis), *_):
            below = int(axis) if axis.isdigit() else sizes[axis][0]
            return generator.integers(0, below - 1, shape)
        case (Between(low=low, high=high), *_):
            inside = generator.integers(4, GRID_STEPS - 4, shape)
            return np.asarray(low + (high - low) * inside / GRID_STEPS)
        case (Simplex(), *_):
            return _simplex(shape, generator)
    return np.asarray(
        generator.integers(-LARGEST_NUMBER * GRID_STEPS, LARGEST_NUMBER * GRID_STEPS, shape)
        / GRID_STEPS
    )


def _simplex(shape: tuple[int, ...], generator: SplitMix64) -> Array:
    """Probabilities in multiples of 1/64 along the last axis. The last entry is the rest to 1."""
    parts = generator.integers(1, GRID_STEPS // shape[-1], shape)
    parts[..., -1] = GRID_STEPS - parts[..., :-1].sum(axis=-1)
    return np.asarray(parts / GRID_STEPS)


def fingerprint(case: NamedInputs) -> str:
    """A hash of the values and shapes of a case, the same on every machine."""
    digest = hashlib.sha256()
    for name in sorted(case):
        value: Any = case[name]
        digest.update(f"{name} {getattr(value, 'shape', ())} ".encode())
        exact = value if isinstance(value, np.ndarray | float | int) else _shown(value).encode()
        digest.update(exact if isinstance(exact, bytes) else np.asarray(exact, "<f8").tobytes())
    return digest.hexdigest()[:16]


def _shown(value: Any) -> str:
    """The name of a function, or the text of a value."""
    return str(getattr(value, "__name__", value))
