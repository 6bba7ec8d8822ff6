"""Operations given to a model: by name, as an operation, or with settings.

    "relu"    activations.relu.SPEC    With("leaky_relu", negative_slope=0.1)

The names of Keras are accepted where they differ from the names of the catalogue.
"""

from typing import Any

from reference import catalogue
from reference.spec import Operation

KERAS = {
    "linear": "identity",
    "mean_squared_error": "mse",
    "binary_crossentropy": "binary_cross_entropy",
    "categorical_crossentropy": "cross_entropy",
    "sparse_categorical_crossentropy": "sparse_cross_entropy",
    "silu": "swish",
    "random_normal": "normal",
    "random_uniform": "uniform",
}


class With:
    """An operation with its settings. Settings of an optimiser may be functions of the step."""

    def __init__(self, what: "str | Operation | With", **settings: Any) -> None:
        inner = what.settings if isinstance(what, With) else {}
        self.operation: Any = _found(what)
        self.settings: dict[str, Any] = {**inner, **settings}

    def __repr__(self) -> str:
        settings = "".join(f", {name}={value!r}" for name, value in self.settings.items())
        return f"With({self.operation.name!r}{settings})"

    def forward(self, *arguments: Any) -> Any:
        return self.operation.forward(*arguments, **self.settings)

    def backward(self, grad: Any, *arguments: Any) -> tuple[Any, ...]:
        gradients: tuple[Any, ...] = self.operation.backward(grad, *arguments, **self.settings)
        return gradients

    def at(self, step: int) -> dict[str, Any]:
        """Return the settings of one update, given the number of updates before it."""
        return {name: s(step) if callable(s) else s for name, s in self.settings.items()}


def _found(what: str | Operation | With) -> Any:
    if isinstance(what, With):
        return what.operation
    if isinstance(what, str):
        return catalogue.operation(KERAS.get(what, what))
    return what
