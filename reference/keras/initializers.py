"""Initialisers by Keras's names. Keras cuts its normals at two standard deviations.

    HeNormal       normal cut at 2 sd, of variance 2 / fan_in after the cut
    GlorotUniform  uniform, of variance 2 / (fan_in + fan_out)

The cut makes the standard deviation smaller by the factor 0.8796, for which Keras makes up: no
weight of he_normal is further from zero than 2 / 0.8796 = 2.27 standard deviations.

Source: Vanschoren (001), "Building the network"; Glorot and Bengio 2010; He et al. 2015.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from reference import catalogue
from reference.keras import config
from reference.keras._names import absent, made, table
from reference.models._settings import Checked
from reference.spec import Real

CUT = 2.0
SPREAD_OF_CUT = 0.87962566103423978  # the standard deviation of a normal that is cut at two


class Initializer(Checked):
    """Called with a shape, it returns weights. With a seed, it returns the same ones each time."""

    seed: int | None = None

    def sample(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Real:
        """Sample from the seed of this initialiser, or else from the generator of the model."""
        return self.drawn(rng if self.seed is None else np.random.default_rng(self.seed), shape)

    def __call__(self, shape: tuple[int, ...], dtype: Any = None) -> Real:
        weights: Real = self.sample(np.random.default_rng(), tuple(shape))
        return weights.astype(config.dtype(dtype))

    def drawn(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Real:
        raise NotImplementedError


class Constant(Initializer):
    def __init__(self, value: float = 0.0) -> None:
        self.value = value

    def drawn(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Real:
        return np.full(shape, float(self.value))


class Zeros(Constant):
    def __init__(self) -> None:
        super().__init__(0.0)


class Ones(Constant):
    def __init__(self) -> None:
        super().__init__(1.0)


class RandomNormal(Initializer):
    def __init__(self, mean: float = 0.0, stddev: float = 0.05, seed: int | None = None) -> None:
        self.mean, self.stddev, self.seed = mean, stddev, seed

    def drawn(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Real:
        return rng.normal(self.mean, self.stddev, shape)


class TruncatedNormal(RandomNormal):
    """A normal without the values beyond two standard deviations."""

    def drawn(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Real:
        return self.mean + self.stddev * cut_normal(rng, shape)


class RandomUniform(Initializer):
    def __init__(
        self, minval: float = -0.05, maxval: float = 0.05, seed: int | None = None
    ) -> None:
        self.minval, self.maxval, self.seed = minval, maxval, seed

    def drawn(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Real:
        return rng.uniform(self.minval, self.maxval, shape)


class FromFans(Initializer):
    """An initialiser of the catalogue, whose normals are cut."""

    operation: str

    def __init__(self, seed: int | None = None) -> None:
        self.seed = seed

    def drawn(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Real:
        spec: Any = catalogue.operation(self.operation)
        if spec.noise == "standard_normal":
            return spec.forward(cut_normal(rng, shape) / SPREAD_OF_CUT)
        return spec.sample(rng, shape)


class GlorotNormal(FromFans):
    operation = "glorot_normal"


class GlorotUniform(FromFans):
    operation = "glorot_uniform"


class HeNormal(FromFans):
    operation = "he_normal"


class HeUniform(FromFans):
    operation = "he_uniform"


class Function(Initializer):
    """Weights from a function of shape and dtype."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function

    def drawn(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Real:
        return np.asarray(self.function(shape, dtype=config.floatx()))


NAMES = table(
    Constant,
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    Ones,
    RandomNormal,
    RandomUniform,
    TruncatedNormal,
    Zeros,
    normal=RandomNormal,
    one=Ones,
    uniform=RandomUniform,
    zero=Zeros,
)
constant, zeros, ones = Constant, Zeros, Ones
random_normal, random_uniform, truncated_normal = RandomNormal, RandomUniform, TruncatedNormal
glorot_normal, glorot_uniform = GlorotNormal, GlorotUniform
he_normal, he_uniform = HeNormal, HeUniform


def get(identifier: Any) -> Initializer:
    """A name, a class, an object, or a function of shape and dtype."""
    return made("initializer", identifier, NAMES, Initializer, Function)


def cut_normal(rng: np.random.Generator, shape: tuple[int, ...]) -> Real:
    """Standard normals; each beyond the cut is drawn again."""
    values = rng.standard_normal(shape)
    while (far := np.abs(values) > CUT).any():
        values[far] = rng.standard_normal(int(far.sum()))
    return values


__getattr__ = absent(__name__, "initializer")
