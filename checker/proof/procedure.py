"""What is checked of a procedure: its results against torch's, and its laws."""

from functools import partial
from typing import Any

import numpy as np

from checker.equations import Equation, as_traced, bound, parts, rounded, traced
from checker.inputs import Case
from checker.proof.function import Oracle, as_tensor, laws
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
    import torch

    case = {name: rounded(value, dtype) for name, value in case.items()}
    tensors = {name: as_tensor(torch, value, dtype) for name, value in case.items()}
    theirs = parts(spec.torch(torch, **tensors))
    ours = map(as_traced, parts(spec.run(**traced(case))))
    return [
        Equation(
            f"result {i}",
            rounded(mine.value, dtype),
            np.asarray(other, dtype=float),
            bound(mine, dtype),
        )
        for i, (mine, other) in enumerate(zip(ours, theirs, strict=True))
    ]
