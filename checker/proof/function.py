"""What is checked of a function: against torch, against its derivative, and by its laws."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from checker.equations import (
    Array,
    Equation,
    as_traced,
    bound,
    is_real,
    parts,
    rounded,
    sides,
    traced,
)
from checker.inputs import Case
from checker.proof import adjoint, derivative, kinks
from checker.proof.upstream import backward, direction, upstream
from checker.rounding import Traced
from reference.spec import Function, Spec

Oracle = Callable[[Case], list[Equation]]

NUDGE = 1e-6  # enough to leave a kink


def oracles(spec: Spec) -> dict[str, Any]:
    from checker.proof import half  # which compares by what stands here

    method, along = derivative.oracle(spec)
    found: dict[str, Any] = {
        method: partial(derivative.derivative, spec, along),
        "float32": partial(single_precision, spec),
        "law linear_in_the_upstream": partial(upstream_is_linear, spec),
    }
    if callable(spec.torch):
        found["torch float64"] = partial(against_torch, spec, dtype=np.float64)
        found["torch float32"] = partial(against_torch, spec, dtype=np.float32)
        found |= half.oracles(spec)
        if spec.kinks is not None:
            found["kinks"] = kinks.oracle(spec)
    if spec.kinks is not None:
        found["law no_choice_beside_a_kink"] = partial(no_choice_beside_a_kink, spec)
    return found | adjoint.oracles(spec) | laws(spec.forward, spec.laws)


def results(spec: Spec, case: Case) -> tuple[Any, ...]:
    """Forward and backward on arrays of whatever sort the case has."""
    outputs = parts(spec.forward(**case))
    grads = upstream(tuple(as_traced(output).value for output in outputs))
    if any(isinstance(value, Traced) for value in case.values()):
        return (*outputs, *backward(spec, tuple(map(Traced, grads)), case))
    return (*outputs, *backward(spec, grads, case))


def laws(function: Function, claims: tuple[Function, ...]) -> dict[str, Oracle]:
    """Each law, run on arrays that carry their errors: both sides bound themselves."""

    def holds(case: Case, law: Function) -> list[Equation]:
        return sides(law.__name__, *law(function, **traced(case)))

    return {f"law {law.__name__}": partial(holds, law=law) for law in claims}


def against_torch(spec: Spec, case: Case, dtype: Any) -> list[Equation]:
    """Forward and backward, each result and each gradient, in arithmetic of this dtype."""
    case = {name: rounded(value, dtype) for name, value in case.items()}
    outputs, gradients = torch_results(spec, case, dtype)
    grads = tuple(Traced(rounded(g, dtype)) for g in upstream(outputs))
    ours = tuple(map(as_traced, parts(spec.forward(**traced(case)))))
    names = [f"output {i}" if len(ours) > 1 else "output" for i in range(len(ours))]
    ours += tuple(map(as_traced, backward(spec, grads, traced(case))))
    names += [f"gradient of {a.name}" for a in spec.arguments if a.differentiable]
    return [
        Equation(name, rounded(mine.value, dtype), other, bound(mine, dtype))
        for name, mine, other in zip(names, ours, (*outputs, *gradients), strict=True)
    ]


def torch_results(
    spec: Spec, case: Case, dtype: Any
) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """What torch makes of a case: its outputs, and its gradients from our upstream."""
    import torch

    tensors = {name: as_tensor(torch, value, dtype) for name, value in case.items()}
    wanted = [tensors[a.name].requires_grad_() for a in spec.arguments if a.differentiable]
    outputs = parts(spec.torch(torch, **tensors))
    grads = [as_tensor(torch, g, dtype) for g in upstream(outputs)]
    gradients = torch.autograd.grad(outputs, wanted, grads)
    return tuple(map(as_array, outputs)), tuple(map(as_array, gradients))


def recorded(spec: Spec, case: Case) -> list[Array]:
    """What torch has to say of a case, in float32; `replayed` is what it is compared with."""
    outputs, gradients = torch_results(spec, case, np.float32)
    return [*outputs, *gradients]


def replayed(spec: Spec, case: Case, _: list[Array]) -> list[Traced]:
    return list(map(as_traced, results(spec, traced(case))))


def as_array(tensor: Any) -> Array:
    """A copy in float64, which holds every number of a smaller type exactly."""
    return np.array(tensor.detach().double().cpu().numpy())


def as_tensor(torch: Any, value: Any, dtype: Any) -> Any:
    """A tensor of its own memory on torch's default device; labels and settings stay as they are.

    The device is chosen outside, by `with torch.device(...)`.
    """
    if not isinstance(value, np.ndarray):
        return value
    if is_real(value) and isinstance(dtype, torch.dtype):
        return torch.tensor(value, dtype=dtype)
    return torch.tensor(value.astype(dtype) if is_real(value) else value)


def single_precision(spec: Spec, case: Case) -> list[Equation]:
    """float32 in, float32 out, and as right as float32 can be."""
    case = {name: rounded(value, np.float32) for name, value in case.items()}
    single = {k: v.astype(np.float32) if is_real(v) else v for k, v in case.items()}
    outputs = parts(spec.forward(**single))
    grads = tuple(rounded(g, np.float32) for g in upstream(outputs))
    results = (*outputs, *backward(spec, tuple(g.astype(np.float32) for g in grads), single))
    exact = parts(spec.forward(**traced(case)))
    exact += backward(spec, tuple(map(Traced, grads)), traced(case))
    return [
        in_single(f"result {i}", np.asarray(mine), right)
        for i, (mine, right) in enumerate(zip(results, exact, strict=True))
    ]


def in_single(about: str, mine: Array, right: Any) -> Equation:
    """A result that left float32 is right nowhere, however close its values."""
    right, kept = as_traced(right), mine.dtype == np.float32
    limit = bound(right, np.float32) if kept else np.zeros(right.shape)
    about = about if kept else f"{about}, which became {mine.dtype},"
    left = mine.astype(float) if kept else np.full(mine.shape, np.nan)
    return Equation(about, left, rounded(right.value, np.float32), limit)


def upstream_is_linear(spec: Spec, case: Case) -> list[Equation]:
    """The gradient of a sum of two upstreams is the sum of their gradients."""
    ours = traced(case)
    grads = tuple(map(Traced, upstream(parts(spec.forward(**case)))))
    others = tuple(3 - 2 * g for g in grads)
    together = backward(spec, tuple(g + o for g, o in zip(grads, others, strict=True)), ours)
    apart = zip(backward(spec, grads, ours), backward(spec, others, ours), strict=True)
    return sides("linear_in_the_upstream", together, tuple(a + b for a, b in apart))


def no_choice_beside_a_kink(spec: Spec, case: Case) -> list[Equation]:
    """Moved a little, the inputs lie on no kink, and both extremes give the same gradient.

    Where they differ the derivative is not compared, so a choice taken elsewhere would hide there.
    """
    moved = {
        a.name: case[a.name] + NUDGE * np.abs(direction(np.shape(case[a.name]), seed))
        for seed, a in enumerate(spec.arguments)
        if a.differentiable
    }
    case = {**case, **moved}
    grads = upstream(parts(spec.forward(**case)))
    low, high = (backward(spec, grads, case, **kink) for kink in spec.kinks or ())
    return sides("no_choice_beside_a_kink", low, high)
