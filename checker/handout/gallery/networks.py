"""Pictures of networks, and of what is computed in them."""

from typing import TYPE_CHECKING

from reference.models import Dense, Sequential
from reference.pictures import network_drawing

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def network() -> "Figure":
    """The network of lecture 000, with its 37 parameters."""
    model = Sequential([Dense(4, "sigmoid"), Dense(4, "sigmoid"), Dense(1, "sigmoid")])
    model.build((2,))
    return network_drawing(model)


PICTURES = (network,)
