"""Sequential: a network with the methods compile, fit, predict and evaluate, as in Keras.

    model = Sequential([Dense(4, "sigmoid", input_shape=(2,)), Dense(1, "sigmoid")])
    model.compile(loss="mse", optimiser=With("sgd", learning_rate=0.5), metrics=["accuracy"])
    history = model.fit(x, y, epochs=10, validation_split=0.2).history

An epoch is one pass through the training data in batches, and each batch makes one update. A batch
size of n is gradient descent, 1 is stochastic gradient descent, and anything between is mini-batch
gradient descent. The last batch may be short. The training loss of an epoch is the mean over its
batches, each measured before its update. The validation loss is measured after the epoch and
without dropout, so it can be lower than the training loss.

Source: lecture 000; Vanschoren (001).
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from reference.models._callbacks import Callback
from reference.models._metrics import Metric, aligned, chosen
from reference.models._named import With
from reference.models._network import Network, Weight
from reference.spec import Real


class History(NamedTuple):
    """Lists with one entry per epoch: loss, val_loss, and the same for every metric."""

    epoch: list[int]
    history: dict[str, list[float]]


class Sequential(Network):
    stop_training = False

    def compile(
        self,
        *,
        loss: Any,
        optimiser: Any = "sgd",
        metrics: Sequence[str | Metric] = (),
    ) -> None:
        """Set loss, optimiser and metrics. The optimiser's state is reset, the weights are kept."""
        self.loss = With(loss)
        self.optimiser = With(optimiser)
        self.metrics = dict(map(chosen, metrics))
        self.step = 0
        self._states: dict[Weight, Any] = {}

    def fit(
        self,
        x: Real,
        y: Real,
        *,
        epochs: int = 1,
        batch_size: int = 32,
        validation_data: tuple[Real, Real] | None = None,
        validation_split: float = 0.0,
        callbacks: Sequence[Callback] = (),
        shuffle: bool = True,
        seed: int = 0,
    ) -> History:
        """Train. `validation_split` holds back the last part of the data, as in Keras."""
        if validation_data is None and validation_split:
            kept = len(x) - round(len(x) * validation_split)
            validation_data = x[kept:], y[kept:]
            x, y = x[:kept], y[:kept]
        rng = np.random.default_rng(seed)
        history = History([], {})
        self.stop_training = False
        for each in callbacks:
            each.on_train_begin(self)
        for epoch in range(epochs):
            logs = self._epoch(x, y, batches(len(x), batch_size, rng if shuffle else None), rng)
            if validation_data is not None:
                judged = self.evaluate(*validation_data)
                logs |= {f"val_{name}": value for name, value in judged.items()}
            history.epoch.append(epoch)
            for name, value in logs.items():
                history.history.setdefault(name, []).append(value)
            for each in callbacks:
                each.on_epoch_end(self, epoch, logs)
            if self.stop_training:
                break
        for each in callbacks:
            each.on_train_end(self)
        return history

    def evaluate(self, x: Real, y: Real) -> dict[str, float]:
        """Return the loss, including weight penalties, and the metrics on all of the data."""
        outputs, y = self.predict(x), self._target(y)
        penalties = sum(layer.penalty()[0] for layer in self.layers)
        loss = self.loss.forward(outputs, y) + penalties
        return {"loss": float(loss)} | {name: m(outputs, y) for name, m in self.metrics.items()}

    def train_on_batch(self, x: Real, y: Real, rng: np.random.Generator) -> dict[str, float]:
        """Update every trained weight once. The results are those before the update."""
        y = self._target(y)
        cost, outputs, gradients = self.learn(x, y, self.loss, rng)
        settings = self.optimiser.at(self.step)
        for weight, grad in gradients.items():
            layer, name = weight
            param = layer.weights[name]
            if weight not in self._states:
                self._states[weight] = self.optimiser.operation.init(param)
            moved, self._states[weight] = self.optimiser.operation.update(
                grad, self._states[weight], param, **settings
            )
            layer.weights = {**layer.weights, name: moved}
        self.step += 1
        return {"loss": float(cost)} | {name: m(outputs, y) for name, m in self.metrics.items()}

    def _epoch(self, x, y, parts, rng) -> dict[str, float]:
        sums: dict[str, float] = {}
        for part in parts:
            for name, value in self.train_on_batch(x[part], y[part], rng).items():
                sums[name] = sums.get(name, 0.0) + value * len(part)
        return {name: total / len(x) for name, total in sums.items()}

    def _target(self, y: Real) -> Real:
        if "loss" not in vars(self):
            raise RuntimeError("a model needs a loss: compile it first")
        return aligned(y, self.loss.operation.arguments[1])


def batches(
    examples: int, size: int, rng: np.random.Generator | None
) -> Iterator[np.ndarray[Any, Any]]:
    """Yield batches of example numbers, in random order, or in order if rng is None."""
    order = np.arange(examples) if rng is None else rng.permutation(examples)
    for start in range(0, examples, size):
        yield order[start : start + size]
