"""The results of torch, in float64 and float32: conventions, edges, kinks, shapes and dtypes."""

from functools import partial
from typing import Any

import numpy as np

from checker.numerics.equations import Array, Equation, rounded
from checker.proof.oracle import CHAOTIC, CaseOracle, NotComparedError
from checker.proof.trial import Sort, Trial

LARGEST_RESULT = 1e30  # of a long case, in which products of many factors overflow
LARGEST_SINGLE = 1e5  # beyond, a square or an exponential overflows in float32


def oracles() -> dict[str, CaseOracle]:
    """The comparison in float64 and in float32."""
    return {
        "torch float64": CaseOracle(partial(agree, dtype=np.float64)),
        "torch float32": CaseOracle(partial(agree, dtype=np.float32), _moderate, 60),
    }


def _moderate(trial: Trial) -> bool:
    if trial.largest > LARGEST_SINGLE or trial.sort is Sort.FAR:
        return False
    results = [np.abs(np.asarray(result, dtype=float)) for result in trial.results]
    return trial.sort is not Sort.LONG or all(
        np.max(size, initial=0) <= LARGEST_RESULT for size in results
    )


def agree(trial: Trial, dtype: Any) -> list[Equation]:
    """Compare all results and gradients with torch in arithmetic of this dtype."""
    if trial.chaotic:
        raise NotComparedError(CHAOTIC)
    here = trial if dtype is np.float64 else trial.rounded(dtype)
    return compared(here, here.theirs(dtype), dtype)


def compared(trial: Trial, theirs: tuple[Array, ...], dtype: Any) -> list[Equation]:
    """Compare the results of a case with these, computed in this dtype."""
    limits = trial.their_bounds(dtype, inside(getattr(trial.spec, "inside", "")))
    if trial.sort in (Sort.FAR, Sort.LONG):  # where torch alone may overflow
        theirs = tuple(
            np.where(np.isfinite(other), other, mine)
            for mine, other in zip(trial.results, theirs, strict=True)
        )
    with np.errstate(all="ignore"):
        return [
            Equation(name, rounded(np.asarray(mine), dtype), other, limit)
            for name, mine, other, limit in zip(
                trial.names, trial.results, theirs, limits, strict=True
            )
        ]


def inside(dtype: str) -> float:
    """The unit roundoff of the dtype that torch computes in inside, or 0."""
    if not dtype:
        return 0.0
    import torch

    return float(torch.finfo(getattr(torch, dtype)).eps) / 2


def as_array(tensor: Any) -> Array:
    """Copy a tensor to a float64 array, which represents all smaller dtypes exactly."""
    return np.array(tensor.detach().double().cpu().numpy())


def as_tensor(torch: Any, value: Any, dtype: Any) -> Any:
    """Copy an array to a tensor on torch's default device. Return labels and settings unchanged.

    The caller chooses the device, by `with torch.device(...)`.
    """
    if not isinstance(value, np.ndarray | np.generic):
        return value
    array = np.asarray(value)
    real = array.dtype.kind == "f"
    if real and isinstance(dtype, torch.dtype):
        return torch.tensor(array, dtype=dtype)
    return torch.tensor(array.astype(dtype) if real else array)
