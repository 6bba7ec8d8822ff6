"""Pictures of points in the plane, of images, and of how networks see them."""

from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from checker.handout.gallery.training import moons
from reference import pictures
from reference.activations import sigmoid
from reference.data import digits, two_moons
from reference.models import Dense, Sequential, With
from reference.pictures._boundary import draw_boundary
from reference.pictures._style import INK, beside, figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from reference.spec import Real

KNOWN = 1000  # digits for training
NAMES = {"relu": "ReLU", "tanh": "tanh"}
SLOPPY = 3  # epochs, few enough for some wrong predictions


def boundary() -> "Figure":
    """The decision boundary of a small network on two moons."""
    model, (points, labels) = moons(), two_moons.run(examples=200, noise=0.15)
    model.fit(points, labels[:, None].astype(float), epochs=150, seed=0)
    return pictures.decision_boundary(model, points, labels)


def points() -> "Figure":
    """Points of two classes."""
    return pictures.points(*two_moons.run(examples=200, noise=0.15))


def border_through_origin() -> "Figure":
    """A neuron without bias: however it is trained, its border goes through (0, 0)."""
    where, labels = two_moons.run(examples=200, noise=0.15)
    where = where + np.array([0.7, 0.7])
    weight = np.zeros(2)
    for _ in range(500):
        weight -= 0.5 * where.T @ (sigmoid.forward(where @ weight) - labels) / len(where)
    page = pictures.border(lambda x: x @ weight, where, labels, level=0.0)
    page.axes[0].plot(0, 0, "o", color=INK, markersize=5)
    beside(page.axes[0], 0, 0, "(0, 0)", INK, va="top")
    return page


def one_neuron() -> "Figure":
    """The border of one neuron: a straight line cannot part the moons."""
    where, labels = two_moons.run(examples=200, noise=0.15)
    model = Sequential([Dense(1, "sigmoid")])
    model.compile(loss="binary_cross_entropy", optimiser=With("adam", learning_rate=0.05))
    model.fit(where, labels[:, None].astype(float), epochs=100, seed=0)
    return pictures.border(model, where, labels)


def hidden_plane() -> "Figure":
    """How each layer bends the plane, until a straight line parts the moons."""
    where, labels = two_moons.run(examples=200, noise=0.1)
    model = Sequential([*(Dense(2, "tanh") for _ in range(3)), Dense(1, "sigmoid")])
    model.compile(loss="binary_cross_entropy", optimiser=With("adam", learning_rate=0.03))
    model.fit(where, labels[:, None].astype(float), epochs=150, seed=0)
    return pictures.representations(model, where, labels)


def relu_and_tanh() -> "Figure":
    """ReLU has borders of straight pieces, and tanh has smooth ones."""
    where, labels = two_moons.run(examples=100, noise=0.25)
    targets = labels[:, None].astype(float)
    page, panels = figure(7.4, 3.6, ncols=2)
    for axes, name in zip(panels, NAMES, strict=True):
        model = Sequential([Dense(10, name), Dense(10, name), Dense(1, "sigmoid")])
        adam = With("adam", learning_rate=0.02)
        model.compile(loss="binary_cross_entropy", optimiser=adam, metrics=["accuracy"])
        start = perf_counter()
        model.fit(where[:75], targets[:75], epochs=300, seed=0)
        seconds = perf_counter() - start
        accuracy = model.evaluate(where[75:], targets[75:])["accuracy"]
        title = f"{NAMES[name]}, accuracy {accuracy:.2f}, {seconds:.2f} s"
        draw_boundary(axes, model, where[:75], labels[:75], title)
    return page


def images() -> "Figure":
    """Five digits with their labels."""
    pixels, labels = digits()
    return pictures.images(pixels[:5], labels[:5])


def predictions() -> "Figure":
    """Digits with true and predicted labels: seven right predictions and three wrong ones."""
    pixels, labels = (each[KNOWN:] for each in digits())
    found = _reader(SLOPPY).predict(_rows(pixels))
    right = found.argmax(axis=1) == labels
    shown = np.sort([*np.flatnonzero(right)[:7], *np.flatnonzero(~right)[:3]])
    return pictures.images(pixels[shown], labels[shown], found[shown])


def filters() -> "Figure":
    """The weights of the first layer as images, and what lights up for four digits."""
    pixels, _ = digits()
    model = _reader(10)
    seen = Sequential(model.layers[:1]).predict(_rows(pixels[:4]))
    weights = model.layers[0].weights["weight"].T.reshape(-1, *pixels.shape[1:])
    return pictures.filters(pixels[:4] / 16, weights, seen)


def _reader(epochs: int) -> Sequential:
    """A network that reads digits, trained with the first ones."""
    pixels, labels = digits()
    model = Sequential([Dense(8, "relu"), Dense(10, "softmax")])
    model.compile(loss="sparse_cross_entropy", optimiser=With("adam", learning_rate=0.01))
    model.fit(_rows(pixels[:KNOWN]), labels[:KNOWN], epochs=epochs, seed=0)
    return model


def _rows(pixels: "Real") -> "Real":
    return pixels.reshape(len(pixels), -1) / 16


PICTURES = (
    *(boundary, points, border_through_origin, one_neuron, hidden_plane, relu_and_tanh),
    *(images, predictions, filters),
)
