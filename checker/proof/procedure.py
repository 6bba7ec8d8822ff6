"""What is checked of a procedure: its results against torch's, and its laws."""

from functools import partial
from typing import Any

import numpy as np

from checker.equations import Array, Equation, as_traced, bound, parts, rounded, traced
from checker.inputs import Case
from checker.proof.function import Oracle, as_array, as_tensor, laws
from checker.rounding import Traced
from reference.spec import Procedure


def oracles(spec: Procedure) -> dict[str, Oracle]:
    found: dict[str, Oracle] = {}
    if callable(spec.torch):
        found["torch float64"] = partial(against_torch, spec, dtype=np.float64)
        found["torch float32"] = partial(against_torch, spec, dtype=np.float32)
    return found | laws(spec.run, spec.laws)


def results(spec: Procedure, case: Case) -> tuple[Any, ...]:
    return parts(spec.run(**case))


def against_torch(spec: Procedure, case: Case, dtype: Any) -> list[Equation]:
    case = {name: rounded(value, dtype) for name, value in case.items()}
    theirs = torch_results(spec, case, dtype)
    ours = map(as_traced, parts(spec.run(**traced(case))))
    return [
        Equation(f"result {i}", rounded(mine.value, dtype), other, bound(mine, dtype))
        for i, (mine, other) in enumerate(zip(ours, theirs, strict=True))
    ]


def torch_results(spec: Procedure, case: Case, dtype: Any) -> list[Array]:
    import torch

    tensors = {name: as_tensor(torch, value, dtype) for name, value in case.items()}
    found = parts(spec.torch(torch, **tensors))
    return [
        as_array(each) if isinstance(each, torch.Tensor) else np.asarray(each, dtype=float)
        for each in found
    ]


def recorded(spec: Procedure, case: Case) -> list[Array]:
    return torch_results(spec, case, np.float32)


def replayed(spec: Procedure, case: Case, _: list[Array]) -> list[Traced]:
    return list(map(as_traced, results(spec, traced(case))))
