"""Layers for images along one to three axes: convolution and pooling.

One example has the shape (channels, *axes), the convention of the catalogue: a grey image is
(1, height, width), and Reshape((1, 8, 8)) makes one of 64 pixels. BatchNorm normalises channels.

Source: LeCun et al. 1989; Lin, Chen, Yan 2014 (global pooling).
"""

from typing import Any

import numpy as np

from reference.models._layers import Back, Layer, Named, Shape
from reference.models._named import With, part
from reference.models._settings import whole
from reference.spec import Real
from reference.windows import _windows
from reference.windows._windows import Lengths


class Convolution(Layer):
    """Convolution y = f(x * W + b), with W of shape (channels, channels of x / groups, *size)."""

    def __init__(
        self,
        channels: int,
        size: int | Lengths = 3,
        activation: Named = "identity",
        *,
        stride: int | Lengths = 1,
        padding: int | Lengths | str = 0,
        dilation: int | Lengths = 1,
        groups: int = 1,
        initialiser: Named = "glorot_uniform",
        penalty: Named | None = None,
        use_bias: bool = True,
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self.channels, self.groups = whole("channels", channels, 1), whole("groups", groups, 1)
        self.size = size
        self.activation = part("activation", activation)
        self.initialiser = part("initialiser", initialiser)
        steps = {"stride": stride, "padding": padding, "dilation": dilation}
        self.operation = With("convolution", groups=groups, **steps)
        self.use_bias = use_bias
        self.learned = ("weight", "bias") if use_bias else ("weight",)
        if penalty is not None:
            self.penalties = {"weight": part("penalty", penalty)}

    def shaped(self, shape: Shape) -> Shape:
        size = _lengths(self, shape, self.size)
        if shape[0] % self.groups or self.channels % self.groups:
            raise ValueError(
                f"{self.name} cannot divide {shape[0]} channels into {self.channels} in "
                f"{self.groups} groups"
            )
        x, weight = np.zeros((1, *shape)), np.zeros(self._weight_shape(shape, size))
        return self.operation.forward(x, weight, None).shape[1:]

    def made(self, shape: Shape, rng: np.random.Generator) -> dict[str, Real]:
        outputs, inputs, *size = self._weight_shape(shape, _lengths(self, shape, self.size))
        weight = self.initialiser.sample(rng, (*size, inputs, outputs))  # as fans are counted
        weight = np.moveaxis(weight, (-1, -2), (0, 1))
        return {"weight": weight} | ({"bias": self.first_bias(rng)} if self.use_bias else {})

    def first_bias(self, rng: np.random.Generator) -> Real:
        return np.zeros(self.channels)

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        weight, bias = self.weights["weight"], self.weights.get("bias")
        z = self.operation.forward(x, weight, bias)

        def back(grad: Real) -> tuple[Real, dict[str, Real]]:
            (dz,) = self.activation.backward(grad, z)
            dx, dweight, dbias = self.operation.backward(dz, x, weight, bias)
            slopes = {"weight": dweight, "bias": dbias}
            return dx, {name: slopes[name] for name in self.learned}

        return self.activation.forward(z), back

    def _weight_shape(self, shape: Shape, size: Lengths) -> Shape:
        return self.channels, shape[0] // self.groups, *size


class _Pooling(Layer):
    """What all kinds of pooling have in common: an operation without weights."""

    operation: With

    def shaped(self, shape: Shape) -> Shape:
        _lengths(self, shape, 1)
        return self.pooled(np.zeros((1, *shape))).shape[1:]

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        return self.pooled(x), lambda grad: (self.operation.backward(grad, x)[0], {})

    def pooled(self, x: Real) -> Real:
        results = self.operation.forward(x)
        values: Real = results[0] if isinstance(results, tuple) else results
        return values


class _WindowPooling(_Pooling):
    """One number for each window; a window begins where the one before it ended."""

    name_of_operation = ""

    def __init__(
        self,
        size: int | Lengths = 2,
        *,
        stride: int | Lengths | None = None,
        padding: int | Lengths = 0,
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self.operation = With(self.name_of_operation, size=size, stride=stride, padding=padding)


class MaxPooling(_WindowPooling):
    """The largest entry of each window."""

    name_of_operation = "max_pooling"


class AveragePooling(_WindowPooling):
    """The mean of each window."""

    name_of_operation = "average_pooling"


class _GlobalPooling(_Pooling):
    """One number for each channel, so that the length of the axes no longer matters."""

    name_of_operation = ""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.operation = With(self.name_of_operation, size=1)

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        _, inner = super().run(x, training, rng)
        ones = (1,) * (x.ndim - 2)
        return self.pooled(x), lambda grad: inner(np.reshape(grad, (*grad.shape, *ones)))

    def pooled(self, x: Real) -> Real:
        return np.reshape(super().pooled(x), x.shape[:2])


class GlobalMaxPooling(_GlobalPooling):
    """The largest entry of each channel, wherever in the image it is."""

    name_of_operation = "adaptive_max_pooling"


class GlobalAveragePooling(_GlobalPooling):
    """The mean of each channel."""

    name_of_operation = "adaptive_average_pooling"


def _lengths(layer: Layer, shape: Shape, size: int | Lengths) -> Lengths:
    """A size for each axis of an image. Raises ValueError where an example is no image."""
    if not 2 <= len(shape) <= 4:
        raise ValueError(
            f"each example for {layer.name} has channels first and then one to three axes, such as "
            f"(1, 8, 8), but these have the shape {shape}. Reshape((1, 8, 8)) makes images of rows "
            "of 64 numbers."
        )
    return _windows.each(f"size of {layer.name}", size, len(shape) - 1)
