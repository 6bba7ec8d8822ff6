"""Layers by Keras's names, with Keras's arguments and defaults.

BatchNormalization differs from PyTorch's by default: `momentum` is the weight of the old average,
0.99, epsilon is 1e-3, and the running variance is the biased one.

Source: lecture 000, "Keras tutorial"; Vanschoren (001); the layers of Keras 3.
"""

from typing import Any

import numpy as np

from reference import models
from reference.keras import activations, initializers
from reference.keras._images import Conv1D, Conv2D, Conv3D
from reference.keras._layer import Layer, penalties, replaced
from reference.keras._names import absent, unavailable
from reference.keras._pooling import (
    AveragePooling1D,
    AveragePooling2D,
    AveragePooling3D,
    GlobalAveragePooling1D,
    GlobalAveragePooling2D,
    GlobalAveragePooling3D,
    GlobalMaxPooling1D,
    GlobalMaxPooling2D,
    GlobalMaxPooling3D,
    MaxPooling1D,
    MaxPooling2D,
    MaxPooling3D,
)
from reference.models._layers import Back, Shape
from reference.models._settings import whole
from reference.spec import Real

__all__ = [
    "Activation",
    "AveragePooling1D",
    "AveragePooling2D",
    "AveragePooling3D",
    "BatchNormalization",
    "Conv1D",
    "Conv2D",
    "Conv3D",
    "Dense",
    "Dropout",
    "Flatten",
    "GlobalAveragePooling1D",
    "GlobalAveragePooling2D",
    "GlobalAveragePooling3D",
    "GlobalMaxPooling1D",
    "GlobalMaxPooling2D",
    "GlobalMaxPooling3D",
    "Input",
    "InputLayer",
    "Layer",
    "LeakyReLU",
    "MaxPooling1D",
    "MaxPooling2D",
    "MaxPooling3D",
    "PReLU",
    "ReLU",
    "Reshape",
    "Softmax",
]


class InputLayer(Layer):
    """The shape of an example; it is dropped when it is added to a model."""

    def __init__(
        self, shape: Shape | int | None = None, batch_size: int | None = None, **settings: Any
    ) -> None:
        super().__init__(input_shape=settings.pop("input_shape", shape), **settings)


Input = InputLayer


class Dense(Layer, models.Dense):
    """y = activation(x kernel + bias), on the last axis."""

    def __init__(
        self,
        units: int,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        **settings: Any,
    ) -> None:
        unavailable(
            "Dense",
            activity_regularizer=activity_regularizer,
            kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint,
        )
        whole("units", units, 1)
        super().__init__(units, activations.get(activation), use_bias=use_bias, **settings)
        self.initialiser: Any = initializers.get(kernel_initializer)
        self.bias_initialiser = initializers.get(bias_initializer)
        self.penalties = penalties(
            weight=kernel_regularizer, bias=bias_regularizer if use_bias else None
        )

    def first_bias(self, rng: np.random.Generator) -> Real:
        return self.bias_initialiser.sample(rng, (self.units,))

    @property
    def kernel(self) -> Real:
        return self.weights["weight"]

    @property
    def bias(self) -> Real | None:
        return self.weights.get("bias")


class Activation(Layer, models.Activation):
    """y = activation(x)."""

    def __init__(self, activation: Any, **settings: Any) -> None:
        super().__init__(activations.get(activation), **settings)


class LeakyReLU(Activation):
    def __init__(self, negative_slope: float = 0.3, **settings: Any) -> None:
        super().__init__(models.With("leaky_relu", negative_slope=negative_slope), **settings)


class ReLU(Activation):
    def __init__(
        self,
        max_value: float | None = None,
        negative_slope: float = 0.0,
        threshold: float = 0.0,
        **settings: Any,
    ) -> None:
        unavailable("ReLU", max_value=max_value, threshold=threshold or None)
        leaky = models.With("leaky_relu", negative_slope=negative_slope)
        super().__init__(leaky if negative_slope else "relu", **settings)


class Softmax(Activation):
    def __init__(self, axis: int = -1, **settings: Any) -> None:
        unavailable("Softmax", axis=None if axis == -1 else axis)
        super().__init__("softmax", **settings)


class PReLU(Layer, models.PRelu):
    """ReLU with a learned slope below zero for every input; the slopes start at 0."""

    def __init__(
        self, alpha_initializer: Any = "zeros", alpha_regularizer: Any = None, **settings: Any
    ) -> None:
        super().__init__(**settings)
        self.initialiser = initializers.get(alpha_initializer)
        self.penalties = penalties(slope=alpha_regularizer)

    def made(self, shape: Shape, rng: np.random.Generator) -> dict[str, Real]:
        return {"slope": self.initialiser.sample(rng, shape)}

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        slope = self.weights["slope"]
        rows, slopes = x.reshape(len(x), -1), slope.ravel()

        def back(grad: Real) -> tuple[Real, dict[str, Real]]:
            dx, dslope = self.operation.backward(grad.reshape(rows.shape), rows, slopes)
            return dx.reshape(x.shape), {"slope": dslope.reshape(slope.shape)}

        return self.operation.forward(rows, slopes).reshape(x.shape), back


class Flatten(Layer, models.Reshape):
    """One row for each example."""

    def __init__(self, data_format: str | None = None, **settings: Any) -> None:
        unavailable("Flatten", data_format=None if data_format == "channels_last" else data_format)
        super().__init__(**settings)


class Reshape(Layer, models.Reshape):
    def __init__(self, target_shape: Shape | int, **settings: Any) -> None:
        super().__init__(target_shape, **settings)


class Dropout(Layer, models.Dropout):
    """In training, a share `rate` of the inputs is zero and the others are larger for it."""

    def __init__(
        self, rate: float, noise_shape: Any = None, seed: int | None = None, **settings: Any
    ) -> None:
        unavailable("Dropout", noise_shape=noise_shape)
        super().__init__(rate, **settings)
        self._own = None if seed is None else np.random.default_rng(seed)

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        return super().run(x, training, self._own or rng)


class BatchNormalization(Layer, models.BatchNorm):
    """Mean 0 and variance 1 of each feature within a batch, then gamma x + beta."""

    def __init__(
        self,
        axis: int = -1,
        momentum: float = 0.99,
        epsilon: float = 0.001,
        center: bool = True,
        scale: bool = True,
        beta_initializer: Any = "zeros",
        gamma_initializer: Any = "ones",
        moving_mean_initializer: Any = "zeros",
        moving_variance_initializer: Any = "ones",
        beta_regularizer: Any = None,
        gamma_regularizer: Any = None,
        **settings: Any,
    ) -> None:
        unavailable("BatchNormalization", axis=None if axis in (-1, 1) else axis)
        super().__init__(
            momentum=momentum, epsilon=epsilon, weighs="old", unbiased=False, **settings
        )
        self.learned = (*(("gamma",) if scale else ()), *(("beta",) if center else ()))
        self.penalties = penalties(gamma=gamma_regularizer, beta=beta_regularizer)
        self._fixed = {"gamma", "beta"} - set(self.learned)
        self._channels_last = axis == -1
        self._initialisers = {
            "gamma": initializers.get(gamma_initializer if scale else "ones"),
            "beta": initializers.get(beta_initializer if center else "zeros"),
            "mean": initializers.get(moving_mean_initializer),
            "variance": initializers.get(moving_variance_initializer),
        }

    def made(self, shape: Shape, rng: np.random.Generator) -> dict[str, Real]:
        features = shape[-1 if self._channels_last else 0]
        return {
            name: initialiser.sample(rng, (features,))
            for name, initialiser in self._initialisers.items()
        }

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        if x.ndim == 2 or not self._channels_last:
            return super().run(x, training, rng)
        y, inner = super().run(np.moveaxis(x, -1, 1), training, rng)

        def back(grad: Real) -> tuple[Real, dict[str, Real]]:
            dx, slopes = inner(np.moveaxis(grad, -1, 1))
            return np.moveaxis(dx, 1, -1), slopes

        return np.moveaxis(y, 1, -1), back

    def get_weights(self) -> list[Real]:
        return [w.copy() for name, w in self.weights.items() if name not in self._fixed]

    def set_weights(self, weights: list[Real]) -> None:
        own = {name: w for name, w in self.weights.items() if name not in self._fixed}
        self.weights = {**self.weights, **replaced(self.name, own, weights)}

    def count(self, *, learned: bool) -> int:
        return sum(
            w.size
            for name, w in self.weights.items()
            if name not in self._fixed and self.moves(name) == learned
        )


__getattr__ = absent(__name__, "layer")
