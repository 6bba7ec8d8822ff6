"""The gradient at a kink, where a function has different slopes on both sides.

By default, a `backward` must choose the same gradient as torch there. The choice of torch may
change between versions: the default in the signature of a `backward` is that of the current
version, and kinks.toml lists the versions that differ.

The extreme gradients that a `backward` can be asked for must be the slopes on both sides, because a
student's gradient may be anything between them.
"""

import tomllib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from checker.numerics.conditioning import bound
from checker.numerics.equations import DOUBLE, Array, Equation, parts
from checker.numerics.gradients import (
    backward,
    conventions,
    differentiable,
    direction,
    split,
    wanted,
)
from checker.numerics.inputs import NamedInputs, series
from checker.proof.oracle import CaseOracle, Oracle
from checker.proof.oracles import versions
from checker.proof.trial import Trial
from reference.spec import Spec

CONVENTIONS_FILE = Path(__file__).with_suffix(".toml")
CANDIDATE_CASES = 400  # most of them are not on a kink
ENOUGH_CASES = 20
MOST_SLOPES = 4  # outputs of a case, and entries of an argument, whose slopes are computed
SLOPE_STEP = 1e-6
NUDGE = 1e-6  # moves an input away from a kink, beside the input or 1
CURVATURE_BOUND = 4.0  # larger than any second derivative next to a kink


@cache
def table() -> tuple[dict[str, Any], ...]:
    """The conventions of the installed torch that differ from the default of the reference."""
    entries = tomllib.loads(CONVENTIONS_FILE.read_text(encoding="utf-8")).get("convention", [])
    return tuple(entry for entry in entries if versions.holds(entry))


def oracles(spec: Spec) -> dict[str, Oracle]:
    """The comparison with torch at a kink, and the check that there is no choice beside one."""
    beside = {"property no_choice_beside_a_kink": CaseOracle(no_choice_beside_a_kink, most=50)}
    return {**beside, "kinks": at_kinks(spec)} if callable(spec.torch) else {**beside}


def at_kinks(spec: Spec) -> dict[str, Callable[[], list[Equation]]]:
    """Named cases with an entry on a kink. Small whole numbers often give one."""
    cases: dict[str, Callable[[], list[Equation]]] = {}
    for i, case in enumerate(series(spec.arguments, spec.possible, CANDIDATE_CASES)):
        if len(cases) == ENOUGH_CASES:
            break
        trial = Trial(spec, case)
        choice = _choices(trial)
        if any(mask.any() for mask in choice):
            cases[f"case {i}"] = partial(compare, trial, choice)
    return cases or {"no case lies on a kink": lambda: [_no_case()]}


def compare(trial: Trial, choice: list[Any]) -> list[Equation]:
    """Compare the gradient with torch where `choice` is true; other oracles compare the rest."""
    spec: Any = trial.spec
    settings = {e["setting"]: e["value"] for e in table() if e["operation"] == spec.name}
    grads, case = split(trial.inputs)
    ours = backward(spec, grads, case, **settings)
    count = len(ours)
    limits = trial.their_bounds(np.float64)[-count:]
    names = wanted(spec, case)
    theirs = trial.theirs(np.float64)[-count:]
    return [
        Equation(f"gradient of {name} at a kink", mine[at], other[at], limit[at])
        for name, mine, other, limit, at in zip(names, ours, theirs, limits, choice, strict=True)
        if at.any()
    ] + sides(spec, case)


def no_choice_beside_a_kink(trial: Trial) -> list[Equation]:
    """Inputs that are moved a little lie on no kink, so there is only one gradient.

    Other oracles skip entries where the extremes of the subgradient differ. If the extremes
    differed away from a kink too, errors there would be missed.
    """
    spec: Any = trial.spec
    grads, case = split(trial.inputs)
    moved = {
        name: case[name]
        + NUDGE * np.maximum(1, np.abs(case[name])) * np.abs(direction(np.shape(case[name]), seed))
        for seed, name in enumerate(wanted(spec, case))
    }
    low, high = (backward(spec, grads, {**case, **moved}, **kink) for kink in spec.kinks)
    masks = conventions(spec, case).values()
    return [
        Equation("no_choice_beside_a_kink", np.where(mask, 0, a), np.where(mask, 0, b), np.array(0))
        for a, b, mask in zip(low, high, masks, strict=True)
    ]


def sides(spec: Spec, case: NamedInputs) -> list[Equation]:
    """Check that the extreme gradients of an output are its slopes on both sides of the kink.

    This does not hold for networks, where one input affects several kinks in different directions.
    """
    if spec.kinks_are_shared or spec.gradients_are_conserved:
        return []
    outputs = differentiable(spec, parts(spec.forward(**case)))
    names = wanted(spec, case)
    equations = []
    entries = [(k, j) for k, output in enumerate(outputs) for j in range(output.size)]
    for k, j in entries[:MOST_SLOPES]:
        grads = tuple(np.zeros(np.shape(output)) for output in outputs)
        grads[k].flat[j] = 1.0
        output = partial(_entry, spec, k, j)
        low, high = (backward(spec, grads, case, **kink) for kink in spec.kinks or ())
        for name, a, b in zip(names, low, high, strict=True):
            for entry in np.flatnonzero(np.asarray(a != b))[:MOST_SLOPES]:
                ends = np.sort([np.ravel(a)[entry], np.ravel(b)[entry]])
                steps = (-SLOPE_STEP, SLOPE_STEP)
                slopes = [_slope(output, case, (name, entry), step) for step in steps]
                about = f"slopes along {name} on both sides of a kink"
                size = abs(np.ravel(outputs[k])[j]) + SLOPE_STEP * abs(ends).max()
                rounding = bound(0.0, size, DOUBLE) / SLOPE_STEP
                tolerance = np.full(2, CURVATURE_BOUND * SLOPE_STEP + rounding)
                equations.append(Equation(about, ends, np.sort(slopes), tolerance))
    return equations


def _slope(
    output: Callable[[NamedInputs], float], case: NamedInputs, place: tuple[str, Any], step: float
) -> float:
    """The slope of an output along one entry of an argument."""
    name, entry = place
    moved = np.array(case[name], dtype=float)
    moved.flat[entry] += step
    return (output({**case, name: moved}) - output(case)) / step


def _entry(spec: Spec, output: int, entry: int, case: NamedInputs) -> float:
    """One entry of one output of the forward."""
    return float(np.ravel(parts(spec.forward(**case))[output])[entry])


def _choices(trial: Trial) -> list[Array]:
    """For each gradient, a mask of the entries where its extremes differ."""
    spec: Any = trial.spec
    grads, case = split(trial.inputs)
    low, high = (backward(spec, grads, case, **kink) for kink in spec.kinks)
    return [np.asarray(a != b) for a, b in zip(low, high, strict=True)]


def _no_case() -> Equation:
    """An equation that fails."""
    return Equation("cases on a kink", np.array(0.0), np.array(1.0), np.array(0.0))
