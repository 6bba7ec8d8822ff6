"""The check is checked: whatever is broken in whatever backward is noticed, and nothing else is.

Every fault of tests/faults.py goes into every operation with a derivative. One that changes no
gradient by more than rounding may, such as a swap of equal rows, is no fault and is counted apart.
GRADPROOF_SEEDS=1000 asks for that many cases of each operation in search of false alarms.
"""

import os
from functools import partial

import faults
import numpy as np
import pytest

from checker.equations import bound, parts, traced
from checker.inputs import series
from checker.proof import derivative, function
from checker.proof.upstream import backward, upstream
from checker.rounding import Traced
from reference.catalogue import operations

FUNCTIONS = {name: spec for name, spec in operations().items() if spec.kind == "function"}
SEEDS = int(os.environ.get("GRADPROOF_SEEDS", "20"))
CASES = 10
WITHOUT_GRADIENT = {"step"}  # which is zero wherever there is one

every_function = pytest.mark.parametrize("name", FUNCTIONS)


@pytest.fixture(autouse=True)
def _without_explanations(monkeypatch):
    """Which coordinate is wrong is of no matter here, and takes its time to find out."""
    monkeypatch.setattr(derivative, "MOST_COORDINATES", 0)


def oracles(spec):
    _, along = derivative.oracle(spec)
    yield lambda spec, case: derivative.derivative(spec, along, case)
    if callable(spec.torch):
        yield partial(function.against_torch, dtype=np.float64)


def gradients(spec, case):
    grads = tuple(map(Traced, upstream(parts(spec.forward(**case)))))
    return backward(spec, grads, traced(case))


def differs(right, wrong):
    """By more than two right computations may."""
    for a, b in zip(right, wrong, strict=True):
        if a.shape != b.shape:
            return True
        with np.errstate(invalid="ignore"):
            if not np.all(np.abs(a.value - b.value) <= bound(a)):
                return True
    return False


def noticed(spec, asked, case):
    """A shape that torch would refuse is noticed too."""
    for oracle in asked:
        try:
            if any(equation.ratio > 1 for equation in oracle(spec, case)):
                return True
        except (ValueError, IndexError):
            return True
    return False


@every_function
def test_every_fault_is_noticed(name):
    spec = FUNCTIONS[name]
    asked = list(oracles(spec))
    cases = list(series(spec.arguments, spec.possible, CASES))[::-1]
    rights = [gradients(spec, case) for case in cases]
    effective, missed = 0, []
    for k, fault in enumerate(sorted(faults.FAULTS)):
        wrong = faults.injected(spec, fault, k)
        at = [
            case
            for case, right in zip(cases, rights, strict=True)
            if differs(right, gradients(wrong, case))
        ]
        effective += bool(at)
        if at and not any(noticed(wrong, asked, case) for case in at):
            missed.append(fault)
    assert not missed
    assert effective >= (5 if name in WITHOUT_GRADIENT else 12)


def test_there_are_forty_kinds_of_fault_and_more():
    assert len(faults.FAULTS) >= 40


@every_function
def test_no_right_backward_raises_an_alarm(name):
    spec = FUNCTIONS[name]
    asked = list(oracles(spec))
    for case in series(spec.arguments, spec.possible, SEEDS):
        assert not noticed(spec, asked, case)
