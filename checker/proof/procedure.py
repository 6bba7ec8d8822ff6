"""What is checked of a procedure: its results against torch's, and its laws."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

import numpy as np

from checker.equations import Array, Equation, as_traced, bound, parts, rounded, traced
from checker.inputs import Case, series
from checker.proof.function import as_array, as_tensor, laws
from checker.rounding import Traced
from reference.spec import Draw, Procedure

CASES = 60


def oracles(spec: Procedure) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if callable(spec.torch):
        found["torch float64"] = partial(against_torch, spec, dtype=np.float64)
        found["torch float32"] = partial(against_torch, spec, dtype=np.float32)
    if any(argument.name == "seed" for argument in spec.arguments):
        found["another seed"] = another_seed(spec)
    if spec.refuses:
        found["refused"] = refused(spec)
    return found | laws(spec.run, spec.laws)


def another_seed(spec: Procedure | Draw) -> dict[str, Callable[[], list[Equation]]]:
    """Each result depends on the seed, in some case at least."""

    def compare() -> list[Equation]:
        found = np.zeros(max(1, len(spec.outputs)), dtype=bool)
        for case in series(spec.arguments, getattr(spec, "possible", None), CASES):
            one, other = (parts(spec.run(**{**case, "seed": seed})) for seed in (0, 1))
            found |= [not np.array_equal(a, b) for a, b in zip(one, other, strict=True)]
        changed = found.astype(float)
        return [Equation("changed by the seed", changed, np.ones(len(found)), 0 * changed)]

    return {"another result": compare}


def refused(spec: Procedure) -> dict[str, Callable[[], list[Equation]]]:
    """What is not possible is refused, here and by torch."""
    cases = series(spec.arguments, lambda **case: not cast(Any, spec.possible)(**case), CASES)
    return {f"case {i}": partial(_refused, spec, case) for i, case in enumerate(cases)}


def _refused(spec: Procedure, case: Case) -> list[Equation]:
    ours = _raises(ValueError, lambda: spec.run(**case))
    theirs = _raises(RuntimeError, lambda: torch_results(spec, case, np.float64))
    found = np.array([ours, theirs], dtype=float)
    return [Equation("refused by reference and torch", found, np.ones(2), np.zeros(2))]


def _raises(kind: type[Exception], call: Callable[[], object]) -> bool:
    try:
        call()
    except kind:
        return True
    return False


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
