"""Runs: first weights and order are random, so runs converge at different epochs.

The network of lecture 000, with 4, 4 and 1 units, is trained on two circles with eight seeds. A run
has converged at the first epoch whose training loss is below 0.1. It may also not converge at all
within the given epochs.

Source: Lamurias (000), "Convergence".
"""

from typing import TYPE_CHECKING, NamedTuple

from reference.data import circles
from reference.models import Dense, History, Sequential, With

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = range(8)
CONVERGED = 0.1  # training loss
EPOCHS = 150


class Result(NamedTuple):
    """The training of each seed."""

    histories: list[History]

    def converged(self) -> list[int | None]:
        """The number of epochs of each run, None for a run that does not converge."""
        return [_epochs(each.history["loss"]) for each in self.histories]


def run() -> Result:
    points, labels = circles.run(examples=100, noise=0.05, seed=0)
    targets = labels[:, None].astype(float)
    histories = []
    for seed in SEEDS:
        model = Sequential([Dense(4, "tanh"), Dense(4, "tanh"), Dense(1, "sigmoid")], seed=seed)
        optimiser = With("momentum", learning_rate=0.05, momentum=0.9)
        model.compile(loss="binary_cross_entropy", optimiser=optimiser)
        history = model.fit(points, targets, epochs=EPOCHS, batch_size=16, seed=seed)
        histories.append(history)
    return Result(histories)


def _epochs(losses: list[float]) -> int | None:
    return next((number for number, loss in enumerate(losses, 1) if loss < CONVERGED), None)


def sentence(result: Result) -> str:
    epochs = [each for each in result.converged() if each is not None]
    return (
        f"Of {len(SEEDS)} runs that differ only in their seeds, {len(epochs)} converge within "
        f"{EPOCHS} epochs, the first after {min(epochs)} and the last after {max(epochs)}."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import training_curves

    runs = {f"seed {seed}": each for seed, each in zip(SEEDS, result.histories, strict=True)}
    return training_curves(runs, title="training loss of eight runs", log=True)
