"""At a kink the backward takes, unless told otherwise, the side that torch takes: exactly.

Which side torch takes may change with its version. The default in the signature of a `backward` is
what holds for torch today; checker/proof/kinks.toml says where a version differs from it.
"""

import tomllib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from checker.equations import Equation, as_traced, bound, parts, traced
from checker.inputs import Case, series
from checker.proof import versions
from checker.proof.upstream import backward, upstream
from checker.rounding import Traced
from reference.spec import Spec

FILE = Path(__file__).with_suffix(".toml")
CASES = 400  # of which most lie on no kink
ENOUGH = 20


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
    ]


def _choices(spec: Spec, case: Case) -> list[Any]:
    grads = upstream(parts(spec.forward(**case)))
    low, high = (backward(spec, grads, case, **kink) for kink in spec.kinks or ({}, {}))
    return [np.asarray(a != b) for a, b in zip(low, high, strict=True)]


def _nothing() -> Equation:
    return Equation("cases on a kink", np.array(0.0), np.array(1.0), np.array(0.0))
