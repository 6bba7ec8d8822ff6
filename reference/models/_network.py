"""Network: a stack of layers with its weights, outputs, gradients of a loss, and summary.

    parameters of a dense layer = (inputs + 1) units

This makes 12 + 20 + 5 = 37 for 2-4-4-1 units, and 669706 for 784-512-512-10.

Source: lecture 000; Vanschoren (001), "Model summary".
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from reference.models._layers import Back, Layer, Shape, cast
from reference.models._losses import Loss
from reference.spec import Real

Weight = tuple[Layer, str]
COLUMNS = ("Layer (type)", "Output shape", "Parameters")


class Network:
    """Weights are sampled with the seed, layer by layer, as soon as the input shape is known.

    They are float64, unless the network is given a dtype or first meets examples in float32.
    """

    trainable = True

    def __init__(
        self, layers: Sequence[Layer] = (), *, seed: int = 0, dtype: Any | None = None
    ) -> None:
        if isinstance(layers, Layer):
            raise TypeError("layers come in a list: Sequential([...])")
        if dtype is not None and np.dtype(dtype).kind != "f":
            raise ValueError(f"dtype is a type of floating-point numbers, not {dtype!r}")
        self.layers: list[Layer] = []
        self.dtype = dtype
        self._rng = np.random.default_rng(seed)
        for layer in layers:
            self.add(layer)

    def add(self, layer: Layer) -> None:
        if isinstance(layer, type):
            raise TypeError(
                f"{layer.__name__} is a class; make a layer of it: {layer.__name__}(...)"
            )
        if not isinstance(layer, Layer):
            raise TypeError(f"a network is made of layers; this is {layer!r:.60}")
        if any(layer is other for other in self.layers):
            raise ValueError(f"{layer.name} is in the network already")
        if layer.name and any(layer.name == other.name for other in self.layers):
            raise ValueError(f"two layers are called {layer.name!r}; give one of them another name")
        layer.name = layer.name or self._new_name(layer.kind or type(layer).__name__.lower())
        self.layers.append(layer)
        shape = self.layers[-2].output_shape if len(self.layers) > 1 else layer.input_shape
        if shape is not None:
            self._build(layer, shape)

    def build(self, shape: Shape, dtype: Any | None = None) -> None:
        """Create the weights of every layer that has none; the first dtype given is kept.

        The shape is that of one example.
        """
        if not isinstance(shape, tuple) or any(n is None or n < 0 for n in shape):
            raise ValueError(f"build takes the shape of one example, such as (64,), not {shape!r}")
        if self.dtype is None and dtype is not None:
            self.dtype = dtype
            for layer in self.layers:
                layer.weights = cast(layer.weights, dtype)
        for layer in self.layers:
            self._build(layer, shape)
            shape = layer.output_shape or shape

    def run(self, x: Real, *, training: bool, rng: np.random.Generator) -> tuple[Real, list[Back]]:
        """Return the outputs and the backward functions, from the last layer to the first."""
        x = self._taken(x)
        backs: list[Back] = []
        for layer in self.layers:
            x, back = layer.run(x, training, rng)
            backs.insert(0, back)
        return x, backs

    def predict(self, x: Real) -> Real:
        outputs, _ = self.run(x, training=False, rng=self._rng)
        return outputs

    def learn(
        self, x: Real, y: Real, loss: Any, rng: np.random.Generator, weights: Real | None = None
    ) -> tuple[Real, Real, dict[Weight, Real]]:
        """Return the loss, the outputs, and the gradient of every weight that is trained."""
        loss = loss if isinstance(loss, Loss) else Loss(loss)
        outputs, backs = self.run(x, training=True, rng=rng)
        target = loss.fitted(outputs, y)
        cost = loss.value(outputs, target, weights)
        grad = loss.slope(outputs, target, weights)
        gradients: dict[Weight, Real] = {}
        for layer, back in zip(reversed(self.layers), backs, strict=True):
            grad, slopes = back(grad)
            extra, more = layer.penalty()
            cost = cost + extra
            for name in filter(layer.moves, slopes if self.trainable else ()):
                gradients[layer, name] = slopes[name] + more.get(name, 0)
        return cost, outputs, gradients

    def named_weights(self) -> dict[str, Real]:
        """Return copies of the weights; a key is layer and name, as in "dense_1/bias"."""
        return {
            f"{layer.name}/{name}": weight.copy()
            for layer in self.layers
            for name, weight in layer.weights.items()
        }

    def replace_weights(self, weights: dict[str, Real]) -> None:
        """Set all weights. Raises ValueError unless names and shapes are those of this network."""
        own = self.named_weights()
        if not isinstance(weights, Mapping):
            raise TypeError(f"weights come by their names, such as {', '.join([*own][:2])}")
        if own.keys() != weights.keys():
            odd = sorted(own.keys() ^ weights.keys())
            raise ValueError(f"weights do not fit: {', '.join(odd)} on one side only")
        for key, weight in weights.items():
            if weight.shape != own[key].shape:
                raise ValueError(f"{key} is {weight.shape}, but should be {own[key].shape}")
        for layer in self.layers:
            layer.weights = {name: weights[f"{layer.name}/{name}"].copy() for name in layer.weights}

    def save_weights(self, path: Path) -> None:
        arrays: dict[str, Any] = self.named_weights()
        with Path(path).open("wb") as file:  # for numpy adds an ending to a name
            np.savez(file, **arrays)

    def load_weights(self, path: Path) -> None:
        with np.load(path) as arrays:
            self.replace_weights(dict(arrays))

    def count(self, *, learned: bool) -> int:
        moved = sum(layer.count(learned=True) for layer in self.layers)
        still = sum(layer.count(learned=False) for layer in self.layers)
        if not self.trainable:
            moved, still = 0, moved + still
        return moved if learned else still

    def table(self, columns: tuple[str, str, str] = COLUMNS) -> list[str]:
        """Return the lines of a table of layers, output shapes and numbers of parameters."""
        rows = [columns]
        for layer in self.layers:
            shape = "?" if layer.output_shape is None else str((None, *layer.output_shape))
            total = layer.count(learned=True) + layer.count(learned=False)
            rows.append((f"{layer.name} ({type(layer).__name__})", shape, str(total)))
        first, second = (max(len(row[i]) for row in rows) + 3 for i in range(2))
        table = [f"{a:<{first}}{b:<{second}}{c:>10}" for a, b, c in rows]
        line = "-" * len(table[0])
        return [table[0], line, *table[1:], line]

    def _build(self, layer: Layer, shape: Shape) -> None:
        new = layer.output_shape is None
        layer.build(shape, self._rng)
        if new and self.dtype is not None:
            layer.weights = cast(layer.weights, self.dtype)

    def _taken(self, x: Real) -> Real:
        """The examples in the precision of the network, whose weights are there afterwards."""
        floats = isinstance(x, np.ndarray) and np.issubdtype(x.dtype, np.floating)
        self.build(x.shape[1:], x.dtype if floats else None)
        if isinstance(x, np.ndarray) and self.dtype is not None and x.dtype.kind in "fiub":
            return x.astype(self.dtype, copy=False)
        return x

    def _new_name(self, kind: str) -> str:
        taken = {layer.name for layer in self.layers}
        numbered = (f"{kind}_{i}" if i else kind for i in range(len(taken) + 1))
        return next(name for name in numbered if name not in taken)
