"""The oracles of a function: its derivative, its properties, its accuracy, and torch."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from checker.numerics import gradients
from checker.numerics.equations import DOUBLE, Array, is_real, largest, parts
from checker.numerics.gradients import UPSTREAM, split, wanted
from checker.proof.kinds import HALVES, PLAIN, Recording
from checker.proof.oracle import Oracle
from checker.proof.oracles import exact, half_precision, kinks, torch_agreement
from checker.proof.oracles.torch_agreement import as_array, as_tensor
from reference.spec import Spec

SPARSE_EVERY = 4  # one case in so many
HUGE = 1e5


def oracles(spec: Spec) -> dict[str, Oracle]:
    """The oracles of this function by name."""
    by_name: dict[str, Oracle] = {**exact.of_function(spec), **exact.accuracy()}
    if callable(spec.torch):
        by_name |= torch_agreement.oracles() | half_precision.oracles(spec)
    if spec.kinks is not None:
        by_name |= kinks.oracles(spec)
    return by_name | exact.properties(spec.forward, spec.properties)


def complete(spec: Spec, case: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The case with upstream gradients. Some have one entry in each row that is not 0.

    Of huge numbers none has: where a product overflows, 0 times it is nan.
    """
    inputs = gradients.with_upstream(spec, case)
    huge = any(largest(value) > HUGE for value in case.values() if is_real(value))
    if number % SPARSE_EVERY != SPARSE_EVERY - 1 or huge:
        return inputs
    rng = np.random.default_rng(number)
    return {n: _sparse(v, rng) if n.startswith(UPSTREAM) else v for n, v in inputs.items()}


def _sparse(grad: Array, rng: np.random.Generator) -> Array:
    if not grad.size or not grad.ndim:
        return grad
    kept = rng.integers(grad.shape[-1], size=(*grad.shape[:-1], 1))
    return np.where(np.arange(grad.shape[-1]) == kept, grad, 0.0)


def results(spec: Spec, inputs: Mapping[str, Any]) -> tuple[Any, ...]:
    """The results of forward and backward."""
    return gradients.results(spec, inputs)


def names(spec: Spec, inputs: Mapping[str, Any], count: int) -> list[str]:
    """The name of each result."""
    asked = wanted(spec, split(inputs)[1])
    outputs = count - len(asked)
    named = [f"output {i}" if outputs > 1 else "output" for i in range(outputs)]
    return named + [f"gradient of {name}" for name in asked]


def sizes(spec: Spec, inputs: Mapping[str, Any], results: tuple[Any, ...]) -> list[Array]:
    """The size of each entry, whose rounding is allowed besides that of the inputs."""
    return [np.abs(np.asarray(result, dtype=float)) for result in results]


def their_losses(spec: Spec, inputs: Mapping[str, Any], results: tuple[Any, ...]) -> list[float]:
    """What torch loses of each result, as the operation declares it."""
    share = DOUBLE * spec.lost(**split(inputs)[1]) if spec.lost is not None else 0.0
    return [share * largest(result) for result in results]


against_torch = torch_agreement.agree


def call_torch(spec: Spec, case: Mapping[str, Any], dtype: Any) -> tuple[Any, ...]:
    """The outputs of torch alone, which may raise an exception where the reference does."""
    import torch

    return parts(spec.torch(torch, **{k: as_tensor(torch, v, dtype) for k, v in case.items()}))


def torch_results(spec: Spec, inputs: Mapping[str, Any], dtype: Any) -> tuple[Array, ...]:
    """The outputs of torch, and its gradients for the same upstream gradients."""
    import torch

    grads, case = split(inputs)
    tensors = {name: as_tensor(torch, value, dtype) for name, value in case.items()}
    leaves = [tensors[name].requires_grad_() for name in wanted(spec, case)]
    outputs = parts(spec.torch(torch, **tensors))
    differentiable = gradients.differentiable(spec, outputs)
    vectors = [as_tensor(torch, g, dtype) for g in grads]
    found = torch.autograd.grad(
        differentiable, leaves, vectors, allow_unused=True, materialize_grads=True
    )
    return tuple(map(as_array, (*outputs, *found)))


RECORDING = Recording(
    passes=lambda spec, arguments: (*PLAIN, *HALVES),
    ask=torch_results,
    most_entries=lambda spec: 170_000,
    on_long_axes=("tf32",),
)
