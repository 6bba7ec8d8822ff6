"""Operations given to a model: by name, as an operation, as a function, or with settings.

    "relu"    activations.relu.SPEC    With("leaky_relu", negative_slope=0.1)    lambda x: x**2

The names of Keras are accepted where they differ from the names of the catalogue. Settings are
checked at once: an unknown name, and an unknown value of a setting that is one of several words.
"""

import difflib
import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np

from reference import catalogue
from reference.autodiff import Variable, gradients
from reference.models._settings import refuse_unknown
from reference.spec import Operation, Real

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
FROM_ZERO = ("learning_rate", "strength", "l1", "l2")  # settings that are never negative
METHODS = ("forward", "backward", "update", "run")

Steps = tuple[dict[Any, Real], dict[Any, Any]]


class With:
    """An operation with its settings. Settings of an optimiser may be functions of the step."""

    def __init__(
        self, what: "str | Operation | With | Callable[..., Any]", **settings: Any
    ) -> None:
        inner = what.settings if isinstance(what, With) else {}
        self.operation: Any = _found(what)
        self.settings: dict[str, Any] = {**inner, **settings}
        _check(self.operation, self.settings)

    def __repr__(self) -> str:
        settings = "".join(f", {name}={value!r}" for name, value in self.settings.items())
        return f"With({self.operation.name!r}{settings})"

    def forward(self, *arguments: Any, **more: Any) -> Any:
        """Compute the operation; settings of its derivative alone are left out."""
        own = _settings(self.operation.forward)
        given = {k: v for k, v in {**self.settings, **more}.items() if k in own}
        return self.operation.forward(*arguments, **given)

    def backward(self, grad: Any, *arguments: Any, **more: Any) -> tuple[Any, ...]:
        settings = {**self.settings, **more}
        slopes: tuple[Any, ...] = self.operation.backward(grad, *arguments, **settings)
        return slopes

    def sample(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Real:
        """Sample weights; for an initialiser."""
        weight: Real = self.operation.sample(rng, shape, **self.settings)
        return weight

    def at(self, step: int) -> dict[str, Any]:
        """Return the settings of one update, given the number of updates before it."""
        return {name: s(step) if callable(s) else s for name, s in self.settings.items()}

    def moved(
        self, step: int, slopes: Mapping[Any, Real], weights: Mapping[Any, Real], states: Any
    ) -> Steps:
        """Return the weights after one update and the new states; for an optimiser."""
        settings, new, kept = self.at(step), {}, dict(states)
        for key, grad in slopes.items():
            state = kept[key] if key in kept else self.operation.init(weights[key])
            new[key], kept[key] = self.operation.update(grad, state, weights[key], **settings)
        return new, kept


class Differentiated:
    """A function written with numpy; its derivative is computed by reverse mode."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.name = getattr(function, "__name__", type(function).__name__)

    def forward(self, *arguments: Any) -> Any:
        return self.function(*arguments)

    def backward(self, grad: Any, first: Real, *others: Any) -> tuple[Any, ...]:
        variable = Variable(first)
        result = self.function(variable, *others)
        return tuple(gradients(result, [variable], grad))


# What each part of a model is made of: the family and kind of operation, and how many arrays it
# takes; an optimiser takes as many as it likes.
ROLES = {
    "activation": ("activations", "function", 1),
    "initialiser": ("initialisers", "initialiser", 1),
    "loss": ("losses", "function", 2),
    "optimiser": ("optimisers", "optimiser", None),
    "penalty": ("regularisation", "function", 1),
}
LAYERS = {"prelu": "PRelu", "prelu_shared": "PRelu", "dense": "Dense"}  # what has weights


def part(role: str, what: "str | Operation | With | Callable[..., Any]") -> With:
    """The operation in this role. Raises ValueError where an operation cannot have it."""
    if isinstance(what, str) and KERAS.get(what, what) not in catalogue.names():
        raise LookupError(_nearest(role, what))
    found = With(what)
    kind = getattr(found.operation, "kind", None)
    if kind is None:  # a function, or an object of one's own
        return found
    name = found.operation.name
    _, needed, arrays = ROLES[role]
    if kind == needed and arrays in (None, _arrays(found.operation)):
        return found
    if name in LAYERS:
        raise ValueError(f"{name} has weights, so it is a layer of its own: {LAYERS[name]}")
    raise ValueError(f"{name} is no {role}; there are: {', '.join(_fitting(role))}")


def _fitting(role: str) -> list[str]:
    """The operations that can have a role."""
    family, needed, arrays = ROLES[role]
    return [
        name
        for name, module in catalogue.names().items()
        if module.split(".")[1] == family
        and (spec := catalogue.operation(name)).kind == needed
        and arrays in (None, _arrays(spec))
    ]


def _nearest(role: str, name: str) -> str:
    fitting = _fitting(role)
    near = difflib.get_close_matches(name.lower(), fitting, n=1)
    hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(fitting)}."
    return f"there is no {role} {name!r}. {hint}"


def _arrays(operation: Any) -> int:
    return sum(not argument.tried for argument in operation.arguments)


def _found(what: "str | Operation | With | Callable[..., Any]") -> Any:
    if isinstance(what, With):
        return what.operation
    if isinstance(what, str):
        return catalogue.operation(KERAS.get(what, what))
    if any(hasattr(what, method) for method in METHODS):
        return what
    if callable(what) and not isinstance(what, type):
        return Differentiated(what)
    raise TypeError(f"an operation is given by name or as an object, not as {what!r}")


def _check(operation: Any, settings: Mapping[str, Any]) -> None:
    """Refuse a name the operation does not have, and a word that is none of its values."""
    if not settings:
        return
    methods = [getattr(operation, name) for name in METHODS if hasattr(operation, name)]
    refuse_unknown(operation.name, settings, frozenset().union(*map(_settings, methods)))
    tried = {argument.name: argument.tried for argument in operation.arguments}
    for name, value in settings.items():
        allowed = tried.get(name, ())
        words = [value for value in allowed if isinstance(value, str)]
        numbers_too = len(words) < len(allowed) and not isinstance(value, str)
        if words and value not in words and not numbers_too:
            one_of = ", ".join(map(repr, words))
            raise ValueError(f"{name} of {operation.name} is one of {one_of}, not {value!r}")
        if isinstance(value, str) and not words:
            raise ValueError(f"{name} of {operation.name} is a number, not {value!r}")
        if name in FROM_ZERO and not callable(value):
            refuse_negative(f"{name} of {operation.name}", value)


def refuse_negative(name: str, value: Any) -> None:
    """Raise ValueError unless it is a number from 0 up; what is no plain number is left alone."""
    plain = isinstance(value, float | int | np.number)
    if value is None or isinstance(value, list | tuple | str) or (plain and not value >= 0):
        raise ValueError(f"{name} is a number from 0 up, not {value!r}")


@cache
def _settings(function: Callable[..., Any]) -> frozenset[str]:
    parameters = inspect.signature(function).parameters.values()
    return frozenset(each.name for each in parameters if each.kind is each.KEYWORD_ONLY)
