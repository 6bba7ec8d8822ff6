"""The call contract, which every operation must keep.

An operation must not change its arguments, must return the same results for the same call, and must
not depend on how an array is stored: strided, reversed, in Fortran order, write-protected, or whole
numbers in an integer array.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from checker.numerics.equations import Array, Equation, as_bounded, bound, bounded, is_real
from checker.numerics.error_bounds import ErrorBounded
from checker.numerics.inputs import NamedInputs
from reference.spec import Operation

Results = Callable[[Any, NamedInputs], tuple[Any, ...]]


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


def oracles(
    spec: Operation, results: Results
) -> dict[str, Callable[[NamedInputs], list[Equation]]]:
    """The oracles of the call contract. `results` calls the operation on a case."""
    return {
        "untouched": partial(untouched, spec, results),
        "layouts": partial(layouts, spec, results),
    }


def untouched(spec: Operation, results: Results, case: NamedInputs) -> list[Equation]:
    """Check that the arguments are unchanged and a second call has the same results.

    No result shares memory with an argument, for who changes it would change the argument.
    """
    before = {name: np.array(value) for name, value in case.items() if is_array(value)}
    own = results(spec, case)
    first = numbers(own)
    second = numbers(results(spec, case))
    exactly = np.array(0.0)
    shared = [
        Equation(f"result {i} shares memory with {name}", np.array(1.0), exactly, exactly)
        for i, result in enumerate(own)
        for name in before
        if isinstance(result, np.ndarray) and np.shares_memory(result, case[name])
    ]
    return [
        *shared,
        *(Equation(f"{n} after the call", case[n], before[n], exactly) for n in before),
        *(
            Equation(f"result {i} of a second call", second[i], first[i], exactly)
            for i in range(len(first))
        ),
    ]


def layouts(spec: Operation, results: Results, case: NamedInputs) -> list[Equation]:
    """Check that the results do not depend on the memory layout of the arguments.

    They must be equal up to rounding, because a matrix product may sum in storage order.
    """
    plain = numbers(results(spec, case))
    bounds = [bound(as_bounded(r)) for r in results(spec, bounded(case)) if is_number(r)]
    stored_as = dict(MEMORY_LAYOUTS)
    if _small_integers(case):
        stored_as["integers"] = lambda array: array.astype(np.int64)
    equations = []
    for title, store in stored_as.items():
        stored = {n: store(v) if _applies(title, v) else v for n, v in case.items()}
        equations += [
            Equation(f"result {i}, arguments {title},", np.asarray(a, dtype=float), b, error)
            for i, (a, b, error) in enumerate(
                zip(numbers(results(spec, stored)), plain, bounds, strict=True)
            )
        ]
    return equations


def _small_integers(case: NamedInputs) -> bool:
    """Whether all real inputs are whole numbers so small that integers do not overflow."""
    reals = [value for value in case.values() if is_real(value)]
    return bool(reals) and all(np.all((v == np.rint(v)) & (np.abs(v) < 10)) for v in reals)


def _applies(title: str, value: Any) -> bool:
    """Whether a value can be stored in this layout."""
    if title == "integers":
        return is_real(value)
    return is_array(value) and (value.ndim > 0 or title == "write-protected")


def is_array(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "fiub"


def is_number(value: Any) -> bool:
    return isinstance(value, ErrorBounded) or np.asarray(value).dtype.kind in "fiub"


def numbers(results: tuple[Any, ...]) -> list[Array]:
    """The results that can be compared entry by entry. Others, such as lists, are left out."""
    return [np.asarray(r, dtype=float) for r in results if is_number(r)]
