"""Questions about a function: its forward, its backward, its gradient."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from checker.equations import as_traced, parts
from checker.kinds import Answer, Asked, Form, Part
from checker.rounding import Traced
from reference.spec import Argument, Below, Between, Function, Named, Simplex, Spec


def forward(asked: Asked) -> Form:
    """f(*arguments) gives the results."""
    spec = asked.operation

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        return tuple(map(_exactly, parts(_apply(asked, spec.forward, list(map(_traced, values))))))

    return Form(
        arguments=_arguments(asked),
        results=_outputs(spec),
        backward=False,
        call=lambda function, values: parts(_apply(asked, function, values)),
        answers=answers,
        values=partial(_plain, asked),
    )


def backward(asked: Asked) -> Form:
    """f(grad, *arguments) gives the gradient of each differentiable argument."""
    spec, outputs = asked.operation, _outputs(asked.operation)
    grads = [
        Part("grad" if len(outputs) == 1 else f"d{o.name}", o.axes, "the upstream gradient")
        for o in outputs
    ]

    def values(case: Mapping[str, Any]) -> list[Any]:
        plain = _plain(asked, case)
        shapes = [np.shape(o) for o in parts(_apply(asked, spec.forward, list(case.values())))]
        return [*(_upstream(shape, seed) for seed, shape in enumerate(shapes)), *plain]

    def split(values: list[Any]) -> tuple[Any, list[Any]]:
        grads = tuple(values[: len(outputs)])
        return grads if len(grads) > 1 else grads[0], values[len(outputs) :]

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        grad, rest = split(values)
        return parts(_apply(asked, partial(function, grad), rest))

    return Form(
        arguments=(*grads, *_arguments(asked)),
        results=_gradients(spec),
        backward=True,
        call=call,
        answers=lambda values: _between_kinks(asked, *split(list(map(_traced, values)))),
        values=values,
    )


def gradient(asked: Asked) -> Form:
    """f(*arguments) gives the gradient of a scalar result, with nothing above it."""
    return Form(
        arguments=_arguments(asked),
        results=_gradients(asked.operation),
        backward=True,
        call=lambda function, values: parts(
            _apply(asked, partial(function, np.float64(1.0)), values)
        ),
        answers=lambda values: _between_kinks(asked, Traced(1.0), list(map(_traced, values))),
        values=partial(_plain, asked),
    )


FORMS = {"forward": forward, "backward": backward, "gradient": gradient}


def _between_kinks(asked: Asked, grad: Any, values: list[Any]) -> tuple[Answer, ...]:
    spec: Spec = asked.operation
    if spec.kinks is None:
        return tuple(map(_exactly, _apply(asked, partial(spec.backward, grad), values)))
    ends = (_apply(asked, partial(spec.backward, grad, **kink), values) for kink in spec.kinks)
    return tuple(
        Answer(
            Traced(np.minimum(a.value, b.value), a.error),
            Traced(np.maximum(a.value, b.value), b.error),
        )
        for a, b in zip(*ends, strict=True)
    )


def _plain(asked: Asked, case: Mapping[str, Any]) -> list[Any]:
    """A scalar argument is a Python number, as a student would pass it."""
    return [case[a.name] if a.axes or a.tried else case[a.name].item() for a in asked.arguments]


def _apply(asked: Asked, function: Function, values: list[Any]) -> Any:
    """Students take settings in their order, like everything else; the reference by keyword."""
    arguments = list(zip(asked.arguments, values, strict=True))
    settings = {a.name: value for a, value in arguments if a.tried}
    return function(*(value for a, value in arguments if not a.tried), **settings, **asked.fixed)


def _exactly(result: Any) -> Answer:
    return Answer(as_traced(result), as_traced(result))


def _traced(value: Any) -> Any:
    real = isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f")
    return Traced(value) if real else value


def _upstream(shape: tuple[int, ...], seed: int) -> Any:
    """Whole numbers, none of them zero, and different from entry to entry."""
    count = int(np.prod(shape))
    signs = np.where(np.arange(count) % 3 == 1, -1.0, 1.0)
    return (signs * (1 + seed + np.arange(count))).reshape(shape)


def _arguments(asked: Asked) -> tuple[Part, ...]:
    return tuple(Part(a.name, a.axes, _domain(a)) for a in asked.arguments)


def _domain(argument: Argument) -> str:
    for mark in argument.marks:
        match mark:
            case Below(size=size):
                last = int(size) - 1 if size.isdigit() else f"{size} - 1"
                return f"whole numbers from 0 to {last}"
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
