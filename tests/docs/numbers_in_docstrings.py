"""The numbers in docstrings: a module, words with the numbers marked, and what computes them.

A module is named by its path in reference. A default of another library is looked up by its path.
"""

import inspect
import math

import numpy as np
import pytest
from computations import (
    A2,
    CUT,
    LECTURE,
    REACH,
    ROOT,
    WIDE,
    clamped,
    complex_sine,
    default,
    if_so,
    known,
    least_probability,
    overflows,
    smallest,
)

from reference import keras, special
from reference.activations import gelu, prelu, sigmoid, swish
from reference.data import digits, spirals
from reference.descent import toy_surface
from reference.models import log_uniform_draws
from reference.networks import parameter_counts, two_neurons_loss
from reference.schedules import rising_momentum

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

TORCH_MOMENTUM = "torch.nn.BatchNorm1d momentum"


def selu_far_below_zero():
    return torch.nn.functional.selu(torch.tensor(-100.0, dtype=torch.float64)).item()


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
    ("regularisation/spectral_norm", "epsilon is «1e-7» in Keras", "keras.config.epsilon"),
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
    ("samplers/he_normal_weights", "About «0.683» of the", lambda: math.erf(1 / math.sqrt(2))),
    ("samplers/he_normal_weights", "beyond «2.27» standard deviations", lambda: REACH),
    ("losses/__init__", "clamp log(p) at «-100»", lambda: clamped()[0]),
    ("losses/__init__", "wrong answer costs «100» and", lambda: -clamped()[0]),
    ("losses/binary_cross_entropy", "at «-100» and p (1 - p) at «1e-12»", clamped),
    ("losses/cross_entropy", "at «-100» and the denominator at «1e-12»", clamped),
    ("losses/cross_entropy", "below «1e-12» counts as «1e-12»", least_probability),
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
    (
        "preprocessing/rescaling",
        "from 0 to «255» become numbers from 0 to 1 with scale «1/255»",
        lambda: (np.iinfo(np.uint8).max, 1 / np.iinfo(np.uint8).max),
    ),
    ("preprocessing/rescaling", "scale «2/255» and offset", lambda: 2 / np.iinfo(np.uint8).max),
    ("regularisation/alpha_dropout", "s = «-1.7580993408473766» is what", selu_far_below_zero),
    ("regularisation/feature_alpha_dropout", "s = «-1.7580993408473766». Im", selu_far_below_zero),
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
