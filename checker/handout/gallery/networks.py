"""Pictures of networks, of tensors, and of what is computed with them."""

from typing import TYPE_CHECKING

import numpy as np

from reference import pictures
from reference.autodiff import Variable, exp, log, sin
from reference.models import Dense, Dropout, Sequential, With
from reference.pictures import _network
from reference.pictures._drawing import Marks

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TRAININGS = {"before training": 0, "after 20 steps": 20, "after 100 steps": 100}


def single_neuron() -> "Figure":
    """A neuron: four inputs and a bias, their weighted sum z, and its sigmoid."""
    marks = {"bias": True, "labels": True, "activation": True, "outputs": True}
    return pictures.network_drawing([4, 1], sigmoid=True, **marks)


def network() -> "Figure":
    """The network of lecture 000, with its 37 parameters."""
    model = Sequential([Dense(4, "sigmoid"), Dense(4, "sigmoid"), Dense(1, "sigmoid")])
    model.build((2,))
    return pictures.network_drawing(model)


def labelled_network() -> "Figure":
    """The names of units and weights; at the right, each unit is split into its sum and f."""
    few = Marks(bias=True, labels=True)
    panels = {
        "units and weights": few,
        "sums and activations": few._replace(activation=True, outputs=True),
    }
    plans = {title: _network.planned([2, 3, 1], marks) for title, marks in panels.items()}
    return _network.side_by_side(plans)


def deep_network() -> "Figure":
    """A network with five hidden layers and random weights."""
    model = Sequential([*(Dense(5, "relu") for _ in range(5)), Dense(3, "softmax")])
    model.build((3,))
    return pictures.network_drawing(model)


def two_outputs() -> "Figure":
    """A network with two outputs and random weights."""
    model = Sequential([Dense(3, "relu"), Dense(3, "relu"), Dense(2, "softmax")])
    model.build((2,))
    marks = {"bias": True, "labels": True, "activation": True, "outputs": True}
    return pictures.network_drawing(model, **marks)


def weight_updates() -> "Figure":
    """The weights of a network before its training, and after 20 and 100 steps."""
    plans = {title: _network.planned(_trained(steps)) for title, steps in TRAININGS.items()}
    return _network.side_by_side(plans)


def _trained(steps: int) -> Sequential:
    """A network for three classes of six numbers; every epoch is one step."""
    x = np.random.default_rng(0).standard_normal((90, 6))
    classes = (x[:, :3] + x[:, 3:]).argmax(axis=1)
    model = Sequential([Dense(5, "tanh"), Dense(5, "tanh"), Dense(3, "softmax")])
    model.build((6,))
    model.compile(loss="sparse_cross_entropy", optimiser=With("adam", learning_rate=0.02))
    model.fit(x, classes, epochs=steps, batch_size=len(x), seed=0)
    return model


def dropped_units() -> "Figure":
    """A network in testing, and in one step of training with dropout."""
    plans = {}
    for title, rate in (("testing", 0.0), ("training", 0.5)):
        hidden = [[Dense(6, "relu"), Dropout(rate)] for _ in range(2)]
        model = Sequential([*hidden[0], *hidden[1], Dense(2, "softmax")])
        model.build((4,))
        plans[title] = _network.planned(model)
    return _network.side_by_side(plans)


def chain_of_neurons() -> "Figure":
    """Two neurons in a row: every number of a forward and of a backward pass in lecture 004."""
    return pictures.neuron_chain(0.05, [(0.1, -0.1), (0.3, 0.3)], target=0.01)


def steps_of_backpropagation() -> "Figure":
    """The six steps of backpropagation in a network with one hidden layer."""
    return pictures.backpropagation_steps()


def matrix_product() -> "Figure":
    """A product of matrices, entry by entry: a row times a column."""
    a, b = np.array([[1, 2, 3], [4, 5, 6]]), np.array([[7, 8], [9, 10], [11, 12]])
    return pictures.matrix_product(a, b)


def tensor_shapes() -> "Figure":
    """Tensors with two to five axes, and the names of their axes."""
    return pictures.tensor_boxes()


def graph() -> "Figure":
    """The graph of log x1 + x1 x2 - sin x2, with its values and its derivatives."""
    x1, x2 = Variable(2.0), Variable(5.0)
    return pictures.graph_steps(log(x1) + x1 * x2 - sin(x2), {"$x_1$": x1, "$x_2$": x2})


def chain_rule() -> "Figure":
    """The chain rule: the derivative of y = f(g(x)) is the product along the graph."""
    x = Variable(0.5)
    v = exp(x)
    y = sin(v)
    return pictures.graph_drawing(y, {"$x$": x, "$v = g(x)$": v, "$y = f(v)$": y})


def training_process() -> "Figure":
    """The training of a network: what is done for each batch, and when it stops."""
    return pictures.training_scheme()


PICTURES = (
    *(single_neuron, network, labelled_network, deep_network, two_outputs),
    *(weight_updates, dropped_units, chain_of_neurons, steps_of_backpropagation),
    *(matrix_product, tensor_shapes, graph, chain_rule, training_process),
)
