"""What all layers of Keras have in common."""

from typing import Any

import numpy as np

from reference import models
from reference.keras import regularizers
from reference.keras._names import snake, unavailable
from reference.models._layers import Shape
from reference.spec import Real


class Layer(models.Layer):
    """What all layers of Keras have: a name, trainable, and the shape of an example."""

    def __init__(
        self,
        *inner: Any,
        name: str | None = None,
        trainable: bool = True,
        input_shape: Shape | int | None = None,
        input_dim: int | None = None,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **settings: Any,
    ) -> None:
        unavailable(type(self).__name__, dtype=dtype, activity_regularizer=activity_regularizer)
        shape = (input_dim,) if input_dim is not None else input_shape
        shape = (shape,) if isinstance(shape, int) else shape
        settings |= {"name": name or "", "trainable": trainable}
        super().__init__(*inner, input_shape=shape and tuple(shape), **settings)
        self.kind = snake(type(self).__name__)

    def __call__(self, *_: Any) -> Any:
        raise TypeError("models here are stacks of layers; write Sequential([...])")

    def get_weights(self) -> list[Real]:
        """Return copies: kernel and bias; gamma, beta, moving mean and moving variance."""
        return [weight.copy() for weight in self.weights.values()]

    def set_weights(self, weights: list[Real]) -> None:
        """Raises ValueError unless number and shapes are those of this layer."""
        self.weights = replaced(self.name, self.weights, weights)

    def count_params(self) -> int:
        return self.count(learned=True) + self.count(learned=False)


Layer.last_named = Layer  # what the classes of reference.models call their settings is no word here


def penalties(**given: Any) -> dict[str, models.With]:
    """The regularisers that are given, by the names of their weights."""
    found = {name: regularizers.get(each) for name, each in given.items()}
    return {name: each for name, each in found.items() if each is not None}


def replaced(owner: str, own: dict[str, Real], new: list[Real]) -> dict[str, Real]:
    """The new arrays under the own names. Raises ValueError unless number and shapes fit."""
    shapes, given = [w.shape for w in own.values()], [np.shape(w) for w in new]
    if shapes != given:
        raise ValueError(f"{owner} has weights of the shapes {shapes}, but is given {given}")
    pairs = zip(own.items(), new, strict=True)
    return {name: np.array(w, dtype=old.dtype) for (name, old), w in pairs}
