"""Pictures of trainings: losses and metrics by epoch."""

from typing import TYPE_CHECKING

from reference.data import two_moons
from reference.models import Dense, Sequential, With
from reference.pictures import loss_curves

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def losses() -> "Figure":
    """Training and validation loss of a small network on two moons."""
    points, labels = two_moons.run(examples=50, noise=0.35)
    targets = labels[:, None].astype(float)
    history = moons().fit(points, targets, epochs=120, validation_split=0.4, seed=0)
    return loss_curves(history)


def moons() -> Sequential:
    model = Sequential([Dense(16, "tanh"), Dense(16, "tanh"), Dense(1, "sigmoid")])
    adam = With("adam", learning_rate=0.01)
    model.compile(loss="binary_cross_entropy", optimiser=adam, metrics=["accuracy"])
    return model


PICTURES = (losses,)
