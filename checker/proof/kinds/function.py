"""The oracles of a function: torch, its derivative, its properties and float32."""

from functools import partial
from typing import Any

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
    sides,
)
from checker.numerics.error_bounds import ErrorBounded
from checker.numerics.exact import exact
from checker.numerics.inputs import NamedInputs
from checker.proof.oracles import adjoint, derivative, exact_arithmetic, half_precision, kinks
from checker.proof.oracles.properties import properties
from checker.proof.oracles.single_precision import in_single
from checker.proof.oracles.torch_results import torch_results
from checker.proof.oracles.upstream import backward, direction, upstream
from reference.spec import Spec

NUDGE = 1e-6  # moves an input away from a kink


def oracles(spec: Spec) -> dict[str, Any]:
    """The oracles of this function by name."""
    method, along = derivative.oracle(spec)
    by_name: dict[str, Any] = {
        method: partial(derivative.derivative, spec, along),
        "float32": partial(single_precision, spec),
        "property linear_in_the_upstream": partial(upstream_is_linear, spec),
    }
    if callable(spec.torch):
        by_name["torch float64"] = partial(against_torch, spec, dtype=np.float64)
        by_name["torch float32"] = partial(against_torch, spec, dtype=np.float32)
        by_name |= half_precision.oracles(spec)
        if spec.kinks is not None:
            by_name["kinks"] = kinks.oracle(spec)
    if spec.kinks is not None:
        by_name["property no_choice_beside_a_kink"] = partial(no_choice_beside_a_kink, spec)
    by_name |= exact_arithmetic.oracles(spec, results)
    return by_name | adjoint.oracles(spec) | properties(spec.forward, spec.properties)


def results(spec: Spec, case: NamedInputs) -> tuple[Any, ...]:
    """The results of forward and backward on plain, error-bounded or exact arrays."""
    outputs = parts(spec.forward(**case))
    grads: tuple[Any, ...] = upstream(tuple(getattr(each, "value", each) for each in outputs))
    if any(isinstance(value, ErrorBounded) for value in case.values()):
        grads = tuple(map(ErrorBounded, grads))
    elif any(isinstance(value, np.ndarray) and value.dtype == object for value in case.values()):
        grads = tuple(map(exact, grads))
    return (*outputs, *backward(spec, grads, case))


def against_torch(spec: Spec, case: NamedInputs, dtype: Any) -> list[Equation]:
    """Compare all results and gradients with torch in arithmetic of this dtype."""
    case = {name: rounded(value, dtype) for name, value in case.items()}
    outputs, gradients = torch_results(spec, case, dtype)
    grads = tuple(ErrorBounded(rounded(g, dtype)) for g in upstream(outputs))
    ours = tuple(map(as_bounded, parts(spec.forward(**bounded(case)))))
    names = [f"output {i}" if len(ours) > 1 else "output" for i in range(len(ours))]
    ours += tuple(map(as_bounded, backward(spec, grads, bounded(case))))
    names += [f"gradient of {a.name}" for a in spec.arguments if a.differentiable]
    return [
        Equation(name, rounded(mine.value, dtype), other, bound(mine, dtype))
        for name, mine, other in zip(names, ours, (*outputs, *gradients), strict=True)
    ]


def recorded(spec: Spec, case: NamedInputs) -> list[Array]:
    """The results and gradients of torch in float32, to be compared with `replayed`."""
    outputs, gradients = torch_results(spec, case, np.float32)
    return [*outputs, *gradients]


def replayed(spec: Spec, case: NamedInputs, _: list[Array]) -> list[ErrorBounded]:
    """The results and gradients of the reference."""
    return list(map(as_bounded, results(spec, bounded(case))))


def single_precision(spec: Spec, case: NamedInputs) -> list[Equation]:
    """Check that float32 inputs give float32 results within the error bound of float32."""
    case = {name: rounded(value, np.float32) for name, value in case.items()}
    single = {k: v.astype(np.float32) if is_real(v) else v for k, v in case.items()}
    outputs = parts(spec.forward(**single))
    grads = tuple(rounded(g, np.float32) for g in upstream(outputs))
    results = (*outputs, *backward(spec, tuple(g.astype(np.float32) for g in grads), single))
    exact = parts(spec.forward(**bounded(case)))
    exact += backward(spec, tuple(map(ErrorBounded, grads)), bounded(case))
    return [
        in_single(f"result {i}", np.asarray(mine), right)
        for i, (mine, right) in enumerate(zip(results, exact, strict=True))
    ]


def upstream_is_linear(spec: Spec, case: NamedInputs) -> list[Equation]:
    """The backward of a sum of two upstream gradients is the sum of their backwards."""
    ours = bounded(case)
    grads = tuple(map(ErrorBounded, upstream(parts(spec.forward(**case)))))
    others = tuple(3 - 2 * g for g in grads)
    together = backward(spec, tuple(g + o for g, o in zip(grads, others, strict=True)), ours)
    apart = zip(backward(spec, grads, ours), backward(spec, others, ours), strict=True)
    return sides("linear_in_the_upstream", together, tuple(a + b for a, b in apart))


def no_choice_beside_a_kink(spec: Spec, case: NamedInputs) -> list[Equation]:
    """Inputs that are moved a little lie on no kink, so there is only one gradient.

    Other oracles skip entries where the extremes of the subgradient differ. If the extremes
    differed away from a kink too, errors there would be missed.
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
