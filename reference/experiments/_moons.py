"""Two noisy moons for the experiments: classes that overlap, so that noise can be memorised."""

from collections.abc import Sequence

from reference.data import two_moons
from reference.models import Dense, Layer, Sequential, With
from reference.spec import Real

Data = tuple[tuple[Real, Real], tuple[Real, Real]]
OTHERS = 1000  # added to the seed of the training data for that of the validation data


def split(examples: int, *, seed: int, noise: float) -> Data:
    """Training data of the given size, and 500 other examples."""
    return _points(examples, noise, seed), _points(500, noise, seed + OTHERS)


def _points(examples: int, noise: float, seed: int) -> tuple[Real, Real]:
    points, labels = two_moons.run(examples=examples, noise=noise, seed=seed)
    return points, labels[:, None].astype(float)


def classifier(hidden: Sequence[Layer], *, seed: int) -> Sequential:
    model = Sequential([*hidden, Dense(1, "sigmoid")], seed=seed)
    adam = With("adam", learning_rate=0.03)
    model.compile(loss="binary_cross_entropy", optimiser=adam, metrics=["accuracy"])
    return model
