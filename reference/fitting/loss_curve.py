"""Fit a curve through points with a network, and return the loss after each epoch.

    answer = sigmoid(x W1 + b1) W2 + b2,   L = mean over all entries of (answer - y)^2

How many hidden units there are, how they start, in which steps they learn and for how long is free.
`losses` has the loss of all points before the first step and after each epoch, and its last entry
is that of the weights that are returned. The points lie on a sine with a little noise, which one
straight line misses by far.

    >>> losses, *weights = run(*data(0), seed=1)
    >>> bool(losses[-1] < losses[0] / 5)
    True

Source: Lamurias (000), "Take care with the learning rate"; Brajard (003), batch and stochastic
training.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.fitting import _network
from reference.spec import Experiment, Named, Real, Statistic, Try

POINTS, NOISE = 40, 0.05
UNITS, RATE, BATCH, EPOCHS = 16, 0.05, 8, 100
FEWEST_LOSSES = 10
LARGEST_SHARE = 0.25  # of the mean square distance of the points from their mean
AGREES = 0.01  # relative: between a claimed loss and that of the weights


def data(
    seed: int,
) -> tuple[Shaped[Real, "n 1", Named("x")], Shaped[Real, "n 1", Named("y")]]:
    """Points on a sine of random frequency and phase."""
    rng = np.random.default_rng([seed, 10])
    x = rng.uniform(-1, 1, (POINTS, 1))
    y = np.sin(rng.uniform(2.5, 4) * x + rng.uniform(0, 2 * np.pi))
    return x, y + NOISE * rng.standard_normal(x.shape)


def run(
    x: Shaped[Real, "n 1"],
    y: Shaped[Real, "n 1"],
    *,
    seed: Shaped[int, Try((0, 1, 2))],
) -> tuple[
    Shaped[Real, "epochs", Named("losses")],
    Shaped[Real, "1 h", Named("w1")],
    Shaped[Real, "h", Named("b1")],
    Shaped[Real, "h 1", Named("w2")],
    Shaped[Real, "1", Named("b2")],
]:
    rng = np.random.default_rng(seed)
    weights = _network.start(rng, 1, UNITS, 1)
    weights[0] = 4 * weights[0]
    error = _network.squared_error
    steps = _network.epochs(rng, x, y, weights, error, rate=RATE, batch=BATCH, count=EPOCHS)
    trained = [weights, *steps]
    return np.array([_network.squared(x, y, each) for each in trained]), *trained[-1]


def fall_of_the_loss(losses, *weights, x, y):
    """The curve falls at least by half.

    The last of your losses is {got:.3f} of the first one. At most {high:.3f} is asked.

    The curve does not fall. Do the losses belong to one training, and are they in its order?
    """
    return Statistic(losses[-1] / losses[0], 0, 0.5)


def loss_of_the_weights(losses, *weights, x, y):
    """The weights that are returned have a small loss.

    With your weights the loss is {got:.3f}. At most {high:.3f} is asked.

    The network has not learned the points. Is the learning rate too small, or so large that the
    loss jumps? Are the first weights of the first layer large enough, and is the training long
    enough?
    """
    return Statistic(_loss(x, y, *weights), 0, LARGEST_SHARE * y.var())


def number_of_losses(losses, *weights, x, y):
    """There is a loss for the start and for each epoch.

    There are {got:.0f} losses. At least {low:.0f} are asked: one before training, one per epoch.

    The curve is too short. Where does your loop write down the loss?
    """
    return Statistic(len(losses), FEWEST_LOSSES, 10**6)


def first_loss(losses, *weights, x, y):
    """The curve begins before the first step.

    The first loss is {got:.3f}. Before training it should be at least {low:.3f}.

    The curve begins too late. Is the first loss taken before the first step?
    """
    return Statistic(losses[0], LARGEST_SHARE * y.var(), 10**6)


def last_loss(losses, *weights, x, y):
    """The curve ends at the weights that are returned.

    The last of your losses is {got:.3f} times that of the weights you return. It should be 1.

    The curve does not end at the weights. Is the last loss the mean of (answer - y)^2 over all
    points, taken after the last step?
    """
    return Statistic(losses[-1] / _loss(x, y, *weights), 1 - AGREES, 1 + AGREES)


def _loss(x, y, w1, b1, w2, b2):
    """The mean squared error of a network with these weights."""
    units = 1 / (1 + np.exp(-np.clip(x @ w1 + b1, -500, 500)))
    return np.mean((units @ w2 + b2 - y) ** 2)


def _curves(losses, *weights, x, y):
    return {"loss of your list": losses}


SPEC = Experiment(
    run=run,
    data=data,
    torch="each training is another one",
    by_luck=(fall_of_the_loss, loss_of_the_weights),
    curves=_curves,
    along="epoch",
    properties=(
        fall_of_the_loss,
        loss_of_the_weights,
        number_of_losses,
        first_loss,
        last_loss,
    ),
)
