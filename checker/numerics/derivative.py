"""The derivative of a forward in exact arithmetic, which the backward must equal to 25 digits.

    (F(x + h u) - F(x - h u)) / 2h,    F = <upstream, forward>,    h = 1e-27

rounds to 10^-57 / h, and neglects h^2, or h where the curvature jumps. That is below 25 digits of
all but the smallest gradients. Where they disagree, the quotient of a step five times as long tells
how much is neglected: that moves by at least as much.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from checker.numerics.conditioning import HEADROOM
from checker.numerics.equations import Array, Equation, is_real, largest, parts
from checker.numerics.exact import BITS, exact, rounded
from checker.numerics.gradients import (
    backward,
    conventions,
    differentiable,
    direction,
    split,
    wanted,
)
from reference.spec import Spec

STEP = 1e-27
LONGER = 5  # times as long is a second step: a jump of the forward moves its quotient by less
DIGITS = 1e-25  # relative to the largest term of the sum
ROUNDING = 1e-57  # of a result, by which a difference of two is wrong
DIRECTIONS = 2
SHOWN = 1e-12  # a larger relative error is visible in floats
MOST_COORDINATES = 60  # of a gradient that is compared coordinate by coordinate


def lifted(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs as exact numbers, real settings too."""
    return {
        name: exact(value) if is_real(value) or type(value) is float else value
        for name, value in inputs.items()
    }


@dataclass(frozen=True)
class Gradients:
    """The gradients of the arguments, in exact numbers, and what they are the gradients of."""

    spec: Spec
    case: Mapping[str, Any]
    upstream: tuple[Any, ...]
    values: Mapping[str, Any]
    lost: float = 0.0  # of a result, by the rounding of terms that cancel in it

    def along(self, directions: Mapping[str, Array], about: str) -> Equation:
        """Compare <gradient, u> with the derivative of the forward along u.

        u has a part for each argument here, by the size of which it is multiplied.
        """
        us = {name: exact(u) * (largest(self.case[name]) or 1.0) for name, u in directions.items()}
        terms, noise = self._slopes(exact(STEP), us)
        slope = sum((term.sum() for term in terms), exact(0.0))
        products = [self.values[name] * u for name, u in us.items()]
        size = sum(map(largest, [*terms, *products]), 0.0) + noise / DIGITS
        product = sum((p.sum() for p in products), exact(0.0))
        equation = agreement(about, product, slope, size)
        if equation.ratio <= 1:
            return equation
        longer, _ = self._slopes(LONGER * exact(STEP), us)
        neglected = largest(sum((term.sum() for term in longer), -slope))
        return agreement(about, product, slope, size + neglected / DIGITS)

    def _slopes(self, step: Any, us: Mapping[str, Array]) -> tuple[list[Any], float]:
        """The terms of the derivative along u, and how far a difference of two may be off."""
        pairs = list(zip(self.upstream, self._moved(step, us), self._moved(-step, us), strict=True))
        terms = [g * (ahead - behind) / (2 * step) for g, ahead, behind in pairs]
        noise = sum(largest(g * ahead) for g, ahead, _ in pairs) * ROUNDING + self.lost
        return terms, noise / STEP

    def _moved(self, by: Any, us: Mapping[str, Any]) -> tuple[Any, ...]:
        inputs = {**self.case, **{name: self.case[name] + by * u for name, u in us.items()}}
        return differentiable(self.spec, parts(self.spec.forward(**inputs)))

    def alone(self, name: str, u: Array, mask: Any) -> Equation:
        """The equation of one argument along u, or of its worst coordinate if that disagrees."""
        equation = self.along({name: u}, f"derivative along {name}")
        return (self._worst_coordinate(name, mask) if equation.ratio > 1 else None) or equation

    def _worst_coordinate(self, name: str, mask: Any) -> Equation | None:
        """The equation of the coordinate that disagrees most, if one does."""
        shape, equations = np.shape(self.values[name]), []
        for at in map(tuple, np.argwhere(np.broadcast_to(mask, shape))[:MOST_COORDINATES]):
            u = np.zeros(shape)
            u[at] = 1.0
            about = f"gradient of {name}[{', '.join(map(str, at))}]"
            equations.append(self.along({name: u}, about))
        worst = max(equations, key=lambda equation: equation.ratio, default=None)
        return worst if worst is not None and worst.ratio > 1 else None


def derivative(spec: Spec, inputs: Mapping[str, Any]) -> list[Equation]:
    """Compare <backward, u> with the derivative of the forward along u.

    u moves all arguments at once. If this disagrees, each is moved alone, and then its coordinates,
    to name the worst one. Entries on a kink, where the backward has a choice, and entries that are
    a convention are left out of u. Where a result is infinite there is no derivative. The shapes of
    the gradients are compared apart, because a sum does not show that they were broadcast.
    """
    grads, case = split(lifted(inputs))
    if not all(np.isfinite(output).all() for output in parts(spec.forward(**case))):
        return []
    masks = smooth(spec, inputs)
    found = dict(zip(wanted(spec, case), backward(spec, grads, case), strict=True))
    equations = [_same_shape(n, np.shape(value), np.shape(case[n])) for n, value in found.items()]
    fitting = {n: value for n, value in found.items() if np.shape(value) == np.shape(case[n])}
    gradients = Gradients(spec, case, grads, fitting, _lost(spec, inputs))
    for seed in range(DIRECTIONS if fitting else 0):
        us = {
            name: direction(np.shape(case[name]), 100 * (seed + 1) + k) * masks[name]
            for k, name in enumerate(fitting)
        }
        together = gradients.along(us, f"derivative along {' and '.join(us)}")
        if together.ratio <= 1:
            equations.append(together)
        else:
            equations += [gradients.alone(name, u, masks[name]) for name, u in us.items()]
    return equations


def upstream_is_linear(spec: Spec, inputs: Mapping[str, Any]) -> list[Equation]:
    """The backward of a combination of two upstream gradients is that of their backwards.

    That of zeros is zeros, where the backward is finite.
    """
    grads, case = split(lifted(inputs))
    others = tuple(exact(direction(np.shape(g), 50 + i)) for i, g in enumerate(grads))
    mixed = backward(spec, tuple(1e3 * g - 2 * o for g, o in zip(grads, others, strict=True)), case)
    size = 1e3 * _lost(spec, inputs) / DIGITS
    once = backward(spec, grads, case)
    apart = zip(once, backward(spec, others, case), strict=True)
    nothing = backward(spec, tuple(0 * g for g in grads), case)
    return [
        agreement(f"linear in the upstream, gradient of {name},", one, 1e3 * a - 2 * b, size)
        for name, one, (a, b) in zip(wanted(spec, case), mixed, apart, strict=True)
    ] + [
        agreement(f"of no upstream, gradient of {name},", zero, 0 * one)
        for name, zero, one in zip(wanted(spec, case), nothing, once, strict=True)
    ]


def agreement(about: str, left: Any, right: Any, size: Any = 0.0) -> Equation:
    """Two exact results agree to 25 digits of the largest entry of either, or of `size`."""
    if np.shape(left) != np.shape(right):
        return Equation(about, np.empty(np.shape(left)), np.empty(np.shape(right)), np.array(0.0))
    a, b = exact(left), exact(right)
    scale = max(largest(a), largest(b), float(size))
    with np.errstate(all="ignore"):
        error = rounded(a - b)
    bound = np.full(error.shape, DIGITS * scale + np.finfo(float).tiny)
    left, right = rounded(a), rounded(b)
    shown = np.abs(error) > SHOWN * np.abs(right)  # by floats, so the two sides read better
    compared = ~np.isfinite(error) | shown
    sides = np.where(compared, left, error), np.where(compared, right, 0.0)
    return Equation(about, *sides, bound, near=right)


def smooth(spec: Spec, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """For each argument, a mask of the entries that are on no kink and are no convention."""
    grads, case = split(inputs)
    masks = {name: ~np.asarray(mask, dtype=bool) for name, mask in conventions(spec, case).items()}
    if spec.kinks is None:
        return masks
    low, high = (backward(spec, grads, case, **kink) for kink in spec.kinks)
    return {
        name: masks[name] & np.asarray(a == b)
        for name, a, b in zip(wanted(spec, case), low, high, strict=True)
    }


def _lost(spec: Spec, inputs: Mapping[str, Any]) -> float:
    """What exact arithmetic loses of the sum of all results, where the terms of one cancel."""
    if spec.terms is None:
        return 0.0
    grads, case = split(inputs)
    with np.errstate(all="ignore"):
        size = largest(spec.terms(**case)) * max(map(largest, grads), default=1.0)
    return HEADROOM * 2.0**-BITS * size


def _same_shape(name: str, left: tuple[int, ...], right: tuple[int, ...]) -> Equation:
    return Equation(
        f"gradient of {name}", np.empty((*left, 0)), np.empty((*right, 0)), np.array(0.0)
    )
