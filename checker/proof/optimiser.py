"""What is checked of an optimiser: its path against torch's, and its laws."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from hypothesis.errors import UnsatisfiedAssumption

from checker.equations import Array, Equation, bound, rounded, sides, traced
from checker.inputs import Case
from checker.proof.function import Oracle, as_array, as_tensor, in_single
from checker.rounding import Traced
from reference.spec import Function, Optimiser

# The gradient of each step, as a multiple of the case's: it turns, rests and grows.
STEPS = (1.0, -0.5, 2.0, 0.0, 1.0, -3.0)


def oracles(spec: Optimiser) -> dict[str, Oracle]:
    found: dict[str, Oracle] = {"float32": partial(single_precision, spec)}
    if callable(spec.torch):
        found["torch float64"] = partial(against_torch, spec, dtype=np.float64)
        found["torch float32"] = partial(against_torch, spec, dtype=np.float32)
    return found | {f"law {law.__name__}": partial(law_holds, spec, law) for law in spec.laws}


def path(spec: Optimiser, grad: Any, param: Any, settings: Case) -> list[Any]:
    """The parameter after each step."""
    state, steps = spec.init(param), []
    for factor in STEPS:
        param, state = spec.update(factor * grad, state, param, **settings)
        steps.append(param)
    return steps


def results(spec: Optimiser, case: Case) -> tuple[Any, ...]:
    return tuple(path(spec, *split(case)))


def split(case: Mapping[str, Any]) -> tuple[Any, Any, dict[str, Any]]:
    settings = {k: v for k, v in case.items() if k not in ("grad", "param")}
    return case["grad"], case["param"], settings


def against_torch(spec: Optimiser, case: Case, dtype: Any) -> list[Equation]:
    """Two parameters of one shape, so that a state shared between them shows."""
    grad, param, settings = split({k: rounded(v, dtype) for k, v in case.items()})
    starts = (param, np.asarray(rounded(np.asarray(param + grad), dtype)))
    theirs = torch_paths(spec, grad, starts, settings, dtype)
    grads = (Traced(grad), Traced(-2 * grad))
    ours = [path(spec, g, Traced(p), settings) for g, p in zip(grads, starts, strict=True)]
    return [
        Equation(f"parameter {i}, step {t + 1}", mine.value, theirs[t][i], bound(mine, dtype))
        for i, steps in enumerate(ours)
        for t, mine in enumerate(steps)
    ]


def torch_paths(
    spec: Optimiser, grad: Array, starts: tuple[Array, ...], settings: Case, dtype: Any
) -> list[list[Array]]:
    """After each step, every parameter; the second one is pushed by another gradient."""
    import torch

    tensors = [as_tensor(torch, p, dtype).requires_grad_() for p in starts]
    optimiser = spec.torch(torch, tensors, **settings)
    if optimiser is None:  # torch has no such setting, and hypothesis looks for another
        raise UnsatisfiedAssumption
    steps = []
    for factor in STEPS:
        for tensor, sign in zip(tensors, (1, -2), strict=False):
            tensor.grad = as_tensor(torch, np.asarray(sign * factor * grad), dtype)
        optimiser.step()
        steps.append([as_array(tensor) for tensor in tensors])
    return steps


def recorded(spec: Optimiser, case: Case) -> list[Array]:
    grad, param, settings = split(case)
    return [step[0] for step in torch_paths(spec, grad, (param,), settings, np.float32)]


def replayed(spec: Optimiser, case: Case, _: list[Array]) -> list[Traced]:
    return list(results(spec, traced(case)))


def single_precision(spec: Optimiser, case: Case) -> list[Equation]:
    """float32 in, float32 out, and as right as float32 can be."""
    grad, param, settings = split({k: rounded(v, np.float32) for k, v in case.items()})
    steps = path(spec, grad.astype(np.float32), param.astype(np.float32), settings)
    exact = path(spec, Traced(grad), Traced(param), settings)
    return [
        in_single(f"step {t + 1}", np.asarray(mine), right)
        for t, (mine, right) in enumerate(zip(steps, exact, strict=True))
    ]


def law_holds(spec: Optimiser, law: Function, case: Case) -> list[Equation]:
    grad, param, settings = split(traced(case))
    return sides(law.__name__, *law(spec.update, grad, spec.init(param), param, **settings))
