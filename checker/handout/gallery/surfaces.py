"""Pictures of surfaces and of the ways down."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from reference import pictures
from reference.activations import sigmoid
from reference.autodiff import Variable, gradients
from reference.data import blobs
from reference.descent import gradient_descent
from reference.models import With
from reference.pictures import compared_paths, optimiser_paths
from reference.schedules import cyclical, exponential_decay
from reference.spec import Function, Real

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SGD = With("sgd", learning_rate=0.01)
# Keras adds epsilon inside the root. Its momentum contains the learning rate.
RMSPROP = With("rmsprop", learning_rate=0.1, epsilon=1e-7, epsilon_mode="inside", lr_inside=True)


def decaying(step: int) -> float:
    """ExponentialDecay(0.02, decay_steps=100, decay_rate=0.96)."""
    return float(exponential_decay.run(step, np.array(0.02), np.array(0.96), decay_steps=100))


def cycling(step: int) -> float:
    """CyclicalLearningRate(1e-4, 0.1, step_size=100, scale_fn=lambda x: x)."""
    low, high = np.array(1e-4), np.array(0.1)
    return float(cyclical.run(step, low, high, step_size=100, scale=cyclical.growing))


ZOO = {
    "sgd": SGD,
    "sgd_decay": With("sgd", learning_rate=decaying),
    "momentum": With("momentum", learning_rate=0.005, momentum=0.9, lr_inside=True),
    "nesterov": With("nesterov", learning_rate=0.005, momentum=0.9),
    "adagrad": With(
        "adagrad", learning_rate=0.4, epsilon=1e-7, epsilon_mode="inside", initial_accumulator=0.1
    ),
    "rmsprop": RMSPROP,
    "adam": With("adam", learning_rate=0.2, beta1=0.9, beta2=0.999, epsilon=1e-8),
    "sgd_cyclic": With("sgd", learning_rate=cycling),
}
# The race in the text of assignment 07.
OPTIMISERS = {
    "gradient descent": SGD,
    "momentum": ZOO["momentum"],
    "Nesterov": ZOO["nesterov"],
    "Adagrad": With("adagrad", learning_rate=0.4),
    "RMSProp": With("rmsprop", learning_rate=0.1),
    "Adadelta": With("adadelta", learning_rate=1.0),
    "Adam": ZOO["adam"],
    "Adamax": With("adamax", learning_rate=0.5),
}


ENDS = ((2.0, 3.4), (0.1, 0.65))


def optimisers() -> "Figure":
    """The paths of the eight optimisers of lecture 001 on its toy surface."""
    return optimiser_paths(ZOO, closeup=ENDS)


def learning_rate_paths() -> "Figure":
    """Gradient descent on the toy surface with rates from 0.005 to 0.04; the last diverges."""
    rates = 0.005 * np.arange(1, 9)
    return optimiser_paths(
        {f"{rate:g}": With("sgd", learning_rate=rate) for rate in rates}, closeup=ENDS
    )


def schedule_paths() -> "Figure":
    """Paths with a learning rate that decays, and with one that rises during the 100 steps."""
    return _compared(("sgd_decay",), ("sgd_cyclic",))


def momentum_paths() -> "Figure":
    """Gradient descent against momentum, and momentum against Nesterov momentum."""
    return _compared(("sgd", "momentum"), ("momentum", "nesterov"))


def adaptive_paths() -> "Figure":
    """Gradient descent against Adagrad and RMSProp, and RMSProp without and with momentum."""
    return _compared(("sgd", "adagrad", "rmsprop"), ("rmsprop", "rmsprop_mom"))


def adam_paths() -> "Figure":
    """Gradient descent against Adam."""
    return _compared(("sgd", "adam"))


def nesterov_vectors() -> "Figure":
    """The parts of one step of momentum and of Nesterov momentum, at one point of the surface."""
    return pictures.nesterov_step()


def descent_on_a_curve() -> "Figure":
    """Gradient descent in one dimension, with the tangents it follows."""
    return pictures.descent_on_a_curve(_two_valleys, -0.6, (-3, 3), learning_rate=0.3, steps=4)


def climbing_on_a_curve() -> "Figure":
    """Hill climbing in one dimension: random steps, kept if they lead lower."""
    return pictures.hill_climbing_on_a_curve(_two_valleys, 0.3, (-3, 3), seed=18)


def residuals() -> "Figure":
    """Points, their regression line and the residuals that it makes as small as possible."""
    rng = np.random.default_rng(0)
    x = np.sort(rng.uniform(0, 10, 12))
    return pictures.residuals(x, 1 + 0.5 * x + rng.normal(0, 0.9, 12))


def loss_surface() -> "Figure":
    """The loss of one neuron over its two weights, and the way down."""
    points, labels = blobs.run(examples=40, classes=2, spread=1.0, radius=1.0)

    def loss(w1: Any, w2: Any) -> Any:
        score = w1[..., None] * points[:, 0] + w2[..., None] * points[:, 1]
        return ((sigmoid.forward(score) - labels) ** 2).mean(axis=-1)

    path = _way(loss, (3.5, 1.5), learning_rate=4.0, steps=30)
    view = (40, -110)  # towards the wall
    return pictures.relief(loss, (-4, 4), (-4, 4), path, names=("w1", "w2", "loss"), view=view)


def first_guess() -> "Figure":
    """The loss of a line over weight and bias, a first guess, and the steps from it."""
    x = np.linspace(-1, 1, 20)
    y = 2 * x + 1

    def loss(w: Any, b: Any) -> Any:
        return ((w[..., None] * x + b[..., None] - y) ** 2).mean(axis=-1)

    path = _way(loss, (-1.5, 3.5), learning_rate=0.2, steps=25)
    return pictures.relief(loss, (-2, 5), (-2, 4), path, names=("w", "b", "loss"))


def valley() -> "Figure":
    """A loss with one valley, in two dimensions."""

    def loss(v1: Any, v2: Any) -> Any:
        return v1**2 / 2 + 2 * v2**2

    path = _way(loss, (-2.7, 1.3), learning_rate=0.15, steps=20)
    return pictures.relief(loss, (-3, 3), (-1.5, 1.5), path, names=("v1", "v2", "loss"))


def hills() -> "Figure":
    """A more realistic loss: the way down ends in one of several minima, not in the lowest."""

    def loss(v1: Any, v2: Any) -> Any:
        return (v1**2 + v2**2) / 8 + np.sin(2 * v1) * np.cos(1.5 * v2)

    path = _way(loss, (2.4, 2.6), learning_rate=0.1, steps=30)
    return pictures.relief(loss, (-3, 3), (-3, 3), path, names=("v1", "v2", "loss"))


def _two_valleys(v: Any) -> Any:
    return v**4 / 8 - v**2 + v / 3 + 3


def _way(loss: Function, start: tuple[float, float], **settings: Any) -> Real:
    def gradient(point: Real) -> Real:
        here = Variable(point)
        return gradients(loss(here[0], here[1]), [here])[0]

    return gradient_descent.descend(gradient, np.array(start), **settings)


def _compared(*groups: Sequence[str]) -> "Figure":
    known = {**ZOO, "rmsprop_mom": With(RMSPROP, momentum=0.9)}
    return compared_paths({", ".join(names): {n: known[n] for n in names} for names in groups})


PICTURES = (
    *(optimisers, learning_rate_paths, schedule_paths),
    *(momentum_paths, adaptive_paths, adam_paths, nesterov_vectors),
    *(descent_on_a_curve, climbing_on_a_curve, residuals),
    *(loss_surface, first_guess, valley, hills),
)
