"""What holds of a call, whatever is computed: no argument changes, and only values count.

An operation must leave its arguments bit for bit as they were, answer the same call the same way,
and see nothing of how an array lies in memory: every second entry of a longer array, columns
before rows, write-protected, or whole numbers in an integer array.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from checker.equations import Array, Equation, as_traced, bound, is_real, traced
from checker.inputs import Case
from checker.rounding import Traced
from reference.spec import Operation

Results = Callable[[Any, Case], tuple[Any, ...]]


def strided(array: Array) -> Array:
    """The same values with foreign ones between them."""
    wide = np.full((*array.shape[:-1], 2 * array.shape[-1]), np.nan, array.dtype)
    wide[..., ::2] = array
    return wide[..., ::2]


def backwards(array: Array) -> Array:
    """The same values, stored from the last to the first."""
    return np.ascontiguousarray(array[..., ::-1])[..., ::-1]


def protected(array: Array) -> Array:
    copy = array.copy()
    copy.flags.writeable = False
    return copy


LAYOUTS: dict[str, Callable[[Array], Array]] = {
    "every second entry": strided,
    "stored backwards": backwards,
    "Fortran order": np.asfortranarray,
    "write-protected": protected,
}


def oracles(spec: Operation, results: Results) -> dict[str, Callable[[Case], list[Equation]]]:
    return {
        "untouched": partial(untouched, spec, results),
        "layouts": partial(layouts, spec, results),
    }


def untouched(spec: Operation, results: Results, case: Case) -> list[Equation]:
    """Arguments are as they were, and a second call answers as the first."""
    before = {name: np.array(value) for name, value in case.items() if is_array(value)}
    first = numbers(results(spec, case))
    second = numbers(results(spec, case))
    exactly = np.array(0.0)
    return [
        *(Equation(f"{n} after the call", case[n], before[n], exactly) for n in before),
        *(Equation(f"second answer {i}", second[i], first[i], exactly) for i in range(len(first))),
    ]


def layouts(spec: Operation, results: Results, case: Case) -> list[Equation]:
    """Equal up to rounding: a product of matrices may be summed in the order they are stored."""
    plain = numbers(results(spec, case))
    errs = [bound(as_traced(r)) for r in results(spec, traced(case)) if is_number(r)]
    ways = dict(LAYOUTS)
    if _whole(case):
        ways["integers"] = lambda array: array.astype(np.int64)
    equations = []
    for title, lay in ways.items():
        laid = {n: lay(v) if _may_be_laid(v, title) else v for n, v in case.items()}
        equations += [
            Equation(f"result {i}, arguments {title},", np.asarray(a, dtype=float), b, err)
            for i, (a, b, err) in enumerate(
                zip(numbers(results(spec, laid)), plain, errs, strict=True)
            )
        ]
    return equations


def _whole(case: Case) -> bool:
    """Small whole numbers, whose products fit into an integer too."""
    reals = [value for value in case.values() if is_real(value)]
    return bool(reals) and all(np.all((v == np.rint(v)) & (np.abs(v) < 10)) for v in reals)


def _may_be_laid(value: Any, title: str) -> bool:
    if title == "integers":
        return is_real(value)
    return is_array(value) and (value.ndim > 0 or title == "write-protected")


def is_array(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "fiub"


def is_number(value: Any) -> bool:
    return isinstance(value, Traced) or np.asarray(value).dtype.kind in "fiub"


def numbers(results: tuple[Any, ...]) -> list[Array]:
    """What can be compared entry by entry; a list of batches, say, is left to the laws."""
    return [np.asarray(r, dtype=float) for r in results if is_number(r)]
