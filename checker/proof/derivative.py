"""The backward against derivatives of the forward, which never saw the backward.

Two ways to differentiate a forward along a direction u, each with a bound on its own error:

* the complex step, Im f(x + i h u) / h: nothing is subtracted, so h may be 1e-105 and there is
  nothing to tune. It needs a forward that computes with complex numbers; one that passes through
  `abs` or a library function for reals alone drops the imaginary part without a word.
* central differences at h, 2h and 4h, extrapolated twice (Richardson). Two extrapolations of one
  number differ by more than the better of them errs; what rounding adds is known from `Traced`.

Which of the two serves is found out, not declared: they must agree on a few cases.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from checker.equations import HEADROOM, Array, Equation, bound, parts, traced, unit
from checker.inputs import Case, series
from checker.proof.upstream import backward, direction, upstream
from checker.rounding import Traced
from reference.spec import Spec

Along = Callable[[Spec, Case, str, Array, tuple[Array, ...]], tuple[float, float]]

STEP = 1e-105  # of the complex step: what it neglects, its square, lies below what underflows
STEPS = (1e-3, 1e-5, 1e-7)  # of the differences, in units of the largest input: the best one counts
CONCLUSIVE = 1e-3  # differences that know less about themselves than this prove nothing
MOST_COORDINATES = 400
CASES_OF_SAFETY = 8


def oracle(spec: Spec) -> tuple[str, Along]:
    """The sharpest method that the forward allows, and what it is called."""
    return ("complex step", complex_step) if complex_safe(spec) else ("differences", differences)


def complex_safe(spec: Spec) -> bool:
    """Whether the complex step and the differences agree about the forward."""
    cases = list(series(spec.arguments, spec.possible, CASES_OF_SAFETY))
    names = [a.name for a in spec.arguments if a.differentiable]
    return all(_agree(spec, case, k, name) for case in cases for k, name in enumerate(names))


def _agree(spec: Spec, case: Case, k: int, name: str) -> bool:
    grads = upstream(parts(spec.forward(**case)))
    u = direction(np.shape(case[name]), k) * smooth(spec, grads, case, k)
    try:
        one, one_errs = complex_step(spec, case, name, u, grads)
    except TypeError:  # a library function that takes real numbers alone
        return False
    other, other_errs = differences(spec, case, name, u, grads)
    size = max(abs(one), abs(other), *(float(np.abs(g).sum()) for g in grads))
    conclusive = other_errs <= CONCLUSIVE * size  # a jump or a kink lies within every step
    return not conclusive or abs(one - other) <= one_errs + other_errs


def derivative(spec: Spec, along: Along, case: Case) -> list[Equation]:
    """<g, J u> by the forward alone equals <J^T g, u> by the backward, argument by argument.

    The shapes of the gradients are an equation of their own: a sum is blind to broadcasting.
    Entries that lie on a kink, where the backward has a choice, are left out of u. Where a
    direction disagrees, every coordinate is asked, so that the message can name the worst.
    """
    grads = upstream(parts(spec.forward(**case)))
    gradients = backward(spec, tuple(map(Traced, grads)), traced(case))
    names = [a.name for a in spec.arguments if a.differentiable]
    equations = []
    for k, (name, gradient) in enumerate(zip(names, gradients, strict=True)):
        shape = np.shape(case[name])
        equations.append(_same_shape(f"gradient of {name}", gradient.shape, shape))
        if gradient.shape != shape:
            continue
        known = smooth(spec, grads, case, k)
        for seed in (100 + k, 200 + k):
            u = direction(shape, seed) * known
            mine = (gradient * u).sum()
            right, errs = along(spec, case, name, u, grads)
            found = Equation(
                f"derivative along {name}",
                np.asarray(mine.value),
                np.asarray(right),
                np.asarray(bound(mine) + errs),
            )
            if found.ratio > 1 and gradient.size <= MOST_COORDINATES:
                single = coordinates(spec, along, case, name, gradient, known, grads)
                found = single if single.ratio > 1 else found
            equations.append(found)
    return equations


def coordinates(
    spec: Spec,
    along: Along,
    case: Case,
    name: str,
    gradient: Traced,
    known: Any,
    grads: tuple[Array, ...],
) -> Equation:
    """The whole gradient of one argument, one coordinate after the other."""
    right, errs = np.zeros(gradient.shape), np.zeros(gradient.shape)
    mask = np.broadcast_to(known, gradient.shape)
    for at in np.ndindex(gradient.shape):
        u = np.zeros(gradient.shape)
        u[at] = 1.0
        right[at], errs[at] = along(spec, case, name, u, grads)
    left = np.where(mask, gradient.value, right)
    return Equation(f"gradient of {name}", left, right, bound(gradient) + errs)


def complex_step(
    spec: Spec, case: Case, name: str, u: Array, grads: tuple[Array, ...]
) -> tuple[float, float]:
    moved = parts(spec.forward(**{**case, name: case[name] + 1j * STEP * u}))
    terms = [g * (np.imag(m) / STEP) for g, m in zip(grads, moved, strict=True)]
    carried = sum(float(np.abs(t).sum()) * np.sqrt(t.size) for t in terms)
    lost = sum(float(np.abs(g).sum()) for g in grads) * np.finfo(float).tiny / STEP
    value = float(np.sum([t.sum() for t in terms]))
    return value, 4 * unit(np.float64) * carried + lost


def differences(
    spec: Spec, case: Case, name: str, u: Array, grads: tuple[Array, ...]
) -> tuple[float, float]:
    """The step with the smallest bound. A kink within a step makes its bound large."""
    here = Traced(case[name], np.abs(case[name]))  # x + h u is rounded too
    exact = parts(spec.forward(**{**traced(case), name: here}))
    noise = (
        HEADROOM
        * unit(np.float64)
        * sum(float((np.abs(g) * _error(e)).sum()) for g, e in zip(grads, exact, strict=True))
    )
    size = float(np.max(np.abs(case[name]), initial=0.0)) or 1.0
    found = [_richardson(spec, case, name, u, grads, noise, step * size) for step in STEPS]
    finite = [pair for pair in found if np.isfinite(pair[0]) and np.isfinite(pair[1])]
    return min(finite, key=lambda pair: pair[1]) if finite else (np.nan, 0.0)


def _error(result: Any) -> Array:
    """What a result carries, and the one rounding that it has had at the least."""
    value = result.value if isinstance(result, Traced) else np.asarray(result)
    return np.abs(value) + (result.error if isinstance(result, Traced) else 0.0)


def _richardson(
    spec: Spec,
    case: Case,
    name: str,
    u: Array,
    grads: tuple[Array, ...],
    noise: float,
    h: float,
) -> tuple[float, float]:
    def central(step: float) -> float:
        with np.errstate(all="ignore"):
            ahead = parts(spec.forward(**{**case, name: case[name] + step * u}))
            behind = parts(spec.forward(**{**case, name: case[name] - step * u}))
            gaps = [g * (a - b) for g, a, b in zip(grads, ahead, behind, strict=True)]
        return float(np.sum([gap.sum() for gap in gaps])) / (2 * step)

    one, two, four = central(h), central(2 * h), central(4 * h)
    better, worse = (4 * one - two) / 3, (4 * two - four) / 3
    return better, abs(better - worse) + 1.5 * noise / h


def smooth(spec: Spec, grads: tuple[Array, ...], case: Case, k: int) -> Any:
    """Where the k-th gradient has no choice: it is the same at both ends of every subgradient."""
    if spec.kinks is None:
        return 1.0
    low, high = (backward(spec, grads, case, **kink)[k] for kink in spec.kinks)
    return np.asarray(low == high)


def _same_shape(about: str, left: tuple[int, ...], right: tuple[int, ...]) -> Equation:
    return Equation(about, np.empty((*left, 0)), np.empty((*right, 0)), np.array(0.0))
