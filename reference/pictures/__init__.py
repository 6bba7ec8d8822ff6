"""Pictures of results that are computed elsewhere; every function returns a matplotlib Figure.

Requires matplotlib: `pip install "gradproof[plots]"`. No window is opened and no global state is
changed. `figure.savefig("picture.png")` saves a figure.
"""

from reference.pictures._activations import activation_curves
from reference.pictures._answers import answered_borders, answered_curves, answered_paths
from reference.pictures._backpropagation import backpropagation_steps
from reference.pictures._boundary import border, decision_boundary
from reference.pictures._chain import neuron_chain
from reference.pictures._feature_maps import feature_maps
from reference.pictures._filters import filters
from reference.pictures._gradients import gradient_falls
from reference.pictures._graph import graph_drawing, graph_steps
from reference.pictures._images import images
from reference.pictures._line_descent import descent_on_a_curve, hill_climbing_on_a_curve
from reference.pictures._lines import line_chart, training_curves
from reference.pictures._losses import loss_curves
from reference.pictures._matrix import matrix_product
from reference.pictures._nesterov import nesterov_step
from reference.pictures._network import network_drawing
from reference.pictures._paths import Scene, compared_paths, optimiser_paths
from reference.pictures._points import points
from reference.pictures._relief import relief
from reference.pictures._representations import representations
from reference.pictures._residuals import residuals
from reference.pictures._scheme import training_scheme
from reference.pictures._tensors import tensor_boxes

__all__ = [
    "Scene",
    "activation_curves",
    "answered_borders",
    "answered_curves",
    "answered_paths",
    "backpropagation_steps",
    "border",
    "compared_paths",
    "decision_boundary",
    "descent_on_a_curve",
    "feature_maps",
    "filters",
    "gradient_falls",
    "graph_drawing",
    "graph_steps",
    "hill_climbing_on_a_curve",
    "images",
    "line_chart",
    "loss_curves",
    "matrix_product",
    "nesterov_step",
    "network_drawing",
    "neuron_chain",
    "optimiser_paths",
    "points",
    "relief",
    "representations",
    "residuals",
    "tensor_boxes",
    "training_curves",
    "training_scheme",
]
