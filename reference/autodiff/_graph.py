"""The graph of a computation: each variable stores the primitive and the inputs that produced it.

Arithmetic, indexing and numpy functions on variables are recorded, so code written for arrays runs
on variables unchanged. It may contain loops and branches: the graph holds the operations that were
executed. A numpy function that is not among the primitives raises TypeError. The height of a node
is one more than that of its highest parent, so parents always have a lower height.

Source: Griewank and Walther 2008, chapter 3; lecture 000.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from reference.autodiff._primitives import PRIMITIVES
from reference.spec import Real


class Variable:
    """A value and how it was computed: `parents` pairs each parent with its pullback."""

    __slots__ = ("height", "name", "parents", "value")

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
    dtype = property(lambda self: self.value.dtype)

    def numpy(self) -> Any:
        """The value without its history: a number, if it has no axes."""
        return self.value if self.value.ndim else self.value[()]

    real = property(lambda self: self)
    T = property(lambda self: self.transpose())

    def __repr__(self) -> str:
        return f"Variable({self.value!r}, {self.name!r})"

    def __len__(self) -> int:
        return len(self.value)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        """Record numpy functions, and arithmetic with an array on the left."""
        if method != "__call__" or kwargs or ufunc.__name__ not in PRIMITIVES:
            return NotImplemented
        return matmul(*inputs) if ufunc is np.matmul else apply(ufunc.__name__, *inputs)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        if func not in FUNCTIONS:
            return NotImplemented
        return FUNCTIONS[func](*args, **kwargs)

    def __gt__(self, other):
        return self.value > value_of(other)

    def __ge__(self, other):
        return self.value >= value_of(other)

    def __lt__(self, other):
        return self.value < value_of(other)

    def __le__(self, other):
        return self.value <= value_of(other)

    def __abs__(self):
        return apply("absolute", self)

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


def value_of(x: Any) -> Any:
    return x.value if isinstance(x, Variable) else x


def apply(name: str, *arguments: Any, **settings: Any) -> Any:
    """Compute a primitive, and record it if an argument is a Variable; arrays give an array."""
    values = [value_of(each) for each in arguments]
    primitive = PRIMITIVES[name]
    result = primitive.forward(*values, **settings)
    parents = tuple(
        (argument, partial(_pull, pullback, result, values, settings))
        for argument, pullback in zip(arguments, primitive.pullbacks, strict=True)
        if isinstance(argument, Variable)
    )
    return Variable(result, name, parents) if parents else result


def matmul(a: Any, b: Any) -> Any:
    """Matrix product, also of stacks; a vector is a row on the left and a column on the right."""
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

FUNCTIONS: dict[Any, Callable[..., Any]] = {
    np.where: where,
    np.reshape: lambda x, shape: apply("reshape", x, shape=shape),
    np.transpose: lambda x, axes=None: apply("transpose", x, axes=axes),
    np.broadcast_to: lambda x, shape: apply("broadcast", x, shape=shape),
}


def _pull(pullback, result, values, settings, grad):
    return pullback(grad, result, *values, **settings)
