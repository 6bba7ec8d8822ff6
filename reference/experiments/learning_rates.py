"""Learning rates: too small and training takes too long, too large and it ends badly.

The same network is fitted to 200 points of a noisy sine at three learning rates, for 30 epochs of
small batches. The noise has variance 0.09, which is the best that a mean squared error can be on
new points. The end of a training is the mean loss of its last five epochs. A large rate descends
faster at first, but then each update jumps over the minimum, and the loss stays above that of the
smaller rate.

Source: Lamurias (000), "Take care with the learning rate".
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.data import noisy_sine
from reference.models import Dense, History, Sequential, With

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2)
RATES = (0.001, 0.03, 0.2)
EXAMPLES, NOISE, EPOCHS = 200, 0.3, 30


class Result(NamedTuple):
    """For each rate, the training of each seed."""

    histories: dict[float, list[History]]

    def ends(self, rate: float) -> list[float]:
        return [float(np.mean(each.history["loss"][-5:])) for each in self.histories[rate]]

    def after(self, rate: float, epochs: int) -> list[float]:
        return [each.history["loss"][epochs - 1] for each in self.histories[rate]]


def run() -> Result:
    return Result({rate: [_trained(rate, seed) for seed in SEEDS] for rate in RATES})


def _trained(rate: float, seed: int) -> History:
    x, y = noisy_sine.run(examples=EXAMPLES, noise=NOISE, seed=seed)
    model = Sequential([Dense(16, "tanh"), Dense(1)], seed=seed)
    model.compile(loss="mse", optimiser=With("sgd", learning_rate=rate))
    return model.fit(2 * x - 1, y, epochs=EPOCHS, batch_size=2, seed=seed)


def sentence(result: Result) -> str:
    small, good, large = (np.mean(result.ends(rate)) for rate in RATES)
    return (
        f"After {EPOCHS} epochs, the training loss is {small:.2f} at a rate of {RATES[0]:g}, which "
        f"is too small, {good:.2f} at {RATES[1]:g}, and {large:.2f} at {RATES[2]:g}, which is too "
        "large."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import training_curves

    runs = {f"rate {rate:g}": histories[0] for rate, histories in result.histories.items()}
    return training_curves(runs, title="training loss by learning rate", log=True)
