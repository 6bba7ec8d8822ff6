"""Layers: each layer stores its weights and runs operations of the catalogue on them.

`run` returns the outputs and a backward function, which maps dL/dy to dL/dx and to the gradients of
the weights. Nothing is changed in place, so an array of weights that was returned to a caller never
changes later.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from reference.linear import dense
from reference.models._named import With
from reference.spec import Operation, Real

Shape = tuple[int, ...]
Back = Callable[[Real], tuple[Real, dict[str, Real]]]
Named = str | Operation | With


class Layer:
    """`learned` names the weights that training changes; a frozen layer has trainable = False."""

    learned: tuple[str, ...] = ()

    def __init__(self, *, trainable: bool = True, input_shape: Shape | None = None) -> None:
        self.name = ""
        self.trainable = trainable
        self.input_shape = input_shape
        self.output_shape: Shape | None = None
        self.weights: dict[str, Real] = {}

    def build(self, shape: Shape, rng: np.random.Generator) -> None:
        """Create the weights for examples of this shape, unless they exist already."""
        if self.output_shape is not None:
            if shape != self.input_shape:
                raise ValueError(f"{self.name} takes {self.input_shape}, but is given {shape}")
            return
        self.input_shape, self.output_shape = shape, self.shaped(shape)
        self.weights = self.made(shape, rng)

    def shaped(self, shape: Shape) -> Shape:
        return shape

    def made(self, shape: Shape, rng: np.random.Generator) -> dict[str, Real]:
        return {}

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        raise NotImplementedError

    def penalty(self) -> tuple[Real | float, dict[str, Real]]:
        """Return the penalty on the weights, and its gradients."""
        return 0.0, {}

    def count(self, *, learned: bool) -> int:
        """Return the number of parameters that are learned, or of those that are not."""
        return sum(w.size for name, w in self.weights.items() if self.moves(name) == learned)

    def moves(self, name: str) -> bool:
        return self.trainable and name in self.learned


class Dense(Layer):
    """Dense layer y = f(x W + b), with W of shape (inputs, units)."""

    learned = ("weight", "bias")

    def __init__(
        self,
        units: int,
        activation: Named = "identity",
        *,
        initialiser: Named = "glorot_uniform",
        penalty: Named | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self.units = units
        self.activation = With(activation)
        self.initialiser = With(initialiser)
        self.weight_penalty = With(penalty) if penalty is not None else None

    def shaped(self, shape: Shape) -> Shape:
        if len(shape) != 1:
            raise ValueError(f"dense takes one row per example, but is given shape {shape}")
        return (self.units,)

    def made(self, shape: Shape, rng: np.random.Generator) -> dict[str, Real]:
        spec, settings = self.initialiser.operation, self.initialiser.settings
        weight = spec.sample(rng, (*shape, self.units), **settings)
        return {"weight": weight, "bias": np.zeros(self.units)}

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        weight, bias = self.weights["weight"], self.weights["bias"]
        z = dense.forward(x, weight, bias)

        def back(grad: Real) -> tuple[Real, dict[str, Real]]:
            (dz,) = self.activation.backward(grad, z)
            dx, dweight, dbias = dense.backward(dz, x, weight, bias)
            return dx, {"weight": dweight, "bias": dbias}

        return self.activation.forward(z), back

    def penalty(self) -> tuple[Real | float, dict[str, Real]]:
        if self.weight_penalty is None:
            return 0.0, {}
        weight = self.weights["weight"]
        (slope,) = self.weight_penalty.backward(np.asarray(1.0), weight)
        return self.weight_penalty.forward(weight), {"weight": slope}


class Activation(Layer):
    """Activation layer y = f(x)."""

    def __init__(self, activation: Named, **settings: Any) -> None:
        super().__init__(**settings)
        self.activation = With(activation)

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        return self.activation.forward(x), lambda grad: (self.activation.backward(grad, x)[0], {})


class Reshape(Layer):
    """Reshape every example, by default to one row."""

    def __init__(self, shape: Shape = (-1,), **settings: Any) -> None:
        super().__init__(**settings)
        self.shape = shape

    def shaped(self, shape: Shape) -> Shape:
        return np.reshape(np.empty(shape), self.shape).shape

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        return np.reshape(x, (len(x), *self.shape)), lambda grad: (np.reshape(grad, x.shape), {})


class PRelu(Layer):
    """ReLU with a learned slope below zero for every unit; the slopes start at 1/4."""

    learned = ("slope",)

    def __init__(self, start: float = 0.25, **settings: Any) -> None:
        super().__init__(**settings)
        self.start = start
        self.operation = With("prelu")

    def made(self, shape: Shape, rng: np.random.Generator) -> dict[str, Real]:
        return {"slope": np.full(shape[0], self.start)}

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        slope = self.weights["slope"]

        def back(grad: Real) -> tuple[Real, dict[str, Real]]:
            dx, dslope = self.operation.backward(grad, x, slope)
            return dx, {"slope": dslope}

        return self.operation.forward(x, slope), back
