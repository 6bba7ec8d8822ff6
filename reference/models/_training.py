"""Training: epochs of batches, their history, and the evaluation of a network.

An epoch is one pass through the training data in batches, and each batch makes one update. A batch
size of n is gradient descent, 1 is stochastic gradient descent, and anything between is mini-batch
gradient descent. The last batch may be short. The training loss of an epoch is the mean over its
batches, each measured before its update. The validation loss is measured after the epoch and
without dropout, so it can be lower than the training loss.

Source: lecture 000; Vanschoren (001).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from reference.models._callbacks import Callback
from reference.models._layers import Activation, Dense
from reference.models._losses import Loss
from reference.models._metrics import chosen
from reference.models._named import With, part
from reference.models._network import Network, Weight
from reference.models._targets import warn, warn_of_probabilities
from reference.spec import Real

PROBABILITIES = ("sigmoid", "softmax")


class History(NamedTuple):
    """Lists with one entry per epoch: loss, val_loss, and the same for every metric."""

    epoch: list[int]
    history: dict[str, list[float]]


class Data(NamedTuple):
    """Examples, targets, and how much each example counts; 1 by default."""

    x: Real
    y: Real
    weights: Real | None = None

    def part(self, index: Any) -> "Data":
        return Data(
            self.x[index], self.y[index], None if self.weights is None else self.weights[index]
        )


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a network is trained."""

    epochs: int = 1
    initial_epoch: int = 0
    batch_size: int = 32
    shuffle: bool = True
    validation: Data | None = None
    validation_batch: int | None = None  # None: all examples at once
    validation_freq: int = 1
    callbacks: Sequence[Callback] = ()


class Mean:
    """Means of named numbers over batches, by the number of examples in each."""

    def __init__(self) -> None:
        self._sums: dict[str, float] = {}
        self._seen = 0

    def add(self, values: Mapping[str, float], examples: int) -> None:
        self._seen += examples
        for name, value in values.items():
            self._sums[name] = self._sums.get(name, 0.0) + value * examples

    @property
    def values(self) -> dict[str, float]:
        return {name: total / self._seen for name, total in self._sums.items()}


class Trainer(Network):
    """A network that can be trained; `rng` of its methods orders examples and drops units."""

    stop_training = False

    def prepare(self, loss: Any, optimiser: Any, metrics: Sequence[Any] = ()) -> None:
        """Set loss, optimiser and metrics. The optimiser's state is reset, the weights are kept."""
        self.loss = loss if isinstance(loss, Loss) else Loss(loss)
        self.optimiser = optimiser if isinstance(optimiser, With) else part("optimiser", optimiser)
        self.metrics = dict(map(chosen, metrics))
        self.step = 0
        self._states: dict[Weight, Any] = {}

    def train(self, data: Data, plan: Plan, rng: np.random.Generator) -> History:
        """Train, and return the history."""
        self._check(data)
        history = History([], {})
        logs: dict[str, float] = {}
        steps = -(-len(data.x) // plan.batch_size)
        self.stop_training, self._was_finite = False, True
        for each in plan.callbacks:
            each.set_model(self)
            each.set_params(
                {"epochs": plan.epochs, "steps": steps, "validation_freq": plan.validation_freq}
            )
        _tell(plan, "on_train_begin")
        for epoch in range(plan.initial_epoch, plan.epochs):
            _tell(plan, "on_epoch_begin", epoch)
            logs = self._epoch(epoch, data, plan, rng)
            if plan.validation is not None and (epoch + 1) % plan.validation_freq == 0:
                _tell(plan, "on_test_begin")
                results = self.assess(plan.validation, plan.validation_batch)
                _tell(plan, "on_test_end", results)
                logs |= {f"val_{name}": value for name, value in results.items()}
            _tell(plan, "on_epoch_end", epoch, logs)
            history.epoch.append(epoch)
            for name, value in logs.items():
                history.history.setdefault(name, []).append(value)
            if self.stop_training:
                break
        _tell(plan, "on_train_end", logs)
        return history

    def assess(self, data: Data, batch_size: int | None = None) -> dict[str, float]:
        """Return the loss, including weight penalties, and the metrics.

        They are those of all examples, or the means over batches, each by its number of examples.
        """
        self._check(data)
        with np.errstate(over="ignore", invalid="ignore"):
            if batch_size is None:
                return self._assessed(data)
            mean = Mean()
            for index in batches(len(data.x), batch_size, None):
                mean.add(self._assessed(data.part(index)), len(index))
            return mean.values

    def update(self, data: Data, rng: np.random.Generator) -> dict[str, float]:
        """Update every trained weight once. The results are those before the update."""
        cost, outputs, slopes = self.learn(
            data.x, self._same_precision(data.y), self.loss, rng, data.weights
        )
        weights = {(layer, name): layer.weights[name] for layer, name in slopes}
        moved, self._states = self.optimiser.moved(self.step, slopes, weights, self._states)
        for (layer, name), weight in moved.items():
            layer.weights = {**layer.weights, name: weight}
        self.step += 1
        return {"loss": float(cost)} | self._measured(outputs, data.y)

    def _assessed(self, data: Data) -> dict[str, float]:
        outputs = self.predict(data.x)
        target = self.loss.fitted(outputs, self._same_precision(data.y))
        penalties = sum(layer.penalty()[0] for layer in self.layers)
        loss = self.loss.value(outputs, target, data.weights) + penalties
        return {"loss": float(loss)} | self._measured(outputs, data.y)

    def _measured(self, outputs: Real, target: Real) -> dict[str, float]:
        return {name: metric(outputs, target) for name, metric in self.metrics.items()}

    def _epoch(
        self, epoch: int, data: Data, plan: Plan, rng: np.random.Generator
    ) -> dict[str, float]:
        mean, order = Mean(), rng if plan.shuffle else None
        for batch, index in enumerate(batches(len(data.x), plan.batch_size, order)):
            _tell(plan, "on_train_batch_begin", batch)
            with np.errstate(over="ignore", invalid="ignore"):
                results = self.update(data.part(index), rng)
            self._say_where_it_ends(epoch, batch, results["loss"])
            mean.add(results, len(index))
            _tell(plan, "on_train_batch_end", batch, mean.values)
            if self.stop_training:
                break
        return mean.values

    def _check(self, data: Data) -> None:
        """Raise what says in a sentence why this cannot be trained or evaluated."""
        if "loss" not in vars(self):
            raise RuntimeError("a model needs a loss: compile it first")
        if len(data.x) != len(data.y):
            raise ValueError(
                f"there are {len(data.x)} examples, but {len(data.y)} targets: x has shape "
                f"{data.x.shape} and y has shape {data.y.shape}"
            )
        if self.loss.takes_logits and self.layers:
            last = self.layers[-1]
            if isinstance(last, Dense | Activation):
                name = getattr(last.activation.operation, "name", "")
                if name in PROBABILITIES:
                    warn_of_probabilities(self.loss.name, name)

    def _same_precision(self, y: Real) -> Real:
        """Targets that are real numbers, in the precision of the network."""
        if isinstance(y, np.ndarray) and y.dtype.kind == "f" and self.dtype is not None:
            return y.astype(self.dtype, copy=False)
        return y

    def _say_where_it_ends(self, epoch: int, batch: int, loss: float) -> None:
        if np.isfinite(loss) or not self._was_finite:
            return
        self._was_finite = False
        rate = self.optimiser.at(self.step).get("learning_rate")
        lower = f" Lower the learning rate, which is {rate:g}." if rate is not None else ""
        warn(
            f"the loss is {loss} from epoch {epoch + 1}, batch {batch + 1} on, and nothing is "
            f"learned any more.{lower} Large inputs are another cause: standardise them."
        )


def batches(
    examples: int, size: int, rng: np.random.Generator | None
) -> Iterator[np.ndarray[Any, Any]]:
    """Yield batches of example numbers, in random order, or in order if rng is None."""
    order = np.arange(examples) if rng is None else rng.permutation(examples)
    for start in range(0, examples, size):
        yield order[start : start + size]


def weighted(data: Data, class_weight: Mapping[int, float] | None) -> Data:
    """Let each example count as much as its class; a class that is not named counts 1."""
    if class_weight is None:
        return data
    if data.weights is not None:
        raise ValueError("give class_weight or sample_weight, not both")
    rows = data.y.ndim == 2 and data.y.shape[1] > 1
    labels = data.y.argmax(axis=1) if rows else np.reshape(data.y, -1).astype(int)
    return data._replace(weights=np.array([class_weight.get(int(label), 1.0) for label in labels]))


def held_back(data: Data, share: float) -> tuple[Data, Data | None]:
    """The training data, and its last part for validation, as in Keras."""
    if not 0 <= share < 1:
        raise ValueError(f"validation_split is a share from 0 up to 1, not {share!r}")
    if not share:
        return data, None
    kept = len(data.x) - round(len(data.x) * share)
    return data.part(slice(kept)), data.part(slice(kept, None))


def _tell(plan: Plan, event: str, *arguments: Any) -> None:
    for callback in plan.callbacks:
        getattr(callback, event)(*arguments)
