"""What the reference computes against what torch computed and a recording stores."""

from functools import partial

import numpy as np

from checker.numerics.equations import Array, Equation
from checker.proof import kinds
from checker.proof.recordings.golden_file import Result
from checker.proof.recordings.grid import Case
from checker.proof.recordings.passes import ARITHMETICS, Arithmetic, Pass
from checker.proof.trial import Trial


def equations(
    case: Case, each: Pass, stored: list[Result], trials: dict[str, Trial]
) -> list[Equation]:
    """The equations of a pass. `trials` keeps what the passes of a case share."""
    recording: kinds.Recording = kinds.of(case.spec).RECORDING
    if recording.of_draw is None:
        return _agreement(_trial(case, each.arithmetic.dtype, trials), each.arithmetic, stored)
    draw, *others = stored
    drawn = recording.of_draw(case.spec, case.arguments, draw.values)
    if not recording.draw:
        if others:
            raise ValueError(f"{len(stored)} results are recorded, and should be 1")
        return drawn
    here = Trial(case.spec, {**case.arguments, recording.draw: draw.values}, case.title)
    return [*drawn, *_agreement(here, each.arithmetic, others)]


def _agreement(trial: Trial, arithmetic: Arithmetic, stored: list[Result]) -> list[Equation]:
    """The results of the reference against those that are stored."""
    if len(stored) != len(trial.results):
        raise ValueError(f"{len(stored)} results are recorded, and should be {len(trial.results)}")
    compared = zip(trial.names, trial.results, stored, _limits(trial, arithmetic), strict=True)
    return [
        _equation(name, np.asarray(mine, dtype=float), other, limit, arithmetic)
        for name, mine, other, limit in compared
    ]


def _trial(case: Case, dtype: str, trials: dict[str, Trial]) -> Trial:
    """The case with inputs rounded to a dtype. If that changes none, float64 has the same trial."""
    if not trials:
        trials["float64"] = Trial(
            case.spec, case.arguments, case.title, case.number, given=case.inputs
        )
    plain = trials["float64"]
    if dtype not in trials:
        rounded = plain.rounded_by(partial(_rounded, dtype=dtype))
        same = all(np.array_equal(rounded.inputs[n], v) for n, v in case.inputs.items())
        trials[dtype] = plain if same else rounded
    return trials[dtype]


def _rounded(value: Array, dtype: str) -> Array:
    """An array rounded to a dtype. numpy has no bfloat16: the nearest, and even in a tie."""
    if dtype != "bfloat16":
        return value.astype(dtype).astype(float)
    bits = value.astype(np.float32).view(np.uint32)
    last = (bits >> np.uint32(16)) & np.uint32(1)
    kept = (bits + np.uint32(0x7FFF) + last) & np.uint32(0xFFFF0000)
    return kept.view(np.float32).astype(float)


def _limits(trial: Trial, arithmetic: Arithmetic) -> list[Array]:
    """The bounds in an arithmetic, and in the one that torch is known to compute in inside."""
    inside = getattr(trial.spec, "inside", "")
    coarsest = max(arithmetic.roundoff, ARITHMETICS[inside].roundoff if inside else 0.0)
    limits = trial.their_bounds(np.dtype(_wide(arithmetic.dtype)), coarsest)
    half = arithmetic.dtype in kinds.HALVES
    return [limit + arithmetic.smallest for limit in limits] if half else limits


def _wide(dtype: str) -> str:
    return "float64" if dtype == "float64" else "float32"


def _equation(
    name: str, mine: Array, other: Result, limit: Array, arithmetic: Arithmetic
) -> Equation:
    """Compare the entries that are stored. Those that may overflow in a half are left out."""
    if mine.shape != other.shape:
        return Equation(name, mine, np.empty(other.shape), np.zeros(()))
    ours, bound = other.of(mine), other.of(limit)
    dtype = _wide(arithmetic.dtype)
    ours = ours.astype(dtype).astype(float)
    fits = ~np.isfinite(ours) | (np.abs(ours) + bound < arithmetic.largest)
    if arithmetic.dtype in kinds.HALVES:
        ours = np.where(fits, ours, other.values)
    return Equation(name, ours, other.values, bound)
