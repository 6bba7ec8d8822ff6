"""At a kink the backward takes, unless told otherwise, the side that torch takes: exactly.

Which side torch takes may change with its version. The default in the signature of a `backward` is
what holds for torch today; checker/proof/kinks.toml says where a version differs from it.

And what `backward` may be told lies between the slopes on both sides, which is what a student's
choice is held against.
"""

import tomllib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from checker.equations import HEADROOM, Equation, as_traced, bound, parts, traced, unit
from checker.inputs import Case, series
from checker.proof import versions
from checker.proof.upstream import backward, upstream
from checker.rounding import Traced
from reference.spec import Spec

FILE = Path(__file__).with_suffix(".toml")
CASES = 400  # of which most lie on no kink
ENOUGH = 20
MOST = 4  # outputs of a case, and entries of an argument, whose slopes are taken on both sides
STEP = 1e-6
CURVED = 4.0  # more than any second derivative beside a kink: what is there is all but straight


@cache
def table() -> tuple[dict[str, Any], ...]:
    """Conventions of the torch that is installed which are not the reference's default."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8")).get("convention", [])
    return tuple(entry for entry in entries if versions.holds(entry))


def oracle(spec: Spec) -> dict[str, Callable[[], list[Equation]]]:
    """The cases that have an entry on a kink, which small whole numbers often have."""
    found: dict[str, Callable[[], list[Equation]]] = {}
    for i, case in enumerate(series(spec.arguments, spec.possible, CASES)):
        if len(found) == ENOUGH:
            break
        choice = _choices(spec, case)
        if any(mask.any() for mask in choice):
            found[f"case {i}"] = partial(compare, spec, case, choice)
    return found or {"no case lies on a kink": lambda: [_nothing()]}


def compare(spec: Spec, case: Case, choice: list[Any]) -> list[Equation]:
    """The gradient entries where there is a choice; away from kinks other oracles look."""
    from checker.proof.function import torch_results

    settings = {e["setting"]: e["value"] for e in table() if e["operation"] == spec.name}
    outputs, gradients = torch_results(spec, case, np.float64)
    grads = tuple(map(Traced, upstream(outputs)))
    ours = map(as_traced, backward(spec, grads, traced(case), **settings))
    names = [a.name for a in spec.arguments if a.differentiable]
    return [
        Equation(f"gradient of {name} at a kink", mine.value[at], other[at], bound(mine)[at])
        for name, mine, other, at in zip(names, ours, gradients, choice, strict=True)
        if at.any()
    ] + sides(spec, case)


def sides(spec: Spec, case: Case) -> list[Equation]:
    """The extremes of the gradient of one output are its slopes to the left and to the right.

    Of a network they are not: there one input reaches many kinks, and not all turn the same way.
    """
    if spec.forward.__module__.startswith("reference.networks."):
        return []
    outputs = parts(spec.forward(**case))
    names = [a.name for a in spec.arguments if a.differentiable]
    found = []
    for k, j in [(k, j) for k, output in enumerate(outputs) for j in range(output.size)][:MOST]:
        one = tuple(np.zeros(np.shape(output)) for output in outputs)
        one[k].flat[j] = 1.0
        low, high = (backward(spec, one, case, **kink) for kink in spec.kinks or ())
        for name, a, b in zip(names, low, high, strict=True):
            for entry in np.flatnonzero(np.asarray(a != b))[:MOST]:
                ends = np.sort([np.ravel(a)[entry], np.ravel(b)[entry]])
                steps = (-STEP, STEP)
                slopes = [_slope(spec, case, name, entry, step, k, j) for step in steps]
                about = f"slopes by {name} beside a kink"
                size = abs(np.ravel(outputs[k])[j]) + STEP * abs(ends).max()
                room = CURVED * STEP + HEADROOM * unit(np.float64) * size / STEP
                found.append(Equation(about, ends, np.sort(slopes), np.full(2, room)))
    return found


def _slope(spec: Spec, case: Case, name: str, entry: Any, step: float, k: int, j: int) -> float:
    moved = np.array(case[name], dtype=float)
    moved.flat[entry] += step
    there, here = (parts(spec.forward(**each))[k] for each in ({**case, name: moved}, case))
    return float((np.ravel(there)[j] - np.ravel(here)[j]) / step)


def _choices(spec: Spec, case: Case) -> list[Any]:
    grads = upstream(parts(spec.forward(**case)))
    low, high = (backward(spec, grads, case, **kink) for kink in spec.kinks or ({}, {}))
    return [np.asarray(a != b) for a, b in zip(low, high, strict=True)]


def _nothing() -> Equation:
    return Equation("cases on a kink", np.array(0.0), np.array(1.0), np.array(0.0))
