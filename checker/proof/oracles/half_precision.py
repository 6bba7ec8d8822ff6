"""Compare the reference in float64 with torch in float16 and bfloat16, where torch supports them.

numpy has no bfloat16, and its float16 is not meant for training. The comparison shows that the
bounds, with u = 2^-11 and 2^-8, also hold in the arithmetic in which networks are trained. Large
inputs are left out, because the largest float16 is 65,504.
"""

from functools import partial
from typing import Any

import numpy as np

from checker.numerics.equations import Array, Equation
from checker.numerics.inputs import series
from checker.proof.oracle import CaseOracle, NotComparedError
from checker.proof.trial import Sort, Trial
from reference.spec import Between, Spec

DTYPE_NAMES = ("float16", "bfloat16")
LARGEST_INPUT = 16.0
CASES = 25


def oracles(spec: Spec) -> dict[str, CaseOracle]:
    """The oracles for the dtypes that torch supports here.

    An operation with a condition `possible` has none, because coarse rounding of a sum could change
    its decisions.
    """
    if spec.possible is not None:
        return {}
    return {
        f"torch {name}": CaseOracle(partial(compare, name=name), _moderate, CASES)
        for name in DTYPE_NAMES
        if _supports(spec, name)
    }


def _moderate(trial: Trial) -> bool:
    near = trial.sort is not Sort.FAR
    return near and trial.largest <= LARGEST_INPUT and trial.entries <= 300


def _supports(spec: Spec, name: str) -> bool:
    """Whether torch computes this operation in this dtype."""
    try:
        import torch
    except ModuleNotFoundError:
        return True  # each comparison says that it is missing
    try:
        for case in series(spec.arguments, spec.possible, 2):
            Trial(spec, case).theirs(getattr(torch, name))
    except (RuntimeError, NotImplementedError):  # "not implemented for 'Half'"
        return False
    return True


def compare(trial: Trial, name: str) -> list[Equation]:
    """Compare all results and gradients with torch in the dtype of this name."""
    import torch

    dtype = getattr(torch, name)
    limits = torch.finfo(dtype)

    here = trial.rounded_by(lambda value: torch.tensor(value).to(dtype).double().numpy())
    if _leaves_its_domain(here, limits.tiny):
        raise NotComparedError("a number is rounded to the end of its interval, or nearly")
    bounds = here.their_bounds(np.float32, limits.eps / 2)
    return [
        _equation(about, np.asarray(mine, dtype=float), other, bound + limits.tiny, limits)
        for about, mine, other, bound in zip(
            here.names, here.results, here.theirs(dtype), bounds, strict=True
        )
    ]


def _leaves_its_domain(trial: Trial, tiny: float) -> bool:
    """Whether a parameter lies at an end of its interval, where only the edges are compared.

    So near to 0 that it is subnormal, its products in this dtype have few digits or none, and a
    quotient of two of them is as large as any.
    """
    return any(
        np.any(
            (trial.case[argument.name] < between.low + tiny)
            | (trial.case[argument.name] >= between.high)
        )
        for argument in trial.spec.arguments
        if argument.differentiable and (between := argument.mark(Between))
    )


def _equation(about: str, mine: Array, other: Array, bound: Array, limits: Any) -> Equation:
    """Compare one result. Entries that may overflow in the dtype are left out."""
    fits = np.abs(mine) + bound < limits.max
    return Equation(about, np.where(fits, mine, other), other, bound)
