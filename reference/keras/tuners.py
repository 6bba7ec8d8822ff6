"""Random search over the hyperparameters that a function asks for, as in KerasTuner.

    def build_model(hp):
        model = Sequential([Dense(hp.Int("units", 8, 64, step=8)), Dense(1)])
        model.compile(optimizer=Adam(hp.Choice("learning rate", [1e-2, 1e-3])), loss="mse")
        return model

    tuner = RandomSearch(build_model, max_trials=5)
    tuner.search(x, y, epochs=3, validation_split=0.2)

Source: Bergstra and Bengio 2012; Vanschoren (001), "Tuning multiple hyperparameters".
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from reference.keras.models import Sequential
from reference.models._callbacks import Monitor


class HyperParameters:
    """Each setting is sampled where the function asks for it; `values` holds what came out."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self.values: dict[str, Any] = {}

    def Int(self, name: str, min_value: int, max_value: int, step: int = 1) -> int:
        """One of min_value, min_value + step, ... up to and including max_value."""
        return int(self.Choice(name, range(min_value, max_value + 1, step)))

    def Float(
        self, name: str, min_value: float, max_value: float, sampling: str = "linear"
    ) -> float:
        """A number between two; with sampling="log" each order of magnitude is as likely."""
        low, high = np.log([min_value, max_value]) if sampling == "log" else (min_value, max_value)
        drawn = self._rng.uniform(low, high)
        return float(self._kept(name, float(np.exp(drawn) if sampling == "log" else drawn)))

    def Choice(self, name: str, values: Sequence[Any]) -> Any:
        return self._kept(name, values[int(self._rng.integers(len(values)))])

    def Boolean(self, name: str) -> bool:
        return bool(self.Choice(name, [False, True]))

    def get(self, name: str) -> Any:
        return self.values[name]

    def _kept(self, name: str, value: Any) -> Any:
        return self.values.setdefault(name, value)


class Trial(NamedTuple):
    """One model: its hyperparameters, and its best value of the objective."""

    hyperparameters: HyperParameters
    score: float
    model: Sequential


class RandomSearch:
    """Build and train `max_trials` models, each with settings of its own."""

    def __init__(
        self,
        hypermodel: Callable[[HyperParameters], Sequential],
        objective: str = "val_loss",
        max_trials: int = 10,
        seed: int = 0,
    ) -> None:
        self.hypermodel, self.objective, self.max_trials = hypermodel, objective, max_trials
        self._rng = np.random.default_rng(seed)
        self._sign = Monitor(objective).sign
        self.trials: list[Trial] = []

    def search(self, *data: Any, **fit: Any) -> None:
        """Train every model with these arguments of fit. Raises KeyError without the objective."""
        for _ in range(self.max_trials):
            hyperparameters = HyperParameters(self._rng)
            model = self.hypermodel(hyperparameters)
            history = model.fit(*data, **fit).history
            score = self._sign * min(self._sign * value for value in history[self.objective])
            self.trials.append(Trial(hyperparameters, score, model))
        self.trials.sort(key=lambda trial: self._sign * trial.score)

    def get_best_models(self, num_models: int = 1) -> list[Sequential]:
        return [trial.model for trial in self.trials[:num_models]]

    def get_best_hyperparameters(self, num_trials: int = 1) -> list[HyperParameters]:
        return [trial.hyperparameters for trial in self.trials[:num_trials]]
