"""The cyclical learning rate of TensorFlow Addons, which lecture 001 uses.

    from reference.keras import tensorflow_addons as tfa

The lecture gives scale_fn=lambda x: x, so the scale is the number of the cycle, from 1, and the
wave becomes higher from cycle to cycle.

Source: Smith 2017; Vanschoren (001), "Optimizers".
"""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np

from reference.keras.schedules import LearningRateSchedule
from reference.schedules import cyclical


class CyclicalLearningRate(LearningRateSchedule):
    """Up and down between two rates; a cycle has 2 step_size updates."""

    def __init__(
        self,
        initial_learning_rate: float,
        maximal_learning_rate: float,
        step_size: int,
        scale_fn: Callable[[float], float],
        scale_mode: str = "cycle",
    ) -> None:
        if scale_mode != "cycle":
            raise NotImplementedError(f"this package does not compute scale_mode={scale_mode!r}")
        self.initial_learning_rate = initial_learning_rate
        self.maximal_learning_rate = maximal_learning_rate
        self.step_size, self.scale_fn = step_size, scale_fn

    def __call__(self, step: int) -> float:
        return float(
            cyclical.run(
                step,
                np.asarray(self.initial_learning_rate),
                np.asarray(self.maximal_learning_rate),
                step_size=self.step_size,
                scale=self.scale_fn,
            )
        )


optimizers = SimpleNamespace(CyclicalLearningRate=CyclicalLearningRate)
