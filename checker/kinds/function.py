"""Questions about a function: its forward, its backward, its gradient."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from checker.equations import as_traced, parts
from checker.kinds import Answer, Form, Part
from checker.rounding import Traced
from reference.spec import Argument, Below, Between, Named, Simplex, Spec


def forward(spec: Spec) -> Form:
    """f(*arguments) gives the results."""

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        data, settings = _split(spec, values)
        return parts(function(*data, **settings))

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        return tuple(map(_exactly, call(spec.forward, _all_traced(spec, values))))

    return Form(
        arguments=_arguments(spec),
        results=_outputs(spec),
        backward=False,
        call=call,
        answers=answers,
        values=partial(_plain, spec),
    )


def backward(spec: Spec) -> Form:
    """f(grad, *arguments) gives the gradient of each differentiable argument."""
    outputs = _outputs(spec)
    grads = [
        Part("grad" if len(outputs) == 1 else f"d{o.name}", o.axes, "the upstream gradient")
        for o in outputs
    ]

    def values(case: Mapping[str, Any]) -> list[Any]:
        shapes = [np.shape(o) for o in parts(spec.forward(**case))]
        first = 3 + sum(map(np.size, case.values())) % 4  # so that no factor stays the same
        grads = [_upstream(shape, first + k) for k, shape in enumerate(shapes)]
        return [*grads, *_plain(spec, case)]

    def split(values: list[Any]) -> tuple[Any, list[Any]]:
        grads = tuple(values[: len(outputs)])
        return grads if len(grads) > 1 else grads[0], values[len(outputs) :]

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        grad, rest = split(values)
        data, settings = _split(spec, rest)
        return parts(function(grad, *data, **settings))

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        grad, rest = split(values)
        grad = tuple(map(_traced, grad)) if len(outputs) > 1 else _traced(grad)
        return _between_kinks(spec, grad, _all_traced(spec, rest))

    return Form(
        arguments=(*grads, *_arguments(spec)),
        results=_gradients(spec),
        backward=True,
        call=call,
        answers=answers,
        values=values,
    )


def gradient(spec: Spec) -> Form:
    """f(*arguments) gives the gradient of a scalar result, with nothing above it."""

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        data, settings = _split(spec, values)
        return parts(function(np.float64(1.0), *data, **settings))

    return Form(
        arguments=_arguments(spec),
        results=_gradients(spec),
        backward=True,
        call=call,
        answers=lambda values: _between_kinks(spec, Traced(1.0), _all_traced(spec, values)),
        values=partial(_plain, spec),
    )


FORMS = {"forward": forward, "backward": backward, "gradient": gradient}


def _between_kinks(spec: Spec, grad: Any, values: list[Any]) -> tuple[Answer, ...]:
    data, settings = _split(spec, values)
    if spec.kinks is None:
        return tuple(map(_exactly, spec.backward(grad, *data, **settings)))
    ends = [spec.backward(grad, *data, **settings, **kink) for kink in spec.kinks]
    return tuple(
        Answer(
            Traced(np.minimum(a.value, b.value), a.error),
            Traced(np.maximum(a.value, b.value), b.error),
        )
        for a, b in zip(*ends, strict=True)
    )


def _split(spec: Spec, values: list[Any]) -> tuple[list[Any], dict[str, Any]]:
    """A student gets settings by position, after the data; the reference wants them by name."""
    settings = [a.name for a in spec.arguments if a.tried]
    count = len(values) - len(settings)
    return values[:count], dict(zip(settings, values[count:], strict=True))


def _all_traced(spec: Spec, values: list[Any]) -> list[Any]:
    """Data carries its error from here on; a setting stays the number it is."""
    data, settings = _split(spec, values)
    return [*map(_traced, data), *settings.values()]


def _plain(spec: Spec, case: Mapping[str, Any]) -> list[Any]:
    """A scalar argument is a Python number, as a student would pass it."""
    return [case[a.name] if a.axes or a.tried else case[a.name].item() for a in spec.arguments]


def _exactly(result: Any) -> Answer:
    return Answer(as_traced(result), as_traced(result))


def _traced(value: Any) -> Any:
    real = isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f")
    return Traced(value) if real else value


def _upstream(shape: tuple[int, ...], first: int) -> Any:
    """Whole numbers, neither 0 nor 1, and different from entry to entry."""
    count = int(np.prod(shape))
    signs = np.where(np.arange(count) % 3 == 1, -1.0, 1.0)
    return (signs * (first + np.arange(count))).reshape(shape)


def _arguments(spec: Spec) -> tuple[Part, ...]:
    return tuple(Part(a.name, a.axes, _domain(a)) for a in spec.arguments)


def _domain(argument: Argument) -> str:
    for mark in argument.marks:
        match mark:
            case Below(size=size):
                return f"whole numbers from 0 to {size} - 1"
            case Between(low=low, high=high):
                return f"numbers between {low:g} and {high:g}"
            case Simplex():
                return "probabilities: each row sums to 1"
    return ""


def _outputs(spec: Spec) -> tuple[Part, ...]:
    names = [
        next((mark.name for mark in o.marks if isinstance(mark, Named)), "the result")
        for o in spec.outputs
    ]
    return tuple(Part(name, o.axes) for name, o in zip(names, spec.outputs, strict=True))


def _gradients(spec: Spec) -> tuple[Part, ...]:
    return tuple(
        Part(f"d{a.name}", a.axes, f"the gradient of {a.name}")
        for a in spec.arguments
        if a.differentiable
    )
