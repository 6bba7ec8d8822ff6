"""Reverse-mode automatic differentiation: the graph walked once, from the result down.

For every node v

    dL/dv = sum over the nodes w computed from v of (dL/dw)(dw/dv)

so a node shared by several paths adds up what arrives on each, and is passed on only when all of
it has arrived: from the top down by height, every node comes after all that were computed from
it. Nothing recurses, so a graph may be as deep as memory allows.

One walk costs a small multiple of the forward pass, however many variables there are; numerical
differentiation needs a forward pass for each of them.

Source: Linnainmaa 1970; Griewank and Walther 2008, chapter 3; lecture 000.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from reference.autodiff._graph import Variable
from reference.spec import Real


def gradients(output: Variable, variables: Sequence[Variable], grad: Any = 1.0) -> list[Real]:
    """dL/dv for each variable, from grad = dL/d(output); zero where the output is unmoved."""
    wanted = {id(variable) for variable in variables}
    arrived: dict[int, Real] = {id(output): np.ones(output.shape, output.value.dtype) * grad}
    for node in from_the_top(output):
        total = arrived[id(node)] if id(node) in wanted else arrived.pop(id(node))
        for parent, pull in node.parents:
            piece = _unbroadcast(pull(total), parent.shape).astype(_real(parent))
            before = arrived.get(id(parent))
            arrived[id(parent)] = piece if before is None else before + piece
    return [arrived.get(id(v), np.zeros(v.shape, _real(v))) for v in variables]


def _real(variable: Variable) -> Any:
    """What the gradient of a variable is counted in: whole numbers have gradients that are not."""
    return np.result_type(variable.value.dtype, np.float16)


def from_the_top(output: Variable) -> list[Variable]:
    """Every node the output was computed from, each before all of its parents."""
    found, waiting = {id(output): output}, [output]
    while waiting:
        for parent, _ in waiting.pop().parents:
            if id(parent) not in found:
                found[id(parent)] = parent
                waiting.append(parent)
    return sorted(found.values(), key=lambda node: -node.height)


def _unbroadcast(grad: Real, shape: tuple[int, ...]) -> Real:
    """What was repeated forwards is added up backwards."""
    extra = grad.ndim - len(shape)
    repeated = tuple(
        i for i, size in enumerate(grad.shape) if i < extra or (shape[i - extra] == 1 != size)
    )
    return np.reshape(grad.sum(axis=repeated), shape) if repeated else grad
