"""Pictures of surfaces and of the ways down."""

from typing import TYPE_CHECKING

from reference.models import With
from reference.pictures import optimiser_paths

if TYPE_CHECKING:
    from matplotlib.figure import Figure

OPTIMISERS = {
    "gradient descent": With("sgd", learning_rate=0.002),
    "momentum": With("momentum", learning_rate=0.001, momentum=0.9),
    "Nesterov": With("nesterov", learning_rate=0.001, momentum=0.9),
    "Adagrad": With("adagrad", learning_rate=0.4),
    "RMSProp": With("rmsprop", learning_rate=0.02),
    "Adam": With("adam", learning_rate=0.1),
    "Adamax": With("adamax", learning_rate=0.1),
    "Adadelta": With("adadelta", learning_rate=1.0),
}


def optimisers() -> "Figure":
    """The paths of eight optimisers on the toy surface of lecture 001."""
    return optimiser_paths(OPTIMISERS)


PICTURES = (optimisers,)
