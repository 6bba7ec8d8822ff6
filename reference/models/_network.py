"""Network: a stack of layers with its weights, outputs, gradients of a loss, and summary.

    parameters of a dense layer = (inputs + 1) units

This makes 12 + 20 + 5 = 37 for 2-4-4-1 units, and 669706 for 784-512-512-10.

Source: lecture 000; Vanschoren (001), "Model summary".
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from reference.models._layers import Back, Layer, Shape
from reference.models._named import With
from reference.spec import Real

Weight = tuple[Layer, str]


class Network:
    """Weights are sampled with the seed, layer by layer, as soon as the input shape is known."""

    def __init__(self, layers: Sequence[Layer] = (), *, seed: int = 0) -> None:
        self.layers: list[Layer] = []
        self._rng = np.random.default_rng(seed)
        for layer in layers:
            self.add(layer)

    def add(self, layer: Layer) -> None:
        if any(layer is other for other in self.layers):
            raise ValueError(f"{layer.name} is in the network already")
        layer.name = layer.name or self._new_name(type(layer).__name__.lower())
        self.layers.append(layer)
        shape = self.layers[-2].output_shape if len(self.layers) > 1 else layer.input_shape
        if shape is not None:
            layer.build(shape, self._rng)

    def build(self, shape: Shape) -> None:
        """Create the weights of every layer that has none."""
        for layer in self.layers:
            layer.build(shape, self._rng)
            shape = layer.output_shape or shape

    def run(self, x: Real, *, training: bool, rng: np.random.Generator) -> tuple[Real, list[Back]]:
        """Return the outputs and the backward functions, from the last layer to the first."""
        self.build(x.shape[1:])
        backs: list[Back] = []
        for layer in self.layers:
            x, back = layer.run(x, training, rng)
            backs.insert(0, back)
        return x, backs

    def predict(self, x: Real) -> Real:
        outputs, _ = self.run(x, training=False, rng=self._rng)
        return outputs

    def learn(
        self, x: Real, y: Real, loss: With, rng: np.random.Generator
    ) -> tuple[Real, Real, dict[Weight, Real]]:
        """Return the loss, the outputs, and the gradient of every weight that is trained."""
        outputs, backs = self.run(x, training=True, rng=rng)
        cost = loss.forward(outputs, y)
        grad = loss.backward(np.ones((), outputs.dtype), outputs, y)[0]
        gradients: dict[Weight, Real] = {}
        for layer, back in zip(reversed(self.layers), backs, strict=True):
            grad, slopes = back(grad)
            extra, more = layer.penalty()
            cost = cost + extra
            for name in filter(layer.moves, slopes):
                gradients[layer, name] = slopes[name] + more.get(name, 0)
        return cost, outputs, gradients

    def get_weights(self) -> dict[str, Real]:
        """Return copies of the weights; a key is layer and name, as in "dense_1/bias"."""
        return {
            f"{layer.name}/{name}": weight.copy()
            for layer in self.layers
            for name, weight in layer.weights.items()
        }

    def set_weights(self, weights: dict[str, Real]) -> None:
        """Set all weights. Raises ValueError unless names and shapes are those of this network."""
        own = self.get_weights()
        if own.keys() != weights.keys():
            odd = sorted(own.keys() ^ weights.keys())
            raise ValueError(f"weights do not fit: {', '.join(odd)} on one side only")
        for key, weight in weights.items():
            if weight.shape != own[key].shape:
                raise ValueError(f"{key} is {weight.shape}, but should be {own[key].shape}")
        for layer in self.layers:
            layer.weights = {name: weights[f"{layer.name}/{name}"].copy() for name in layer.weights}

    def save_weights(self, path: Path) -> None:
        arrays: dict[str, Any] = self.get_weights()
        np.savez(path, **arrays)

    def load_weights(self, path: Path) -> None:
        with np.load(path) as arrays:
            self.set_weights(dict(arrays))

    def count(self, *, learned: bool) -> int:
        return sum(layer.count(learned=learned) for layer in self.layers)

    def summary(self) -> str:
        """Return a table of layers, output shapes and numbers of parameters."""
        rows = [("Layer (type)", "Output shape", "Parameters")]
        for layer in self.layers:
            shape = "?" if layer.output_shape is None else str((None, *layer.output_shape))
            total = layer.count(learned=True) + layer.count(learned=False)
            rows.append((f"{layer.name} ({type(layer).__name__})", shape, str(total)))
        first, second = (max(len(row[i]) for row in rows) + 3 for i in range(2))
        table = [f"{a:<{first}}{b:<{second}}{c:>10}" for a, b, c in rows]
        line = "-" * len(table[0])
        learned, kept = self.count(learned=True), self.count(learned=False)
        totals = [
            f"Total parameters: {learned + kept}",
            f"Trainable parameters: {learned}",
            f"Non-trainable parameters: {kept}",
        ]
        return "\n".join([table[0], line, *table[1:], line, *totals])

    def _new_name(self, kind: str) -> str:
        taken = {layer.name for layer in self.layers}
        numbered = (f"{kind}_{i}" if i else kind for i in range(len(taken) + 1))
        return next(name for name in numbered if name not in taken)
