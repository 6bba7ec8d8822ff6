"""What is checked of a draw: its laws hold of ours, and of torch's from its own generator."""

from functools import partial
from typing import Any

import numpy as np

from checker.equations import Array, Equation
from checker.inputs import Case
from checker.proof.function import as_array
from checker.proof.procedure import another_seed
from checker.rounding import Traced
from reference.spec import Draw, Function


def oracles(spec: Draw) -> dict[str, Any]:
    found: dict[str, Any] = {
        f"law {law.__name__}": partial(_holds_of_ours, spec, law) for law in spec.laws
    }
    found["another seed"] = another_seed(spec)
    if callable(spec.torch):
        found["torch float64"] = partial(against_torch, spec, dtype=np.float64)
    return found


def results(spec: Draw, case: Case) -> tuple[Any, ...]:
    return (spec.run(**case),)


def holds(law: Function, drawn: Array, case: Case) -> list[Equation]:
    """What the law sees lies between its bounds: no farther from their middle than these."""
    seen = law(drawn, **case)
    low, high = (np.asarray(each, dtype=float) for each in (seen.low, seen.high))
    room = (high - low) / 2 + np.finfo(float).tiny
    return [Equation(law.__name__, np.asarray(seen.value, dtype=float), (low + high) / 2, room)]


def _holds_of_ours(spec: Draw, law: Function, case: Case) -> list[Equation]:
    return holds(law, spec.run(**case), case)


def against_torch(spec: Draw, case: Case, dtype: Any) -> list[Equation]:
    (drawn,) = recorded(spec, case)
    return [each for law in spec.laws for each in holds(law, drawn, case)]


def recorded(spec: Draw, case: Case) -> list[Array]:
    import torch

    return [as_array(spec.torch(torch, **case))]


def replayed(spec: Draw, case: Case, arrays: list[Array]) -> list[Traced]:
    """There is nothing to compare entry by entry: the laws are asked, and what they pass stands."""
    broken = [e for law in spec.laws for e in holds(law, arrays[0], case) if e.ratio > 1]
    return [Traced(arrays[0] if not broken else np.full(arrays[0].shape, np.nan))]
