"""Models: networks of layers, with training, evaluation and search, named as in Keras.

    model = Sequential([Dense(64, "relu"), Dense(10, "softmax")])
    model.compile(loss="cross_entropy", optimiser="sgd", metrics=["accuracy"])
    history = model.fit(x, y, epochs=10, validation_split=0.2, callbacks=[EarlyStopping()])

Activations, initialisers, losses and optimisers are the operations of the catalogue.
"""

from reference.models._callbacks import Callback, EarlyStopping, TimeLimit
from reference.models._experiments import Curves, capacity, overfits_from
from reference.models._gradients import dead_shares, gradient_sizes
from reference.models._images import (
    AveragePooling,
    Convolution,
    GlobalAveragePooling,
    GlobalMaxPooling,
    MaxPooling,
)
from reference.models._layers import Activation, Dense, Layer, PRelu, Reshape
from reference.models._metrics import accuracy
from reference.models._named import With
from reference.models._network import Network
from reference.models._regularising import BatchNorm, Dropout
from reference.models._search import (
    Trial,
    cross_validate,
    grid,
    log_uniform,
    sample,
    search,
)
from reference.models._sequential import Results, Sequential
from reference.models._targets import ModelWarning
from reference.models._training import History

__all__ = [
    "Activation",
    "AveragePooling",
    "BatchNorm",
    "Callback",
    "Convolution",
    "Curves",
    "Dense",
    "Dropout",
    "EarlyStopping",
    "GlobalAveragePooling",
    "GlobalMaxPooling",
    "History",
    "Layer",
    "MaxPooling",
    "ModelWarning",
    "Network",
    "PRelu",
    "Reshape",
    "Results",
    "Sequential",
    "TimeLimit",
    "Trial",
    "With",
    "accuracy",
    "capacity",
    "cross_validate",
    "dead_shares",
    "gradient_sizes",
    "grid",
    "log_uniform",
    "overfits_from",
    "sample",
    "search",
]
