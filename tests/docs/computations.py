"""What computes the numbers in texts and docstrings, where that is more than an expression."""

import functools
import importlib
import inspect
import math
import os
from pathlib import Path

import numpy as np
import pytest
from test_texts import NEARER, ONE, solution

from reference import catalogue
from reference.autodiff import _numerical
from reference.descent import toy_surface
from reference.losses import binary_cross_entropy, cross_entropy
from reference.networks import two_neurons
from reference.optimisers import rprop, sgd

ROOT = Path(__file__).parents[2]
YES, NO = np.ones((1, 1)), np.zeros((1, 1))
LECTURE = (0.05, 0.1, -0.1, 0.3, 0.3)  # x, w1, b1, w2 and b2 of lecture 004, whose y is 0.01
Z1, A1, Z2, A2 = two_neurons.forward(*LECTURE)
WIDE = (784, 512, 512, 10)
DOG = cross_entropy.SPEC.examples[0].inputs["probability"][0]
PRICES = np.array([0, 0.105, 0.693, 2.303, 4.605])
CUT = math.sqrt(1 - 4 * math.exp(-2) / math.sqrt(2 * math.pi) / math.erf(math.sqrt(2)))
REACH = 2 / CUT  # of a normal distribution truncated at two, in standard deviations of its own
BIG = np.array([1000.0, 1000.0])
TOLERANCES = (1, 0.5, 0.05, 0)
EXAMPLES, LAYERS, WIDTH = 200, 10, 64  # of the deep network
GLOROT, HE = math.sqrt(1 / WIDTH), math.sqrt(2 / WIDTH)
RACED = (100, 1000)  # steps
TRAINED, POINTS, RATE = (0, 10, 100, 1000), 100, 0.1


def default(path):
    """The default of a setting in PyTorch or Keras, if that is installed."""
    os.environ.setdefault("KERAS_BACKEND", "torch")
    path, _, setting = path.partition(" ")
    library, *names = path.split(".")
    found = functools.reduce(getattr, names, pytest.importorskip(library))
    return inspect.signature(found).parameters[setting].default if setting else found()


def shared(name, words, path):
    """The default of a library, which is also that of the operation if the words say "here"."""
    value = default(path)
    return if_so(value, "here" not in words or value in known(ROOT / f"reference/{name}.py"))


def known(path):
    """The defaults of an operation."""
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    functions = [getattr(module, name, None) for name in ("forward", "update", "run")]
    return [p.default for f in functions if f for p in inspect.signature(f).parameters.values()]


def if_so(number, claim):
    """The number of a claim, if the claim is true."""
    return number if claim else math.nan


def smallest(claim):
    return next(n for n in range(10**6) if claim(n))


def overflows(n):
    with np.errstate(over="ignore"):
        return np.isinf(np.exp(float(n)))


@functools.cache
def race(name, rate):
    """The rate, and how high an optimiser is on the toy surface after the steps."""
    spec, point = catalogue.operation(name), np.array(toy_surface.START)
    state, path = spec.init(point), []
    for _ in range(max(RACED)):
        grad = toy_surface.gradient(point)
        point, state = spec.update(grad, state, point, learning_rate=rate)
        path.append(float(toy_surface.forward(*point)))
    return rate, *(path[steps - 1] for steps in RACED)


def sizes(std, activation):
    """The sizes of the gradients at layers 1, 5 and 9 in the experiment of the text."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((EXAMPLES, WIDTH))
    weights = std * rng.standard_normal((LAYERS, WIDTH, WIDTH))
    run = solution("08_schedules").gradient_sizes
    return run(x, weights, np.zeros((LAYERS, WIDTH)), activation)[[0, 4, 8]]


def apart(base, std):
    """How far apart units are in the experiment of the text."""
    rng = np.random.default_rng(0)
    x, w1, w2 = (
        rng.standard_normal((POINTS, 2)),
        rng.standard_normal((2, 4)),
        rng.standard_normal(4),
    )
    start, target = (base + std * w1, base + std * w2), np.sin(2 * x[:, 0])
    run = solution("08_schedules").distance_of_units
    return np.array(run(x, target, *start, RATE, max(TRAINED)))[list(TRAINED)]


def plain_path():
    point, path = np.array(1.0), []
    for grad in (2.0, 2.0, -1.0):
        point, _ = sgd.update(np.array(grad), sgd.init(point), point, learning_rate=0.1)
        path.append(point)
    return path


def rprop_sizes():
    point, state, found = np.array(1.0), rprop.init(np.array(1.0)), []
    for grad in (2.0, 2.0, -1.0, -1.0, -1.0):
        point, state = rprop.update(np.array(grad), state, point, learning_rate=0.1)
        found.append(state.size)
    return found


def quickprop_steps():
    path = solution("07_optimisers").quickprop_path(ONE, NEARER, 0.1, 1.75)
    return np.diff(path.ravel(), prepend=1.0)


def complex_sine(h):
    return _numerical.complex_step(np.sin, 2.0, h)


def clamped():
    """The price of the impossible, and the least denominator of its gradient."""
    gradient = binary_cross_entropy.backward(1.0, YES, NO)[0].item()
    return -binary_cross_entropy.forward(NO, YES).item(), 1 / gradient


def least_probability():
    (gradient,) = cross_entropy.backward(1.0, np.zeros((1, 1)), np.ones((1, 1)))
    return -1 / gradient.item(), -1 / gradient.item()
