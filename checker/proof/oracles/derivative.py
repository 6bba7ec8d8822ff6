"""The backward compared with derivatives of the forward, which do not use the backward.

There are two ways to differentiate a forward along a direction u, each with an error bound:

* The complex step, Im f(x + i h u) / h. There is no subtraction, so h can be 1e-105 and needs no
  tuning. The forward must accept complex numbers; `abs`, or a library function for real numbers
  only, drops the imaginary part without an error.
* Central differences at h, 2h and 4h with two Richardson extrapolations. Their difference is larger
  than the error of the better one, and `ErrorBounded` gives the rounding error.

The complex step is used if both agree on a few cases, otherwise the differences are.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from checker.numerics.equations import HEADROOM, Array, Equation, bound, bounded, parts, unit
from checker.numerics.error_bounds import ErrorBounded
from checker.numerics.inputs import NamedInputs, series
from checker.proof.oracles.upstream import backward, direction, upstream
from reference.spec import Spec

Along = Callable[[Spec, NamedInputs, str, Array, tuple[Array, ...]], tuple[float, float]]

COMPLEX_STEP = 1e-105  # its square, which the method neglects, underflows
DIFFERENCE_STEPS = (1e-3, 1e-5, 1e-7)  # relative to the largest input; the best one is used
CONCLUSIVE_ERROR = 1e-3  # differences with a larger relative error prove nothing
MOST_COORDINATES = 400  # of a gradient that is compared coordinate by coordinate
SAFETY_CASES = 8


def oracle(spec: Spec) -> tuple[str, Along]:
    """The name and the function of the most accurate method that the forward allows."""
    return ("complex step", complex_step) if complex_safe(spec) else ("differences", differences)


def complex_safe(spec: Spec) -> bool:
    """Whether the complex step and the differences agree about the forward."""
    cases = list(series(spec.arguments, spec.possible, SAFETY_CASES))
    names = [a.name for a in spec.arguments if a.differentiable]
    return all(_agree(spec, case, k, name) for case in cases for k, name in enumerate(names))


def _agree(spec: Spec, case: NamedInputs, k: int, name: str) -> bool:
    """Whether both methods agree on argument `name`, the k-th that is differentiable."""
    grads = upstream(parts(spec.forward(**case)))
    u = direction(np.shape(case[name]), k) * smooth(spec, grads, case, k)
    try:
        one, one_error = complex_step(spec, case, name, u, grads)
    except TypeError:  # a library function for real numbers only
        return False
    other, other_error = differences(spec, case, name, u, grads)
    size = max(abs(one), abs(other), *(float(np.abs(g).sum()) for g in grads))
    conclusive = other_error <= CONCLUSIVE_ERROR * size  # false if each step crosses a kink or jump
    return not conclusive or abs(one - other) <= one_error + other_error


def derivative(spec: Spec, along: Along, case: NamedInputs) -> list[Equation]:
    """Compare <g, J u> from the forward with <J^T g, u> from the backward, for each argument.

    The shapes of the gradients are compared separately, because a sum does not show broadcasting.
    Entries on a kink, where the backward has a choice, are left out of u. If a direction disagrees,
    all coordinates are compared, so that the message can name the worst one.
    """
    grads = upstream(parts(spec.forward(**case)))
    gradients = backward(spec, tuple(map(ErrorBounded, grads)), bounded(case))
    names = [a.name for a in spec.arguments if a.differentiable]
    equations = []
    for k, (name, gradient) in enumerate(zip(names, gradients, strict=True)):
        shape = np.shape(case[name])
        equations.append(_same_shape(f"gradient of {name}", gradient.shape, shape))
        if gradient.shape != shape:
            continue
        mask = smooth(spec, grads, case, k)
        for seed in (100 + k, 200 + k):
            u = direction(shape, seed) * mask
            left = (gradient * u).sum()
            right, error = along(spec, case, name, u, grads)
            equation = Equation(
                f"derivative along {name}",
                np.asarray(left.value),
                np.asarray(right),
                np.asarray(bound(left) + error),
            )
            if equation.ratio > 1 and gradient.size <= MOST_COORDINATES:

                def slope(u: Array, name: str = name) -> tuple[float, float]:
                    return along(spec, case, name, u, grads)

                single = coordinates(name, gradient, mask, slope)
                equation = single if single.ratio > 1 else equation
            equations.append(equation)
    return equations


def coordinates(
    name: str,
    gradient: ErrorBounded,
    mask: Any,
    slope: Callable[[Array], tuple[float, float]],
) -> Equation:
    """Compare the gradient of one argument coordinate by coordinate, where the mask is true."""
    right, errors = np.zeros(gradient.shape), np.zeros(gradient.shape)
    mask = np.broadcast_to(mask, gradient.shape)
    for at in np.ndindex(gradient.shape):
        u = np.zeros(gradient.shape)
        u[at] = 1.0
        right[at], errors[at] = slope(u)
    left = np.where(mask, gradient.value, right)
    return Equation(f"gradient of {name}", left, right, bound(gradient) + errors)


def complex_step(
    spec: Spec, case: NamedInputs, name: str, u: Array, grads: tuple[Array, ...]
) -> tuple[float, float]:
    """The derivative of <grads, forward> along u by the complex step, and its error bound."""
    outputs = parts(spec.forward(**{**case, name: case[name] + 1j * COMPLEX_STEP * u}))
    terms = [g * (np.imag(y) / COMPLEX_STEP) for g, y in zip(grads, outputs, strict=True)]
    rounding = sum(float(np.abs(t).sum()) * np.sqrt(t.size) for t in terms)
    underflow = sum(float(np.abs(g).sum()) for g in grads) * np.finfo(float).tiny / COMPLEX_STEP
    value = float(np.sum([t.sum() for t in terms]))
    return value, 4 * unit(np.float64) * rounding + underflow


def differences(
    spec: Spec, case: NamedInputs, name: str, u: Array, grads: tuple[Array, ...]
) -> tuple[float, float]:
    """The derivative of <grads, forward> along u by differences, and its error bound.

    The step with the smallest bound is used. The bound of a step that crosses a kink is large.
    """
    here = ErrorBounded(case[name], np.abs(case[name]))  # x + h u is rounded
    exact = parts(spec.forward(**{**bounded(case), name: here}))
    noise = (
        HEADROOM
        * unit(np.float64)
        * sum(float((np.abs(g) * _error(e)).sum()) for g, e in zip(grads, exact, strict=True))
    )
    size = float(np.max(np.abs(case[name]), initial=0.0)) or 1.0

    def central(step: float) -> float:
        with np.errstate(all="ignore"):
            ahead = parts(spec.forward(**{**case, name: case[name] + step * u}))
            behind = parts(spec.forward(**{**case, name: case[name] - step * u}))
            terms = [g * (a - b) for g, a, b in zip(grads, ahead, behind, strict=True)]
        return float(np.sum([term.sum() for term in terms])) / (2 * step)

    estimates = [_richardson(central, noise, step * size) for step in DIFFERENCE_STEPS]
    finite = [pair for pair in estimates if np.isfinite(pair[0]) and np.isfinite(pair[1])]
    return min(finite, key=lambda pair: pair[1]) if finite else (np.nan, 0.0)


def _error(result: Any) -> Array:
    """The error of a result in unit roundoffs, at least that of one rounding."""
    value = result.value if isinstance(result, ErrorBounded) else np.asarray(result)
    return np.abs(value) + (result.error if isinstance(result, ErrorBounded) else 0.0)


def _richardson(central: Callable[[float], float], noise: float, h: float) -> tuple[float, float]:
    """Extrapolate central differences. Return the value and its error bound."""
    one, two, four = central(h), central(2 * h), central(4 * h)
    better, worse = (4 * one - two) / 3, (4 * two - four) / 3
    return better, abs(better - worse) + 1.5 * noise / h


def smooth(spec: Spec, grads: tuple[Array, ...], case: NamedInputs, k: int) -> Any:
    """A mask of the entries where the k-th gradient is the same at both ends of the subgradient."""
    if spec.kinks is None:
        return 1.0
    low, high = (backward(spec, grads, case, **kink)[k] for kink in spec.kinks)
    return np.asarray(low == high)


def _same_shape(about: str, left: tuple[int, ...], right: tuple[int, ...]) -> Equation:
    return Equation(about, np.empty((*left, 0)), np.empty((*right, 0)), np.array(0.0))
