"""The forms of a function: forward, backward and gradient."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from checker.cases.forms import Answer, Form, Kind, Part
from checker.cases.forms.arguments import implementation, names, part, plain, split, terms
from checker.numerics.equations import parts
from checker.numerics.gradients import differentiable, with_upstream
from checker.numerics.inputs import series
from reference.spec import Spec

REFUTATION_CASES = 8


def forward(spec: Spec) -> Form:
    """f(*arguments) returns the results."""

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        data, settings = split(spec, values)
        return parts(function(*data, **settings))

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        return tuple(map(_exactly, call(spec.forward, values)))

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
    outputs = differentiable(spec, _outputs(spec))
    grads = [
        Part("grad" if len(outputs) == 1 else f"d{o.name}", o.axes, "the upstream gradient")
        for o in outputs
    ]

    def values(case: Mapping[str, Any]) -> list[Any]:
        results = differentiable(spec, parts(spec.forward(**case)))
        shapes = [np.shape(result) for result in results]
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
        return _asked(function(grad, *data, **settings))

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        grad, rest = split_upstream(values)
        return _between_kinks(spec, grad, rest)

    return Form(
        arguments=(*grads, *_arguments(spec)),
        results=_gradients(spec),
        reference=spec.backward,
        call=call,
        answers=answers,
        values=values,
        continuous=True,
        overflows=True,
        terms=lambda values: terms(spec, split_upstream(values)[1]),
        backward=True,
        upstream=len(outputs),
        stand_in="backward",
    )


def gradient(spec: Spec) -> Form:
    """f(*arguments) returns the gradient of a scalar result, for an upstream gradient of 1."""

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        data, settings = split(spec, values)
        return _asked(function(np.float64(1.0), *data, **settings))

    return Form(
        arguments=_arguments(spec),
        results=_gradients(spec),
        reference=spec.backward,
        call=call,
        answers=lambda values: _between_kinks(spec, np.float64(1.0), values),
        values=partial(plain, spec),
        continuous=True,
        overflows=True,
        terms=partial(terms, spec),
        backward=True,
        stand_in="gradient",
    )


def suitable(spec: Spec) -> tuple[str, ...]:
    """Only an operation with a single scalar result has the form "gradient"."""
    scalar = [output.axes for output in spec.outputs] == [()]
    return ("forward", "backward", "gradient") if scalar else ("forward", "backward")


def refuted(spec: Spec) -> str:
    """How the backward differs from the derivative of the forward, in exact arithmetic."""
    from checker.numerics.derivative import derivative

    for case in series(spec.arguments, spec.possible, REFUTATION_CASES):
        with np.errstate(all="ignore"):
            equations = derivative(spec, with_upstream(spec, case))
        worst = max(equations, key=lambda equation: equation.ratio, default=None)
        if worst is not None and worst.ratio > 1:
            return str(worst)
    return ""


KIND = Kind(
    {"forward": forward, "backward": backward, "gradient": gradient}, suitable, refuted=refuted
)


def _between_kinks(spec: Spec, grad: Any, values: list[Any]) -> tuple[Answer, ...]:
    """The gradients. At a kink, any value between the slopes of both sides is right."""
    data, settings = split(spec, values)
    usual = _asked(spec.backward(grad, *data, **settings))
    if spec.kinks is None:
        return tuple(map(_exactly, usual))
    low, high = (_asked(spec.backward(grad, *data, **settings, **kink)) for kink in spec.kinks)
    conserved = spec.gradients_are_conserved
    return tuple(
        Answer(np.minimum(a, b), np.maximum(a, b), total=float(np.sum(own)) if conserved else None)
        for a, b, own in zip(low, high, usual, strict=True)
    )


def _asked(gradients: Any) -> tuple[Any, ...]:
    """The gradients without those of a mask or of an argument that is left out."""
    return tuple(gradient for gradient in parts(gradients) if gradient is not None)


def _exactly(result: Any) -> Answer:
    return Answer(result, result)


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
