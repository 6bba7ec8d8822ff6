"""The call contract, which every operation must keep.

An operation must not change its arguments or numpy's own random numbers, must return the same
results for the same call, in arrays of their own, and must not depend on how an array is stored:
strided, reversed, in Fortran order, write-protected, with one row for all, or whole numbers in an
integer array.
"""

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from checker.numerics.conditioning import HEADROOM
from checker.numerics.equations import Array, Equation, is_real, unit
from checker.numerics.gradients import UPSTREAM
from checker.proof.oracle import CaseOracle
from checker.proof.trial import Trial
from reference.spec import Below, Operation

INTEGER_TYPES = (np.int8, np.int16, np.int32, np.uint8, np.uint64, np.bool_)
LAYOUT_CASES = 24
LABELS = ("labels", "target", "truth")
USUAL_TYPES = (np.dtype(float), np.dtype(int))
OTHERS_EVERY = 3  # in one case of so many, other numbers are put into the same arrays
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

    No result shares memory with an input, for who changes it would change the input, nor with
    another result. All are of the usual types of numpy.
    """
    inputs = {k: v.copy() if isinstance(v, np.ndarray) else v for k, v in trial.inputs.items()}
    before = {name: value.copy() for name, value in inputs.items() if is_array(value)}
    np.random.random()  # after which no seed has this state
    chance = _random_state()
    own = trial.kind.results(trial.spec, inputs)
    again = trial.kind.results(trial.spec, inputs)
    first, second = numbers(own), numbers(again)
    exactly = np.array(0.0)
    changed = np.array(float(chance != _random_state()))
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
    shared += [
        _wrong(f"result {i} shares memory with that of a second call")
        for i, (one, other) in enumerate(zip(own, again, strict=True))
        if is_array(one) and is_array(other) and np.shares_memory(one, other)
    ]
    shared += [
        _wrong(f"result {i} is of type {result.dtype}")
        for i, result in enumerate(own)
        if is_array(result) and result.dtype not in USUAL_TYPES
    ]
    return [
        *shared,
        *(Equation(f"{n} after the call", inputs[n], before[n], exactly) for n in before),
        *(
            Equation(f"result {i} of a second call", second[i], first[i], exactly)
            for i in range(len(first))
        ),
        *(_of_other_numbers(trial) if trial.number % OTHERS_EVERY == 0 else ()),
        Equation("numpy's own random numbers after the call", changed, exactly, exactly),
    ]


def _of_other_numbers(trial: Trial) -> list[Equation]:
    """Check that a call sees what is put into the arrays of an earlier one."""
    inputs, others = turned(turned(trial.inputs)), turned(trial.inputs)
    try:
        right = trial.kind.results(trial.spec, others)
    except (ArithmeticError, ValueError):  # turned inputs may be impossible
        return []
    trial.kind.results(trial.spec, inputs)
    for name, value in others.items():
        if isinstance(value, np.ndarray):
            inputs[name][...] = value
    found = trial.kind.results(trial.spec, inputs)
    return [
        Equation(f"result {i} of other numbers in the same arrays", mine, other, np.array(0.0))
        for i, (mine, other) in enumerate(zip(numbers(found), numbers(right), strict=True))
    ]


def turned(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs with every array in the opposite order."""
    return {n: np.flip(v).copy() if isinstance(v, np.ndarray) else v for n, v in inputs.items()}


def _random_state() -> tuple[bytes, int]:
    """What numpy's own random numbers depend on."""
    state = np.random.get_state(legacy=False)["state"]
    return state["key"].tobytes(), state["pos"]


def _wrong(about: str) -> Equation:
    """An equation that fails."""
    return Equation(about, np.array(1.0), np.array(0.0), np.array(0.0))


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
    truths = _truths(trial.spec)
    for dtype in INTEGER_TYPES:
        held = {n: v.astype(dtype) for n, v in trial.inputs.items() if _holds(n, v, dtype, truths)}
        if held:
            title = f"{' and '.join(held)} of type {np.dtype(dtype).name}"
            stored[title] = {**trial.inputs, **held}
    return (_of_one_row(trial) if trial.number % OTHERS_EVERY == 0 else []) + [
        Equation(
            f"{about}, {title},", np.asarray(a, dtype=float), np.asarray(b, dtype=float), limit
        )
        for title, inputs in stored.items()
        for about, a, b, limit in zip(
            trial.names, trial.kind.results(trial.spec, inputs), trial.results, limits, strict=True
        )
        if is_number(b)
    ]


def _of_one_row(trial: Trial) -> list[Equation]:
    """Check the results of arrays that have one row in memory, which stands for all of them.

    The n equal terms of a sum over rows are rounded alike: by up to n / 2 roundings of the sum.
    """
    rows = {
        n: np.broadcast_to(v[:1], v.shape) if is_real(v) and v.ndim else v
        for n, v in trial.inputs.items()
    }
    copies = {n: v.copy() if isinstance(v, np.ndarray) else v for n, v in rows.items()}
    case = {name: copies[name] for name in trial.case if name in copies}
    other = Trial(trial.spec, case, number=trial.number, draws=trial.draws, given=copies)
    try:
        equal = max((len(v) for v in rows.values() if is_real(v) and v.ndim), default=0)
        limits = [b * max(1.0, equal / HEADROOM) for b in other.bounds(unit(np.float64))]
    except (ArithmeticError, ValueError):  # such as a singular matrix
        return []
    found = trial.kind.results(trial.spec, rows)
    return [
        Equation(
            f"{about}, inputs of one row,",
            np.asarray(a, dtype=float),
            np.asarray(b, dtype=float),
            limit,
        )
        for about, a, b, limit in zip(other.names, found, other.results, limits, strict=True)
        if is_number(b)
    ]


def _truths(spec: Operation) -> set[str]:
    """The arguments that are 0 or 1."""
    marks = {a.name: a.mark(Below) for a in spec.arguments}
    return {name for name, mark in marks.items() if mark is not None and mark.size == "2"}


def _small_integers(inputs: Mapping[str, Any]) -> bool:
    """Whether all real inputs are whole numbers so small that integers do not overflow."""
    reals = [v for n, v in inputs.items() if is_real(v) and not n.startswith(UPSTREAM)]
    return bool(reals) and all(np.all((v == np.rint(v)) & (np.abs(v) < 10)) for v in reals)


def _holds(name: str, labels: Any, dtype: Any, truths: set[str]) -> bool:
    """Whether these are labels that this integer type represents. A place is never a bool."""
    if not (isinstance(labels, np.ndarray) and labels.dtype.kind == "i" and labels.size):
        return False
    low, high = labels.min(), labels.max()
    if dtype is np.bool_:
        return name in (*LABELS, *truths) and bool(low >= 0 and high <= 1)
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
