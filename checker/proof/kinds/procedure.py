"""The oracles of a procedure: torch, its properties, its seed, and invalid inputs."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

import numpy as np

from checker.numerics.equations import (
    Array,
    Equation,
    as_bounded,
    bound,
    bounded,
    is_real,
    parts,
    rounded,
)
from checker.numerics.error_bounds import ErrorBounded
from checker.numerics.inputs import NamedInputs, series
from checker.proof.oracles import exact_arithmetic
from checker.proof.oracles.properties import properties
from checker.proof.oracles.single_precision import in_single
from checker.proof.oracles.torch_results import as_array, as_tensor
from reference.spec import Procedure, Sampler

SERIES_LENGTH = 60  # cases


def oracles(spec: Procedure) -> dict[str, Any]:
    """The oracles of this procedure by name."""
    by_name: dict[str, Any] = {}
    if callable(spec.torch):
        by_name["torch float64"] = partial(against_torch, spec, dtype=np.float64)
        by_name["torch float32"] = partial(against_torch, spec, dtype=np.float32)
    if _turns_numbers_into_numbers(spec):
        by_name["float32"] = partial(single_precision, spec)
    if any(argument.name == "seed" for argument in spec.arguments):
        by_name["another seed"] = another_seed(spec)
    if spec.rejects_invalid:
        by_name["invalid inputs"] = refused(spec)
    by_name |= exact_arithmetic.oracles(spec, results)
    return by_name | properties(spec.run, spec.properties)


def _turns_numbers_into_numbers(spec: Procedure) -> bool:
    """Whether it takes real arrays and returns some, and not decisions alone."""
    case = next(series(spec.arguments, spec.possible, SERIES_LENGTH), None)
    if case is None or not any(map(is_real, case.values())):
        return False
    with np.errstate(all="ignore"):
        return any(np.asarray(result).dtype.kind == "f" for result in parts(spec.run(**case)))


def single_precision(spec: Procedure, case: NamedInputs) -> list[Equation]:
    """Check that float32 inputs give float32 results within the error bound of float32.

    Results that are whole numbers or decisions stay what they are.
    """
    case = {name: rounded(value, np.float32) for name, value in case.items()}
    single = {k: v.astype(np.float32) if is_real(v) else v for k, v in case.items()}
    mine, exact = (parts(spec.run(**values)) for values in (single, bounded(case)))
    return [
        in_single(f"result {i}", np.asarray(one), right)
        for i, (one, right) in enumerate(zip(mine, exact, strict=True))
        if np.asarray(one).dtype.kind == "f"
    ]


def another_seed(spec: Procedure | Sampler) -> dict[str, Callable[[], list[Equation]]]:
    """Check that each result depends on the seed in at least one case."""

    def compare() -> list[Equation]:
        differs = np.zeros(max(1, len(spec.outputs)), dtype=bool)
        for case in series(spec.arguments, getattr(spec, "possible", None), SERIES_LENGTH):
            one, other = (parts(spec.run(**{**case, "seed": seed})) for seed in (0, 1))
            differs |= [not np.array_equal(a, b) for a, b in zip(one, other, strict=True)]
        changed = differs.astype(float)
        return [Equation("changed by the seed", changed, np.ones(len(differs)), 0 * changed)]

    return {"another result": compare}


def refused(spec: Procedure) -> dict[str, Callable[[], list[Equation]]]:
    """Check that the reference and torch raise an exception for invalid inputs."""
    cases = series(
        spec.arguments, lambda **case: not cast(Any, spec.possible)(**case), SERIES_LENGTH
    )
    return {f"case {i}": partial(_rejected, spec, case) for i, case in enumerate(cases)}


def _rejected(spec: Procedure, case: NamedInputs) -> list[Equation]:
    ours = _raises(ValueError, lambda: spec.run(**case))
    theirs = _raises(RuntimeError, lambda: torch_results(spec, case, np.float64))
    raised = np.array([ours, theirs], dtype=float)
    return [
        Equation("invalid input raises in reference and torch", raised, np.ones(2), np.zeros(2))
    ]


def _raises(kind: type[Exception], call: Callable[[], object]) -> bool:
    try:
        call()
    except kind:
        return True
    return False


def results(spec: Procedure, case: NamedInputs) -> tuple[Any, ...]:
    """The results on plain or error-bounded arrays."""
    return parts(spec.run(**case))


def against_torch(spec: Procedure, case: NamedInputs, dtype: Any) -> list[Equation]:
    """Compare all results with torch in arithmetic of this dtype."""
    case = {name: rounded(value, dtype) for name, value in case.items()}
    theirs = torch_results(spec, case, dtype)
    ours = map(as_bounded, parts(spec.run(**bounded(case))))
    return [
        Equation(f"result {i}", rounded(mine.value, dtype), other, bound(mine, dtype))
        for i, (mine, other) in enumerate(zip(ours, theirs, strict=True))
    ]


def torch_results(spec: Procedure, case: NamedInputs, dtype: Any) -> list[Array]:
    """The results of torch as float64 arrays."""
    import torch

    tensors = {name: as_tensor(torch, value, dtype) for name, value in case.items()}
    outputs = parts(spec.torch(torch, **tensors))
    return [
        as_array(output) if isinstance(output, torch.Tensor) else np.asarray(output, dtype=float)
        for output in outputs
    ]


def recorded(spec: Procedure, case: NamedInputs) -> list[Array]:
    """The results of torch in float32, to be compared with `replayed`."""
    return torch_results(spec, case, np.float32)


def replayed(spec: Procedure, case: NamedInputs, _: list[Array]) -> list[ErrorBounded]:
    """The results of the reference."""
    return list(map(as_bounded, results(spec, bounded(case))))
