"""Learning rates as functions of the number of updates, by Keras's names.

    ExponentialDecay     rate decay_rate^(step / decay_steps)
    InverseTimeDecay     rate / (1 + decay_rate step / decay_steps)
    CosineDecayRestarts  a falling half wave of the cosine, then from the start again

Lecture 001 takes its cyclical rates from TensorFlow Addons: see `tensorflow_addons`.

Source: Vanschoren (001), "SGD with learning rate schedules"; the schedules of Keras 3.
"""

import math
from collections.abc import Sequence

import numpy as np

from reference.keras._names import unavailable
from reference.models._settings import Checked, whole
from reference.schedules import exponential_decay


class LearningRateSchedule(Checked):
    def __call__(self, step: int) -> float:
        """The rate of the update number `step`, counted from 0."""
        raise NotImplementedError


class ExponentialDecay(LearningRateSchedule):
    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: int,
        decay_rate: float,
        staircase: bool = False,
        name: str = "ExponentialDecay",
    ) -> None:
        whole("decay_steps", decay_steps, 1)
        self.initial_learning_rate = initial_learning_rate
        self.decay_steps = decay_steps
        self.decay_rate = decay_rate
        self.staircase = staircase
        self.name = name

    def __call__(self, step: int) -> float:
        return float(
            exponential_decay.run(
                step,
                np.asarray(self.initial_learning_rate),
                np.asarray(self.decay_rate),
                decay_steps=self.decay_steps,
                staircase=self.staircase,
            )
        )


class InverseTimeDecay(ExponentialDecay):
    def __call__(self, step: int) -> float:
        periods = step / self.decay_steps
        done = math.floor(periods) if self.staircase else periods
        return self.initial_learning_rate / (1 + self.decay_rate * done)


class PiecewiseConstantDecay(LearningRateSchedule):
    """values[i] up to and including the step boundaries[i], and the last value after it."""

    def __init__(
        self,
        boundaries: Sequence[int],
        values: Sequence[float],
        name: str = "PiecewiseConstant",
    ) -> None:
        if len(values) != len(boundaries) + 1:
            raise ValueError(
                f"{len(boundaries)} boundaries part {len(boundaries) + 1} values, not {len(values)}"
            )
        self.boundaries, self.values, self.name = boundaries, values, name

    def __call__(self, step: int) -> float:
        return float(self.values[sum(step > boundary for boundary in self.boundaries)])


class PolynomialDecay(LearningRateSchedule):
    """From the first to the last rate along (1 - step / decay_steps)^power."""

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: int,
        end_learning_rate: float = 0.0001,
        power: float = 1.0,
        cycle: bool = False,
        *,
        name: str = "PolynomialDecay",
    ) -> None:
        self.name = name
        self.initial_learning_rate = initial_learning_rate
        self.end_learning_rate = end_learning_rate
        self.decay_steps, self.power, self.cycle = decay_steps, power, cycle

    def __call__(self, step: int) -> float:
        steps: float = self.decay_steps
        if self.cycle:
            steps *= max(1, math.ceil(step / steps))
        left = 1 - min(step, steps) / steps
        fall = self.initial_learning_rate - self.end_learning_rate
        return self.end_learning_rate + fall * left**self.power


class CosineDecay(LearningRateSchedule):
    """From the rate to alpha times the rate along half a wave of the cosine."""

    def __init__(
        self,
        initial_learning_rate: float,
        decay_steps: int,
        alpha: float = 0.0,
        name: str = "CosineDecay",
        warmup_target: float | None = None,
    ) -> None:
        unavailable("CosineDecay", warmup_target=warmup_target)
        self.initial_learning_rate, self.decay_steps = initial_learning_rate, decay_steps
        self.alpha, self.name = alpha, name

    def __call__(self, step: int) -> float:
        share = min(step, self.decay_steps) / self.decay_steps
        return self.initial_learning_rate * _wave(share, self.alpha)


class CosineDecayRestarts(LearningRateSchedule):
    """Each period is t_mul times as long as the one before, and starts m_mul times as high."""

    def __init__(
        self,
        initial_learning_rate: float,
        first_decay_steps: int,
        t_mul: float = 2.0,
        m_mul: float = 1.0,
        alpha: float = 0.0,
        *,
        name: str = "SGDRDecay",
    ) -> None:
        self.name = name
        self.initial_learning_rate = initial_learning_rate
        self.first_decay_steps = first_decay_steps
        self.t_mul, self.m_mul, self.alpha = t_mul, m_mul, alpha

    def __call__(self, step: int) -> float:
        left, period, height = float(step), float(self.first_decay_steps), 1.0
        while left >= period:
            left, period, height = left - period, period * self.t_mul, height * self.m_mul
        return self.initial_learning_rate * _wave(left / period, self.alpha, height)


def _wave(share: float, alpha: float, height: float = 1.0) -> float:
    return (1 - alpha) * height * (1 + math.cos(math.pi * share)) / 2 + alpha
