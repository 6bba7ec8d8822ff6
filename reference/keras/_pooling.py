"""Layers for pooling by Keras's names: an example has the shape (*axes, channels).

Source: the layers of Keras 3.
"""

from typing import Any

import numpy as np

from reference.keras._images import Images, Windows, last
from reference.keras._names import unavailable
from reference.models._layers import Back, Shape
from reference.models._named import With
from reference.spec import Real
from reference.windows._windows import Lengths


class _Pooling(Windows):
    """One number for each window of each channel."""

    operation_name: str
    filled: float  # what "same" adds

    def __init__(
        self,
        pool_size: int | Lengths,
        strides: int | Lengths | None = None,
        padding: str = "valid",
        data_format: str | None = None,
        **settings: Any,
    ) -> None:
        owner = type(self).__name__
        unavailable(owner, data_format=None if data_format == "channels_last" else data_format)
        super().__init__(**settings)
        self.place(pool_size, pool_size if strides is None else strides, 1, padding)
        self.operation = With(self.operation_name, size=self.window, stride=self.strides)

    def shaped(self, shape: Shape) -> Shape:
        image = np.zeros((1, *self.channels_first(shape)))
        return last(self.pooled(self.padded(image, self.filled)).shape[1:])

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        image = np.moveaxis(x, -1, 1)
        padded, share = self.padded(image, self.filled), self.share(image)

        def back(grad: Real) -> tuple[Real, dict[str, Real]]:
            (dpadded,) = self.operation.backward(np.moveaxis(grad, -1, 1) / share, padded)
            return np.moveaxis(self.unpadded(dpadded, image), 1, -1), {}

        return np.moveaxis(self.pooled(padded) / share, 1, -1), back

    def share(self, image: Real) -> Real:
        """The share of each window that is in the image, or 1 where it does not matter."""
        return np.ones((), image.dtype)

    def pooled(self, padded: Real) -> Real:
        results = self.operation.forward(padded)
        values: Real = results[0] if isinstance(results, tuple) else results
        return values


class _MaxPooling(_Pooling):
    operation_name = "max_pooling"
    filled = -np.inf

    def __init__(
        self,
        pool_size: int | Lengths = 2,
        strides: int | Lengths | None = None,
        padding: str = "valid",
        data_format: str | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(pool_size, strides, padding, data_format, **settings)


class _AveragePooling(_Pooling):
    """The mean of each window; what "same" adds is not counted."""

    operation_name = "average_pooling"
    filled = 0.0

    def share(self, image: Real) -> Real:
        return self.pooled(self.padded(np.ones_like(image[:1, :1])))


class _GlobalPooling(Images):
    """One number for each channel."""

    operation_name: str

    def __init__(
        self, data_format: str | None = None, keepdims: bool = False, **settings: Any
    ) -> None:
        owner = type(self).__name__
        unavailable(
            owner,
            data_format=None if data_format == "channels_last" else data_format,
            keepdims=keepdims,
        )
        super().__init__(**settings)
        self.operation = With(self.operation_name, size=1)

    def shaped(self, shape: Shape) -> Shape:
        return self.channels_first(shape)[:1]

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        image = np.moveaxis(x, -1, 1)
        results = self.operation.forward(image)
        values = results[0] if isinstance(results, tuple) else results

        def back(grad: Real) -> tuple[Real, dict[str, Real]]:
            (dimage,) = self.operation.backward(np.reshape(grad, values.shape), image)
            return np.moveaxis(dimage, 1, -1), {}

        return np.reshape(values, values.shape[:2]), back


class MaxPooling1D(_MaxPooling):
    axes = 1


class MaxPooling2D(_MaxPooling):
    axes = 2


class MaxPooling3D(_MaxPooling):
    axes = 3


class AveragePooling1D(_AveragePooling):
    axes = 1


class AveragePooling2D(_AveragePooling):
    axes = 2


class AveragePooling3D(_AveragePooling):
    axes = 3


class GlobalMaxPooling1D(_GlobalPooling):
    axes, operation_name = 1, "adaptive_max_pooling"


class GlobalMaxPooling2D(_GlobalPooling):
    axes, operation_name = 2, "adaptive_max_pooling"


class GlobalMaxPooling3D(_GlobalPooling):
    axes, operation_name = 3, "adaptive_max_pooling"


class GlobalAveragePooling1D(_GlobalPooling):
    axes, operation_name = 1, "adaptive_average_pooling"


class GlobalAveragePooling2D(_GlobalPooling):
    axes, operation_name = 2, "adaptive_average_pooling"


class GlobalAveragePooling3D(_GlobalPooling):
    axes, operation_name = 3, "adaptive_average_pooling"
