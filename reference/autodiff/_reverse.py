"""Reverse-mode automatic differentiation: one pass through the graph, backwards from the result.

For every node v

    dL/dv = sum over the nodes w computed from v of (dL/dw)(dw/dv)

A node that is used several times adds up the contributions of all its uses. It is processed only
when all of them have arrived: in the order of decreasing height, every node comes after all nodes
that were computed from it. There is no recursion, so only memory limits the depth of a graph.

One pass costs a small multiple of the forward pass, however many variables there are. Numerical
differentiation needs at least one forward pass for each variable.

Source: Linnainmaa 1970; Griewank and Walther 2008, chapter 3; lecture 000.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from reference.autodiff._graph import Variable
from reference.spec import Real


def gradients(output: Variable, variables: Sequence[Variable], grad: Any = 1.0) -> list[Real]:
    """dL/dv for each variable, from grad = dL/d(output); zero if the output is independent of v."""
    wanted = {id(variable) for variable in variables}
    arrived: dict[int, Real] = {id(output): np.ones_like(output.value) * grad}
    for node in from_the_top(output):
        total = arrived[id(node)] if id(node) in wanted else arrived.pop(id(node))
        for parent, pull in node.parents:
            piece = _unbroadcast(pull(total), parent.shape).astype(_real(parent))
            before = arrived.get(id(parent))
            arrived[id(parent)] = piece if before is None else before + piece
    return [arrived.get(id(v), np.zeros_like(v.value, dtype=_real(v))) for v in variables]


def _real(variable: Variable) -> Any:
    """The dtype of the gradient of a variable: integers have floating-point gradients."""
    return np.result_type(variable.value.dtype, np.float16)


def from_the_top(output: Variable) -> list[Variable]:
    """All nodes that the output was computed from, each before all of its parents."""
    found, waiting = {id(output): output}, [output]
    while waiting:
        for parent, _ in waiting.pop().parents:
            if id(parent) not in found:
                found[id(parent)] = parent
                waiting.append(parent)
    return sorted(found.values(), key=lambda node: -node.height)


def _unbroadcast(grad: Real, shape: tuple[int, ...]) -> Real:
    """Add up a gradient over the axes along which its variable was broadcast."""
    extra = grad.ndim - len(shape)
    repeated = tuple(
        i for i, size in enumerate(grad.shape) if i < extra or (shape[i - extra] == 1 != size)
    )
    return np.reshape(grad.sum(axis=repeated), shape) if repeated else grad
