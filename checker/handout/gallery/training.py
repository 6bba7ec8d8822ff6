"""Pictures of trainings: losses and metrics by epoch."""

from typing import TYPE_CHECKING

from reference.data import two_moons
from reference.models import Dense, Sequential, With
from reference.pictures import loss_curves

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def losses() -> "Figure":
    """A network that overfits: the training loss falls on, the validation loss turns up."""
    points, labels = two_moons.run(examples=200, noise=0.3, seed=4)
    model = Sequential([Dense(32, "relu"), Dense(32, "relu"), Dense(1, "sigmoid")])
    _compile(model, learning_rate=0.005)
    targets = labels[:, None].astype(float)
    return loss_curves(model.fit(points, targets, epochs=200, validation_split=0.6, seed=0))


def moons() -> Sequential:
    model = Sequential([Dense(16, "tanh"), Dense(16, "tanh"), Dense(1, "sigmoid")])
    _compile(model, learning_rate=0.01)
    return model


def _compile(model: Sequential, learning_rate: float) -> None:
    adam = With("adam", learning_rate=learning_rate)
    model.compile(loss="binary_cross_entropy", optimiser=adam, metrics=["accuracy"])


PICTURES = (losses,)
