"""Keras's words, with Keras's meaning, on top of the models of this package.

    from reference.keras import callbacks, layers, models

    network = models.Sequential()
    network.add(layers.Dense(512, activation="relu", input_shape=(28 * 28,)))
    network.add(layers.Dense(10, activation="softmax"))
    network.compile(loss="categorical_crossentropy", optimizer="rmsprop", metrics=["accuracy"])
    history = network.fit(x_train, y_train, epochs=3, batch_size=32)

Names, signatures and defaults are those of Keras 3. The computation is that of the catalogue, in
float32 unless `config.set_floatx` says otherwise. From the same weights and in the same order of
examples, losses and metrics are those that Keras computes. What Keras has and this package does not
is refused with a sentence.
"""

from reference.keras import (
    activations,
    callbacks,
    config,
    initializers,
    layers,
    losses,
    metrics,
    models,
    optimizers,
    regularizers,
    tuners,
    utils,
    wrappers,
)
from reference.keras.layers import Input
from reference.keras.models import Sequential
from reference.keras.tuners import RandomSearch

__all__ = [
    "Input",
    "RandomSearch",
    "Sequential",
    "activations",
    "callbacks",
    "config",
    "initializers",
    "layers",
    "losses",
    "metrics",
    "models",
    "optimizers",
    "regularizers",
    "tuners",
    "utils",
    "wrappers",
]


def __getattr__(name: str) -> object:
    if name in ("Model", "Functional"):
        raise AttributeError(f"{name}: models here are stacks of layers; write Sequential([...])")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
