"""The primitive operations of a computation graph, each with one pullback for each argument.

A pullback takes g = dL/dy, the result y and the arguments, and returns dL/d(argument). If the
argument was broadcast, it returns an array of the shape of the result, which `gradients` adds up:

    y = a b        g b,  g a
    y = a / b      g / b,  -g y / b
    y = a^b        g b a^(b-1),  g y log a
    y = A B        g B^T,  A^T g

At a tie, all entries that attain a maximum share the gradient equally. This is the subgradient that
does not depend on the order of the arguments. `maximum` and `amax` of PyTorch do the same.

Source: Griewank and Walther 2008, chapter 3; Vanschoren (001); lecture 000.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np


class Primitive(NamedTuple):
    forward: Callable[..., Any]
    pullbacks: tuple[Callable[..., Any], ...]


def slope_in_base(g, y, a, b):
    """b a^(b-1); zero for b = 0, where a = 0 would give 0 times inf."""
    return g * np.where(b == 0, 0.0, b) * np.where(b == 0, 1.0, a) ** (b - 1)


def slope_in_exponent(g, y, a, b):
    """y log a; zero for a = 0, because 0^b is 0 for every positive b."""
    return g * y * np.log(np.where(a == 0, 1.0, a))


def spread(g, y, x, axis=None, keepdims=False):
    """The pullback of a sum: each term receives the whole of g."""
    return np.broadcast_to(_restored(g, x, axis, keepdims), x.shape)


def share(g, y, x, axis=None, keepdims=False):
    """The pullback of a maximum: the entries that attain it share g equally."""
    winners = x == _restored(y, x, axis, keepdims)
    return _restored(g, x, axis, keepdims) * winners / winners.sum(axis=axis, keepdims=True)


def scatter(g, y, x, index):
    """The pullback of x[index]: an entry receives the sum of the gradients of its copies."""
    places = np.arange(x.size).reshape(x.shape)[index]
    total = np.bincount(np.ravel(places), np.reshape(g, -1), minlength=x.size)
    return np.reshape(total.astype(g.dtype), x.shape)


def transposed_back(g, y, x, axes=None):
    return np.transpose(g, None if axes is None else tuple(np.argsort(axes)))


def _restored(g, x, axis, keepdims):
    """A reduced array with its lost axes put back, with length one."""
    if keepdims:
        return g
    axes = tuple(range(x.ndim)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    lost = {each % x.ndim for each in axes}
    return np.reshape(g, tuple(1 if i in lost else size for i, size in enumerate(x.shape)))


def _flipped(matrix):
    return np.swapaxes(matrix, -1, -2)


def _half_at_ties(a, b):
    return np.where(a == b, 0.5, np.where(a < b, 0.0, 1.0))


PRIMITIVES: dict[str, Primitive] = {
    "add": Primitive(lambda a, b: a + b, (lambda g, y, a, b: g, lambda g, y, a, b: g)),
    "subtract": Primitive(lambda a, b: a - b, (lambda g, y, a, b: g, lambda g, y, a, b: -g)),
    "multiply": Primitive(lambda a, b: a * b, (lambda g, y, a, b: g * b, lambda g, y, a, b: g * a)),
    "divide": Primitive(
        lambda a, b: a / b, (lambda g, y, a, b: g / b, lambda g, y, a, b: -g * y / b)
    ),
    "power": Primitive(lambda a, b: a**b, (slope_in_base, slope_in_exponent)),
    "negative": Primitive(lambda x: -x, (lambda g, y, x: -g,)),
    "exp": Primitive(np.exp, (lambda g, y, x: g * y,)),
    "log": Primitive(np.log, (lambda g, y, x: g / x,)),
    "sin": Primitive(np.sin, (lambda g, y, x: g * np.cos(x),)),
    "cos": Primitive(np.cos, (lambda g, y, x: -g * np.sin(x),)),
    "tanh": Primitive(np.tanh, (lambda g, y, x: g * (1 - y**2),)),
    "sqrt": Primitive(np.sqrt, (lambda g, y, x: g / (2 * y),)),
    "square": Primitive(np.square, (lambda g, y, x: g * 2 * x,)),
    "absolute": Primitive(np.abs, (lambda g, y, x: g * np.sign(x),)),
    "log1p": Primitive(np.log1p, (lambda g, y, x: g / (1 + x),)),
    "maximum": Primitive(
        np.maximum,
        (lambda g, y, a, b: g * _half_at_ties(a, b), lambda g, y, a, b: g * _half_at_ties(b, a)),
    ),
    "where": Primitive(
        np.where,
        (
            lambda g, y, chosen, a, b: 0.0 * g,
            lambda g, y, chosen, a, b: np.where(chosen, g, 0 * g),
            lambda g, y, chosen, a, b: np.where(chosen, 0 * g, g),
        ),
    ),
    "matmul": Primitive(
        lambda a, b: a @ b,
        (lambda g, y, a, b: g @ _flipped(b), lambda g, y, a, b: _flipped(a) @ g),
    ),
    "sum": Primitive(lambda x, axis, keepdims: x.sum(axis=axis, keepdims=keepdims), (spread,)),
    "max": Primitive(lambda x, axis, keepdims: x.max(axis=axis, keepdims=keepdims), (share,)),
    "reshape": Primitive(
        lambda x, shape: np.reshape(x, shape), (lambda g, y, x, shape: np.reshape(g, x.shape),)
    ),
    "transpose": Primitive(lambda x, axes: np.transpose(x, axes), (transposed_back,)),
    "index": Primitive(lambda x, index: x[index], (scatter,)),
    "broadcast": Primitive(lambda x, shape: np.broadcast_to(x, shape), (lambda g, y, x, shape: g,)),
}
