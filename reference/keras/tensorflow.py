"""The few names of TensorFlow that the lectures use: constants, products, variables, gradients.

    from reference.keras import tensorflow as tf

    x = tf.Variable(0.8)
    with tf.GradientTape() as tape:
        loss = (x - 3) ** 2
    tf.optimizers.SGD(0.01).apply_gradients(zip(tape.gradient(loss, [x]), [x]))

Source: lecture 000, "Tensor operations"; Vanschoren (001), "Weight initialization".
"""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, Self

import numpy as np

from reference import keras
from reference.autodiff import Variable as Recorded
from reference.autodiff import gradients
from reference.keras import optimizers, utils
from reference.spec import Real
from reference.tensors import batched_matmul
from reference.tensors import matmul as matrix_product

__all__ = [
    "GradientTape",
    "Variable",
    "compat",
    "constant",
    "float32",
    "float64",
    "int32",
    "keras",
    "matmul",
    "optimizers",
    "random",
]

float32, float64, int32 = np.float32, np.float64, np.int32
random = SimpleNamespace(set_seed=utils.set_random_seed)


class Variable(Recorded):
    """A value that optimisers change. Real numbers are float32, as in TensorFlow."""

    def __init__(self, initial_value: Any, name: str = "variable", dtype: Any = None) -> None:
        super().__init__(constant(initial_value, dtype), name)

    def assign(self, value: Any) -> Self:
        self.value = np.asarray(value, self.value.dtype)
        return self


class GradientTape:
    """Operations on variables record themselves, so the tape only reads what was recorded."""

    def __init__(self, persistent: bool = False) -> None:
        self.persistent = persistent

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held."""

    def watch(self, tensor: Any) -> None:
        """Nothing to do: each variable is watched."""

    def gradient(self, target: Any, sources: Any) -> Any:
        """Return d(target)/d(source) for one source, or for each of a list."""
        several = isinstance(sources, Sequence)
        found = gradients(target, list(sources) if several else [sources])
        return found if several else found[0]


def constant(value: Any, dtype: Any = None, shape: Sequence[int] | None = None) -> Real:
    """An array; Python's real numbers are float32, its whole numbers int32, as in TensorFlow."""
    array = np.asarray(value, dtype)
    if dtype is None and not isinstance(value, np.ndarray | np.generic):
        array = array.astype({"f": np.float32, "i": np.int32}.get(array.dtype.kind, array.dtype))
    return array if shape is None else np.reshape(array, tuple(shape))


def matmul(a: Any, b: Any) -> Real:
    """The matrix product, also of stacks of matrices."""
    a, b = np.asarray(a), np.asarray(b)
    return (matrix_product if a.ndim == b.ndim == 2 else batched_matmul).forward(a, b)


def _get_variable(name: str, dtype: Any = None, initializer: Any = None) -> Variable:
    return Variable(initializer, name, dtype)


compat = SimpleNamespace(v1=SimpleNamespace(get_variable=_get_variable))
