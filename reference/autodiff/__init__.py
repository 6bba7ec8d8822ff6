"""Derivatives in three ways: automatic, symbolic and numerical.

    x = Variable(2.0)
    y = x * sin(x)
    gradients(y, [x])                                   automatic
    derivative(s * function("sin", s), "s")             symbolic, with s = Symbol("s")
    central(lambda t: t * np.sin(t), 2.0, 1e-5)         numerical

Source: lecture 000, "Computing derivatives".
"""

from reference.autodiff._expressions import (
    Expression,
    Number,
    Symbol,
    function,
    size,
)
from reference.autodiff._graph import (
    Variable,
    cos,
    exp,
    log,
    matmul,
    maximum,
    sin,
    tanh,
    where,
)
from reference.autodiff._numerical import (
    METHODS,
    central,
    complex_step,
    numerical_gradient,
    one_sided,
    richardson,
)
from reference.autodiff._reverse import gradients
from reference.autodiff._symbolic import derivative, evaluate

__all__ = [
    "METHODS",
    "Expression",
    "Number",
    "Symbol",
    "Variable",
    "central",
    "complex_step",
    "cos",
    "derivative",
    "evaluate",
    "exp",
    "function",
    "gradients",
    "log",
    "matmul",
    "maximum",
    "numerical_gradient",
    "one_sided",
    "richardson",
    "sin",
    "size",
    "tanh",
    "where",
]
