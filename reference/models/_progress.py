"""A progress bar: one line for each epoch, with the batches done, the loss and the metrics."""

import sys
import time
from typing import Any

from reference.models._callbacks import Callback, Logs

WIDTH = 20
OFTEN = 0.05  # seconds between two drawings of the bar


class ProgressBar(Callback):
    """`lively` draws the bar while it grows; otherwise each epoch prints one line at its end."""

    def __init__(self, *, lively: bool = True) -> None:
        self.lively = lively

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:
        self.start, self.drawn = time.monotonic(), 0.0
        if self.lively:
            print(f"Epoch {epoch + 1}/{self.params['epochs']}")

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        now = time.monotonic()
        if self.lively and now - self.drawn > OFTEN:
            self.drawn = now
            print("\r" + self._line(batch + 1, logs), end="", flush=True)

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        steps = self.params["steps"]
        if self.lively:
            print("\r" + self._line(steps, logs))
        else:
            print(f"Epoch {epoch + 1}/{self.params['epochs']} - {self._took(logs)}")

    def _line(self, done: int, logs: Logs) -> str:
        steps = self.params["steps"]
        full = round(WIDTH * done / steps)
        bar = "━" * full + "╌" * (WIDTH - full)
        return f"{done:>{len(str(steps))}}/{steps} {bar} {self._took(logs)}"

    def _took(self, logs: Logs) -> str:
        values = [f"{name}: {value:.4f}" for name, value in (logs or {}).items()]
        return " - ".join([f"{time.monotonic() - self.start:.0f}s", *values])


def bar(verbose: Any) -> list[Callback]:
    """The bar for Keras's `verbose`: 0 is none, 1 a bar, 2 a line; "auto" a bar on a screen."""
    if verbose == "auto":
        verbose = int(sys.stdout.isatty() or "ipykernel" in sys.modules)
    if verbose not in (0, 1, 2):
        raise ValueError(f"verbose is 'auto', 0, 1 or 2, not {verbose!r}")
    return [ProgressBar(lively=verbose == 1)] if verbose else []
