"""Callbacks: objects that are called during training and may stop it.

Early stopping waits for an epoch that is better than the best by more than `min_delta`. It stops
the training after `patience` epochs in a row that were not:

    better:  value < best - min_delta     (or value > best + min_delta, in mode "max")

The value may be the mean of the last `window` epochs, so that a single lucky epoch has little
effect. The names are those of Keras, except `window` and `restore_best`; PyTorch has no such
callbacks. Lecture 002 stops when the validation error improves for some epochs; what is meant is
that it does not improve.

Source: Prechelt 1998; Vanschoren (001), "Early stopping"; lecture 002.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from reference.spec import Real

if TYPE_CHECKING:
    from reference.models._sequential import Sequential


class Callback:
    """Base class. Setting `model.stop_training = True` makes the current epoch the last one."""

    def on_train_begin(self, model: "Sequential") -> None:
        """Called before the first epoch."""

    def on_epoch_end(self, model: "Sequential", epoch: int, logs: dict[str, float]) -> None:
        """Called after every epoch; `logs` holds the values added to the history."""

    def on_train_end(self, model: "Sequential") -> None:
        """Called after the last epoch."""


class EarlyStopping(Callback):
    """Stop when nothing improves; `restore_best` then restores the best weights."""

    def __init__(
        self,
        monitor: str = "val_loss",
        *,
        patience: int = 0,
        min_delta: float = 0.0,
        mode: str = "min",
        window: int = 1,
        restore_best: bool = False,
    ) -> None:
        if mode not in ("min", "max"):
            raise ValueError(f"mode is 'min' or 'max', not {mode!r}")
        self.monitor, self.patience, self.min_delta = monitor, patience, min_delta
        self.sign = 1.0 if mode == "min" else -1.0
        self.window, self.restore_best = window, restore_best

    def on_train_begin(self, model: "Sequential") -> None:
        self.seen: list[float] = []
        self.best, self.best_epoch, self.waited = np.inf, -1, 0
        self.best_weights: dict[str, Real] = {}

    def on_epoch_end(self, model: "Sequential", epoch: int, logs: dict[str, float]) -> None:
        if self.monitor not in logs:
            raise ValueError(f"there is no {self.monitor!r} to watch, but {', '.join(logs)}")
        self.seen.append(self.sign * logs[self.monitor])
        value = float(np.mean(self.seen[-self.window :]))
        if value < self.best - self.min_delta:
            self.best, self.best_epoch, self.waited = value, epoch, 0
            self.best_weights = model.get_weights() if self.restore_best else {}
            return
        self.waited += 1
        model.stop_training = model.stop_training or self.waited >= self.patience

    def on_train_end(self, model: "Sequential") -> None:
        if self.best_weights:
            model.set_weights(self.best_weights)


class TimeLimit(Callback):
    """Stop after the first epoch that ends more than `seconds` after the start."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds, self.clock = seconds, clock

    def on_train_begin(self, model: "Sequential") -> None:
        self.start = self.clock()

    def on_epoch_end(self, model: "Sequential", epoch: int, logs: dict[str, float]) -> None:
        if self.clock() - self.start > self.seconds:
            model.stop_training = True
