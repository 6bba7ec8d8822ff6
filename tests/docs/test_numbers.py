"""Every number in a text or docstring is computed here, or is exempt by a rule that has a name.

An entry quotes a file and marks the numbers that its expression computes: «0.5». What
test_texts.py computes is not repeated. An exempt number is given rather than found.
"""

import ast
import functools
import importlib
import inspect
import math
import os
import re
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from checker.cases import answering, generation
from checker.commands import grade
from checker.course import assignment
from checker.grading import choose_file
from checker.numerics import derivative
from checker.proof import trial
from checker.proof.kinds import optimiser
from checker.reports import terminal
from checker.sandbox import limits, syscalls
from reference import catalogue, keras, special
from reference.activations import gelu, prelu, sigmoid, softmax, swish
from reference.autodiff import _numerical, tape_differences
from reference.data import digits, spirals
from reference.descent import convergence, toy_surface
from reference.initialisers import fans
from reference.losses import binary_cross_entropy, cross_entropy
from reference.models import log_uniform_draws
from reference.networks import parameter_counts, two_neurons, two_neurons_loss
from reference.optimisers import rprop, sgd
from reference.samplers import _properties
from reference.schedules import exponential, rising_momentum

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests" / "course"))

from test_texts import CASES, LOSSES, NEARER, ONE, solution  # noqa: E402, in the folder of the course

# What the expressions share.

YES, NO = np.ones((1, 1)), np.zeros((1, 1))
LECTURE = (0.05, 0.1, -0.1, 0.3, 0.3)  # x, w1, b1, w2 and b2 of lecture 004, whose y is 0.01
Z1, A1, Z2, A2 = two_neurons.forward(*LECTURE)
WIDE = (784, 512, 512, 10)
DOG = cross_entropy.SPEC.examples[0].inputs["probability"][0]
PRICES = np.array([0, 0.105, 0.693, 2.303, 4.605])
WORDS = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty",
)
CUT = math.sqrt(1 - 4 * math.exp(-2) / math.sqrt(2 * math.pi) / math.erf(math.sqrt(2)))
REACH = 2 / CUT  # of a normal distribution truncated at two, in standard deviations of its own
BIG = np.array([1000.0, 1000.0])
TOLERANCES = (1, 0.5, 0.05, 0)
EXAMPLES, LAYERS, WIDTH = 200, 10, 64  # of the deep network
GLOROT, HE = math.sqrt(1 / WIDTH), math.sqrt(2 / WIDTH)
RACED = (100, 1000)  # steps
TRAINED, POINTS, RATE = (0, 10, 100, 1000), 100, 0.1
MAP = ".:-=+%#@"  # each sign is about twice as high as the one before


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


# File, words with the computed numbers marked, and what computes them.

TORCH_MOMENTUM = "torch.nn.BatchNorm1d momentum"
LIBRARIES = [  # and the default that it is in PyTorch or Keras
    (
        "activations/leaky_relu",
        "«0.01» by default here and in",
        "torch.nn.LeakyReLU negative_slope",
    ),
    ("activations/leaky_relu", "and «0.3» in the", "keras.layers.LeakyReLU negative_slope"),
    ("activations/prelu", "start at «0.25» in the paper and in", "torch.nn.PReLU init"),
    ("initialisers/normal", "and std «0.05», as in", "keras.initializers.RandomNormal stddev"),
    ("initialisers/uniform", "from «-0.05» to", "keras.initializers.RandomUniform minval"),
    ("initialisers/uniform", "to «0.05» by default,", "keras.initializers.RandomUniform maxval"),
    ("losses/binary_cross_entropy", "Keras clips p to [«1e-7»", "keras.config.epsilon"),
    ("losses/binary_cross_entropy", "1 - «1e-7»]", "keras.config.epsilon"),
    ("losses/cross_entropy", "clipped p to [«1e-7»", "keras.config.epsilon"),
    ("losses/cross_entropy", "1 - «1e-7»]", "keras.config.epsilon"),
    ("metrics/binary_accuracy", "«0.5» by default in", "keras.metrics.BinaryAccuracy threshold"),
    ("models/_regularising", "«0.99»), epsilon", "keras.layers.BatchNormalization momentum"),
    ("models/_regularising", "is «1e-3» and", "keras.layers.BatchNormalization epsilon"),
    ("optimisers/adadelta", "Keras uses «0.001».", "keras.optimizers.Adadelta learning_rate"),
    ("optimisers/adadelta", "«0.95» here and in", "keras.optimizers.Adadelta rho"),
    ("optimisers/adadelta", "and «0.9» in PyTorch", "torch.optim.Adadelta rho"),
    ("optimisers/adadelta", "«1e-6» here and in", "torch.optim.Adadelta eps"),
    ("optimisers/adadelta", "and «1e-7» in Keras", "keras.optimizers.Adadelta epsilon"),
    ("optimisers/adagrad", "«0.1» in", "keras.optimizers.Adagrad initial_accumulator_value"),
    ("optimisers/adagrad", "in PyTorch («1e-10»)", "torch.optim.Adagrad eps"),
    ("optimisers/adagrad", "in Keras («1e-7»)", "keras.optimizers.Adagrad epsilon"),
    ("optimisers/adagrad", "«0.01» is that of PyTorch", "torch.optim.Adagrad lr"),
    ("optimisers/adagrad", "Keras has «0.001».", "keras.optimizers.Adagrad learning_rate"),
    ("optimisers/adam", "Keras has epsilon «1e-7»", "keras.optimizers.Adam epsilon"),
    ("optimisers/adamax", "«0.002» here and in", "torch.optim.Adamax lr"),
    ("optimisers/adamax", "and «0.001» in Keras", "keras.optimizers.Adamax learning_rate"),
    ("optimisers/adamax", "«1e-8» here and in", "torch.optim.Adamax eps"),
    ("optimisers/adamax", "and «1e-7» in Keras", "keras.optimizers.Adamax epsilon"),
    ("optimisers/momentum", "and «0» in PyTorch", "torch.optim.SGD momentum"),
    ("optimisers/momentum", "and «0» in PyTorch and in Keras", "keras.optimizers.SGD momentum"),
    ("optimisers/rmsprop", "«0.99» in PyTorch (alpha)", "torch.optim.RMSprop alpha"),
    ("optimisers/rmsprop", "rho is «0.9» in", "keras.optimizers.RMSprop rho"),
    ("optimisers/rmsprop", "«0.001» here and in", "keras.optimizers.RMSprop learning_rate"),
    ("optimisers/rmsprop", "and «0.01» in PyTorch", "torch.optim.RMSprop lr"),
    ("optimisers/sgd", "«0.01» is that of", "keras.optimizers.SGD learning_rate"),
    ("optimisers/sgd", "PyTorch has «0.001».", "torch.optim.SGD lr"),
    ("regularisation/batch_norm_train", "«1e-5» here and in", "torch.nn.BatchNorm1d eps"),
    ("regularisation/batch_norm_train", "«1e-3» in", "keras.layers.BatchNormalization epsilon"),
    ("regularisation/batch_norm_inference", "«1e-5» here and in", "torch.nn.BatchNorm1d eps"),
    ("regularisation/batch_norm_inference", "«1e-3» in", "keras.layers.BatchNormalization epsilon"),
    (
        "regularisation/batch_norm_running",
        "«0.1» in PyTorch means",
        TORCH_MOMENTUM,
    ),
    ("regularisation/batch_norm_running", "«0.1» here and in", TORCH_MOMENTUM),
    ("regularisation/batch_norm_running", "«0.99» in", "keras.layers.BatchNormalization momentum"),
    ("regularisation/l1", "«0.01» is that of Keras", "keras.regularizers.L1 l1"),
    ("regularisation/l2", "«0.01» is that of Keras", "keras.regularizers.L2 l2"),
]
KERAS = [  # what reference.keras has by default, which is Keras's: see test_keras_agreement.py
    (
        "keras/activations",
        "slope «0.2» as a function and «0.3» as a layer; the catalogue has «0.01»",
        lambda: (
            keras.activations.get("leaky_relu").settings["negative_slope"],
            keras.layers.LeakyReLU().activation.settings["negative_slope"],
            known(ROOT / "reference/activations/leaky_relu.py")[-1],
        ),
    ),
    ("keras/initializers", "by the factor «0.8796», for", lambda: CUT),
    ("keras/initializers", "than 2 / «0.8796» = «2.27» standard", lambda: (CUT, REACH)),
    (
        "keras/layers",
        "old average, «0.99», epsilon is «1e-3»",
        lambda: [
            inspect.signature(keras.layers.BatchNormalization).parameters[name].default
            for name in ("momentum", "epsilon")
        ],
    ),
    (
        "keras/losses",
        "probabilities to [«1e-7», 1 - «1e-7»] before",
        lambda: (keras.losses.LEAST, keras.losses.LEAST),
    ),
    (
        "keras/optimizers",
        "of squares starts at «0.1», and",
        lambda: keras.optimizers.Adagrad().settings["initial_accumulator"],
    ),
    (
        "keras/optimizers",
        "learning rate is «0.001», which is slow",
        lambda: keras.optimizers.Adadelta().learning_rate,
    ),
]
EVERYWHERE = np.linspace(-6, 6, 12001)


def lifted():
    """The smallest and the largest singular value after muon's default iterations."""
    values = np.geomspace(0.01, 1, 400)
    a, b, c = (3.4445, -4.7750, 2.0315)
    for _ in range(5):
        values = a * values + b * values**3 + c * values**5
    return [values.min(), values.max()]


DOCSTRINGS = [
    (
        "activations/gelu",
        "differ by up to «0.0005».",
        lambda: max(
            abs(gelu.forward(EVERYWHERE) - gelu.forward(EVERYWHERE, approximate="tanh")),
        ),
    ),
    (
        "optimisers/adafactor",
        "«2.2e-16» in float64 and «1.2e-7» in float32",
        lambda: [np.finfo(np.float64).eps, np.finfo(np.float32).eps],
    ),
    ("optimisers/muon", "all between «0.7» and «1.1» or so", lifted),
    ("special", "such as erfc(9) = «4e-37» keeps", lambda: special.erfc(np.array([9.0]))),
    *KERAS,
    ("activations/prelu_shared", "starts at «0.25».", lambda: prelu.INITIAL_SLOPE),
    (
        "activations/swish",
        "down to about «-0.278» / b",
        lambda: swish.forward(np.linspace(-2, 0, 2001)).min(),
    ),
    (
        "activations/sigmoid",
        "exactly 1 for x above «37»,",
        lambda: smallest(lambda n: sigmoid.forward(np.array(float(n))) == 1),
    ),
    ("activations/tanh", "for |x| of «710» and more", lambda: smallest(overflows)),
    (
        "autodiff/_numerical",
        "so h may be «1e-30» and the error vanishes",
        lambda: if_so(1e-30, abs(complex_sine(1e-30) - math.cos(2.0)) < 1e-15),
    ),
    ("data/_digits", "digits: «1797» images", lambda: len(digits()[0])),
    ("data/_digits", "of shape («1797», 8, 8)", lambda: len(digits()[0])),
    ("data/_digits", "of shape («1797»,)", lambda: len(digits()[1])),
    ("data/_fashion_mnist", "values from 0 to «255»", lambda: np.iinfo(np.uint8).max),
    (
        "data/spirals",
        "distributed from «0.1» to 1",
        lambda: np.hypot(*spirals.run(examples=2000, noise=0.0)[0].T).min(),
    ),
    ("descent/toy_path", "Lecture 001 starts at («0.8», «1.6»)", lambda: toy_surface.START),
    ("descent/toy_surface", "is at MINIMUM, («3», «0.5»)", lambda: toy_surface.MINIMUM),
    ("descent/toy_surface", "begin at START, («0.8», «1.6»)", lambda: toy_surface.START),
    ("descent/toy_surface", "at its minimum («3», «0.5»),", lambda: toy_surface.MINIMUM),
    (
        "descent/toy_surface",
        "and higher at («4», «0.5»)",
        lambda: if_so((4, 0.5), toy_surface.forward(4.0, 0.5) > 0),
    ),
    ("initialisers/he_normal", "is beyond «2.27» std", lambda: REACH),
    (
        "initialisers/he_normal",
        "while «2.3» % are here",
        lambda: 100 * math.erfc(REACH / math.sqrt(2)),
    ),
    ("samplers/he_normal_weights", "beyond «2.27» standard deviations", lambda: REACH),
    ("losses/__init__", "clamp log(p) at «-100»", lambda: clamped()[0]),
    ("losses/__init__", "wrong answer costs «100» and", lambda: -clamped()[0]),
    ("losses/binary_cross_entropy", "at «-100» and p (1 - p) at «1e-12»", clamped),
    ("losses/cross_entropy", "at «-100» and the denominator at «1e-12»", clamped),
    (
        "models/log_uniform_draws",
        "because «0.001» and «0.01» differ as much as «0.1» and 1",
        lambda: log_uniform_draws.run(np.array([0, 1 / 3, 2 / 3]), low=0.001, high=1.0),
    ),
    ("models/_network", "and «669706» for", lambda: sum(parameter_counts.run(WIDE))),
    (
        "models/log_uniform_draws",
        "from «0.001» to 1, nine of ten values would lie "
        "in the uppermost power of ten, above «0.1»",
        lambda: [0.001 + (1 - 0.001) * share for share in (0, 0.1)],
    ),
    (
        "networks/parameter_counts",
        "has «12» + «20» + «5» = «37» parameters",
        lambda: [*parameter_counts.run((2, 4, 4, 1)), sum(parameter_counts.run((2, 4, 4, 1)))],
    ),
    (
        "networks/parameter_counts",
        "«401920» + «262656» + «5130» = «669706»",
        lambda: [*parameter_counts.run(WIDE), sum(parameter_counts.run(WIDE))],
    ),
    (
        "networks/gradient_sizes",
        "slope of a sigmoid is at most «1/4»",
        lambda: sigmoid.backward(1.0, np.arange(-6.0, 7.0))[0].max(),
    ),
    ("networks/two_neurons_loss", "of the lecture, a2 is «0.609»", lambda: A2),
    (
        "networks/two_neurons_loss",
        "prints «0.0679» for it",
        lambda: two_neurons_loss.backward(1.0, *LECTURE, 0.01)[2],
    ),
    ("preprocessing/min_max", "but «0.31» for the digits", lambda: digits()[0].mean() / 16),
    ("regularisation/batch_norm_train", "input by 10 and epsilon by «100»", lambda: 10**2),
    (
        "schedules/rising_momentum",
        "from «0.5» towards «0.99»",
        lambda: [rising_momentum.run(epoch, 0.99, period=1) for epoch in (0, 10**6)],
    ),
    (
        "regularisation/batch_norm_running",
        "the same as «0.9» in",
        lambda: 1 - default(TORCH_MOMENTUM),
    ),
    (
        "schedules/rising_momentum",
        "halfway from «0.5» to",
        lambda: rising_momentum.run(0, 0.99, period=2, way="linear"),
    ),
]
TEXTS = [
    ("01_tensors", "wants rows, (n, «784»)", lambda: 28 * 28),
    (
        "03_losses",
        "what happened «1» «0.9» «0.5» «0.1» «0.01» the price",
        lambda: np.exp(-PRICES),
    ),
    ("03_losses", "some tiny number like «1e-12», say", lambda: clamped()[1]),
    ("03_losses", "Do not clip at «0.01»", lambda: math.exp(-PRICES[-1])),
    ("03_losses", "says p = («0.1», «0.7», «0.2»)", lambda: DOG),
    ("03_losses", "How the other «0.3» are shared", lambda: 1 - DOG[1]),
    ("03_losses", "«0.7» is not equal to 1", lambda: DOG[1]),
    (
        "04_backprop",
        "For x = «0.05», w1 = «0.1», b1 = «-0.1», w2 = «0.3» and b2 = «0.3» the lecture finds "
        "z1 = «-0.095», a1 = «0.476», z2 = «0.443» and a2 = «0.609».",
        lambda: [*LECTURE, Z1, A1, Z2, A2],
    ),
    (
        "04_backprop",
        "multiplies «0.599», «0.238» and «0.476», and gets dL/dw2 = «0.0679».",
        lambda: [A2 - 0.01, A2 * (1 - A2), A1, two_neurons_loss.backward(1.0, *LECTURE, 0.01)[2]],
    ),
    ("04_backprop", "e^«1000» is infinite", lambda: if_so(BIG[0], overflows(BIG[0]))),
    (
        "04_backprop",
        "the softmax of («1000», «1000») is simply («1/2», «1/2»)",
        lambda: [*BIG, *softmax.forward(BIG)],
    ),
    (
        "05_autodiff",
        "such as «0.5», where",
        lambda: tape_differences.run.__annotations__["h"].__metadata__[0].values[0],
    ),
    (
        "05_autodiff",
        "h is chosen near «1e-5»:",
        lambda: 10.0 ** round(math.log10(_numerical.METHODS["central"].step)),
    ),
    ("06_descent", "At «0.25» the steep direction arrives at once", lambda: 1 / 4),
    (
        "06_descent",
        "At «0.6» the gentle one is faster, and the steep one has left",
        lambda: if_so(0.6, abs(1 - 0.6) < abs(1 - 0.25) and abs(1 - 4 * 0.6) > 1),
    ),
    (
        "06_descent",
        "tolerance «1» «0.5» «0.05» «0» epochs «3» «4» «5» «6»",
        lambda: [*TOLERANCES, *(convergence.run(LOSSES, tolerance=t) for t in TOLERANCES)],
    ),
    ("07_optimisers", "rate «0.1» would give «0.8», «0.6», «0.7».", lambda: [0.1, *plain_path()]),
    ("07_optimisers", "start of the lecture, («0.8», «1.6»),", lambda: toy_surface.START),
    ("07_optimisers", "minimum, f(«3», «0.5») = 0", lambda: toy_surface.MINIMUM),
    (
        "07_optimisers",
        "it is «42.2» high",
        lambda: toy_surface.forward(*np.array(toy_surface.START)),
    ),
    ("07_optimisers", "from («0.8», «1.6»), learning_rate", lambda: toy_surface.START),
    ("07_optimisers", "size «0.1» «0.12» «0.06» «0.06» «0.072»", rprop_sizes),
    ("07_optimisers", "d «-0.4» «-0.233333» «0.077778» «-0.038889»", quickprop_steps),
    ("07_optimisers", "gradients «4», «1», «-0.5», «0.5», learning_rate", lambda: NEARER),
    ("07_optimisers", "one, «100» steps and «1000» steps", lambda: RACED),
    ("07_optimisers", "height after «100» after «1000» SGD", lambda: RACED),
    ("07_optimisers", "SGD «0.01» «0.098» «5e-5»", lambda: race("sgd", 0.01)),
    ("07_optimisers", "momentum «0.005» «0.0085» «2e-16»", lambda: race("momentum", 0.005)),
    ("07_optimisers", "Nesterov «0.005» «0.0042» «1e-16»", lambda: race("nesterov", 0.005)),
    ("07_optimisers", "Adagrad «0.4» «0.22» «5e-4»", lambda: race("adagrad", 0.4)),
    ("07_optimisers", "RMSProp «0.1» «0.0015» «0.075»", lambda: race("rmsprop", 0.1)),
    ("07_optimisers", "Adadelta «1» «20» «0.02»", lambda: race("adadelta", 1.0)),
    ("07_optimisers", "Adam «0.2» «0.0081» «8e-31»", lambda: race("adam", 0.2)),
    ("07_optimisers", "Adamax «0.5» «0.057» «2e-7»", lambda: race("adamax", 0.5)),
    ("07_optimisers", "Rprop «0.01» «1e-6» «1e-11»", lambda: race("rprop", 0.01)),
    (
        "07_optimisers",
        "RMSProp worse after «1000» steps than after «100»?",
        lambda: if_so((1000, 100), race("rmsprop", 0.1)[2] > race("rmsprop", 0.1)[1]),
    ),
    ("08_schedules", "the exponential «3e-23»", lambda: exponential.run(99, 0.1, 0.5)),
    ("08_schedules", "(«784», «512») «784» «512»", lambda: WIDE[:2] + fans.run(np.zeros(WIDE[:2]))),
    (
        "08_schedules",
        "std 0.01 relu «5e-15» «1e-14» «2e-14»",
        lambda: sizes(0.01, "relu"),
    ),
    (
        "08_schedules",
        "Glorot («0.125») sigmoid «1e-9» «3e-6» «1e-3»",
        lambda: [GLOROT, *sizes(GLOROT, "sigmoid")],
    ),
    ("08_schedules", "Glorot tanh «2e-4» «1e-4» «1e-4»", lambda: sizes(GLOROT, "tanh")),
    ("08_schedules", "Glorot relu «4e-5» «1e-4» «1e-4»", lambda: sizes(GLOROT, "relu")),
    ("08_schedules", "He («0.177») relu «9e-4» «2e-3» «3e-3»", lambda: [HE, *sizes(HE, "relu")]),
    ("08_schedules", "std 0.5 tanh «4e-2» «6e-3» «8e-4»", lambda: sizes(0.5, "tanh")),
    ("08_schedules", "std 0.5 relu «1e+1» «3e+1» «3e+1»", lambda: sizes(0.5, "relu")),
    (
        "08_schedules",
        "experiment: «200» examples, «10» layers of width «64», no biases",
        lambda: (EXAMPLES, LAYERS, WIDTH),
    ),
    (
        "08_schedules",
        "nowhere steeper than «1/4»",
        lambda: sigmoid.backward(1.0, np.arange(-6.0, 7.0))[0].max(),
    ),
    (
        "08_schedules",
        "training of «1000» steps at rate «0.1», with 4 units, on «100» examples",
        lambda: (TRAINED[-1], RATE, POINTS),
    ),
    ("08_schedules", "step «0» «10» «100» «1000» all", lambda: TRAINED),
    ("08_schedules", "all «0» «0» «0» «0» «0»", lambda: [0, *apart(0, 0)]),
    ("08_schedules", "all «0.5» «0» «0» «0» «0»", lambda: [0.5, *apart(0.5, 0)]),
    (
        "08_schedules",
        "«0.5», and noise of std 0.001 «0.0023» «0.0033» «0.0127» «1.89»",
        lambda: [0.5, *apart(0.5, 0.001)],
    ),
    (
        "08_schedules",
        "noise of std 0.5 «1.17» «1.36» «2.10» «2.42»",
        lambda: apart(0, 0.5),
    ),
    ("10_training", "gives you «1797» images", lambda: len(digits()[0])),
    (
        "11_selection",
        "between «0.0001» and 1",
        lambda: solution("11_selection").random_rates(np.zeros(1), 0.0001, 1),
    ),
    ("11_selection", "«2», «8», «32» and «128» hidden units", lambda: [2 * 4**k for k in range(4)]),
    *(
        (name, "once in 10^«9» times", lambda: -math.log10(_properties.CHANCE))
        for name in ("06_descent", "08_schedules", "09_regularisation")
    ),
]
PAGES = [
    *(
        (name, "once in 10^«9»", lambda: -math.log10(_properties.CHANCE))
        for name in ("glossary", "verification")
    ),
    ("glossary", "about «40», the smallest first", lambda: generation.SIZE),
    ("authors", "adds up to «40» [hidden cases]", lambda: generation.SIZE),
    (
        "authors",
        "from 0 to 1 | «0.5» | share of the points",
        lambda: assignment.Task("", "", "", 1).unstable,
    ),
    ("instructors/index", "After «40» submissions", lambda: terminal.LISTED_SUBMISSIONS),
    ("instructors/index", "asks up to «40» more cases", lambda: generation.SIZE),
    (
        "instructors/index",
        "may have «2» MiB and a notebook «20» MiB",
        lambda: [size / 2**20 for size in choose_file.LARGEST_FILES.values()],
    ),
    ("instructors/index", "| «130» | stopped with Ctrl-C", lambda: grade.STOPPED),
    (
        "security",
        "«1536» MiB of address space, «8» MiB of stack, «64» open files",
        lambda: [limits.MEMORY_LIMIT / 2**20, limits.STACK_LIMIT / 2**20, limits.OPEN_FILES_LIMIT],
    ),
    ("verification", "a step of 10^«-27», which", lambda: math.log10(derivative.STEP)),
    ("verification", "the same conditioning: «64» times", lambda: answering.OTHER_ALGORITHMS),
    ("verification", "«32» (u / 2^-24 move", lambda: trial.HEADROOM),
    ("verification", "also lose «32» roundings", lambda: trial.THEIR_HEADROOM),
    ("verification", "and paths of «300» steps", lambda: optimiser.LONG),
    (
        "verification",
        "Of 3221 such changes, the checks notice 3128. The other «93»",
        lambda: 3221 - 3128,
    ),
    (
        "verification",
        "in 12492 ways. The grader notices 12221. The other «271»",
        lambda: 12492 - 12221,
    ),
    ("security", "About «60» harmless", lambda: round(len(syscalls.UNRESTRICTED), -1)),
    ("benchmarks", "| gradescope-utils 0.5.0 | 3.34 | «4.5» |", lambda: 3.34 / 0.74),
    ("benchmarks", "| pytest, one process each | 12.5 | «17» |", lambda: 12.5 / 0.74),
    ("benchmarks", "| nbgrader 0.9.6 | 48.2 | «65» |", lambda: 48.2 / 0.74),
    ("benchmarks", "| otter-grader 7.0.0 | 230 | «288» |", lambda: 230 / 0.80),
]
TABLE = [
    *(
        (f"reference/{name}.py", words, functools.partial(shared, name, words, path))
        for name, words, path in LIBRARIES
    ),
    *((f"reference/{name}.py", *entry) for name, *entry in DOCSTRINGS),
    *((f"assignments/{name}/task.md", *entry) for name, *entry in TEXTS),
    *((f"docs/{name}.md", *entry) for name, *entry in PAGES),
]
FILES = [
    path
    for path in sorted([*ROOT.glob("reference/**/*.py"), *ROOT.glob("assignments/*/task.md")])
    if path.parent.name != "experiments"  # whose numbers come out when they are run
]


def said(path):
    """A page, or the prose of all docstrings of a module: no examples, formulas or literature."""
    text = path.read_text(encoding="utf-8")
    return text.partition("\n## Reading")[0] if path.suffix == ".md" else "\n\n".join(prose(text))


def prose(code):
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            text = ast.get_docstring(node, clean=not isinstance(node, ast.Module)) or ""
            for paragraph in text.split("\n\n"):
                if not paragraph.startswith(("    ", ">>> ", "Source:")):
                    yield paragraph


def marked(words):
    """Words as a pattern, with any space between them, and a group for each marked number."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(pattern.replace("«", "(").replace("»", ")"))


def rounded(value, number):
    """A value, with as many digits as a number is printed with."""
    if "/" in number:
        return Fraction(value).limit_denominator(1000)
    mantissa, exponent, _ = number.partition("e")
    return float(f"{value:.{len(mantissa.partition('.')[2])}{'e' if exponent else 'f'}}")


def read(number):
    return Fraction(number) if "/" in number else float(number)


@pytest.mark.parametrize(("name", "words", "compute"), TABLE, ids=[" ".join(e[:2]) for e in TABLE])
def test_a_number_is_what_is_computed(name, words, compute):
    found = marked(words).search(said(ROOT / name))
    assert found, "the text has changed: mark its words anew"
    values = np.ravel(compute()).tolist()
    assert [rounded(*each) for each in zip(values, found.groups(), strict=True)] == [
        read(number) for number in found.groups()
    ]


@pytest.mark.parametrize("name", assignment.names())
def test_a_text_counts_its_functions_or_its_points(name):
    found = assignment.find(name)
    (count,) = re.findall(r"You write (\w+) functions|(\d+) in all\.", found.text)
    assert count in ((WORDS[len(found.tasks)], ""), ("", f"{found.points:g}"))


def test_the_map_of_the_toy_surface_has_its_heights():
    assert drawn_map() in said(ROOT / "assignments/07_optimisers/task.md")


def drawn_map():
    rows = []
    for y in np.arange(9, -3, -1) / 5:
        heights = [toy_surface.forward(x, y) for x in np.arange(21) / 5]
        signs = [MAP[min(7, int(math.log2(1 + height)))] for height in heights]
        for (column, row), sign in (((4, 1.6), "S"), ((15, 0.4), "*")):
            if row == y:
                signs[column] = sign
        rows.append(f"    {y:4.1f}   {' '.join(signs)}\n")
    return "".join(rows)


# What is given, and needs no expression.

NUMBER = re.compile(r"(?<![\w.^-])-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?(?!-?\w)")
SENTENCE = re.compile(r"(?:[^.?\n]|[.?](?!\s)|\n(?!\n))+")
NAMES_ITS_SOURCE = re.compile(
    r"[Ll]ectures? 00[0-4]|\(00[0-4]\)|[Tt]he lecture|Keras|PyTorch|[Tt]he paper"
)  # or what is given elsewhere
GIVEN = {
    "the name of a lecture": r"\b(00[0-4])\b",
    "the year of a publication": r"(?:\(|of |[A-Z]\w+ )((?:18|19|20)\d\d)\b",
    "the widths of a network whose parameters are counted": r"\((784), (512), (512), 10\)",
    "the constants of a formula": r"= (\d\S*) - x .* = (\d\S*) - x .* = (\d\S*) - x ",
    "what a picture shows": r"(!\[[^]]*\])",
    "what a reader is asked to try": r"\n## (?:And now for real|Put it together)\n((?s:.)*)",
    "the axes of the map, which is tested above": r"\n {4,5}(-?\d\.\d)   \S \S ",
    "the size of a data set that is not here": r"Fashion-MNIST: (70,000)",
    "a zero with a sign": r"(-0\.0) pass",
    "the constant of a bound": r"\(1 \+ (1\.1) / length\)",
    "the constants of an approximation": r"\(x - (3\.75)\) / \(x \+ (3\.75)\)",
    "where a number underflows": r"0 below (-8\.4) in float64, and below (-5\.5) in",
    "the coefficients of a polynomial": r"With \((\d\S*), (-\d\S*), (\d\S*)\) they",
}


def spans(path, text):
    """Where numbers are computed or given."""
    name = path.relative_to(ROOT).as_posix()
    for words in [words for place, words, _ in TABLE if place == name]:
        yield from groups(marked(words), text)
    for pattern in GIVEN.values():
        yield from groups(re.compile(pattern), text)
    for sentence in SENTENCE.finditer(text):
        if NAMES_ITS_SOURCE.search(sentence[0]):
            yield sentence.span()
    yield from settings(path, text) if path.suffix == ".md" else defaults(path, text)


def groups(pattern, text):
    for found in pattern.finditer(text):
        yield from found.regs[1:]


def settings(path, text):
    """What test_texts.py computes, and the settings of an example, which follow their names."""
    task = path.parent.name
    for words in [words for place, _, words in CASES if place == task]:
        yield from (found.span() for found in marked(words).finditer(text))
    functions = [f for f in vars(solution(task)).values() if inspect.isfunction(f)]
    names = {"rate", "rates", "gradients"}.union(
        *(inspect.signature(f).parameters for f in functions)
    )
    words = "|".join(name for name in names if len(name) > 1)
    number = r"-?\d[\d.]*(?:e-?\d+)?"
    named = rf"\b(?:(?:{words})(?: of| =)?|[a-z] =)\s\(*"
    yield from groups(re.compile(rf"{named}({number}(?:,\s{number})*)"), text)


def defaults(path, text):
    """The defaults of an operation, in the sentences that name them."""
    for sentence in SENTENCE.finditer(text):
        if re.search(r"\b(?:default|here)", sentence[0]):
            for found in NUMBER.finditer(text, *sentence.span()):
                if read(found[0].replace(",", "")) in known(path):
                    yield found.span()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_number_is_computed_or_given(path):
    text = said(path)
    explained = list(spans(path, text))
    for found in NUMBER.finditer(text):
        result = re.search(r"[.e]|\d\D?\d\D?\d", found[0])
        if result and not any(start <= found.start() < end for start, end in explained):
            line = text[: found.start()].count("\n")
            pytest.fail(f"{found[0]} is neither computed nor given: {text.splitlines()[line]}")
