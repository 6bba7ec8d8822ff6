"""Where a forward is affine in an argument, its backward is the transpose of a matrix.

    <g, f(a + u) - f(a)> = <backward(g), u>      for every u, however long

No step goes to zero, so nothing but rounding separates the two sides: an oracle of its own beside
the derivative, for dense layers, convolutions, means and everything else that is linear in
something. Which arguments those are is found out by trying, on cases of every size.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from checker.equations import Equation, as_traced, parts, sides, traced
from checker.inputs import Case, series
from checker.proof.upstream import backward, direction, upstream
from checker.rounding import Traced
from reference.spec import Spec

CASES = 12


def oracles(spec: Spec) -> dict[str, Callable[[Case], list[Equation]]]:
    names = affine(spec)
    return {"adjoint": partial(transposed, spec, names)} if names else {}


def affine(spec: Spec) -> tuple[str, ...]:
    """The arguments in which two equal steps always give two equal differences."""
    cases = list(series(spec.arguments, spec.possible, CASES))
    names = [a.name for a in spec.arguments if a.differentiable]
    return tuple(n for n in names if cases and all(_even(spec, n, case) for case in cases))


def _even(spec: Spec, name: str, case: Case) -> bool:
    u = direction(np.shape(case[name]), 1)
    behind, here, ahead = (_moved(spec, case, name, k * u) for k in (-1, 0, 1))
    steps = zip(behind, here, ahead, strict=True)
    gaps = [sides("", a - b, b - c)[0] for c, b, a in steps]
    return all(gap.ratio <= 1 for gap in gaps)


def _moved(spec: Spec, case: Case, name: str, u: Any) -> list[Traced]:
    ours = traced(case)
    return [as_traced(r) for r in parts(spec.forward(**{**ours, name: ours[name] + u}))]


def transposed(spec: Spec, names: tuple[str, ...], case: Case) -> list[Equation]:
    here = [as_traced(r) for r in parts(spec.forward(**traced(case)))]
    grads = tuple(map(Traced, upstream(tuple(each.value for each in here))))
    wanted = [a.name for a in spec.arguments if a.differentiable]
    gradients = dict(zip(wanted, backward(spec, grads, traced(case)), strict=True))
    equations = []
    for k, name in enumerate(names):
        u = direction(np.shape(case[name]), 300 + k)
        ahead = _moved(spec, case, name, u)
        gaps = [(g * (a - b)).sum() for g, a, b in zip(grads, ahead, here, strict=True)]
        far = gaps[0]
        for gap in gaps[1:]:
            far = far + gap
        equations += sides(f"adjoint in {name}", (gradients[name] * u).sum(), far)
    return equations
