"""Compare one call of torch with the reference: its result, and the gradients of its inputs.

The gradients of the reference belong to its own arguments. Autograd propagates them and their
bounds back to the tensors of torch from which the arguments were made.
"""

from typing import Any

import numpy as np

from checker.numerics.conditioning import DRAWS
from checker.numerics.equations import Array, Equation, parts
from checker.numerics.gradients import split, wanted
from checker.proof.external.calls import Call
from checker.proof.oracles.torch_agreement import as_array
from checker.proof.trial import Trial
from reference import catalogue
from reference.spec import Procedure, Spec


def compare(call: Call, result: Any, leaves: list[Any], dtype: Any = np.float64) -> list[Equation]:
    """Compare a result computed in this dtype, and the gradients of the tensors `leaves`.

    The arguments of a call that were `computed` from those of torch have an error of their own.
    Most results agree to their rounding. Only for the others it is found out how far they move.
    """
    spec = catalogue.operation(call.operation)
    assert isinstance(spec, Spec | Procedure), "other kinds have a state or noise"
    case = {name: _to_array(value) for name, value in call.case.items()}
    trial = Trial(spec, case, draws=0)
    equations = _equations(trial, call, result, leaves, dtype)
    if any(equation.ratio > 1 for equation in equations):
        return _equations(trial.of_draws(DRAWS), call, result, leaves, dtype)
    return equations


def _equations(
    trial: Trial, call: Call, result: Any, leaves: list[Any], dtype: Any
) -> list[Equation]:
    spec: Any = trial.spec
    outputs = tuple(map(call.output, _results(result)))
    widened = 1 + call.computed
    limits = [widened * limit for limit in trial.their_bounds(dtype)]
    pairs = zip(trial.results, map(as_array, outputs), limits, strict=False)
    equations = [
        Equation(f"result {i}", np.asarray(a, dtype=float), b, limit)
        for i, (a, b, limit) in enumerate(pairs)
    ]
    if isinstance(spec, Spec) and leaves and all(output.requires_grad for output in outputs):
        equations += _gradients(spec, call, trial, limits, outputs, leaves)
    return equations


def _results(result: Any) -> tuple[Any, ...]:
    """The results of torch as a tuple. A shape is one result, although it is a tuple."""
    import torch

    return (torch.tensor(result),) if isinstance(result, torch.Size) else parts(result)


def _gradients(
    spec: Spec,
    call: Call,
    trial: Trial,
    limits: list[Array],
    outputs: tuple[Any, ...],
    leaves: list[Any],
) -> list[Equation]:
    """Compare the gradients of the leaves by the reference's backward and by autograd alone."""
    import torch

    grads, case = split(trial.inputs)
    names = wanted(spec, case)
    found = zip(names, trial.results[-len(names) :], limits[-len(names) :], strict=True)
    gradients = {name: pair for name, *pair in found if call.case[name].requires_grad}
    arguments = [call.case[name] for name in gradients]
    leaves = _differentiated(leaves, [v for n, v in call.case.items() if n not in gradients])
    if not arguments or not leaves:
        return []

    def propagate(values: list[Array], tensors: Any) -> list[Array]:
        """Propagate gradients from these tensors back to the leaves."""
        vectors = [torch.as_tensor(value) for value in values]
        propagated = torch.autograd.grad(
            tensors, leaves, vectors, allow_unused=True, materialize_grads=True, retain_graph=True
        )
        return list(map(as_array, propagated))

    left = propagate([gradient for gradient, _ in gradients.values()], arguments)
    errors = propagate([limit for _, limit in gradients.values()], arguments)
    right = propagate(list(grads), outputs)
    return [
        Equation(f"gradient of tensor {i}", a, b, np.abs(error))
        for i, (a, b, error) in enumerate(zip(left, right, errors, strict=True))
    ]


def _differentiated(leaves: list[Any], others: list[Any]) -> list[Any]:
    """The leaves that affect only arguments for which the reference has a gradient.

    `others` are the other arguments, such as a target.
    """
    import torch

    outputs = [v for v in others if isinstance(v, torch.Tensor) and v.requires_grad]
    if not outputs:
        return leaves
    ones = list(map(torch.ones_like, outputs))
    reached = torch.autograd.grad(outputs, leaves, ones, allow_unused=True, retain_graph=True)
    return [leaf for leaf, grad in zip(leaves, reached, strict=True) if grad is None]


def _to_array(value: Any) -> Any:
    """Convert a tensor to an array, of float64 if it is real. Return other values unchanged."""
    import torch

    if not isinstance(value, torch.Tensor):
        return value
    array = value.detach().cpu().numpy()
    return array.astype(float) if array.dtype.kind == "f" else array
