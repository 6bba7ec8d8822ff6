"""How far the results of a function move when its inputs are rounded: the scale of every bound.

The bound of a result must not come from the intermediate values of the code on trial: an unstable
formula would earn itself a wide one. It comes from the conditioning of the function instead. Each
real input is multiplied by 1 + d with a random d of at most one rounding in single precision, the
function is computed again in double precision, and the largest difference in a few draws is the
move. A right computation in arithmetic of unit roundoff u is within a small multiple of

    u / 2^-24 move + u |result|

In every other draw, entries of one array that are equal are moved alike, so that a tie between them
remains a tie. In the others they are not, and what then moves by far more than a rounding of the
inputs, or of the largest entry of the result, has been decided otherwise: it does not count.

A real setting moves too. Where that changes the shape of a result, as a factor just below 2 does to
the size of an image, or makes it nan, as a power just above 2 does with a negative number, the draw
is repeated, and in the end the settings stay as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from checker.numerics.equations import SINGLE, Array, is_real, largest

Compute = Callable[[Mapping[str, Any]], Sequence[Any]]

HEADROOM = 32.0  # between a few random draws and the worst rounding
DRAWS = 4
ATTEMPTS = 4  # of each draw, to move the settings as well
JUMP = 1000.0  # roundings of the largest number, by which only a decision moves a result
SIGNS = np.array([-1.0, 1.0])
LEAST_SHARE = 0.25  # of one rounding, by which an entry is moved at least


def moves(
    compute: Compute,
    inputs: Mapping[str, Any],
    base: Sequence[Any],
    unit: float = SINGLE,
    *,
    decisions: bool = True,
    draws: int = DRAWS,
) -> list[Array]:
    """The largest move of each result. `base` holds the results for the inputs as they are.

    A draw that raises, or changes the shape of a result, does not count. Without `decisions`, what
    has been decided otherwise never counts.
    """
    found = [np.zeros(np.shape(result)) for result in base]
    input_size = max(map(largest, filter(_is_moved, inputs.values())), default=0.0)
    sizes = [largest(result) if decisions and _is_number(result) else 0.0 for result in base]
    jumps = [JUMP * unit * max(input_size, size) for size in sizes]
    counted, repeated = 0, ATTEMPTS * draws
    with np.errstate(all="ignore"):
        for seed in range(repeated + draws):
            alike = counted % 2 == 0
            given = moved(inputs, unit, seed, alike=alike)
            if seed >= repeated:
                given |= {name: value for name, value in inputs.items() if not is_real(value)}
            try:
                results = compute(given)
            except (ArithmeticError, ValueError):
                continue
            if any(np.shape(a) != np.shape(b) for a, b in zip(results, base, strict=True)):
                continue
            if seed < repeated and any(map(_becomes_nan, results, base)):
                continue
            for i, (one, other) in enumerate(zip(results, base, strict=True)):
                distance = _distance(one, other)
                small = distance <= jumps[i]
                found[i] = np.fmax(found[i], np.where(small | (alike and decisions), distance, 0.0))
            counted += 1
            if counted == draws:
                break
    return found


def bound(move: Any, size: Any, roundoff: float) -> Any:
    """The largest error of a result of this size that moves so far at this unit roundoff."""
    return HEADROOM * (move + roundoff * size)


def moved(inputs: Mapping[str, Any], unit: float, seed: int, *, alike: bool) -> dict[str, Any]:
    """The inputs, with every real number moved by up to one rounding."""
    rng = np.random.default_rng(seed)
    return {name: _moved(value, unit, rng, alike) for name, value in inputs.items()}


def _moved(value: Any, unit: float, rng: np.random.Generator, alike: bool) -> Any:
    if type(value) is tuple:
        return tuple(_moved(each, unit, rng, alike) for each in value)
    if not _is_moved(value):
        return value
    if type(value) is float:
        return value * (1 + unit * float(_steps(rng, 1)[0]))
    if not alike:
        return np.asarray(value * (1 + unit * _steps(rng, value.size).reshape(value.shape)))
    distinct, places = np.unique(value, return_inverse=True)
    steps = _steps(rng, distinct.size)[places].reshape(value.shape)
    return np.asarray(value * (1 + unit * steps))


def _is_moved(value: Any) -> bool:
    """Whether an input is a real number or array. A number of numpy is a setting."""
    return type(value) is float or (isinstance(value, np.ndarray) and value.dtype.kind == "f")


def _steps(rng: np.random.Generator, count: int) -> Array:
    signs = SIGNS[rng.integers(0, 2, size=count)]
    return np.asarray(signs * rng.uniform(LEAST_SHARE, 1.0, size=count))


def _becomes_nan(one: Any, other: Any) -> bool:
    """Whether a number of a result is nan after a move."""
    if not _is_number(one) or not _is_number(other):
        return False
    return bool(np.any(np.isnan(np.asarray(one, dtype=float)) > np.isnan(other)))


def _distance(one: Any, other: Any) -> Array:
    """The difference of two results of one shape; 0 where it is not finite."""
    if not _is_number(one):
        return np.zeros(np.shape(other))
    difference = np.abs(np.asarray(one, dtype=float) - np.asarray(other, dtype=float))
    return np.where(np.isfinite(difference), difference, 0.0)


def _is_number(result: Any) -> bool:
    return np.asarray(result).dtype.kind in "fiub"
