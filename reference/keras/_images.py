"""Layers for images by Keras's names: an example has the shape (*axes, channels).

With "same", an axis of length h and a stride of s has ceil(h / s) windows. Of what they need around
the image, the odd entry comes after it. PyTorch has this for a stride of 1 only.

Source: the layers of Keras 3.
"""

from typing import Any

import numpy as np

from reference import models
from reference.keras import activations, initializers
from reference.keras._layer import Layer, penalties
from reference.keras._names import unavailable
from reference.models._layers import Back, Shape
from reference.models._settings import whole
from reference.spec import Real
from reference.windows import _windows, padding
from reference.windows._windows import Lengths

AXES = {1: "steps", 2: "height, width", 3: "depth, height, width"}


class Images(Layer):
    """A layer whose examples have `axes` axes before that of the channels."""

    axes: int

    def channels_first(self, shape: Shape) -> Shape:
        """The shape of an example in the catalogue. Raises ValueError for other examples."""
        if len(shape) != self.axes + 1:
            raise ValueError(
                f"each example for {self.name} has the shape ({AXES[self.axes]}, channels), but "
                f"these have the shape {shape}. x[..., None] gives grey images their one channel."
            )
        return shape[-1], *shape[:-1]


class Windows(Images):
    """What convolution and pooling have in common: windows, and what "same" adds around them."""

    def place(self, size: Any, strides: Any, dilation: Any, padding: str) -> None:
        owner = type(self).__name__
        self.window = _windows.each(f"the size of {owner}", size, self.axes)
        self.strides = _windows.each(f"strides of {owner}", strides, self.axes)
        dilation = _windows.each(f"dilation_rate of {owner}", dilation, self.axes)
        self.spans = _windows.reach(self.window, dilation)
        if padding not in ("valid", "same"):
            raise ValueError(f"padding of {owner} is 'valid' or 'same', not {padding!r}")
        self.same = padding == "same"

    def around(self, lengths: Shape) -> tuple[Lengths, Lengths]:
        """How many entries are added before each axis, and how many after it."""
        axes = zip(lengths, self.spans, self.strides, strict=True)
        needed = [max(0, -(-n // step) * step - step + span - n) for n, span, step in axes]
        added = needed if self.same else [0] * self.axes
        return tuple(n // 2 for n in added), tuple(n - n // 2 for n in added)

    def padded(self, image: Real, value: float = 0.0) -> Real:
        before, after = self.around(image.shape[2:])
        return padding.forward(image, before=before, after=after, value=value)

    def unpadded(self, grad: Real, image: Real) -> Real:
        before, after = self.around(image.shape[2:])
        (dimage,) = padding.SPEC.backward(grad, image, before=before, after=after)
        return np.asarray(dimage)


def last(shape: Shape) -> Shape:
    return *shape[1:], shape[0]


class _Conv(Windows, models.Convolution):
    """y = activation(x * kernel + bias), with a kernel of (*size, channels / groups, filters)."""

    def __init__(
        self,
        filters: int,
        kernel_size: int | Lengths,
        strides: int | Lengths = 1,
        padding: str = "valid",
        data_format: str | None = None,
        dilation_rate: int | Lengths = 1,
        groups: int = 1,
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
            type(self).__name__,
            data_format=None if data_format == "channels_last" else data_format,
            activity_regularizer=activity_regularizer,
            kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint,
        )
        self.place(kernel_size, strides, dilation_rate, padding)
        whole("filters", filters, 1)
        settings |= {"stride": self.strides, "dilation": dilation_rate, "groups": groups}
        activation = activations.get(activation)
        super().__init__(filters, self.window, activation, use_bias=use_bias, **settings)
        self.initialiser: Any = initializers.get(kernel_initializer)
        self.bias_initialiser = initializers.get(bias_initializer)
        self.penalties = penalties(
            weight=kernel_regularizer, bias=bias_regularizer if use_bias else None
        )

    def shaped(self, shape: Shape) -> Shape:
        channels, *lengths = self.channels_first(shape)
        around = self.around(tuple(lengths))
        padded = tuple(
            n + before + after for n, before, after in zip(lengths, *around, strict=True)
        )
        return last(super().shaped((channels, *padded)))

    def made(self, shape: Shape, rng: np.random.Generator) -> dict[str, Real]:
        made = super().made(self.channels_first(shape), rng)
        return made | {"weight": np.moveaxis(made["weight"], (0, 1), (-1, -2))}

    def first_bias(self, rng: np.random.Generator) -> Real:
        return self.bias_initialiser.sample(rng, (self.channels,))

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        image = np.moveaxis(x, -1, 1)
        weight = np.moveaxis(self.weights["weight"], (-1, -2), (0, 1))
        arguments = self.padded(image), weight, self.weights.get("bias")
        z = np.moveaxis(self.operation.forward(*arguments), 1, -1)

        def back(grad: Real) -> tuple[Real, dict[str, Real]]:
            (dz,) = self.activation.backward(grad, z)
            dpadded, dweight, dbias = self.operation.backward(np.moveaxis(dz, -1, 1), *arguments)
            slopes = {"weight": np.moveaxis(dweight, (0, 1), (-1, -2)), "bias": dbias}
            dimage = self.unpadded(dpadded, image)
            return np.moveaxis(dimage, 1, -1), {name: slopes[name] for name in self.learned}

        return self.activation.forward(z), back

    @property
    def kernel(self) -> Real:
        return self.weights["weight"]

    @property
    def bias(self) -> Real | None:
        return self.weights.get("bias")


class Conv1D(_Conv):
    axes = 1


class Conv2D(_Conv):
    axes = 2


class Conv3D(_Conv):
    axes = 3
