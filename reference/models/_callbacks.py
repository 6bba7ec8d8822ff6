"""Callbacks: told of the course of a training, they watch it and may end it.

Early stopping waits for an epoch that is better than the best by more than `min_delta`, and ends
the training when `patience` epochs in a row were not:

    better:  value < best - min_delta     (or value > best + min_delta, in mode "max")

The value may be the mean of the last `window` epochs, which a single lucky epoch moves little.
Lecture 002 stops when the validation error improves for some epochs; it means: does not improve.

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
    """`model.stop_training = True` makes the epoch that has just ended the last."""

    def on_train_begin(self, model: "Sequential") -> None:
        """Before the first epoch."""

    def on_epoch_end(self, model: "Sequential", epoch: int, logs: dict[str, float]) -> None:
        """After every epoch; `logs` has what the history will have."""

    def on_train_end(self, model: "Sequential") -> None:
        """After the last epoch."""


class EarlyStopping(Callback):
    """Stops when nothing gets better; `restore_best` then brings the weights of the best back."""

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
    """Stops after the first epoch that ends later than so many seconds from the beginning."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds, self.clock = seconds, clock

    def on_train_begin(self, model: "Sequential") -> None:
        self.start = self.clock()

    def on_epoch_end(self, model: "Sequential", epoch: int, logs: dict[str, float]) -> None:
        if self.clock() - self.start > self.seconds:
            model.stop_training = True
