"""If a forward is affine in an argument, its backward is the transpose of a matrix.

    <g, f(a + u) - f(a)> = <backward(g), u>      for every u of any length

There is no limit of small steps, so the two sides differ by rounding errors only. This is an oracle
independent of the derivative, for dense layers, convolutions, means and everything else that is
linear in an argument. The affine arguments are found by trials on cases of different sizes.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from checker.numerics.equations import Equation, as_bounded, bounded, parts, sides
from checker.numerics.error_bounds import ErrorBounded
from checker.numerics.inputs import NamedInputs, series
from checker.proof.oracles.upstream import backward, direction, upstream
from reference.spec import Spec

AFFINITY_CASES = 12  # on which an argument must be affine


def oracles(spec: Spec) -> dict[str, Callable[[NamedInputs], list[Equation]]]:
    """The adjoint oracle, if the forward is affine in an argument."""
    names = affine(spec)
    return {"adjoint": partial(transposed, spec, names)} if names else {}


def affine(spec: Spec) -> tuple[str, ...]:
    """The differentiable arguments in which two equal steps always give equal differences."""
    cases = list(series(spec.arguments, spec.possible, AFFINITY_CASES))
    names = [a.name for a in spec.arguments if a.differentiable]
    return tuple(n for n in names if cases and all(_is_affine(spec, n, case) for case in cases))


def _is_affine(spec: Spec, name: str, case: NamedInputs) -> bool:
    """Whether two equal steps in an argument give equal differences in this case."""
    u = direction(np.shape(case[name]), 1)
    behind, here, ahead = (_forward_at(spec, case, name, k * u) for k in (-1, 0, 1))
    steps = zip(behind, here, ahead, strict=True)
    equations = [sides("", a - b, b - c)[0] for c, b, a in steps]
    return all(equation.ratio <= 1 for equation in equations)


def _forward_at(spec: Spec, case: NamedInputs, name: str, u: Any) -> list[ErrorBounded]:
    """The results of the forward with `u` added to one argument."""
    inputs = bounded(case)
    return [as_bounded(r) for r in parts(spec.forward(**{**inputs, name: inputs[name] + u}))]


def transposed(spec: Spec, names: tuple[str, ...], case: NamedInputs) -> list[Equation]:
    """Compare both sides of the equation for each affine argument in `names`."""
    here = [as_bounded(r) for r in parts(spec.forward(**bounded(case)))]
    grads = tuple(map(ErrorBounded, upstream(tuple(output.value for output in here))))
    differentiable = [a.name for a in spec.arguments if a.differentiable]
    gradients = dict(zip(differentiable, backward(spec, grads, bounded(case)), strict=True))
    equations = []
    for k, name in enumerate(names):
        u = direction(np.shape(case[name]), 300 + k)
        ahead = _forward_at(spec, case, name, u)
        products = [(g * (a - b)).sum() for g, a, b in zip(grads, ahead, here, strict=True)]
        total = products[0]
        for product in products[1:]:
            total = total + product
        equations += sides(f"adjoint in {name}", (gradients[name] * u).sum(), total)
    return equations
