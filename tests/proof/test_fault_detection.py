"""The check of gradients notices every fault in every backward, and raises no false alarm.

Every fault of tests/faults.py goes into every operation with a derivative. One that changes no
gradient by more than rounding may, such as a swap of equal rows, is no fault and is counted apart.
GRADPROOF_SEEDS=1000 asks for that many cases of each operation in search of false alarms.
"""

import os
from functools import partial

import faults
import numpy as np
import pytest

from checker.numerics.equations import bound, bounded, parts
from checker.numerics.error_bounds import ErrorBounded
from checker.numerics.inputs import series
from checker.proof.kinds import function
from checker.proof.oracles import derivative
from checker.proof.oracles.upstream import backward, upstream
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
    grads = tuple(map(ErrorBounded, upstream(parts(spec.forward(**case)))))
    return backward(spec, grads, bounded(case))


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
    """A shape for which torch would raise an error is noticed too."""
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
