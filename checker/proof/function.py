"""What is checked of a function: against torch, against the complex step, and by its laws."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from checker.equations import (
    Array,
    Equation,
    bound,
    is_real,
    parts,
    rounded,
    sides,
    traced,
    unit,
)
from checker.inputs import Case
from checker.rounding import Traced
from reference.spec import Function, Spec

Oracle = Callable[[Case], list[Equation]]

NUDGE = 1e-6  # enough to leave a kink
STEP = 1e-30  # of the complex step: nothing cancels, so there is no step size to tune


def oracles(spec: Spec) -> dict[str, Oracle]:
    found: dict[str, Oracle] = {
        "complex step": partial(derivative, spec),
        "float32": partial(single_precision, spec),
        "law linear_in_the_upstream": partial(upstream_is_linear, spec),
    }
    if callable(spec.torch):
        found["torch float64"] = partial(against_torch, spec, dtype=np.float64)
        found["torch float32"] = partial(against_torch, spec, dtype=np.float32)
    if spec.kinks is not None:
        found["law no_choice_beside_a_kink"] = partial(no_choice_beside_a_kink, spec)
    return found | laws(spec.forward, spec.laws)


def laws(function: Function, claims: tuple[Function, ...]) -> dict[str, Oracle]:
    """Each law, run on arrays that carry their errors: both sides bound themselves."""

    def holds(case: Case, law: Function) -> list[Equation]:
        return sides(law.__name__, *law(function, **traced(case)))

    return {f"law {law.__name__}": partial(holds, law=law) for law in claims}


def upstream(outputs: tuple[Any, ...]) -> tuple[Array, ...]:
    """A gradient to start from: no zeros, no two entries alike, both signs."""
    return tuple(_direction(np.shape(output), seed) for seed, output in enumerate(outputs))


def _direction(shape: tuple[int, ...], seed: int) -> Array:
    rng = np.random.default_rng(seed)
    return np.asarray(rng.choice([-1, 1], size=shape) * rng.uniform(0.5, 1.5, size=shape))


def backward(spec: Spec, grads: tuple[Any, ...], case: Any, **kink: float) -> tuple[Any, ...]:
    """The backward as every kind of caller wants it: a tuple in, a tuple out."""
    result: tuple[Any, ...] = spec.backward(grads if len(grads) > 1 else grads[0], **case, **kink)
    return result


def against_torch(spec: Spec, case: Case, dtype: Any) -> list[Equation]:
    """Forward and backward, each result and each gradient, in arithmetic of this dtype."""
    import torch

    case = {name: rounded(value, dtype) for name, value in case.items()}
    tensors = {name: as_tensor(torch, value, dtype) for name, value in case.items()}
    wanted = [a.name for a in spec.arguments if a.differentiable]
    for name in wanted:
        tensors[name].requires_grad_()
    outputs = parts(spec.torch(torch, **tensors))  # type: ignore[operator]
    grads = tuple(rounded(g, dtype) for g in upstream(outputs))
    gradients = torch.autograd.grad(
        outputs,
        [tensors[name] for name in wanted],
        [as_tensor(torch, g, dtype) for g in grads],
    )
    ours = parts(spec.forward(**traced(case)))
    names = [f"output {i}" if len(ours) > 1 else "output" for i in range(len(ours))]
    ours += backward(spec, tuple(map(Traced, grads)), traced(case))
    names += [f"gradient of {name}" for name in wanted]
    theirs = [t.detach().numpy().astype(float) for t in (*outputs, *gradients)]
    return [
        Equation(name, rounded(mine.value, dtype), other, bound(mine, dtype))
        for name, mine, other in zip(names, ours, theirs, strict=True)
    ]


def as_tensor(torch: Any, value: Any, dtype: Any) -> Any:
    """A tensor of its own memory; labels stay integers, settings stay what they are."""
    if not isinstance(value, np.ndarray):
        return value
    return torch.tensor(value.astype(dtype) if is_real(value) else value)


def derivative(spec: Spec, case: Case) -> list[Equation]:
    """<g, J u> by the forward alone equals <J^T g, u> by the backward, argument by argument.

    The shapes of the gradients are an equation of their own: a sum is blind to broadcasting.
    Entries that lie on a kink, where the backward has a choice, are left out of u.
    """
    grads = upstream(parts(spec.forward(**case)))
    gradients = backward(spec, tuple(map(Traced, grads)), traced(case))
    names = [a.name for a in spec.arguments if a.differentiable]
    equations = []
    for k, (name, gradient) in enumerate(zip(names, gradients, strict=True)):
        shape = np.shape(case[name])
        equations.append(_same_shape(f"gradient of {name}", gradient.shape, shape))
        if gradient.shape != shape:
            continue
        for seed in (100 + k, 200 + k):
            u = _direction(shape, seed) * _smooth(spec, grads, case, k)
            stepped = {**case, name: case[name] + 1j * STEP * u}
            moved = parts(spec.forward(**stepped))
            terms = [g * (m.imag / STEP) for g, m in zip(grads, moved, strict=True)]
            along = np.sum([t.sum() for t in terms])
            mine = (gradient * u).sum()
            carried = sum(float(np.abs(t).sum()) * np.sqrt(t.size) for t in terms)
            lost = sum(float(np.abs(g).sum()) for g in grads) * np.finfo(float).tiny / STEP
            equations.append(
                Equation(
                    f"derivative along {name}",
                    np.asarray(mine.value),
                    np.asarray(along),
                    bound(mine) + 4 * unit(np.float64) * carried + lost,
                )
            )
    return equations


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


def in_single(about: str, mine: Array, right: Traced) -> Equation:
    """A result that left float32 is right nowhere, however close its values."""
    kept = mine.dtype == np.float32
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
        a.name: case[a.name] + NUDGE * np.abs(_direction(np.shape(case[a.name]), seed))
        for seed, a in enumerate(spec.arguments)
        if a.differentiable
    }
    case = {**case, **moved}
    grads = upstream(parts(spec.forward(**case)))
    low, high = (backward(spec, grads, case, **kink) for kink in spec.kinks or ())
    return sides("no_choice_beside_a_kink", low, high)


def _smooth(spec: Spec, grads: tuple[Array, ...], case: Case, k: int) -> Any:
    if spec.kinks is None:
        return 1.0
    low, high = (backward(spec, grads, case, **kink)[k] for kink in spec.kinks)
    return np.asarray(low == high)


def _same_shape(about: str, left: tuple[int, ...], right: tuple[int, ...]) -> Equation:
    return Equation(about, np.empty((*left, 0)), np.empty((*right, 0)), np.array(0.0))
