"""Which law the student's own function breaks: what is true of the operation and not of theirs."""

from collections.abc import Callable
from typing import Any

import numpy as np

from checker.bank import Case
from checker.diagnosis.evidence import Evidence, Finding
from checker.equations import as_traced, parts

TRIED = 8  # cases a law is tried on, the smallest first
CLOSE = 1e-5  # relative: laws may subtract, and a student may compute in single precision


class NoAnswerError(Exception):
    """The submission did not answer what it was asked."""


def look(evidence: Evidence) -> Finding | None:
    if evidence.task.asks == "backward":
        return _linear_in_the_upstream(evidence)
    if evidence.form.backward or evidence.task.asks == "path":
        return None
    student = _student(evidence)
    for law in evidence.spec.laws:
        for i in evidence.ordinary[:TRIED]:
            try:
                with np.errstate(all="ignore"):
                    broken = not _equal(*law(student, *_given(evidence, i))[:2])
            except NoAnswerError:
                return None
            except Exception:  # an answer of another shape cannot be put into the law
                continue
            if broken:
                return _finding(law.__name__, (law.__doc__ or "").partition("\n")[0])
    return None


def _finding(name: str, words: str) -> Finding:
    return Finding(name, "observed", f"This should hold, and does not: {words}")


def _student(evidence: Evidence) -> Callable[..., Any]:
    """The student's function under the reference's signature, asked one call at a time."""
    spec = evidence.spec

    def function(*data: Any, **settings: Any) -> Any:
        for name in settings.keys() & spec.fixed.keys():
            if settings.pop(name) != spec.fixed[name]:
                raise NoAnswerError  # the student's function has no such setting
        if spec.kind == "optimiser":
            grad, state, param = data
            data = (param, grad)
            return _ask(evidence, [*data, *settings.values()])[0], state
        results = _ask(evidence, [*data, *settings.values()])
        return results if len(results) > 1 else results[0]

    return function


def _given(evidence: Evidence, i: int) -> list[Any]:
    case = evidence.bank.cases[i].arguments
    if evidence.spec.kind == "optimiser":
        param, grad, *settings = case
        return [grad, evidence.spec.init(param), param, *settings]
    return case


def _ask(evidence: Evidence, arguments: list[Any]) -> tuple[Any, ...]:
    call = [float(a) if hasattr(a, "ndim") and a.ndim == 0 else a for a in arguments]
    replies = evidence.ask(evidence.task.function, len(evidence.bank.results), [call])
    match replies:
        case [["returned", list(results), *_]] if all(isinstance(r, np.ndarray) for r in results):
            return tuple(r[()] for r in results)
    raise NoAnswerError


def _linear_in_the_upstream(evidence: Evidence) -> Finding | None:
    """Whatever the upstream gradient is multiplied with, every gradient is as well."""
    count = len(evidence.bank.arguments) - len(evidence.spec.arguments)
    for factor, words in (
        (0.0, "An upstream gradient of zero gives gradients of zero."),
        (2.0, "Twice the upstream gradient gives twice every gradient."),
        (-1.0, "The opposite upstream gradient gives the opposite of every gradient."),
    ):
        for i in evidence.ordinary[:TRIED]:
            case: Case = evidence.bank.cases[i]
            scaled = [factor * np.asarray(g) for g in case.arguments[:count]]
            try:
                answers = _ask(evidence, [*scaled, *case.arguments[count:]])
            except NoAnswerError:
                return None
            before = evidence.judged[i].results
            if before and not _equal(answers, tuple(factor * np.asarray(b) for b in before)):
                return _finding("linear_in_the_upstream", words)
    return None


def _equal(left: Any, right: Any) -> bool:
    for a, b in zip(parts(left), parts(right), strict=True):
        x, y = as_traced(a).value, as_traced(b).value
        if x.shape != y.shape:
            return False
        size = float(np.max(np.abs([*x.ravel(), *y.ravel()]), initial=0.0))
        if not np.allclose(x, y, rtol=0, atol=CLOSE * size + 1e-12):
            return False
    return True
