"""The forms of an optimiser: one step from the initial state, and the path of many steps."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from checker.cases.forms import Answer, Call, Form, Kind, Part
from reference.spec import Optimiser

LENGTHS = (1, 2, 3, 4, 6, 8, 24)  # of paths, in steps
SMALL, LONG = 4, 120  # entries of a parameter whose longest paths are longer still, in steps
# The gradients of a path are multiples of one gradient: signs and sizes change, one is zero.
GRADIENT_FACTORS = (1.0, 0.5, -1.0, -2.0, 0.0, 1.5)


def step(spec: Optimiser) -> Form:
    """f(param, grad, *settings) returns the parameter after one step."""

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        param, grad, *settings = values
        return (function(grad, spec.init(param), param, **_named(spec, settings))[0],)

    def inputs(values: list[Any]) -> list[Any]:
        param, grad, *settings = values
        return [grad, spec.init(param), param, *settings]

    return Form(
        arguments=(
            Part("param", ("...",), "the parameter before the step"),
            Part("grad", ("...",), "its gradient"),
            *_settings(spec),
        ),
        results=(Part("the result", ("...",), "the parameter after the step"),),
        reference=spec.update,
        call=call,
        answers=lambda values: _answers(call(spec.update, values)),
        values=lambda case: [case["param"], case["grad"], *_values(spec, case)],
        implementation=_implementation,
        property_inputs=inputs,
        stand_in="step",
        steps="one",
    )


def path(spec: Optimiser) -> Form:
    """f(start, grads, *settings) returns the parameter after each step, stacked in one array."""

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        param, grads, *settings = values
        state, positions, named = spec.init(param), [], _named(spec, settings)
        for grad in grads:
            param, state = function(grad, state, param, **named)
            positions.append(param)
        return (np.stack(positions),)

    return Form(
        arguments=(
            Part("start", ("...",), "the parameter before the first step"),
            Part("grads", ("t", "..."), "the gradient that each of the t steps gets"),
            *_settings(spec),
        ),
        results=(Part("the result", ("t", "..."), "the parameter after each step"),),
        reference=spec.update,
        call=call,
        answers=lambda values: _answers(call(spec.update, values)),
        values=lambda case: [case["param"], _gradients(case["grad"]), *_values(spec, case)],
        steps="many",
    )


def suitable(spec: Optimiser) -> tuple[str, ...]:
    """An optimiser with a state is only asked for a path: one step does not show the state.

    One that evaluates a closure is not asked for: a function cannot be sent to a submission.
    """
    if spec.closure:
        return ()
    return ("path",) if spec.init(np.zeros(1)) else ("step", "path")


KIND = Kind({"step": step, "path": path}, suitable)


def _implementation(call: Call) -> Any:
    """A submission as an implementation that returns the state unchanged."""

    def update(grad: Any, state: Any, param: Any, **settings: Any) -> Any:
        return call([param, grad, *settings.values()])[0], state

    return update


def _gradients(grad: Any) -> Any:
    """A sequence of gradients made from one. Its length depends on the values of the gradient."""
    count = LENGTHS[(grad.size + int(10 * np.abs(grad).sum())) % len(LENGTHS)]
    count = LONG if count == LENGTHS[-1] and grad.size <= SMALL else count
    factors = [GRADIENT_FACTORS[k % len(GRADIENT_FACTORS)] for k in range(count)]
    return np.stack([factor * np.roll(grad, k) for k, factor in enumerate(factors)])


def _settings(spec: Optimiser) -> list[Part]:
    return [Part(a.name, ()) for a in spec.arguments if a.name not in ("param", "grad")]


def _named(spec: Optimiser, values: list[Any]) -> dict[str, Any]:
    return {part.name: value for part, value in zip(_settings(spec), values, strict=True)}


def _values(spec: Optimiser, case: Mapping[str, Any]) -> list[Any]:
    return [case[part.name] for part in _settings(spec)]


def _answers(results: tuple[Any, ...]) -> tuple[Answer, ...]:
    return tuple(Answer(result, result) for result in results)
