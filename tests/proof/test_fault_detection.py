"""The check of gradients notices every fault in every backward, and raises no false alarm.

Every fault of tests/faults.py goes into every operation with a derivative. One that changes no
gradient, such as a swap of equal rows, is no fault and is counted apart. GRADPROOF_SEEDS=1000 asks
for that many new cases of each operation in search of false alarms.
"""

import os
import warnings

import faults
import numpy as np
import pytest

from checker.numerics import derivative
from checker.numerics.derivative import lifted
from checker.numerics.exact import exact, rounded
from checker.numerics.gradients import backward, split
from checker.numerics.inputs import series
from checker.proof.oracles import exact as exact_oracles
from checker.proof.trial import Trial
from reference.catalogue import operations

FUNCTIONS = {name: spec for name, spec in operations().items() if spec.kind == "function"}
SEEDS = int(os.environ.get("GRADPROOF_SEEDS", "3"))
CASES = 2  # of each operation, that a fault may be noticed in
CANDIDATES = 24
SMALL, LARGE = 12, 100  # entries of such a case
CHANGED = 1e-20  # beside the largest entry: what a fault changes at least
WITHOUT_GRADIENT = {"step"}  # which is zero wherever there is one

every_function = pytest.mark.parametrize("name", FUNCTIONS)
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(autouse=True)
def _without_explanations(monkeypatch):
    """Which coordinate is wrong is of no matter here, and takes its time to find out."""
    monkeypatch.setattr(derivative, "MOST_COORDINATES", 0)


def trials(spec):
    """Small cases with more than a few entries, most of which have one right gradient."""
    possible = series(spec.arguments, spec.possible, CANDIDATES, spreads=(1.0, 0.5))
    made = [Trial(spec, case) for case in possible]
    fitting = [trial for trial in made if SMALL <= trial.entries <= LARGE and smooth(trial)]
    return sorted(fitting or made, key=lambda trial: trial.entries)[-CASES:]


def smooth(trial):
    masks = derivative.smooth(trial.spec, trial.inputs)
    return all(np.mean(mask) > 0.5 for mask in masks.values())


def gradients(spec, trial):
    grads, case = split(lifted(trial.inputs))
    return backward(spec, grads, case)


def differs(right, wrong, smooth):
    """In an entry that has one right gradient, by more than the digits that are lost."""
    for a, b, mask in zip(right, wrong, smooth, strict=True):
        if a.shape != b.shape:
            return True
        difference = np.where(mask, np.abs(rounded(exact(a) - exact(b))), 0.0)
        numbers = np.isfinite(rounded(a))
        if np.any(np.isfinite(rounded(b)) != numbers):
            return True
        largest = np.max(np.abs(rounded(a)), initial=0.0, where=numbers)
        if np.any(difference > CHANGED * (largest or 1.0), where=numbers):
            return True
    return False


def noticed(spec, inputs):
    """A shape for which the derivative cannot be computed is noticed too."""
    try:
        return any(equation.ratio > 1 for equation in derivative.derivative(spec, inputs))
    except (ValueError, IndexError):
        return True


@every_function
def test_every_fault_is_noticed(name):
    spec = FUNCTIONS[name]
    known = [
        (trial, gradients(spec, trial), derivative.smooth(spec, trial.inputs).values())
        for trial in trials(spec)
    ]
    assert known
    effective, missed = 0, []
    for k, fault in enumerate(sorted(faults.FAULTS)):
        wrong = faults.injected(spec, fault, k)
        at = [t for t, right, smooth in known if differs(right, gradients(wrong, t), smooth)]
        effective += bool(at)
        if at and not any(noticed(wrong, trial.inputs) for trial in at):
            missed.append(fault)
    assert not missed
    assert effective >= (5 if name in WITHOUT_GRADIENT else 12)


def test_there_are_forty_kinds_of_fault_and_more():
    assert len(faults.FAULTS) >= 40


@every_function
def test_no_right_function_raises_an_alarm(name):
    """Of new cases, which no other test draws: neither its formula nor its rounding errors."""
    spec = FUNCTIONS[name]
    for case in series(spec.arguments, spec.possible, SEEDS, first=1000):
        trial = Trial(spec, case)
        if trial.entries > LARGE:
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = derivative.derivative(spec, trial.inputs)
            found += [*exact_oracles.in_double(trial), *exact_oracles.in_single(trial)]
        loudest = max(found, key=lambda equation: equation.ratio)
        assert loudest.ratio <= 1, str(loudest)
