"""The call contract, which every operation must keep.

An operation must not change its arguments, must return the same results for the same call, and must
not depend on how an array is stored: strided, reversed, in Fortran order, write-protected, or whole
numbers in an integer array.
"""

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from checker.numerics.equations import Array, Equation, is_real, unit
from checker.numerics.gradients import UPSTREAM
from checker.proof.oracle import CaseOracle
from checker.proof.trial import Trial

INTEGER_TYPES = (np.int8, np.int16, np.int32, np.uint8, np.uint64, np.bool_)
LAYOUT_CASES = 24
LABELS = ("labels", "target", "truth")
LARGEST_LABEL = 100  # fits in every integer type


def strided(array: Array) -> Array:
    """The same values as every second entry of a longer array."""
    longer = np.full((*array.shape[:-1], 2 * array.shape[-1]), np.nan, array.dtype)
    longer[..., ::2] = array
    return longer[..., ::2]


def backwards(array: Array) -> Array:
    """The same values, stored from the last to the first."""
    return np.ascontiguousarray(array[..., ::-1])[..., ::-1]


def protected(array: Array) -> Array:
    """A write-protected copy."""
    copy = array.copy()
    copy.flags.writeable = False
    return copy


MEMORY_LAYOUTS: dict[str, Callable[[Array], Array]] = {
    "every second entry": strided,
    "stored backwards": backwards,
    "Fortran order": np.asfortranarray,
    "write-protected": protected,
}


def oracles(most: int) -> dict[str, CaseOracle]:
    """The oracles of the call contract, for at most so many cases."""
    return {
        "untouched": CaseOracle(untouched, _short, most),
        "layouts": CaseOracle(layouts, _short, min(most, LAYOUT_CASES)),
    }


def _short(trial: Trial) -> bool:
    return trial.entries <= 2000


def untouched(trial: Trial) -> list[Equation]:
    """Check that the inputs are unchanged and a second call has the same results.

    No result shares memory with an input, for who changes it would change the input.
    """
    inputs = {k: v.copy() if isinstance(v, np.ndarray) else v for k, v in trial.inputs.items()}
    before = {name: value.copy() for name, value in inputs.items() if is_array(value)}
    own = trial.kind.results(trial.spec, inputs)
    first, second = numbers(own), numbers(trial.kind.results(trial.spec, inputs))
    exactly = np.array(0.0)
    shared = [
        Equation(f"result {i} shares memory with {name}", np.array(1.0), exactly, exactly)
        for i, result in enumerate(own)
        for name in before
        if isinstance(result, np.ndarray) and np.shares_memory(result, inputs[name])
    ]
    shared += [
        Equation(f"result {i} shares memory with result {k}", np.array(1.0), exactly, exactly)
        for (i, one), (k, other) in itertools.combinations(enumerate(own), 2)
        if is_array(one) and is_array(other) and np.shares_memory(one, other)
    ]
    return [
        *shared,
        *(Equation(f"{n} after the call", inputs[n], before[n], exactly) for n in before),
        *(
            Equation(f"result {i} of a second call", second[i], first[i], exactly)
            for i in range(len(first))
        ),
    ]


def layouts(trial: Trial) -> list[Equation]:
    """Check that the results do not depend on the memory layout of the inputs.

    They must be equal up to rounding, because a matrix product may sum in storage order. Labels of
    every integer type mean the same, and so do real inputs that are whole numbers.
    """
    limits = trial.bounds(unit(np.float64))
    stored: dict[str, dict[str, Any]] = {
        f"inputs {title}": {
            n: store(v) if _has_layout(title, v) else v for n, v in trial.inputs.items()
        }
        for title, store in MEMORY_LAYOUTS.items()
    }
    if _small_integers(trial.inputs):
        stored["inputs of integers"] = {
            n: v.astype(np.int64) if is_real(v) and not n.startswith(UPSTREAM) else v
            for n, v in trial.inputs.items()
        }
    for dtype in INTEGER_TYPES:
        held = {n: v.astype(dtype) for n, v in trial.inputs.items() if _holds(n, v, dtype)}
        if held:
            title = f"{' and '.join(held)} of type {np.dtype(dtype).name}"
            stored[title] = {**trial.inputs, **held}
    return [
        Equation(
            f"{about}, {title},", np.asarray(a, dtype=float), np.asarray(b, dtype=float), limit
        )
        for title, inputs in stored.items()
        for about, a, b, limit in zip(
            trial.names, trial.kind.results(trial.spec, inputs), trial.results, limits, strict=True
        )
        if is_number(b)
    ]


def _small_integers(inputs: Mapping[str, Any]) -> bool:
    """Whether all real inputs are whole numbers so small that integers do not overflow."""
    reals = [v for n, v in inputs.items() if is_real(v) and not n.startswith(UPSTREAM)]
    return bool(reals) and all(np.all((v == np.rint(v)) & (np.abs(v) < 10)) for v in reals)


def _holds(name: str, labels: Any, dtype: Any) -> bool:
    """Whether these are labels that this integer type represents. A place is never a bool."""
    if not (isinstance(labels, np.ndarray) and labels.dtype.kind == "i" and labels.size):
        return False
    low, high = labels.min(), labels.max()
    if dtype is np.bool_:
        return name in LABELS and bool(low >= 0 and high <= 1)
    return bool(high <= LARGEST_LABEL and (low >= 0 or np.dtype(dtype).kind == "i"))


def _has_layout(title: str, value: Any) -> bool:
    """Whether a value can be stored in this layout."""
    return is_array(value) and (value.ndim > 0 or title == "write-protected")


def is_array(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "fiub"


def is_number(value: Any) -> bool:
    return np.asarray(value).dtype.kind in "fiub"


def numbers(results: tuple[Any, ...]) -> list[Array]:
    """The results that can be compared entry by entry. Others, such as lists, are left out."""
    return [np.asarray(r, dtype=float) for r in results if is_number(r)]
