"""Callbacks: objects that are called during training and may stop it.

Early stopping waits for an epoch that is better than the best by more than `min_delta`. It stops
the training after `patience` epochs in a row that were not:

    better:  value < best - min_delta     (or value > best + min_delta, in mode "max")

The value may be the mean of the last `window` epochs, so that a single lucky epoch has little
effect. The names are those of Keras, except `window`; PyTorch has no such callbacks. Lecture 002
stops when the validation error improves for some epochs; what is meant is that it does not improve.

Source: Prechelt 1998; Vanschoren (001), "Early stopping"; lecture 002.
"""

import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from reference.models._settings import Checked, whole

Logs = dict[str, float] | None


class Callback(Checked):
    """Base class. Setting `self.model.stop_training = True` makes this epoch the last one."""

    model: Any = None
    params: Mapping[str, Any] = MappingProxyType({})  # until training sets them

    def set_model(self, model: Any) -> None:
        self.model = model

    def set_params(self, params: dict[str, Any]) -> None:
        self.params = params

    def on_train_begin(self, logs: Logs = None) -> None:
        """Called before the first epoch."""

    def on_train_end(self, logs: Logs = None) -> None:
        """Called after the last epoch; `logs` are those of the last epoch."""

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:
        """Called before every epoch, counted from 0."""

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Called after every epoch; `logs` holds the values added to the history."""

    def on_train_batch_begin(self, batch: int, logs: Logs = None) -> None:
        """Called before every update, counted from 0 in each epoch."""
        self.on_batch_begin(batch, logs)

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Called after every update; `logs` are the means over the epoch so far."""
        self.on_batch_end(batch, logs)

    def on_batch_begin(self, batch: int, logs: Logs = None) -> None:
        """The old name of on_train_batch_begin."""

    def on_batch_end(self, batch: int, logs: Logs = None) -> None:
        """The old name of on_train_batch_end."""

    def on_test_begin(self, logs: Logs = None) -> None:
        """Called before every evaluation."""

    def on_test_batch_begin(self, batch: int, logs: Logs = None) -> None:
        """Called before every batch of an evaluation, counted from 0."""

    def on_test_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Called after every batch of an evaluation; `logs` are the means so far."""

    def on_test_end(self, logs: Logs = None) -> None:
        """Called after every evaluation; `logs` are its results."""


class Monitor(Callback):
    """A callback that watches one value; `mode` says whether it should be small or large."""

    def __init__(
        self, monitor: str = "val_loss", *, min_delta: float = 0.0, mode: str = "auto"
    ) -> None:
        if mode not in ("auto", "min", "max"):
            raise ValueError(f"mode is 'auto', 'min' or 'max', not {mode!r}")
        self.monitor, self.min_delta = monitor, abs(min_delta)
        largest = mode == "max" or (mode == "auto" and _grows(monitor))
        self.sign = -1.0 if largest else 1.0
        self.on_train_begin()

    def on_train_begin(self, logs: Logs = None) -> None:
        self.best: float | None = None

    def ask_for_validation(self) -> None:
        """Raise ValueError before the first epoch if the value will never come."""
        if self.monitor.startswith("val_") and not self.params.get("validates", True):
            raise ValueError(
                f"there is no {self.monitor!r} to watch: give fit validation_data or "
                "validation_split"
            )

    def value(self, logs: Logs) -> float | None:
        """The value, with the sign that makes small values good; None where none is due."""
        if not logs or self.monitor not in logs:
            if self.monitor.startswith("val_") and not any(
                k.startswith("val_") for k in logs or {}
            ):
                return None  # no validation is due in this epoch
            raise ValueError(f"there is no {self.monitor!r} to watch, but {', '.join(logs or {})}")
        return self.sign * logs[self.monitor]

    def is_better(self, value: float, best: float | None) -> bool:
        """Any first value is better than none."""
        return best is None or value < best - self.min_delta


class EarlyStopping(Monitor):
    """Stop when nothing improves; `restore_best_weights` then restores the best weights.

    `baseline` is a value to beat, and epochs before `start_from_epoch` are not judged.
    """

    def __init__(
        self,
        monitor: str = "val_loss",
        min_delta: float = 0.0,
        patience: int = 0,
        verbose: int = 0,
        mode: str = "auto",
        baseline: float | None = None,
        restore_best_weights: bool = False,
        start_from_epoch: int = 0,
        *,
        window: int = 1,
    ) -> None:
        super().__init__(monitor, min_delta=min_delta, mode=mode)
        whole("patience", patience, 0)
        whole("window", window, 1)
        self.patience, self.verbose, self.baseline = patience, verbose, baseline
        self.restore_best_weights, self.start_from_epoch = restore_best_weights, start_from_epoch
        self.window = window

    def on_train_begin(self, logs: Logs = None) -> None:
        super().on_train_begin()
        self.ask_for_validation()
        self.seen: list[float] = []
        self.best_epoch, self.wait, self.stopped_epoch = 0, 0, 0
        self.best_weights: Any = None

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        value = self.value(logs)
        if value is None or epoch < self.start_from_epoch:
            return
        self.seen.append(value)
        value = float(np.mean(self.seen[-self.window :]))
        self.wait += 1
        if self.restore_best_weights and self.best_weights is None:
            self.best_weights = self.model.get_weights()
        if self.is_better(value, self.best):
            self.best, self.best_epoch = value, epoch
            if self.restore_best_weights:
                self.best_weights = self.model.get_weights()
            if self.baseline is None or self.is_better(value, self.sign * self.baseline):
                self.wait = 0
            return
        if self.wait >= self.patience and epoch > 0:
            self.stopped_epoch = epoch
            self.model.stop_training = True

    def on_train_end(self, logs: Logs = None) -> None:
        if self.verbose and self.stopped_epoch:
            print(f"Epoch {self.stopped_epoch + 1}: early stopping")
        if self.best_weights is not None:
            if self.verbose:
                print(f"Restoring the weights of the best epoch: {self.best_epoch + 1}.")
            self.model.set_weights(self.best_weights)


class TimeLimit(Callback):
    """Stop after the first epoch that ends more than `seconds` after the start."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds, self.clock = seconds, clock

    def on_train_begin(self, logs: Logs = None) -> None:
        self.start = self.clock()

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        if self.clock() - self.start > self.seconds:
            self.model.stop_training = True


def listed(callbacks: Any) -> list[Any]:
    """One callback, several or None as a list."""
    return (
        list(callbacks)
        if isinstance(callbacks, list | tuple)
        else [callbacks] * (callbacks is not None)
    )


def _grows(monitor: str) -> bool:
    """Whether a metric of this name should be large, as far as its name says."""
    return monitor.endswith(("acc", "accuracy", "auc", "precision", "recall"))
