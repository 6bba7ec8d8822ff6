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
from reference.models._data import Data
from reference.models._layers import Activation, Dense
from reference.models._losses import Loss
from reference.models._metrics import Metric, chosen
from reference.models._named import With, part
from reference.models._network import Network, Weight
from reference.models._settings import whole
from reference.models._targets import warn, warn_of_probabilities
from reference.spec import Real

PROBABILITIES = ("sigmoid", "softmax")
EXPLOSION = 1e6  # times the first loss, or 1


class History(NamedTuple):
    """Lists with one entry per epoch: loss, val_loss, and the same for every metric."""

    epoch: list[int]
    history: dict[str, list[float]]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a network is trained."""

    epochs: int = 1
    initial_epoch: int = 0
    batch_size: int = 32
    shuffle: bool = True
    validation: Data | None = None
    validation_batch: int | None = None  # None: all examples at once
    validation_freq: int | Sequence[int] = 1
    callbacks: Sequence[Callback] = ()
    verbose: Any = 0

    def __post_init__(self) -> None:
        whole("batch_size", self.batch_size, 1)
        whole("epochs", self.epochs, 0)
        whole("initial_epoch", self.initial_epoch, 0)
        if not isinstance(self.shuffle, bool | np.bool_):
            raise TypeError(f"shuffle is True or False, not {self.shuffle!r}")
        for each in self.callbacks:
            if isinstance(each, type):
                raise TypeError(f"{each.__name__} is a class; add (): {each.__name__}()")
            if not hasattr(each, "set_model"):
                raise TypeError(f"callbacks are objects such as EarlyStopping(), not {each!r:.60}")
        if self.initial_epoch >= self.epochs > 0:
            warn(
                f"no epoch is left: initial_epoch is {self.initial_epoch} and epochs is "
                f"{self.epochs}"
            )

    def validates(self, epoch: int) -> bool:
        """Whether this epoch, counted from 0, ends with a validation."""
        if self.validation is None:
            return False
        due = self.validation_freq
        return (epoch + 1) % due == 0 if isinstance(due, int) else epoch + 1 in due


class PerBatch(float):
    """A value of a whole batch, which counts once, however many examples the batch has."""


class Mean:
    """Means of named numbers over batches, by the number of examples in each."""

    def __init__(self) -> None:
        self._sums: dict[str, float] = {}
        self._seen: dict[str, int] = {}

    def add(self, values: Mapping[str, float], examples: int) -> None:
        for name, value in values.items():
            count = 1 if isinstance(value, PerBatch) else examples
            self._sums[name] = self._sums.get(name, 0.0) + value * count
            self._seen[name] = self._seen.get(name, 0) + count

    @property
    def values(self) -> dict[str, float]:
        return {name: total / self._seen[name] for name, total in self._sums.items()}


class Trainer(Network):
    """A network that can be trained; `rng` of its methods orders examples and drops units."""

    stop_training = False

    def prepare(self, loss: Any, optimiser: Any, metrics: Sequence[Any] = ()) -> None:
        """Set loss, optimiser and metrics. The weights are kept.

        So is the state of the optimiser, if it is the very object of before.
        """
        self.loss = loss if isinstance(loss, Loss) else Loss(loss)
        kept = optimiser is getattr(self, "optimiser", None)
        self.optimiser = optimiser if isinstance(optimiser, With) else part("optimiser", optimiser)
        self.metrics = _numbered([chosen(metric) for metric in metrics])
        if not kept:
            self.step = 0
            self._states: dict[Weight, Any] = {}

    def train(self, data: Data, plan: Plan, rng: np.random.Generator) -> History:
        """Train, and return the history."""
        self._check(data)
        history = History([], {})
        logs: dict[str, float] = {}
        steps = -(-len(data.x) // plan.batch_size)
        self.stop_training, self._told = False, False
        self._first_loss: float | None = None
        for each in plan.callbacks:
            each.set_model(self)
            each.set_params(
                {
                    "epochs": plan.epochs,
                    "steps": steps,
                    "verbose": plan.verbose,
                    "validates": plan.validation is not None,
                }
            )
        _tell(plan.callbacks, "on_train_begin", {})
        for epoch in range(plan.initial_epoch, plan.epochs):
            _tell(plan.callbacks, "on_epoch_begin", epoch, {})
            logs = self._epoch(epoch, data, plan, rng)
            if plan.validation is not None and plan.validates(epoch):
                results = self.assess(plan.validation, plan.validation_batch, plan.callbacks)
                logs |= {f"val_{name}": value for name, value in results.items()}
            _tell(plan.callbacks, "on_epoch_end", epoch, logs)
            history.epoch.append(epoch)
            for name, value in logs.items():
                history.history.setdefault(name, []).append(value)
            if self.stop_training:
                break
        _tell(plan.callbacks, "on_train_end", logs)
        return history

    def assess(
        self, data: Data, batch_size: int | None = None, callbacks: Sequence[Callback] = ()
    ) -> dict[str, float]:
        """Return the loss, including weight penalties, and the metrics.

        They are those of all examples, or the means over batches, each by its number of examples.
        """
        self._check(data)
        _tell(callbacks, "on_test_begin", {})
        mean = Mean()
        results: dict[str, float] = {}
        for batch, index in enumerate(batches(len(data.x), batch_size or len(data.x), None)):
            _tell(callbacks, "on_test_batch_begin", batch, {})
            with np.errstate(over="ignore", invalid="ignore"):
                values = self._assessed(data.part(index))
            mean.add(values, len(index))
            results = mean.values if batch else values
            _tell(callbacks, "on_test_batch_end", batch, results)
        _tell(callbacks, "on_test_end", results)
        return results

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
            _tell(plan.callbacks, "on_train_batch_begin", batch, {})
            with np.errstate(over="ignore", invalid="ignore"):
                results = self.update(data.part(index), rng)
            self._say_where_it_ends(epoch, batch, results["loss"])
            mean.add(results, len(index))
            _tell(plan.callbacks, "on_train_batch_end", batch, mean.values)
            if self.stop_training:
                break
        return mean.values

    def _check(self, data: Data) -> None:
        """Raise what says in a sentence why this cannot be trained or evaluated."""
        if "loss" not in vars(self):
            raise RuntimeError("a model needs a loss: compile it first")
        if not self.layers:
            raise ValueError("the model has no layers")
        if isinstance(data.x, np.ndarray) and not len(data.x):
            raise ValueError(f"there are no examples: x has shape {data.x.shape}")
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
        """Warn once where a loss is no number, or has become a million times the first."""
        if self._first_loss is None:
            self._first_loss = abs(loss)
        explodes = abs(loss) > EXPLOSION * max(self._first_loss, 1.0)
        if self._told or (np.isfinite(loss) and not explodes):
            return
        self._told = True
        rate = self.optimiser.at(self.step).get("learning_rate")
        lower = f" Lower the learning rate, which is {rate:g}." if rate is not None else ""
        warn(
            f"the loss is {loss:.3g} from epoch {epoch + 1}, batch {batch + 1} on: nothing is "
            f"learned.{lower} Large inputs are another cause: standardise them."
        )


def batches(
    examples: int, size: int, rng: np.random.Generator | None
) -> Iterator[np.ndarray[Any, Any]]:
    """Yield batches of example numbers, in random order, or in order if rng is None."""
    order = np.arange(examples) if rng is None else rng.permutation(examples)
    for start in range(0, examples, size):
        yield order[start : start + size]


def _tell(callbacks: Sequence[Callback], event: str, *arguments: Any) -> None:
    for callback in callbacks:
        getattr(callback, event)(*arguments)


def _numbered(named: Sequence[tuple[str, Metric]]) -> dict[str, Metric]:
    """Metrics by their names; the second of one name is name_1."""
    found: dict[str, Metric] = {}
    for name, metric in named:
        names = (f"{name}_{i}" if i else name for i in range(len(named)))
        found[next(each for each in names if each not in found)] = metric
    return found
