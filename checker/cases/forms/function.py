"""The forms of a function: forward, backward and gradient."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from checker.cases.forms import Answer, Form, Kind, Part
from checker.cases.forms.arguments import (
    bounded,
    implementation,
    names,
    part,
    plain,
    split,
    with_error,
)
from checker.numerics.equations import as_bounded, parts
from checker.numerics.error_bounds import ErrorBounded
from reference.spec import Spec


def forward(spec: Spec) -> Form:
    """f(*arguments) returns the results."""

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        data, settings = split(spec, values)
        return parts(function(*data, **settings))

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        return tuple(map(_exactly, call(spec.forward, with_error(spec, values))))

    return Form(
        arguments=_arguments(spec),
        results=_outputs(spec),
        reference=spec.forward,
        call=call,
        answers=answers,
        values=partial(plain, spec),
        continuous=True,
        overflows=True,
        implementation=implementation,
        stand_in="forward",
    )


def backward(spec: Spec) -> Form:
    """f(grad, *arguments) returns the gradient of each differentiable argument."""
    outputs = _outputs(spec)
    grads = [
        Part("grad" if len(outputs) == 1 else f"d{o.name}", o.axes, "the upstream gradient")
        for o in outputs
    ]

    def values(case: Mapping[str, Any]) -> list[Any]:
        shapes = [np.shape(o) for o in parts(spec.forward(**case))]
        first = (
            3 + sum(map(np.size, case.values())) % 4
        )  # differs between cases, so no constant factor fits
        grads = [_upstream(shape, first + k) for k, shape in enumerate(shapes)]
        return [*grads, *plain(spec, case)]

    def split_upstream(values: list[Any]) -> tuple[Any, list[Any]]:
        grads = tuple(values[: len(outputs)])
        return grads if len(grads) > 1 else grads[0], values[len(outputs) :]

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        grad, rest = split_upstream(values)
        data, settings = split(spec, rest)
        return parts(function(grad, *data, **settings))

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        grad, rest = split_upstream(values)
        grad = tuple(map(bounded, grad)) if len(outputs) > 1 else bounded(grad)
        return _between_kinks(spec, grad, with_error(spec, rest))

    return Form(
        arguments=(*grads, *_arguments(spec)),
        results=_gradients(spec),
        reference=spec.backward,
        call=call,
        answers=answers,
        values=values,
        continuous=True,
        overflows=True,
        backward=True,
        upstream=len(outputs),
        stand_in="backward",
    )


def gradient(spec: Spec) -> Form:
    """f(*arguments) returns the gradient of a scalar result, for an upstream gradient of 1."""

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        data, settings = split(spec, values)
        return parts(function(np.float64(1.0), *data, **settings))

    return Form(
        arguments=_arguments(spec),
        results=_gradients(spec),
        reference=spec.backward,
        call=call,
        answers=lambda values: _between_kinks(spec, ErrorBounded(1.0), with_error(spec, values)),
        values=partial(plain, spec),
        continuous=True,
        overflows=True,
        backward=True,
        stand_in="gradient",
    )


def suitable(spec: Spec) -> tuple[str, ...]:
    """Only an operation with a single scalar result has the form "gradient"."""
    scalar = [output.axes for output in spec.outputs] == [()]
    return ("forward", "backward", "gradient") if scalar else ("forward", "backward")


KIND = Kind({"forward": forward, "backward": backward, "gradient": gradient}, suitable)


def _between_kinks(spec: Spec, grad: Any, values: list[Any]) -> tuple[Answer, ...]:
    """The gradients. At a kink, any value between the slopes of both sides is right."""
    data, settings = split(spec, values)
    if spec.kinks is None:
        return tuple(map(_exactly, spec.backward(grad, *data, **settings)))
    ends = [spec.backward(grad, *data, **settings, **kink) for kink in spec.kinks]
    return tuple(
        Answer(
            ErrorBounded(np.minimum(a.value, b.value), a.error),
            ErrorBounded(np.maximum(a.value, b.value), b.error),
        )
        for a, b in zip(*ends, strict=True)
    )


def _exactly(result: Any) -> Answer:
    return Answer(as_bounded(result), as_bounded(result))


def _upstream(shape: tuple[int, ...], first: int) -> Any:
    """An upstream gradient of different whole numbers, none of them 0 or 1."""
    count = int(np.prod(shape))
    signs = np.where(np.arange(count) % 3 == 1, -1.0, 1.0)
    return (signs * (first + np.arange(count))).reshape(shape)


def _arguments(spec: Spec) -> tuple[Part, ...]:
    return tuple(map(part, spec.arguments))


def _outputs(spec: Spec) -> tuple[Part, ...]:
    return tuple(Part(name, o.axes) for name, o in zip(names(spec), spec.outputs, strict=True))


def _gradients(spec: Spec) -> tuple[Part, ...]:
    return tuple(
        Part(f"d{a.name}", a.axes, f"the gradient of {a.name}")
        for a in spec.arguments
        if a.differentiable
    )
