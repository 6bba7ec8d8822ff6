"""Pictures of functions and of walks in the texts of the course."""

import numpy as np
from matplotlib.figure import Figure

from reference.activations import softmax
from reference.descent import gradient_descent
from reference.initialisers import he_normal
from reference.optimisers import momentum
from reference.pictures._style import COLOURS, FAINT, INK, SOFT, beside, figure, plain

LAYERS, UNITS = 12, 200


def neuron_softmax() -> Figure:
    """Three logits, and the probabilities that softmax makes of them."""
    logits = np.array([1.0, 2.0, 3.0])
    page, panels = figure(6.4, 2.4, ncols=3)
    bars = (
        ("logits", logits),
        ("softmax", softmax.forward(logits[None])[0]),
        ("softmax of logits + 1000", softmax.forward(logits[None] + 1000)[0]),
    )
    for axes, (title, values) in zip(panels, bars, strict=True):
        plain(axes, title)
        axes.bar(["0", "1", "2"], values, color=COLOURS[:3], width=0.6)
        for place, value in enumerate(values):
            words = f"{value:.3g}"
            axes.text(place, value, words, ha="center", va="bottom", color=INK, fontsize=8.5)
        axes.set(ylim=(0, 1.2 * values.max()), yticks=[])
        axes.spines["left"].set_visible(False)
    return page


def losses_price() -> Figure:
    """The price of a probability: minus its logarithm."""
    p = np.linspace(0.005, 1, 300)
    page, axes = figure(5.2, 2.6)
    plain(axes, "the price of what happened", x="probability that was given to it")
    axes.plot(p, -np.log(p), color=COLOURS[0], linewidth=2)
    for at in (0.9, 0.5, 0.1, 0.01):
        axes.plot(at, -np.log(at), "o", color=COLOURS[1], markersize=5)
        beside(axes, at, -np.log(at), f"{at:g}: {-np.log(at):.3f}", INK, va="bottom")
    axes.set(xlim=(0, 1.12), ylim=(0, 5.4))
    return page


def autodiff_differences() -> Figure:
    """The error of two formulas for the derivative of sin at 1, by the step h."""
    steps = 10.0 ** np.linspace(-14, 0, 141)
    one = (np.sin(1 + steps) - np.sin(1)) / steps
    both = (np.sin(1 + steps) - np.sin(1 - steps)) / (2 * steps)
    page, axes = figure(5.8, 2.7)
    plain(axes, "error of the derivative of sin at 1", x="h")
    for colour, values in ((COLOURS[1], one), (COLOURS[0], both)):
        error = np.maximum(np.abs(values - np.cos(1)), 1e-17)
        axes.loglog(steps, error, color=colour, linewidth=1.5)
    beside(axes, 1e-5, 1e-3, "to one side", COLOURS[1], ha="right")
    beside(axes, 1e-2, 1e-7, "central", COLOURS[0])
    axes.text(2e-14, 1e-10, "rounding", color=SOFT, fontsize=8.5)
    axes.text(1e-2, 1e-11, "the formula itself", color=SOFT, fontsize=8.5)
    axes.set(ylim=(1e-14, 10), xlim=(1e-14, 60))
    return page


def descent_rates() -> Figure:
    """Five steps down a parabola, at four rates."""
    page, panels = figure(7.4, 2.2, ncols=4, sharey=True)
    one, height = np.ones((1, 1)), np.linspace(-4.2, 4.2, 100)
    titles = {0.3: "0.3: creeps", 1.0: "1: there at once", 1.7: "1.7: jumps", 2.1: "2.1: leaves"}
    for axes, (rate, title) in zip(panels, titles.items(), strict=True):
        path = gradient_descent.run(
            np.array([-2.5]), one, np.zeros(1), learning_rate=rate, steps=5
        )[:, 0]
        plain(axes, title)
        axes.plot(height, height**2 / 2, color=FAINT, linewidth=2)
        axes.plot(path, path**2 / 2, "-o", color=COLOURS[0], linewidth=1, markersize=4)
        axes.plot(path[0], path[0] ** 2 / 2, "o", color=COLOURS[1], markersize=6)
        axes.set(xlim=(-4.2, 4.2), ylim=(-0.5, 8.5), yticks=[])
    return page


def optimisers_momentum() -> Figure:
    """Forty steps down a long valley, without and with momentum, at one learning rate."""
    curvature, start = np.array([1.0, 30.0]), np.array([-4.0, 0.9])
    page, panels = figure(7.2, 2.3, ncols=2, sharey=True)
    across, up = np.meshgrid(np.linspace(-4.6, 1.6, 120), np.linspace(-1.1, 1.1, 120))
    height = (across**2 + 30 * up**2) / 2
    for axes, kept in zip(panels, (0.0, 0.8), strict=True):
        w, state = start, momentum.init(start)
        path = [w]
        for _ in range(40):
            w, state = momentum.update(curvature * w, state, w, learning_rate=0.03, momentum=kept)
            path.append(w)
        plain(axes, f"momentum {kept:g}")
        axes.contour(across, up, height, levels=[0.3, 1, 2, 4, 7, 11], colors=FAINT, linewidths=1)
        axes.plot(*np.array(path).T, "-o", color=COLOURS[0], linewidth=1, markersize=3)
        axes.plot(0, 0, "*", color=INK, markersize=11, markeredgecolor="white")
        axes.set(xlim=(-4.6, 1.6), ylim=(-1.1, 1.1), yticks=[])
    return page


def schedules_sizes() -> Figure:
    """How large the values in a network with ReLU are, layer by layer, for three first weights."""
    rng = np.random.default_rng(0)
    noise = rng.standard_normal((LAYERS, UNITS, UNITS))
    x = rng.standard_normal((100, UNITS))
    page, axes = figure(5.8, 2.7)
    plain(axes, "mean square of the outputs, 200 units with ReLU", x="layer")
    for colour, times, name in (
        (COLOURS[1], 1.6, "1.6 times as large"),
        (COLOURS[0], 1.0, "He"),
        (COLOURS[2], 0.6, "0.6 times as large"),
    ):
        h, sizes = x, [float(np.mean(x**2))]
        for each in noise:
            h = np.maximum(h @ (times * he_normal.forward(each)), 0)
            sizes.append(float(np.mean(h**2)))
        axes.semilogy(range(LAYERS + 1), sizes, "-o", color=colour, linewidth=1.6, markersize=3)
        beside(axes, LAYERS, sizes[-1], name, colour)
    axes.set(xlim=(0, LAYERS * 1.35), xticks=range(0, LAYERS + 1, 2))
    return page


def regularisation_pull() -> Figure:
    """Three weights that a penalty alone acts on: L2 shrinks them, L1 takes them to 0."""
    page, panels = figure(6.4, 2.4, ncols=2, sharey=True)
    steps = np.arange(61)
    for axes, name in zip(panels, ("L2", "L1"), strict=True):
        plain(axes, f"{name} penalty alone", x="step", y="weight" if name == "L2" else "")
        for colour, start in zip(COLOURS, (1.0, 0.6, 0.2), strict=False):
            far = start * 0.95**steps if name == "L2" else np.maximum(start - 0.02 * steps, 0)
            axes.plot(steps, far, color=colour, linewidth=1.8)
        axes.set(ylim=(-0.03, 1.05))
    return page


DRAWN = (
    *(neuron_softmax, losses_price, autodiff_differences, descent_rates),
    *(optimisers_momentum, schedules_sizes, regularisation_pull),
)
