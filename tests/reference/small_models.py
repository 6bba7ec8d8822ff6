"""Small models and data for tests, and a layer that keeps what it saw."""

import numpy as np

from reference.models import Layer, Sequential, With


class Recorder(Layer):
    """Lets everything through and keeps what it saw in training."""

    def __init__(self, **settings):
        super().__init__(**settings)
        self.seen = []

    def run(self, x, training, rng):
        if training:
            self.seen.append(x[:, 0].tolist())
        return x, lambda grad: (grad, {})


def compiled(layers, loss="mse", rate=0.1, seed=0, **settings):
    model = Sequential(layers, seed=seed)
    model.compile(loss=loss, optimiser=With("sgd", learning_rate=rate), **settings)
    return model


def data(examples=10, inputs=3, outputs=1):
    rng = np.random.default_rng(0)
    return rng.standard_normal((examples, inputs)), rng.standard_normal((examples, outputs))
