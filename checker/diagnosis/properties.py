"""Find a property of the operation that does not hold for the student's function."""

from collections.abc import Callable
from typing import Any

import numpy as np

from checker.cases.forms import Call
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.finding import Finding
from checker.numerics.equations import parts
from checker.sandbox.messages import Returned

MOST_TRIED_CASES = 8  # for each property
# Relative: a property may subtract, and a student may compute in single precision.
PROPERTY_TOLERANCE = 1e-5


class NoReplyError(Exception):
    """The submission did not answer."""


def look(evidence: Evidence) -> Finding | None:
    if evidence.form.upstream:
        return _linear_in_the_upstream(evidence)
    if evidence.form.implementation is None:
        return None
    student = _student(evidence, evidence.form.implementation)
    for prop in evidence.spec.properties:
        for i in _tried(evidence):
            values = evidence.form.property_inputs(evidence.case_set.cases[i].arguments)
            try:
                with np.errstate(all="ignore"):
                    broken = not equal(*prop(student, *values)[:2])
            except NoReplyError:
                return None
            except Exception:  # a property may fail on a result of another shape
                continue
            if broken:
                return _finding(prop.__name__, (prop.__doc__ or "").partition("\n")[0])
    return None


def _tried(evidence: Evidence) -> list[int]:
    """A few cases of all sizes: one example or one feature breaks few laws."""
    ordinary = list(evidence.ordinary)
    return ordinary[:: max(1, len(ordinary) // MOST_TRIED_CASES)][:MOST_TRIED_CASES]


def _finding(name: str, words: str) -> Finding:
    return Finding(name, "observed", f"This should be true of your function, but is not: {words}")


def _student(evidence: Evidence, adapt: Callable[[Call], Callable[..., Any]]) -> Callable[..., Any]:
    """The student's function as an implementation that a property can call."""
    fixed = evidence.spec.fixed

    def call(arguments: list[Any]) -> tuple[Any, ...]:
        for answer in asked(evidence, [arguments]):
            return answer
        raise NoReplyError

    function = adapt(call)

    def implementation(*data: Any, **settings: Any) -> Any:
        for name in settings.keys() & fixed.keys():
            if settings.pop(name) != fixed[name]:
                raise NoReplyError  # the student's function has no such setting
        return function(*data, **settings)

    return implementation


def asked(evidence: Evidence, questions: list[list[Any]]) -> list[tuple[Any, ...]]:
    """The answers to some arguments, up to the first that is not the right number of arrays."""
    calls = [list(map(_plain, arguments)) for arguments in questions]
    count = len(evidence.case_set.results)
    answers = []
    for reply in evidence.ask(evidence.task.function, count, calls):
        results = reply.results if isinstance(reply, Returned) else []
        if len(results) != count or not all(isinstance(r, np.ndarray) for r in results):
            break
        answers.append(tuple(r[()] for r in results))
    return answers


def _plain(argument: Any) -> Any:
    """A number as students get it: an array without axes is no such number."""
    return float(argument) if hasattr(argument, "ndim") and argument.ndim == 0 else argument


def _linear_in_the_upstream(evidence: Evidence) -> Finding | None:
    """Check that gradients are multiplied by the same factor as the upstream gradient."""
    count = evidence.form.upstream
    for factor, words in (
        (0.0, "An upstream gradient of zero gives gradients of zero."),
        (2.0, "Twice the upstream gradient gives twice every gradient."),
        (-1.0, "The opposite upstream gradient gives the opposite of every gradient."),
    ):
        tried = _tried(evidence)
        given = [evidence.case_set.cases[i].arguments for i in tried]
        scaled = [[*(factor * np.asarray(g) for g in a[:count]), *a[count:]] for a in given]
        answers = asked(evidence, scaled)
        for i, answer in zip(tried, answers, strict=False):
            before = [evidence.got(i, k) for k in range(len(answer))]
            arrays = all(b is not None for b in before)
            if arrays and not equal(answer, tuple(factor * b for b in before)):
                return _finding("linear_in_the_upstream", words)
        if len(answers) < len(tried):
            return None
    return None


def equal(left: Any, right: Any) -> bool:
    """Whether the two sides of a property are equal, as far as single precision goes."""
    for a, b in zip(parts(left), parts(right), strict=True):
        x, y = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
        if x.shape != y.shape:
            return False
        size = float(np.max(np.abs([*x.ravel(), *y.ravel()]), initial=0.0))
        if not np.allclose(x, y, rtol=0, atol=PROPERTY_TOLERANCE * size + 1e-12):
            return False
    return True
