"""The gradients of other conventions: where a forward may follow one, so may its gradient.

Half an L2 penalty, or a loss that is summed instead of averaged, is right by another convention.
Then the gradient of that penalty or loss is right by the same convention. It is computed from the
forward of the convention, one entry of an argument at a time:

    dL/dx = Im L(x + ih) / h,   L = sum of upstream times result,   h = 1e-30

which is exact up to rounding, because nothing is subtracted. Each entry takes a call, so operations
on arrays of many axes, such as convolution, are left out.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from checker.cases.forms import Form, form
from checker.library.mutants import Written
from checker.numerics.gradients import differentiable
from reference.spec import Argument

STEP = 1e-30
MOST_AXES = 2  # of an argument, beside "..."


def gradients(
    spec: Any, asked: Form, known: tuple[Written, ...]
) -> Iterator[tuple[Written, Callable[[list[Any]], tuple[Any, ...]]]]:
    """Each convention of the forward, and its gradient in the form of the task."""
    if not asked.backward or max(map(_named_axes, spec.arguments), default=0) > MOST_AXES:
        return
    forward = form(spec, "forward")
    for convention in known:
        if convention.kind == "convention" and not convention.backward:
            yield convention, _gradient(spec, forward, asked.upstream, convention.function)


def _named_axes(argument: Argument) -> int:
    return sum(axis != "..." for axis in argument.axes)


def _gradient(
    spec: Any, forward: Form, upstream: int, function: Callable[..., Any]
) -> Callable[[list[Any]], tuple[Any, ...]]:
    slots = [k for k, argument in enumerate(spec.arguments) if argument.differentiable]

    def call(values: list[Any]) -> tuple[Any, ...]:
        grads, data = values[:upstream] or [1.0], values[upstream:]

        def slope(slot: int, at: int) -> Any:
            shifted = np.array(data[slot], dtype=complex)
            shifted.flat[at] += STEP * 1j
            shifted = shifted.view(_Analytic)
            moved = [shifted if k == slot else value for k, value in enumerate(data)]
            results = differentiable(spec, forward.call(function, moved))
            pairs = zip(grads, results, strict=True)
            return sum(np.sum(g * np.imag(result)) for g, result in pairs) / STEP

        return tuple(
            np.reshape([slope(k, at) for at in range(np.size(data[k]))], np.shape(data[k]))
            for k in slots
            if data[k] is not None
        )

    return call


class _Analytic(np.ndarray):
    """Complex numbers with an absolute value and a sign that have a derivative."""

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        first, *rest = map(_plain, inputs)
        if "out" in options:
            options["out"] = tuple(map(_plain, options["out"]))
        if ufunc is np.absolute:
            result = np.where(first < 0, -first, first)  # at 0, the imaginary part decides
        elif ufunc is np.sign:
            result = np.sign(first.real)
        else:
            result = getattr(ufunc, method)(first, *rest, **options)
        return np.asarray(result).view(_Analytic)


def _plain(value: Any) -> Any:
    return np.asarray(value) if isinstance(value, _Analytic) else value
