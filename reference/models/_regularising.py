"""Layers that differ between training and testing: dropout and batch normalisation.

Source: Srivastava et al. 2014; Ioffe and Szegedy 2015; Vanschoren (001).
"""

from typing import Any

import numpy as np

from reference.models._layers import Back, Layer, Shape, cast
from reference.models._named import With
from reference.spec import Real


class Dropout(Layer):
    """Inverted dropout; a new mask is sampled for every batch."""

    def __init__(self, rate: float, **settings: Any) -> None:
        super().__init__(**settings)
        if not 0 <= rate < 1:
            raise ValueError(f"rate is the share of units to drop, from 0 up to 1, not {rate!r}")
        self.rate = rate
        self.operation = With("dropout_inverted", rate=rate)

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        if not training:
            return x, lambda grad: (grad, {})
        mask = (rng.random(x.shape) >= self.rate).astype(int)
        return self.operation.forward(x, mask), lambda grad: (
            self.operation.backward(grad, x, mask)[0],
            {},
        )


class BatchNorm(Layer):
    """Batch normalisation; a frozen layer uses its running averages and does not change them.

    The defaults are those of PyTorch: `momentum` is the weight of the new batch, and the running
    variance is the unbiased one. In Keras, momentum is the weight of the old average (weighs="old",
    0.99), epsilon is 1e-3 and the variance is biased.
    """

    learned = ("gamma", "beta")

    def __init__(
        self,
        *,
        momentum: float = 0.1,
        epsilon: float = 1e-5,
        weighs: str = "new",
        unbiased: bool = True,
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        if not 0 <= momentum <= 1:
            raise ValueError(f"momentum is a share, from 0 to 1, not {momentum!r}")
        self.in_training = With("batch_norm_train", epsilon=epsilon)
        self.in_testing = With("batch_norm_inference", epsilon=epsilon)
        self.averages = With(
            "batch_norm_running", momentum=momentum, weighs=weighs, unbiased=unbiased
        )

    def made(self, shape: Shape, rng: np.random.Generator) -> dict[str, Real]:
        zeros, ones = np.zeros(shape[0]), np.ones(shape[0])
        return {"gamma": ones, "beta": zeros, "mean": zeros, "variance": ones}

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        operation, kept = self.in_testing, [self.weights["mean"], self.weights["variance"]]
        if training and self.trainable:
            moved = self.averages.operation.run(x, *kept, **self.averages.settings)
            averages = cast(dict(zip(("mean", "variance"), moved, strict=True)), x.dtype)
            self.weights = {**self.weights, **averages}
            operation, kept = self.in_training, []
        arguments = (x, self.weights["gamma"], self.weights["beta"], *kept)

        def back(grad: Real) -> tuple[Real, dict[str, Real]]:
            dx, dgamma, dbeta = operation.backward(grad, *arguments)
            return dx, {"gamma": dgamma, "beta": dbeta}

        return operation.forward(*arguments), back
