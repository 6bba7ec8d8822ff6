"""Activations by Keras's names, with Keras's defaults.

Keras's leaky ReLU has the slope 0.2 as a function and 0.3 as a layer; the catalogue has 0.01.
"""

from collections.abc import Callable
from typing import Any

from reference.keras._names import absent, found
from reference.models import With

NAMES = {
    "leaky_relu": With("leaky_relu", negative_slope=0.2),
    "linear": With("identity"),
    "log_softmax": With("log_softmax"),
    "relu": With("relu"),
    "sigmoid": With("sigmoid"),
    "silu": With("swish"),
    "softmax": With("softmax"),
    "swish": With("swish"),
    "tanh": With("tanh"),
}


def get(identifier: Any) -> With:
    """A name, a function of this module, an operation, or a function written with numpy."""
    if identifier is None:
        return NAMES["linear"]
    if isinstance(identifier, str):
        activation: With = found("activation", identifier, NAMES)
        return activation
    return FUNCTIONS.get(identifier) or With(identifier)


def _function(name: str) -> Callable[..., Any]:
    def activation(x: Any) -> Any:
        return NAMES[name].forward(x)

    activation.__name__, activation.__doc__ = name, f"The activation {name!r}."
    return activation


leaky_relu, linear, log_softmax = map(_function, ("leaky_relu", "linear", "log_softmax"))
relu, sigmoid, silu, swish = map(_function, ("relu", "sigmoid", "silu", "swish"))
softmax, tanh = map(_function, ("softmax", "tanh"))
FUNCTIONS: dict[Any, With] = {
    function: NAMES[function.__name__]
    for function in (
        *(leaky_relu, linear, log_softmax, relu, sigmoid),
        *(silu, swish, softmax, tanh),
    )
}


__getattr__ = absent(__name__, "activation")
