"""Dead units: a ReLU that is 0 for every example stays so, a leaky ReLU recovers.

All 16 hidden units of a network start with a bias so low that their input is negative for every
example. The network is trained on 300 digits, with ReLU and with leaky ReLU of slope 0.01. A unit
is alive if its output is positive for some example.

Source: Vanschoren (001), "Effect of activation functions on the gradient"; Maas et al. 2013.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.experiments._digits import classifier, split
from reference.models import Dense, History, Sequential, With

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2)
UNITS, LOW = 16, -3.0
ACTIVATIONS = {"ReLU": With("relu"), "leaky ReLU": With("leaky_relu", negative_slope=0.01)}


class Result(NamedTuple):
    """For each activation and seed: the training, and the units alive before and after it."""

    histories: dict[str, list[History]]
    alive: dict[str, list[tuple[int, int]]]

    def accuracy(self, name: str) -> list[float]:
        return [each.history["accuracy"][-1] for each in self.histories[name]]


def run() -> Result:
    result = Result({name: [] for name in ACTIVATIONS}, {name: [] for name in ACTIVATIONS})
    for name, activation in ACTIVATIONS.items():
        for seed in SEEDS:
            data, hidden = split(300, seed=seed), Dense(UNITS, activation)
            model = classifier([hidden], With("adam", learning_rate=0.02), seed=seed)
            model.build((data.x.shape[1],))
            hidden.weights = {**hidden.weights, "bias": np.full(UNITS, LOW)}
            network = Sequential([hidden])
            before = _alive(network.predict(data.x))
            history = model.fit(data.x, data.y, epochs=60, batch_size=32, seed=seed)
            result.histories[name].append(history)
            result.alive[name].append((before, _alive(network.predict(data.x))))
    return result


def _alive(outputs: np.ndarray) -> int:
    return int((outputs > 0).any(axis=0).sum())


def sentence(result: Result) -> str:
    relu, leaky = (result.alive[name][0][1] for name in ACTIVATIONS)
    right = [100 * np.mean(result.accuracy(name)) for name in ACTIVATIONS]
    return (
        f"Of {UNITS} units that all start dead, {relu} are alive after training with ReLU and "
        f"{leaky} with leaky ReLU. The networks get {right[0]:.0f} % and {right[1]:.0f} % of the "
        "training digits right."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import training_curves

    runs = {name: histories[0] for name, histories in result.histories.items()}
    return training_curves(runs, title="training loss, all units dead at the start")
