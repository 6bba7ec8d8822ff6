"""The pictures in the texts of the course, drawn from what the reference computes."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from checker.course import assignment
from checker.handout import drawn_arrays, drawn_curves, drawn_images, gallery
from reference.activations import sigmoid
from reference.data import digits, two_moons
from reference.descent import gradient_descent
from reference.models import Dense, Sequential, With
from reference.pictures import activation_curves, decision_boundary, optimiser_paths
from reference.pictures._style import COLOURS, FAINT, INK, SOFT, bare, beside, figure, plain
from reference.preprocessing import one_hot, stratified_k_fold
from reference.schedules import (
    cyclical,
    exponential,
    exponential_decay,
    inverse_time,
    warm_restarts,
)

Point = tuple[float, float]
DOTS = 120  # per inch
EPOCHS = 400


def tensors() -> Figure:
    """A column and a row, broadcast to the same shape and added."""
    column, row = np.array([[10], [20], [30]]), np.array([[1, 2, 3, 4]])
    page, axes = figure(7.2, 2.3)
    bare(axes)
    axes.set(xlim=(-0.2, 15.4), ylim=(-1.0, 4.0), aspect="equal")
    at = 0.0
    for values, name, after in (
        (column, "(3, 1)", "+"),
        (row, "(1, 4)", "="),
        (column + row, "(3, 4)", ""),
    ):
        wide = np.broadcast_to(values, (3, 4))
        for i, j in np.ndindex(3, 4):
            own = i < values.shape[0] and j < values.shape[1]
            ground = "#cfe3f2" if own else "white"
            place = (at + j, 2.0 - i)
            axes.add_patch(matplotlib.patches.Rectangle(place, 1, 1, fc=ground, ec=SOFT, lw=0.8))
            text = f"{wide[i, j]}"
            colour = INK if own else SOFT
            axes.text(place[0] + 0.5, place[1] + 0.5, text, ha="center", va="center", color=colour)
        axes.text(at + 2, -0.5, name, ha="center", va="center", color=INK, fontsize=10)
        axes.text(at + 4.6, 1.5, after, ha="center", va="center", color=INK, fontsize=14)
        at += 5.2
    return page


def neuron() -> Figure:
    """Six activations and their slopes."""
    return activation_curves()


def losses() -> Figure:
    """Half the squared error and the cross-entropy of a sigmoid at target 1, and their slopes."""
    logits = np.linspace(-6, 6, 200)
    p = sigmoid.forward(logits)
    page, panels = figure(7.2, 2.7, ncols=2)
    curves = (
        ("loss at target 1", (p - 1) ** 2 / 2, -np.log(p)),
        ("slope by the logit", (p - 1) * p * (1 - p), p - 1),
    )
    for axes, (title, squared, crossed) in zip(panels, curves, strict=True):
        plain(axes, title, x="logit")
        axes.plot(logits, squared, color=COLOURS[0], linewidth=2)
        axes.plot(logits, crossed, color=COLOURS[1], linewidth=2)
    beside(panels[0], -4.2, 4.9, "cross-entropy", COLOURS[1])
    beside(panels[0], -5.8, 0.95, "half the square", COLOURS[0])
    beside(panels[1], -5.9, -0.9, "cross-entropy", COLOURS[1])
    beside(panels[1], -5.9, -0.17, "half the square", COLOURS[0])
    return page


def backprop() -> Figure:
    """Backpropagation: values go to the right, gradients go back to the left."""
    page, axes = figure(7.2, 2.0)
    names = ("x", "w x + b", "sigmoid", "w x + b", "sigmoid", "loss")
    forth = ("x", "z1", "a1", "z2", "a2")
    back = ("dL/dx", "dL/dz1", "dL/da1", "dL/dz2", "dL/da2")
    _boxes(axes, names)
    for i, (there, here) in enumerate(zip(forth, back, strict=True)):
        _arrow(axes, (2 * i + 0.62, 0.16), (2 * i + 1.38, 0.16), COLOURS[0], there, above=0.22)
        _arrow(axes, (2 * i + 1.38, -0.16), (2 * i + 0.62, -0.16), COLOURS[1], here, above=-0.42)
    for i in (1, 3):
        for side, name in ((-0.42, "w"), (0.42, "b")):
            _arrow(axes, (2 * i + side, -0.4), (2 * i + side, -0.85), COLOURS[1])
            label = f"dL/d{name}{(i + 1) // 2}"
            axes.text(2 * i + side, -1.08, label, ha="center", color=COLOURS[1], fontsize=8)
    axes.set(ylim=(-1.25, 0.75))
    return page


def autodiff() -> Figure:
    """The graph of y = sin(a b) + a: a is used twice, so its gradient is a sum of two."""
    page, axes = figure(6.4, 2.2)
    bare(axes)
    axes.set(xlim=(-0.6, 6.8), ylim=(-1.5, 1.4))
    places = {"a": (0, 0.7), "b": (0, -0.9), "a b": (2, -0.3), "sin": (4, -0.3), "+": (6, 0.3)}
    for name, place in places.items():
        _box(axes, place, name)
    edges = (
        ("a", "a b", "b", 0.16),
        ("b", "a b", "a", -0.32),
        ("a b", "sin", "cos(a b)", 0.14),
        ("sin", "+", "1", -0.3),
        ("a", "+", "1", 0.12),
    )
    for start, end, slope, above in edges:
        (x0, y0), (x1, y1) = places[start], places[end]
        away = 0.38 / np.hypot(x1 - x0, y1 - y0)
        one = (x0 + away * (x1 - x0), y0 + away * (y1 - y0))
        other = (x1 - away * (x1 - x0), y1 - away * (y1 - y0))
        _arrow(axes, one, other, COLOURS[0])
        axes.text((x0 + x1) / 2, (y0 + y1) / 2 + above, slope, ha="center", color=COLOURS[1])
    return page


def descent() -> Figure:
    """Thirty steps of gradient descent with a rate that is too small, good, or too large."""
    matrix, target = np.array([[1.0, 0.0], [0.0, 3.0]]), np.zeros(2)
    page, panels = figure(7.4, 2.5, ncols=3, sharey=True)
    across, up = np.meshgrid(np.linspace(-1.2, 3.2, 120), np.linspace(-1.6, 1.6, 120))
    height = (across**2 + 9 * up**2) / 2
    for axes, rate, words in zip(
        panels, (0.01, 0.18, 0.225), ("too small", "good", "too large"), strict=True
    ):
        path = gradient_descent.run(
            np.array([3.0, 1.0]), matrix, target, learning_rate=rate, steps=30
        )
        plain(axes, f"rate {rate:g}: {words}")
        axes.contour(across, up, height, levels=12, colors=FAINT, linewidths=1)
        axes.plot(*path.T, "-", color=COLOURS[0], linewidth=1)
        axes.plot(*path.T, "o", color=COLOURS[0], markersize=3)
        axes.plot(0, 0, "*", color=INK, markersize=11, markeredgecolor="white")
        axes.set(xlim=(-1.2, 3.2), ylim=(-1.6, 1.6))
    return page


def optimisers() -> Figure:
    """The paths of eight optimisers on the toy surface."""
    return optimiser_paths(gallery.surfaces.OPTIMISERS)


def schedules() -> Figure:
    """Learning rates that decay, and learning rates that rise again."""
    steps = range(61)
    low, high = np.array(0.1), np.array(1.0)
    page, panels = figure(7.4, 2.5, ncols=2, sharey=True)
    falling: dict[str, Callable[[int], Any]] = {
        "1 / (1 + k s)": lambda s: inverse_time.run(s, high, np.array(0.1)),
        "exp(-k s)": lambda s: exponential.run(s, high, np.array(0.1)),
        "in stairs": lambda s: exponential_decay.run(
            s, high, np.array(0.5), decay_steps=15, staircase=True
        ),
    }
    coming: dict[str, Callable[[int], Any]] = {
        "cyclical": lambda s: cyclical.run(s, low, high, step_size=10),
        "warm restarts": lambda s: warm_restarts.run(s, low, high, period=8, growth=2),
    }
    for axes, title, curves in zip(
        panels, ("falling", "coming back"), (falling, coming), strict=True
    ):
        plain(axes, title, x="step", y="rate" if title == "falling" else "")
        for colour, (name, rate) in zip(COLOURS, curves.items(), strict=False):
            axes.plot(steps, [rate(s) for s in steps], color=colour, linewidth=1.8, label=name)
        axes.legend(frameon=False, fontsize=8, labelcolor=INK, loc="upper right")
        axes.set(ylim=(0, 1.32))
    return page


def regularisation() -> Figure:
    """The losses of a network that overfits forty points, and the epoch at which to stop."""
    points, labels = two_moons.run(examples=200, noise=0.35)
    model = Sequential([Dense(64, "tanh"), Dense(64, "tanh"), Dense(1, "sigmoid")])
    adam = With("adam", learning_rate=0.003)
    model.compile(loss="binary_cross_entropy", optimiser=adam)
    y = labels[:, None].astype(float)
    fitted = model.fit(points, y, epochs=EPOCHS, batch_size=40, validation_split=0.8, seed=0)
    page, axes = figure(5.6, 2.9)
    plain(axes, "loss on two moons, 40 training examples", x="epoch")
    for colour, name in ((INK, "loss"), (COLOURS[1], "val_loss")):
        losses = fitted.history[name]
        axes.plot(range(1, EPOCHS + 1), losses, color=colour, linewidth=1.8)
        beside(axes, EPOCHS, losses[-1], "training" if name == "loss" else "validation", colour)
    best = int(np.argmin(fitted.history["val_loss"])) + 1
    axes.axvline(best, color=SOFT, linewidth=1)
    beside(axes, best, axes.get_ylim()[1] * 0.93, f"here it should stop: epoch {best}", SOFT)
    axes.set(xlim=(0, 1.2 * EPOCHS))
    return page


def training() -> Figure:
    """The training loss of one network on the digits, with three learning rates."""
    images, labels = digits()
    x, y = images.reshape(-1, 64) / 16, one_hot.run(labels, classes=10)
    page, axes = figure(5.6, 2.9)
    plain(axes, "training loss on the digits", x="epoch")
    for colour, rate in zip(COLOURS, (0.01, 0.1, 0.5), strict=False):
        model = Sequential([Dense(32, "sigmoid"), Dense(10, "softmax")])
        model.compile(loss="cross_entropy", optimiser=With("sgd", learning_rate=rate))
        losses = model.fit(x[:1400], y[:1400], epochs=40, batch_size=32, seed=0).history["loss"]
        axes.plot(range(1, 41), losses, color=colour, linewidth=1.8)
        beside(axes, 40, losses[-1], f"rate {rate:g}", colour)
    axes.set(ylim=(0, 2.6), xlim=(0, 46))
    return page


def selection() -> Figure:
    """Twenty examples of three classes in five stratified folds, each used once for validation."""
    labels = np.array([0] * 9 + [1] * 6 + [2] * 5)
    fold = stratified_k_fold.run(labels, folds=5, seed=0)
    page, axes = figure(6.4, 2.3)
    bare(axes)
    axes.set(xlim=(-2.6, 20.2), ylim=(-1.2, 5.2), aspect="equal")
    for k in range(5):
        axes.text(-0.3, 4.5 - k, f"round {k + 1}", ha="right", va="center", color=INK, fontsize=8)
        for i, label in enumerate(labels):
            ground = COLOURS[label] if fold[i] == k else FAINT
            axes.add_patch(
                matplotlib.patches.Rectangle((i, 4 - k), 0.9, 0.85, fc=ground, ec="white")
            )
    for label, middle in enumerate((4.5, 12, 17.5)):
        axes.text(middle, -0.6, f"class {label}", ha="center", color=COLOURS[label], fontsize=9)
    return page


def project() -> Figure:
    """The decision boundary of a small network on two moons."""
    model, (points, labels) = gallery.training.moons(), two_moons.run(examples=200, noise=0.15)
    model.fit(points, labels[:, None].astype(float), epochs=150, seed=0)
    return decision_boundary(model, points, labels)


PICTURES: dict[str, Callable[[], Figure]] = {
    picture.__name__: picture
    for picture in (
        *(tensors, neuron, losses, backprop, autodiff, descent),
        *(optimisers, schedules, regularisation, training, selection, project),
        *(*drawn_arrays.DRAWN, *drawn_curves.DRAWN, *drawn_images.DRAWN),
    )
}


def _boxes(axes: Axes, names: Sequence[str]) -> None:
    bare(axes)
    axes.set(xlim=(-0.7, 2 * len(names) - 1.3))
    for i, name in enumerate(names):
        _box(axes, (2 * i, 0), name)


def _box(axes: Axes, place: Point, name: str) -> None:
    kind = {"boxstyle": "round,pad=0.45", "fc": "white", "ec": SOFT}
    axes.text(*place, name, ha="center", va="center", color=INK, fontsize=9, bbox=kind)


def _arrow(
    axes: Axes, start: Point, end: Point, colour: str, text: str = "", *, above: float = 0
) -> None:
    axes.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": colour, "lw": 1.4})
    middle = ((start[0] + end[0]) / 2, start[1] + above)
    axes.text(*middle, text, ha="center", va="center", color=colour, fontsize=8)


def write() -> Iterator[Path]:
    """Draw all pictures, and yield the path of each. One begins with the name of its assignment."""
    for name in PICTURES:
        path = assignment.names()[name.partition("_")[0]] / f"{name}.png"
        PICTURES[name]().savefig(path, dpi=DOTS, metadata={"Software": None})
        yield path
