"""Reverse-mode automatic differentiation: a graph recorded forwards, walked once backwards.

A `Variable` remembers which primitive made it and from what. For every node v

    dL/dv = sum over the nodes w computed from v of (dL/dw)(dw/dv)

so a node shared by several paths adds up what arrives on each, and is passed on only when all of
it has arrived. The height of a node, one more than that of its highest parent, gives the order:
from the top down, every node comes after all that were computed from it. Nothing recurses, so a
graph may be as deep as memory allows.

One walk costs a small multiple of the forward pass, however many variables there are; numerical
differentiation needs a forward pass for each of them.

Source: Linnainmaa 1970; Griewank and Walther 2008, chapter 3; lecture 000.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from reference.autodiff._primitives import PRIMITIVES
from reference.spec import Real


class Variable:
    """A value, and how it was computed: `parents` pairs each with the pullback towards it."""

    __slots__ = ("height", "name", "parents", "value")
    __array_ufunc__ = None  # array + variable is left to the variable

    def __init__(
        self,
        value: Any,
        name: str = "variable",
        parents: "tuple[tuple[Variable, Callable[[Real], Real]], ...]" = (),
    ) -> None:
        self.value: Real = value if hasattr(value, "shape") else np.asarray(value, dtype=float)
        self.name = name
        self.parents = parents
        self.height: int = 1 + max((parent.height for parent, _ in parents), default=-1)

    shape = property(lambda self: self.value.shape)
    ndim = property(lambda self: self.value.ndim)
    size = property(lambda self: self.value.size)
    T = property(lambda self: self.transpose())

    def __repr__(self) -> str:
        return f"Variable({self.value!r}, {self.name!r})"

    def __len__(self) -> int:
        return len(self.value)

    def __neg__(self):
        return apply("negative", self)

    def __add__(self, other):
        return apply("add", self, other)

    def __radd__(self, other):
        return apply("add", other, self)

    def __sub__(self, other):
        return apply("subtract", self, other)

    def __rsub__(self, other):
        return apply("subtract", other, self)

    def __mul__(self, other):
        return apply("multiply", self, other)

    def __rmul__(self, other):
        return apply("multiply", other, self)

    def __truediv__(self, other):
        return apply("divide", self, other)

    def __rtruediv__(self, other):
        return apply("divide", other, self)

    def __pow__(self, other):
        return apply("power", self, other)

    def __rpow__(self, other):
        return apply("power", other, self)

    def __matmul__(self, other):
        return matmul(self, other)

    def __rmatmul__(self, other):
        return matmul(other, self)

    def __getitem__(self, index):
        return apply("index", self, index=index)

    def sum(self, axis=None, keepdims=False):
        return apply("sum", self, axis=axis, keepdims=keepdims)

    def mean(self, axis=None, keepdims=False):
        total = self.sum(axis=axis, keepdims=keepdims)
        return total / (self.size / max(total.size, 1))

    def max(self, axis=None, keepdims=False):
        return apply("max", self, axis=axis, keepdims=keepdims)

    def reshape(self, *shape):
        return apply("reshape", self, shape=shape)

    def transpose(self, *axes):
        return apply("transpose", self, axes=axes or None)

    def broadcast(self, *shape):
        return apply("broadcast", self, shape=shape)


def apply(name: str, *arguments: Any, **settings: Any) -> Any:
    """Compute, and record if any argument is recorded; plain arrays give a plain array."""
    values = [each.value if isinstance(each, Variable) else each for each in arguments]
    primitive = PRIMITIVES[name]
    result = primitive.forward(*values, **settings)
    parents = tuple(
        (argument, partial(_pull, pullback, result, values, settings))
        for argument, pullback in zip(arguments, primitive.pullbacks, strict=True)
        if isinstance(argument, Variable)
    )
    return Variable(result, name, parents) if parents else result


def matmul(a: Any, b: Any) -> Any:
    """Product of matrices, or of stacks of them; a vector is a row on the left, a column right."""
    row, column = a.ndim == 1, b.ndim == 1
    product = apply(
        "matmul",
        apply("reshape", a, shape=(1, *a.shape)) if row else a,
        apply("reshape", b, shape=(*b.shape, 1)) if column else b,
    )
    kept = product.shape[:-2] + product.shape[-2:][row : 2 - column]
    return apply("reshape", product, shape=kept) if row or column else product


exp = partial(apply, "exp")
log = partial(apply, "log")
sin = partial(apply, "sin")
cos = partial(apply, "cos")
tanh = partial(apply, "tanh")
maximum = partial(apply, "maximum")
where = partial(apply, "where")


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


def _pull(pullback, result, values, settings, grad):
    return pullback(grad, result, *values, **settings)


def _unbroadcast(grad: Real, shape: tuple[int, ...]) -> Real:
    """What was repeated forwards is added up backwards."""
    extra = grad.ndim - len(shape)
    repeated = tuple(
        i for i, size in enumerate(grad.shape) if i < extra or (shape[i - extra] == 1 != size)
    )
    return np.reshape(grad.sum(axis=repeated), shape) if repeated else grad
