"""Callbacks by Keras's names, called as in Keras: on_epoch_end(self, epoch, logs), self.model.

Source: Vanschoren (001), "Model selection", "Early stopping"; the callbacks of Keras 3.
"""

import csv
import inspect
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reference.keras._names import absent
from reference.models import Callback, EarlyStopping
from reference.models._callbacks import Logs, Monitor

__all__ = [
    "CSVLogger",
    "Callback",
    "EarlyStopping",
    "History",
    "LambdaCallback",
    "LearningRateScheduler",
    "ModelCheckpoint",
    "ReduceLROnPlateau",
    "TerminateOnNaN",
]


class History(Callback):
    """What fit returns: `history` has one list for each value, `epoch` the numbers of epochs."""

    def on_train_begin(self, logs: Logs = None) -> None:
        self.epoch: list[int] = []
        self.history: dict[str, list[float]] = {}

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        self.epoch.append(epoch)
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(value)


class LambdaCallback(Callback):
    """Functions to call; each takes what the method of its name takes."""

    def __init__(
        self,
        on_epoch_begin: Callable[..., Any] | None = None,
        on_epoch_end: Callable[..., Any] | None = None,
        on_train_begin: Callable[..., Any] | None = None,
        on_train_end: Callable[..., Any] | None = None,
        on_train_batch_begin: Callable[..., Any] | None = None,
        on_train_batch_end: Callable[..., Any] | None = None,
    ) -> None:
        given = {name: each for name, each in locals().items() if name.startswith("on_")}
        for name, function in given.items():
            if function is not None:
                setattr(self, name, function)


class LearningRateScheduler(Callback):
    """Before each epoch, the rate becomes schedule(epoch, rate), or schedule(epoch)."""

    def __init__(self, schedule: Callable[..., float], verbose: int = 0) -> None:
        if not callable(schedule):
            raise TypeError(f"schedule is a function of the epoch and the rate, not {schedule!r}")
        self.schedule, self.verbose = schedule, verbose

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:
        parameters = inspect.signature(self.schedule).parameters.values()
        old = float(self.model.optimizer.learning_rate)
        rate = self.schedule(epoch, old) if len(parameters) > 1 else self.schedule(epoch)
        self.model.optimizer.learning_rate = rate
        if self.verbose:
            print(f"Epoch {epoch + 1}: the learning rate is {rate:g}.")

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        if logs is not None:
            logs["learning_rate"] = float(self.model.optimizer.learning_rate)


class ReduceLROnPlateau(Monitor):
    """Multiply the rate by `factor` after `patience` epochs that were no better."""

    def __init__(
        self,
        monitor: str = "val_loss",
        factor: float = 0.1,
        patience: int = 10,
        verbose: int = 0,
        mode: str = "auto",
        min_delta: float = 0.0001,
        cooldown: int = 0,
        min_lr: float = 0.0,
    ) -> None:
        if not 0 <= factor < 1:
            raise ValueError(f"factor makes the rate smaller, from 0 up to 1, not {factor!r}")
        super().__init__(monitor, min_delta=min_delta, mode=mode)
        self.factor, self.patience, self.verbose = factor, patience, verbose
        self.cooldown, self.min_lr = cooldown, min_lr

    def on_train_begin(self, logs: Logs = None) -> None:
        super().on_train_begin()
        self.ask_for_validation()
        self.wait = self.cooling = 0

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        if logs is not None:
            logs["learning_rate"] = float(self.model.optimizer.learning_rate)
        value = self.value(logs)
        if value is None:
            return
        if self.cooling:
            self.cooling, self.wait = self.cooling - 1, 0
        if self.is_better(value, self.best):
            self.best, self.wait = value, 0
        elif not self.cooling:
            self.wait += 1
            if self.wait >= self.patience:
                self._reduce(epoch)

    def _reduce(self, epoch: int) -> None:
        rate = float(self.model.optimizer.learning_rate)
        if rate <= self.min_lr:
            return
        self.model.optimizer.learning_rate = max(rate * self.factor, self.min_lr)
        self.cooling, self.wait = self.cooldown, 0
        if self.verbose:
            print(f"Epoch {epoch + 1}: the learning rate becomes {rate * self.factor:g}.")


class ModelCheckpoint(Monitor):
    """Save the weights after each epoch, or after each that is the best so far.

    `filepath` may name the epoch, from 1, and the logs: "weights.{epoch:02d}-{val_loss:.2f}.npz".
    """

    def __init__(
        self,
        filepath: str | Path,
        monitor: str = "val_loss",
        verbose: int = 0,
        save_best_only: bool = False,
        save_weights_only: bool = True,
        mode: str = "auto",
        save_freq: str = "epoch",
        initial_value_threshold: float | None = None,
    ) -> None:
        super().__init__(monitor, mode=mode)
        if not save_weights_only:
            raise NotImplementedError("this package saves weights: give save_weights_only=True")
        if save_freq != "epoch":
            raise NotImplementedError("this package saves after epochs: save_freq='epoch'")
        self.filepath, self.verbose, self.save_best_only = str(filepath), verbose, save_best_only
        self.threshold = initial_value_threshold

    def on_train_begin(self, logs: Logs = None) -> None:
        super().on_train_begin()
        if self.params and self.save_best_only:
            self.ask_for_validation()

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        if self.save_best_only:
            value = self.value(logs)
            best = self.best
            if best is None and self.threshold is not None:
                best = self.sign * self.threshold
            if value is None or not self.is_better(value, best):
                return
            self.best = value
        path = self.filepath.format(epoch=epoch + 1, **(logs or {}))
        self.model.save_weights(path)
        if self.verbose:
            print(f"Epoch {epoch + 1}: weights saved in {path}.")


class TerminateOnNaN(Callback):
    """Stop as soon as the loss is no number, or raise RuntimeError if raise_error."""

    def __init__(self, raise_error: bool = False) -> None:
        self.raise_error = raise_error

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        loss = (logs or {}).get("loss", 0.0)
        if math.isfinite(loss):
            return
        message = f"Batch {batch}: the loss is {loss}, so the training ends."
        if self.raise_error:
            raise RuntimeError(message)
        print(message)
        self.model.stop_training = True


class CSVLogger(Callback):
    """Write a row for each epoch."""

    def __init__(self, filename: str | Path, separator: str = ",", append: bool = False) -> None:
        self.filename, self.separator, self.append = Path(filename), separator, append

    def on_train_begin(self, logs: Logs = None) -> None:
        if not self.append:
            self.filename.unlink(missing_ok=True)

        self.columns: list[str] = []

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        row: dict[str, Any] = {"epoch": epoch, **dict(sorted((logs or {}).items()))}
        if not self.columns:
            self.columns = self._columns(row)
        new = not self.filename.exists() or not self.filename.stat().st_size
        with self.filename.open("a", newline="") as file:
            writer = csv.DictWriter(file, self.columns, restval="NA", delimiter=self.separator)
            if new:
                writer.writeheader()
            writer.writerow({name: row[name] for name in self.columns if name in row})

    def _columns(self, row: dict[str, Any]) -> list[str]:
        """The names of the first row, and those of a validation that is still to come."""
        validated = any(name.startswith("val_") for name in row)
        if validated or not self.params.get("validates"):
            return list(row)
        return [*row, *(f"val_{name}" for name in row if name not in ("epoch", "learning_rate"))]


__getattr__ = absent(__name__, "callback")
