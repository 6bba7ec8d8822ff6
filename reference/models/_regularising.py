"""Layers that differ between training and testing: dropout and batch normalisation.

Source: Srivastava et al. 2014; Ioffe and Szegedy 2015; Vanschoren (001).
"""

from typing import Any

import numpy as np

from reference.models._layers import Back, Layer, Shape
from reference.models._named import With
from reference.spec import Real


class Dropout(Layer):
    """Inverted dropout; a new mask is sampled for every batch."""

    def __init__(self, rate: float, **settings: Any) -> None:
        super().__init__(**settings)
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
    """Batch normalisation; a frozen layer uses its running averages and does not change them."""

    learned = ("gamma", "beta")

    def __init__(self, *, momentum: float = 0.1, epsilon: float = 1e-5, **settings: Any) -> None:
        super().__init__(**settings)
        self.in_training = With("batch_norm_train", epsilon=epsilon)
        self.in_testing = With("batch_norm_inference", epsilon=epsilon)
        self.averages = With("batch_norm_running", momentum=momentum)

    def made(self, shape: Shape, rng: np.random.Generator) -> dict[str, Real]:
        zeros, ones = np.zeros(shape[0]), np.ones(shape[0])
        return {"gamma": ones, "beta": zeros, "mean": zeros, "variance": ones}

    def run(self, x: Real, training: bool, rng: np.random.Generator) -> tuple[Real, Back]:
        operation, kept = self.in_testing, [self.weights["mean"], self.weights["variance"]]
        if training and self.trainable:
            mean, variance = self.averages.operation.run(x, *kept, **self.averages.settings)
            self.weights = {**self.weights, "mean": mean, "variance": variance}
            operation, kept = self.in_training, []
        arguments = (x, self.weights["gamma"], self.weights["beta"], *kept)

        def back(grad: Real) -> tuple[Real, dict[str, Real]]:
            dx, dgamma, dbeta = operation.backward(grad, *arguments)
            return dx, {"gamma": dgamma, "beta": dbeta}

        return operation.forward(*arguments), back
