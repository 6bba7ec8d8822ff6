"""Layers: each layer stores its weights and runs operations of the catalogue on them.

`run` returns the outputs and a backward function, which maps dL/dy to dL/dx and to the gradients of
the weights. Nothing is changed in place, so an array of weights that was returned to a caller never
changes later.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from reference.linear import dense
from reference.models._named import With, part
from reference.models._settings import Checked, whole
from reference.spec import Operation, Real

Shape = tuple[int, ...]
Back = Callable[[Real], tuple[Real, dict[str, Real]]]
Named = str | Operation | With | Callable[..., Any]


class Layer(Checked):
    """`learned` names the weights that training changes; a frozen layer has trainable = False."""

    learned: tuple[str, ...] = ()
    kind = ""  # how a layer without a name is called; the name of its class by default

    def __init__(
        self, *, name: str = "", trainable: bool = True, input_shape: Shape | None = None
    ) -> None:
        self.name = name
        self.trainable = trainable
        if not isinstance(trainable, bool):
            raise TypeError(f"trainable is True or False, not {trainable!r}")
        self.input_shape = input_shape
        self.output_shape: Shape | None = None
        self.weights: dict[str, Real] = {}
        self.penalties: dict[str, With] = {}

    def build(self, shape: Shape, rng: np.random.Generator) -> None:
        """Create the weights for examples of this shape, unless they exist already."""
        if self.output_shape is not None:
            if shape != self.input_shape:
                raise ValueError(
                    f"each example for {self.name} has the shape {self.input_shape}, but these "
                    f"have the shape {shape}. One example is a batch of one, x[None]; images that "
                    "are not flat need Flatten, or Reshape() here."
                )
            return
        self.input_shape, self.output_shape = shape, self.shaped(shape)
        self.weights = self.made(shape, rng)

    def shaped(self, shape: Shape) -> Shape:
        return shape

    def made(self, shape: Shape, rng: np.random.Generator) -> dict[str, Real]:
        return {}

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        raise NotImplementedError(
            f"{type(self).__name__} defines no run(x, training, rng), which returns the outputs, "
            "and a function from dL/dy to dL/dx and the gradients of the weights"
        )

    def penalty(self) -> tuple[Real | float, dict[str, Real]]:
        """Return the penalty on the weights, and its gradients."""
        total: Real | float = 0.0
        slopes = {}
        for name, penalty in self.penalties.items():
            if not self.moves(name):
                continue  # a constant, which Keras leaves out too
            weight = self.weights[name]
            total = total + penalty.forward(weight)
            (slopes[name],) = penalty.backward(np.ones((), weight.dtype), weight)
        return total, slopes

    def count(self, *, learned: bool) -> int:
        """Return the number of parameters that are learned, or of those that are not."""
        return sum(w.size for name, w in self.weights.items() if self.moves(name) == learned)

    def moves(self, name: str) -> bool:
        return self.trainable and name in self.learned


class Dense(Layer):
    """Dense layer y = f(x W + b) on the last axis, with W of shape (inputs, units)."""

    def __init__(
        self,
        units: int,
        activation: Named = "identity",
        *,
        initialiser: Named = "glorot_uniform",
        penalty: Named | None = None,
        use_bias: bool = True,
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self.units = whole("units", units, 1)
        self.activation = part("activation", activation)
        self.initialiser = part("initialiser", initialiser)
        self.use_bias = use_bias
        self.learned = ("weight", "bias") if use_bias else ("weight",)
        if penalty is not None:
            self.penalties = {"weight": part("penalty", penalty)}

    def shaped(self, shape: Shape) -> Shape:
        if not shape:
            raise ValueError("dense takes at least one number per example, but is given one value")
        return (*shape[:-1], self.units)

    def made(self, shape: Shape, rng: np.random.Generator) -> dict[str, Real]:
        weight = self.initialiser.sample(rng, (shape[-1], self.units))
        return {"weight": weight} | ({"bias": self.first_bias(rng)} if self.use_bias else {})

    def first_bias(self, rng: np.random.Generator) -> Real:
        return np.zeros(self.units)

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        weight = self.weights["weight"]
        bias = self.weights["bias"] if self.use_bias else np.zeros(self.units, weight.dtype)
        rows = x if x.ndim == 2 else np.reshape(x, (-1, x.shape[-1]))
        z = dense.forward(rows, weight, bias)
        z = z if x.ndim == 2 else np.reshape(z, (*x.shape[:-1], self.units))

        def back(grad: Real) -> tuple[Real, dict[str, Real]]:
            (dz,) = self.activation.backward(grad, z)
            dz = dz if x.ndim == 2 else np.reshape(dz, (-1, self.units))
            dx, dweight, dbias = dense.backward(dz, rows, weight, bias)
            slopes = {"weight": dweight, "bias": dbias}
            return np.reshape(dx, x.shape), {name: slopes[name] for name in self.learned}

        return self.activation.forward(z), back


class Activation(Layer):
    """Activation layer y = f(x)."""

    def __init__(self, activation: Named, **settings: Any) -> None:
        super().__init__(**settings)
        self.activation = part("activation", activation)

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        return self.activation.forward(x), lambda grad: (self.activation.backward(grad, x)[0], {})


class Reshape(Layer):
    """Reshape every example, by default to one row."""

    def __init__(self, shape: Shape | int = (-1,), **settings: Any) -> None:
        super().__init__(**settings)
        self.shape = (shape,) if isinstance(shape, int) else tuple(shape)

    def shaped(self, shape: Shape) -> Shape:
        try:
            return np.reshape(np.empty(shape), self.shape).shape
        except ValueError as error:
            raise ValueError(
                f"an example of shape {shape} has {math.prod(shape)} numbers, which do not fit "
                f"into the shape {self.shape}"
            ) from error

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        return np.reshape(x, (len(x), *self.shaped(x.shape[1:]))), lambda grad: (
            np.reshape(grad, x.shape),
            {},
        )


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


def cast(weights: Mapping[str, Real], dtype: Any) -> dict[str, Real]:
    """The same weights in another precision; what is no plain array stays."""
    return {
        name: weight.astype(dtype, copy=False) if isinstance(weight, np.ndarray) else weight
        for name, weight in weights.items()
    }
