"""Plain float64 results against those of sixty digits, which the same code computes.

The oracles of torch run the reference on arrays that carry their rounding error. Here it runs on
ordinary arrays, as a user runs it: what it does to those alone, such as a cast to float32, shows
here, and so does a formula that loses digits. For the bound does not come from the code on trial,
but from the conditioning of the function: how far the exact result moves when each input is moved
by one rounding, in either direction.

    allowed = HEADROOM (largest move in DRAWS draws + u size of the result + u size of the upstream)

A gradient is linear in the upstream gradient, so rounding it is part of the input.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from hypothesis.errors import UnsatisfiedAssumption

from checker.numerics.equations import Equation, is_real, parts, unit
from checker.numerics.exact import Exact, exact, rounded
from checker.numerics.inputs import NamedInputs, series
from checker.proof.oracles.upstream import upstream
from reference.spec import Operation, Spec

HEADROOM = 32.0
DRAWS = 3
MOST_ENTRIES = 300  # of a case; sixty digits take their time
TRIED = 4  # cases that tell whether the code runs on objects
ROUNDING = unit(np.float64)
LEAST = float(np.finfo(np.float64).tiny)

# What loses digits of small results by the very formula it is about, as PyTorch does.
CANCELS = {
    "delta_rule": "s (1 - s) of a saturated unit",
    "gradient_sizes": "1 - tanh^2 of saturated units, in each layer",
    "mlp": "1 - tanh^2 of saturated units, in each layer",
    "softmax_cross_entropy": "a loss near 0 as the difference of a logit and a logarithm",
    "softmax_jacobian": "p (1 - p) where p is nearly 1",
}

Compute = Callable[[Any, Any], tuple[Any, ...]]
Results = Callable[[Any, NamedInputs], tuple[Any, ...]]


def oracles(spec: Any, results: Results) -> dict[str, Any]:
    """The oracle, for an operation that runs on objects; `results` is that of its kind."""
    if spec.name in CANCELS:
        return {}
    try:
        for case in series(spec.arguments, getattr(spec, "possible", None), TRIED):
            results(spec, _lifted(case))
    except Exception:  # a library function for plain numbers; other oracles tell of a crash
        return {}
    return {"exact arithmetic": partial(_compare_small, spec, results)}


def compare(spec: Operation, results: Results, case: NamedInputs) -> list[Equation]:
    """Compare each result on plain arrays with the exact one."""
    with np.errstate(all="ignore"):
        mine = results(spec, case)
    try:
        right = results(spec, _lifted(case))
        moved = [results(spec, _moved(case, seed)) for seed in range(DRAWS)]
    except AttributeError as error:  # numpy turned an array without axes into a number
        raise UnsatisfiedAssumption from error
    named = _named(spec, case, len(right))
    return [
        _equation(name, mine[i], right[i], [other[i] for other in moved], upstream_size)
        for i, (name, upstream_size) in enumerate(named)
    ]


def _compare_small(spec: Operation, results: Results, case: NamedInputs) -> list[Equation]:
    """Compare a case that is not large; hypothesis draws another instead of a large one."""
    if sum(np.size(value) for value in case.values() if is_real(value)) > MOST_ENTRIES:
        raise UnsatisfiedAssumption
    return compare(spec, results, case)


def _equation(about: str, mine: Any, right: Any, moved: list[Any], given: float) -> Equation:
    mine, right = np.asarray(mine), np.asarray(right, dtype=object)
    if mine.dtype.kind == "f" and mine.dtype != np.float64:
        about += f", which became {mine.dtype},"
        mine = np.full(mine.shape, np.nan)
    nearest = rounded(right)
    size = np.max(np.abs(nearest), initial=0.0, where=np.isfinite(nearest))
    move = max((_distance(other, right) for other in moved), default=0.0)
    allowed = HEADROOM * (move + ROUNDING * (size + given)) + LEAST
    return Equation(about, mine.astype(float), nearest, np.full(nearest.shape, allowed))


def _distance(one: Any, other: Any) -> float:
    """The largest difference of two exact results."""
    pairs = zip(np.ravel(np.asarray(one, dtype=object)), np.ravel(other), strict=True)
    return max((abs(float(Exact(a) - Exact(b))) for a, b in pairs), default=0.0)


def _lifted(case: NamedInputs) -> dict[str, Any]:
    """The case in exact numbers, its settings too."""
    return {
        name: exact(value) if is_real(value) else Exact(value) if _is_float(value) else value
        for name, value in case.items()
    }


def _moved(case: NamedInputs, seed: int) -> dict[str, Any]:
    """The case in exact numbers, with each real entry moved by one rounding."""
    rng = np.random.default_rng(seed)
    found = _lifted(case)
    for name, value in case.items():
        if is_real(value):
            signs = rng.choice([-1.0, 1.0], size=np.shape(value))
            found[name] = found[name] * (1 + exact(ROUNDING * signs))
    return found


def _is_float(value: Any) -> bool:
    return isinstance(value, float) and not isinstance(value, np.generic)


def _named(spec: Operation, case: NamedInputs, count: int) -> list[tuple[str, float]]:
    """The name of each result, and the size of the upstream gradient it is linear in, or 0."""
    if not isinstance(spec, Spec):
        return [(f"result {i}", 0.0) for i in range(count)]
    grads = upstream(parts(spec.forward(**case)))
    largest = max((float(np.max(np.abs(g), initial=0.0)) for g in grads), default=0.0)
    names = [f"output {i}" if len(grads) > 1 else "output" for i in range(len(grads))]
    gradients = [f"gradient of {a.name}" for a in spec.arguments if a.differentiable]
    return [(name, 0.0) for name in names] + [(name, largest) for name in gradients]
