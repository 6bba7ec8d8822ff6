"""The results and gradients of a function, for an upstream gradient of its own making."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from checker.numerics.equations import Array, parts
from reference.spec import Spec

UPSTREAM = "upstream"  # what an upstream gradient is called among the inputs of a case


def direction(shape: tuple[int, ...], seed: int) -> Array:
    """An array of random numbers between 0.5 and 1.5 with random signs.

    Entries of 1 and -1 would not be enough, because errors often cancel in their sums.
    """
    rng = np.random.default_rng(seed)
    return np.asarray(rng.choice([-1, 1], size=shape) * rng.uniform(0.5, 1.5, size=shape))


def with_upstream(spec: Spec, case: Mapping[str, Any]) -> dict[str, Any]:
    """The case with an upstream gradient for each result that has a derivative."""
    outputs = differentiable(spec, parts(spec.forward(**case)))
    grads = {f"{UPSTREAM} {i}": direction(np.shape(y), i) for i, y in enumerate(outputs)}
    return {**case, **grads}


def split(inputs: Mapping[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The upstream gradients of a case, and its arguments."""
    grads = tuple(value for name, value in inputs.items() if name.startswith(f"{UPSTREAM} "))
    return grads, {n: v for n, v in inputs.items() if not n.startswith(f"{UPSTREAM} ")}


def differentiable(spec: Spec, outputs: tuple[Any, ...]) -> tuple[Any, ...]:
    """The results that have a derivative."""
    pairs = zip(outputs, spec.outputs, strict=False)
    marked = [output for output, declared in pairs if declared.differentiable]
    return (*marked, *outputs[len(spec.outputs) :])


def wanted(spec: Spec, case: Mapping[str, Any]) -> list[str]:
    """The arguments of a case that have a gradient: real arrays that are no data."""
    return [a.name for a in spec.arguments if a.differentiable and _is_real(case[a.name])]


def backward(
    spec: Spec, grads: tuple[Any, ...], case: Mapping[str, Any], **kink: float
) -> tuple[Any, ...]:
    """The gradient of each argument in `wanted`.

    Raises TypeError if there are not as many, or one for what is None or a mask.
    """
    found = spec.backward(grads if len(grads) > 1 else grads[0], **case, **kink)
    names = [a.name for a in spec.arguments if a.differentiable]
    if not isinstance(found, tuple) or len(found) != len(names):
        listed = ", ".join(f"d{name}" for name in names)
        raise TypeError(
            f"the backward should return a tuple of {len(names)} gradients: return ({listed},)"
        )
    asked = wanted(spec, case)
    for name, gradient in zip(names, found, strict=True):
        if (gradient is None) != (name not in asked):
            raise TypeError(f"the gradient of {name} should {'' if gradient is None else 'not '}be")
    return tuple(gradient for gradient in found if gradient is not None)


def results(spec: Spec, inputs: Mapping[str, Any], **kink: float) -> tuple[Any, ...]:
    """The results of forward, and the gradients, on arrays of any kind of number."""
    grads, case = split(inputs)
    return (*parts(spec.forward(**case)), *backward(spec, grads, case, **kink))


def conventions(spec: Spec, case: Mapping[str, Any]) -> dict[str, Any]:
    """For each argument in `wanted`, the entries whose gradient is a convention."""
    masks = spec.by_convention(**case) if spec.by_convention else None
    names = [a.name for a in spec.arguments if a.differentiable]
    found = dict(zip(names, masks or [False] * len(names), strict=True))
    return {name: found[name] for name in wanted(spec, case)}


def _is_real(value: Any) -> bool:
    return isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "fiuO"
