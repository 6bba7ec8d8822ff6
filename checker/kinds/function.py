"""Questions about a function: its forward, its backward, its gradient."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from checker.equations import as_traced, parts
from checker.kinds import Answer, Form, Part
from checker.kinds.arguments import part, plain, split, traced, with_error
from checker.rounding import Traced
from reference.spec import Spec


def forward(spec: Spec) -> Form:
    """f(*arguments) gives the results."""

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        data, settings = split(spec, values)
        return parts(function(*data, **settings))

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        return tuple(map(_exactly, call(spec.forward, with_error(spec, values))))

    return Form(
        arguments=_arguments(spec),
        results=_outputs(spec),
        backward=False,
        call=call,
        answers=answers,
        values=partial(plain, spec),
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
        return [*grads, *plain(spec, case)]

    def apart(values: list[Any]) -> tuple[Any, list[Any]]:
        grads = tuple(values[: len(outputs)])
        return grads if len(grads) > 1 else grads[0], values[len(outputs) :]

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        grad, rest = apart(values)
        data, settings = split(spec, rest)
        return parts(function(grad, *data, **settings))

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        grad, rest = apart(values)
        grad = tuple(map(traced, grad)) if len(outputs) > 1 else traced(grad)
        return _between_kinks(spec, grad, with_error(spec, rest))

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
        data, settings = split(spec, values)
        return parts(function(np.float64(1.0), *data, **settings))

    return Form(
        arguments=_arguments(spec),
        results=_gradients(spec),
        backward=True,
        call=call,
        answers=lambda values: _between_kinks(spec, Traced(1.0), with_error(spec, values)),
        values=partial(plain, spec),
    )


FORMS = {"forward": forward, "backward": backward, "gradient": gradient}


def _between_kinks(spec: Spec, grad: Any, values: list[Any]) -> tuple[Answer, ...]:
    data, settings = split(spec, values)
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


def _exactly(result: Any) -> Answer:
    return Answer(as_traced(result), as_traced(result))


def _upstream(shape: tuple[int, ...], first: int) -> Any:
    """Whole numbers, neither 0 nor 1, and different from entry to entry."""
    count = int(np.prod(shape))
    signs = np.where(np.arange(count) % 3 == 1, -1.0, 1.0)
    return (signs * (first + np.arange(count))).reshape(shape)


def _arguments(spec: Spec) -> tuple[Part, ...]:
    return tuple(map(part, spec.arguments))


def _outputs(spec: Spec) -> tuple[Part, ...]:
    return tuple(Part(o.name or "the result", o.axes) for o in spec.outputs)


def _gradients(spec: Spec) -> tuple[Part, ...]:
    return tuple(
        Part(f"d{a.name}", a.axes, f"the gradient of {a.name}")
        for a in spec.arguments
        if a.differentiable
    )
