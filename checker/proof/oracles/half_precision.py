"""Compare the reference in float64 with torch in float16 and bfloat16, where torch supports them.

numpy has no bfloat16, and its float16 is not meant for training. The comparison shows that the
error bounds, with u = 2^-11 and 2^-8, also hold in the arithmetic in which networks are trained.
Large inputs are left out, because the largest float16 is 65,504.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from checker.numerics.equations import (
    HEADROOM,
    Array,
    Equation,
    as_bounded,
    bounded,
    is_real,
    parts,
)
from checker.numerics.error_bounds import ErrorBounded
from checker.numerics.inputs import NamedInputs, series
from checker.proof.oracles.torch_results import torch_results
from checker.proof.oracles.upstream import backward, upstream
from reference.spec import Spec

DTYPE_NAMES = ("float16", "bfloat16")
LARGEST_INPUT = 16.0


def oracles(spec: Spec) -> dict[str, Callable[[NamedInputs], list[Equation]]]:
    """The oracles for the dtypes that torch supports here.

    An operation with a condition `possible` has none, because coarse rounding of a sum could change
    its decisions.
    """
    if spec.possible is not None:
        return {}
    return {
        f"torch {name}": partial(compare, spec, name)
        for name in DTYPE_NAMES
        if _supports(spec, name)
    }


def _supports(spec: Spec, name: str) -> bool:
    """Whether torch computes this operation in this dtype."""
    import torch

    try:
        for case in series(spec.arguments, spec.possible, 2):
            torch_results(spec, case, getattr(torch, name))
    except (RuntimeError, NotImplementedError):  # "not implemented for 'Half'"
        return False
    return True


def compare(spec: Spec, name: str, case: NamedInputs) -> list[Equation]:
    """Compare all results and gradients with torch in the dtype of this name."""
    import torch

    if any(np.max(np.abs(v), initial=0) > LARGEST_INPUT for v in case.values() if is_real(v)):
        return []
    dtype = getattr(torch, name)
    limits = torch.finfo(dtype)

    def rounded(value: Any) -> Any:
        return torch.tensor(value).to(dtype).double().numpy() if is_real(value) else value

    case = {name: rounded(value) for name, value in case.items()}
    outputs, gradients = torch_results(spec, case, dtype)
    grads = tuple(ErrorBounded(rounded(g)) for g in upstream(outputs))
    ours = (*parts(spec.forward(**bounded(case))), *backward(spec, grads, bounded(case)))
    pairs = zip(map(as_bounded, ours), (*outputs, *gradients), strict=True)
    return [_equation(f"result {i}", *pair, limits) for i, pair in enumerate(pairs)]


def _equation(about: str, mine: ErrorBounded, other: Array, limits: Any) -> Equation:
    """Compare one result. Entries that may overflow in the dtype are left out."""
    size = np.abs(mine.value)
    bound = HEADROOM * (limits.eps / 2 * (mine.error + size) + limits.tiny)
    return Equation(about, np.where(size + bound < limits.max, mine.value, other), other, bound)
