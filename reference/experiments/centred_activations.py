"""Centred activations: descent converges faster if activations lie around 0.

Two activations differ in nothing but their mean: tanh(z), and tanh(z) + 1, which is twice a
sigmoid and never negative. Both networks start from the same weights, and can represent the same
functions, since the bias of the next layer can undo the 1. Each is trained on 500 digits at four
learning rates, and the best final loss counts.

Source: Vanschoren (001), "Activation functions"; LeCun et al. 1998, section 4.3.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reference.experiments._digits import classifier, split
from reference.models import Dense, History, With

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2)
RATES = (0.05, 0.1, 0.2, 0.5)
EPOCHS = 5


def raised(z: Any) -> Any:
    return np.tanh(z) + 1


ACTIVATIONS: dict[str, Any] = {"around 0": "tanh", "around 1": raised}


class Result(NamedTuple):
    """For each activation and seed, one training for each learning rate."""

    histories: dict[str, list[list[History]]]

    def best(self, name: str) -> list[float]:
        """The lowest final loss, for each seed."""
        return [min(h.history["loss"][-1] for h in tried) for tried in self.histories[name]]


def run() -> Result:
    return Result(
        {
            name: [[_trained(activation, rate, seed) for rate in RATES] for seed in SEEDS]
            for name, activation in ACTIVATIONS.items()
        }
    )


def _trained(activation: Any, rate: float, seed: int) -> History:
    data = split(500, seed=seed)
    hidden = [Dense(32, activation) for _ in range(3)]
    model = classifier(hidden, With("sgd", learning_rate=rate), seed=seed)
    return model.fit(data.x, data.y, epochs=EPOCHS, batch_size=16, seed=seed)


def sentence(result: Result) -> str:
    centred, shifted = (np.mean(result.best(name)) for name in ACTIVATIONS)
    return (
        f"After {EPOCHS} epochs, each at its best rate, the training loss is {centred:.3f} with "
        f"activations around 0 and {shifted:.3f} with the same ones around 1."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import training_curves

    runs = {
        name: min(result.histories[name][0], key=lambda each: each.history["loss"][-1])
        for name in ACTIVATIONS
    }
    return training_curves(runs, title="training loss, each at its best rate", log=True)
