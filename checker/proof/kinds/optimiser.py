"""The oracles of an optimiser: the path of torch, its properties and float32."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from hypothesis.errors import UnsatisfiedAssumption

from checker.numerics.equations import Array, Equation, bound, bounded, rounded, sides
from checker.numerics.error_bounds import ErrorBounded
from checker.numerics.inputs import NamedInputs
from checker.proof.oracles import exact_arithmetic
from checker.proof.oracles.properties import Oracle
from checker.proof.oracles.single_precision import in_single
from checker.proof.oracles.torch_results import as_array, as_tensor
from reference.spec import Function, Optimiser

# The gradient of each step as a multiple of the case's gradient: it changes sign, is zero, grows.
STEP_FACTORS = (1.0, -0.5, 2.0, 0.0, 1.0, -3.0)


def oracles(spec: Optimiser) -> dict[str, Oracle]:
    """The oracles of this optimiser by name."""
    by_name: dict[str, Oracle] = {"float32": partial(single_precision, spec)}
    if callable(spec.torch):
        by_name["torch float64"] = partial(against_torch, spec, dtype=np.float64)
        by_name["torch float32"] = partial(against_torch, spec, dtype=np.float32)
    by_name |= exact_arithmetic.oracles(spec, results)
    return by_name | {
        f"property {prop.__name__}": partial(law_holds, spec, prop) for prop in spec.properties
    }


def path(spec: Optimiser, grad: Any, param: Any, settings: NamedInputs) -> list[Any]:
    """The parameter after each step."""
    state, steps = spec.init(param), []
    for factor in STEP_FACTORS:
        param, state = spec.update(factor * grad, state, param, **settings)
        steps.append(param)
    return steps


def results(spec: Optimiser, case: NamedInputs) -> tuple[Any, ...]:
    """The parameter after each step of a case."""
    return tuple(path(spec, *split(case)))


def split(case: Mapping[str, Any]) -> tuple[Any, Any, dict[str, Any]]:
    """The gradient, the parameter and the settings of a case."""
    settings = {k: v for k, v in case.items() if k not in ("grad", "param")}
    return case["grad"], case["param"], settings


def against_torch(spec: Optimiser, case: NamedInputs, dtype: Any) -> list[Equation]:
    """Compare the paths of two parameters of one shape, so that a shared state is noticed."""
    grad, param, settings = split({k: rounded(v, dtype) for k, v in case.items()})
    starts = (param, np.asarray(rounded(np.asarray(param + grad), dtype)))
    theirs = torch_paths(spec, grad, starts, settings, dtype)
    grads = (ErrorBounded(grad), ErrorBounded(-2 * grad))
    ours = [path(spec, g, ErrorBounded(p), settings) for g, p in zip(grads, starts, strict=True)]
    return [
        Equation(f"parameter {i}, step {t + 1}", mine.value, theirs[t][i], bound(mine, dtype))
        for i, steps in enumerate(ours)
        for t, mine in enumerate(steps)
    ]


def torch_paths(
    spec: Optimiser, grad: Array, starts: tuple[Array, ...], settings: NamedInputs, dtype: Any
) -> list[list[Array]]:
    """All parameters after each step of torch. The second one has another gradient."""
    import torch

    tensors = [as_tensor(torch, p, dtype).requires_grad_() for p in starts]
    optimiser = spec.torch(torch, tensors, **settings)
    if optimiser is None:  # torch has no such setting; hypothesis tries another case
        raise UnsatisfiedAssumption
    steps = []
    for factor in STEP_FACTORS:
        for tensor, sign in zip(tensors, (1, -2), strict=False):
            tensor.grad = as_tensor(torch, np.asarray(sign * factor * grad), dtype)
        optimiser.step()
        steps.append([as_array(tensor) for tensor in tensors])
    return steps


def recorded(spec: Optimiser, case: NamedInputs) -> list[Array]:
    """The path of torch in float32, to be compared with `replayed`."""
    grad, param, settings = split(case)
    return [step[0] for step in torch_paths(spec, grad, (param,), settings, np.float32)]


def replayed(spec: Optimiser, case: NamedInputs, _: list[Array]) -> list[ErrorBounded]:
    """The path of the reference."""
    return list(results(spec, bounded(case)))


def single_precision(spec: Optimiser, case: NamedInputs) -> list[Equation]:
    """Check that float32 inputs give float32 results within the error bound of float32."""
    grad, param, settings = split({k: rounded(v, np.float32) for k, v in case.items()})
    steps = path(spec, grad.astype(np.float32), param.astype(np.float32), settings)
    exact = path(spec, ErrorBounded(grad), ErrorBounded(param), settings)
    return [
        in_single(f"step {t + 1}", np.asarray(mine), right)
        for t, (mine, right) in enumerate(zip(steps, exact, strict=True))
    ]


def law_holds(spec: Optimiser, prop: Function, case: NamedInputs) -> list[Equation]:
    """Check a property of the update."""
    grad, param, settings = split(bounded(case))
    return sides(prop.__name__, *prop(spec.update, grad, spec.init(param), param, **settings))
