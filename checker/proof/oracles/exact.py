"""The oracles in exact arithmetic: what holds there holds to 25 digits, without a tolerance.

The derivative and the properties say whether a formula is right. The accuracy says what plain
arrays make of it: every result in float64 and in float32 is compared with the exact one, and what
torch computes is measured by the same bound.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from checker.numerics import derivative
from checker.numerics.conditioning import HEADROOM, bound
from checker.numerics.derivative import DIGITS, agreement, lifted
from checker.numerics.equations import DOUBLE, SINGLE, Array, Equation, is_real, parts
from checker.numerics.exact import rounded
from checker.proof.oracle import CHAOTIC, MOST, CaseOracle, NotComparedError
from checker.proof.trial import Sort, Trial
from reference.spec import Function, Simplex, Spec

MOST_ENTRIES = 400  # of a case: exact numbers take their time
MOST_ENTRIES_LONG = 4200  # of the cases with one long axis
CASES = 26  # of an operation
PROPERTY_CASES = 20
LARGEST = 2e4
POWER = 6  # of the inputs in the square of a gradient, of an objective of the fourth
LEAST = 1e-50  # beside the largest input: what sixty digits may leave of a zero


def for_properties(trial: Trial) -> bool:
    """Whether exact arithmetic is fast enough, and torch does not see the case anyway."""
    seen = callable(trial.spec.torch) and trial.sort in (Sort.LONG, Sort.FAR)
    return small(trial) and not seen


def small(trial: Trial) -> bool:
    """Whether exact arithmetic is fast enough for the case: it is not for a long linear system."""
    if trial.sort is Sort.LONG:
        return isinstance(trial.spec, Spec) and trial.entries <= MOST_ENTRIES_LONG
    return trial.entries <= MOST_ENTRIES


def _ordinary(trial: Trial) -> bool:
    """Whether the inputs are of usual size."""
    return (
        small(trial)
        and trial.largest <= LARGEST
        and trial.sort not in (Sort.MAGNITUDES, Sort.FAR, Sort.ENDS)
    )


def _near(trial: Trial) -> bool:
    """Whether float32 represents the squares of the inputs or, of an objective, its gradients'."""
    squares = trial.entries * trial.largest**POWER if getattr(trial.spec, "closure", False) else 0
    return trial.sort is not Sort.FAR and bool(squares <= np.finfo(np.float32).max)


def of_function(spec: Spec) -> dict[str, CaseOracle]:
    """The derivative of a function."""
    return {
        "derivative": CaseOracle(
            lambda trial: derivative.derivative(spec, trial.inputs), _ordinary, CASES
        ),
        "property linear_in_the_upstream": CaseOracle(
            lambda trial: derivative.upstream_is_linear(spec, trial.inputs), for_properties, 12
        ),
    }


def accuracy() -> dict[str, CaseOracle]:
    """Plain results in float64 and in float32 against the exact ones."""
    return {
        "accuracy float64": CaseOracle(in_double, small, CASES),
        "accuracy float32": CaseOracle(in_single, _near, 60),
    }


def properties(
    function: Function, claims: tuple[Function, ...], *, alone: bool = False
) -> dict[str, CaseOracle]:
    """The declared properties, each as an equation of exact numbers.

    Where they stand `alone`, without torch, they are asked of more cases.
    """
    most = MOST if alone else PROPERTY_CASES
    return {
        f"property {p.__name__}": CaseOracle(partial(holds, function, p), for_properties, most)
        for p in claims
    }


def holds(function: Function, claim: Function, trial: Trial) -> list[Equation]:
    """Compare the two sides of a property."""
    case = dict(trial.case) if "seed" in trial.case else lifted(dict(trial.case))
    for argument in trial.spec.arguments:  # probabilities whose sum is one to the last digit
        if argument.mark(Simplex):
            case[argument.name] = case[argument.name] / case[argument.name].sum(-1, keepdims=True)
    return sides(claim, lambda: claim(function, **case), trial)


def sides(claim: Function, compute: Callable[[], Any], trial: Trial) -> list[Equation]:
    """The equations between two sides. What plain numbers in them lose is counted in roundoffs."""
    with np.errstate(all="ignore"):
        left, right, *lost = compute()
    size = 1e-15 * trial.largest + 1e-30
    if lost:
        size += bound(0.0, float(np.max(rounded(lost[0]), initial=0)), DOUBLE) / DIGITS
    return [
        agreement(claim.__name__, a, b, size)
        for a, b in zip(parts(left), parts(right), strict=True)
    ]


def in_double(trial: Trial) -> list[Equation]:
    """Compare each float64 result with the exact one."""
    limits = trial.bounds(DOUBLE)
    theirs = _theirs(trial, len(limits))
    return [
        _measured(
            name,
            mine,
            rounded(right),
            limit + LEAST * trial.largest,
            dtype=np.float64,
            theirs=other,
        )
        for name, mine, right, limit, other in zip(
            trial.names, trial.results, trial.exact, limits, theirs, strict=True
        )
        if np.asarray(mine).dtype.kind in "fiub"
    ]


def in_single(trial: Trial) -> list[Equation]:
    """Compare each float32 result with the float64 one, for inputs that float32 represents.

    Results that are whole numbers or decisions stay what they are. A result near the largest number
    is left out: what it is computed from may be larger. So is one that is not finite where numbers
    grow along a long axis until they overflow: what cancels later, or is multiplied by 0, is nan.
    """
    if trial.chaotic:
        raise NotComparedError(CHAOTIC)
    if not any(map(is_real, trial.case.values())):
        raise NotComparedError("no argument is real")
    here = trial.rounded(np.float32)
    inputs = {k: v.astype(np.float32) if is_real(v) else v for k, v in here.inputs.items()}
    single, overflows = here.of_arrays(inputs)
    grows = trial.sort is Sort.LONG and overflows
    with np.errstate(all="ignore"):
        limits = here.bounds(SINGLE, float(np.finfo(np.float32).tiny))
        return [
            _measured(name, _fitting(mine, right, grows), right, limit, dtype=np.float32)
            for name, mine, right, limit in zip(
                here.names, single, map(_single, here.results), limits, strict=True
            )
            if right.dtype.kind == "f"
        ]


def _single(right: Any) -> Array:
    """A real result in float32, and another one as it is."""
    array = np.asarray(right)
    return array.astype(np.float32) if array.dtype.kind == "f" else array


def _fitting(mine: Any, right: Array, grows: bool) -> Any:
    """The float32 result, and the right one where a number on the way to it may overflow."""
    if np.shape(mine) != right.shape:
        return mine
    near = np.isfinite(right) & (np.abs(right) > np.finfo(np.float32).max / HEADROOM)
    return np.where(near | (grows & ~np.isfinite(mine)), right, np.asarray(mine))


def _measured(
    about: str, mine: Any, right: Any, limit: Any, *, dtype: Any, theirs: Any = None
) -> Equation:
    """One result against the right one. A real result of another dtype is wrong in all entries."""
    left = np.asarray(mine)
    if left.dtype.kind == "f" and left.dtype != dtype:
        about, left = f"{about}, which became {left.dtype},", np.full(left.shape, np.nan)
    return Equation(about, left.astype(float), np.asarray(right, dtype=float), limit, theirs)


def _theirs(trial: Trial, count: int) -> tuple[Any, ...]:
    """What torch computes in float64, if it computes the case."""
    if not callable(trial.spec.torch) or not hasattr(trial.kind, "torch_results"):
        return (None,) * count
    try:
        return trial.theirs(np.float64)
    except Exception:  # the oracle that compares with torch tells of it
        return (None,) * count
