"""One call of torch beside the reference: its result, and the gradients of what torch was given.

The gradients of the reference belong to its own arguments. Autograd carries them, and their bounds,
back through whatever moved torch's tensors there.
"""

from typing import Any

import numpy as np

from checker.equations import Array, Equation, as_traced, bound, parts
from checker.inputs import Case
from checker.proof.function import as_array
from checker.proof.opinions.calls import Call
from checker.proof.upstream import backward, upstream
from checker.rounding import Traced
from reference import catalogue
from reference.spec import Procedure, Spec


def compare(call: Call, result: Any, leaves: list[Any], dtype: Any = np.float64) -> list[Equation]:
    """`result` was computed in this dtype, and `leaves` are the tensors it has gradients for."""
    spec = catalogue.operation(call.operation)
    assert isinstance(spec, Spec | Procedure), "the others have a state or noise"
    case: Case = {name: _ours(value, call.computed) for name, value in call.case.items()}
    theirs = tuple(map(call.output, _results(result)))
    run = spec.forward if isinstance(spec, Spec) else spec.run
    mine = map(as_traced, parts(run(**case)))
    found = [
        Equation(f"result {i}", a.value, b, bound(a, dtype))
        for i, (a, b) in enumerate(zip(mine, map(as_array, theirs), strict=True))
    ]
    if isinstance(spec, Spec) and leaves and all(part.requires_grad for part in theirs):
        found += _gradients(spec, call, case, theirs, leaves)
    return found


def _results(result: Any) -> tuple[Any, ...]:
    """A shape is a tuple too, and yet one result."""
    import torch

    return (torch.tensor(result),) if isinstance(result, torch.Size) else parts(result)


def _gradients(
    spec: Spec, call: Call, case: Case, theirs: tuple[Any, ...], leaves: list[Any]
) -> list[Equation]:
    import torch

    grads = upstream(theirs)
    ours = zip(
        [argument.name for argument in spec.arguments if argument.differentiable],
        map(as_traced, backward(spec, tuple(map(Traced, grads)), case)),
        strict=True,
    )
    mine = {name: grad for name, grad in ours if call.case[name].requires_grad}
    ends = [call.case[name] for name in mine]
    leaves = _differentiated(leaves, [v for n, v in call.case.items() if n not in mine])
    if not ends or not leaves:
        return []

    def back(values: list[Array], outputs: Any) -> list[Array]:
        vectors = [torch.as_tensor(value) for value in values]
        found = torch.autograd.grad(
            outputs, leaves, vectors, allow_unused=True, materialize_grads=True, retain_graph=True
        )
        return list(map(as_array, found))

    left = back([grad.value for grad in mine.values()], ends)
    errors = back([bound(grad) for grad in mine.values()], ends)
    right = back(list(grads), theirs)
    return [
        Equation(f"gradient of tensor {i}", a, b, np.abs(error))
        for i, (a, b, error) in enumerate(zip(left, right, errors, strict=True))
    ]


def _differentiated(leaves: list[Any], others: list[Any]) -> list[Any]:
    """Without those that reach an argument to which the reference has no gradient, as a target."""
    import torch

    outputs = [v for v in others if isinstance(v, torch.Tensor) and v.requires_grad]
    if not outputs:
        return leaves
    ones = list(map(torch.ones_like, outputs))
    reached = torch.autograd.grad(outputs, leaves, ones, allow_unused=True, retain_graph=True)
    return [leaf for leaf, grad in zip(leaves, reached, strict=True) if grad is None]


def _ours(value: Any, computed: float) -> Any:
    import torch

    if not isinstance(value, torch.Tensor):
        return value
    array = value.detach().cpu().numpy()
    return Traced(array, computed * np.abs(array)) if array.dtype.kind == "f" else array
