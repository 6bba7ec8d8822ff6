"""Pictures of results that are computed elsewhere; every function returns a matplotlib Figure.

Requires matplotlib: `pip install "gradproof[plots]"`. No window is opened and no global state is
changed. `figure.savefig("picture.png")` saves a figure.
"""

from reference.pictures._activations import activation_curves
from reference.pictures._answers import answered_borders, answered_curves, answered_paths
from reference.pictures._boundary import decision_boundary
from reference.pictures._gradients import gradient_falls
from reference.pictures._losses import loss_curves
from reference.pictures._network import network_drawing
from reference.pictures._paths import optimiser_paths

__all__ = [
    "activation_curves",
    "answered_borders",
    "answered_curves",
    "answered_paths",
    "decision_boundary",
    "gradient_falls",
    "loss_curves",
    "network_drawing",
    "optimiser_paths",
]
