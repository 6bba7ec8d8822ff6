"""Generate the cases of a task: sample candidates from the domains and select some of them.

Cases that kill every mutant and tell the mutants apart are selected first (`selection`). Further
cases fill the set: small ones, which are easy to read, and some large ones. The cases do not depend
on the machine or on what else is installed.

Integer arrays are never passed for real numbers: a correct function may reuse the dtype of its
input and would fail on them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from checker.cases.answer_key import Result
from checker.cases.answering import answered, result
from checker.cases.case_set import Case, CaseSet, size
from checker.cases.forms import Form, configured, form
from checker.cases.mutants import Mutant, mutants
from checker.cases.rounding_stability import steady, tied
from checker.cases.selection import choose, fingerprint, kills, outcome
from checker.course.assignment import Task
from checker.numerics import inputs
from checker.numerics.equations import SINGLE, is_real
from checker.numerics.inputs import HUGE, WHOLE, NamedInputs
from checker.sandbox import wire
from reference.spec import Between, Simplex

CANDIDATES = 80
EXTREME_CANDIDATES = 12  # in addition
SIZE = 40  # cases in a case set
FLOAT32_CASES = 2  # of them in single precision
KEPT_OF_EACH_SORT = 2  # always kept: probabilities near 0 and 1, large numbers, large arrays, ties
INVALID = 6  # cases with invalid inputs, if an operation rejects them
HELD_OUT_CASES = 12  # cases that are in no case set
HELD_OUT_SEED = 1000  # the seed of the first of them
EXTREME_SPREAD = 1000.0  # exp overflows for such numbers
# Ordinary spreads: softmax of such logits stays above 1e-7, where some implementations clip.
SPREADS = (WHOLE, 1.0, 0.01, 3.0)


def generate(task: Task, folder: Path | None = None) -> CaseSet:
    """The case set of a task. `folder` is the assignment's, which may have its own mutants."""
    return generate_for(task, mutants(task, folder))


def generate_for(task: Task, known: Sequence[Mutant]) -> CaseSet:
    """The case set that kills these mutants and tells them apart."""
    spec = configured(task)
    question = form(spec, task.asks)
    ordinary = _candidates(spec, question, CANDIDATES, SPREADS)
    if question.decides:  # ties matter, and whole numbers are often equal
        ordinary += _candidates(spec, question, CANDIDATES // 2, (WHOLE,))
    near: list[Case] = []
    if all(map(_bounded, spec.arguments)):  # probabilities near 0 and 1, but none that are clipped
        near = _candidates(spec, question, CANDIDATES // 4, (HUGE,))
    ordinary += near
    extreme = _extreme(spec, question) if question.overflows else []
    selected = _selected([*ordinary, *extreme], known)
    examples = _worked_examples(spec, task, question)
    by_size = sorted(ordinary, key=lambda case: size(case.arguments))
    ties = [case for case in by_size if question.decides and tied(question, case)]
    always = [
        *near[-KEPT_OF_EACH_SORT:],
        *sorted(ordinary, key=_largest_number)[-KEPT_OF_EACH_SORT:],
        *by_size[-KEPT_OF_EACH_SORT:],
        *ties[:KEPT_OF_EACH_SORT],
        *ties[-KEPT_OF_EACH_SORT:],
        *extreme[:: EXTREME_CANDIDATES // KEPT_OF_EACH_SORT],
    ]
    kept = {id(case): case for case in (*selected, *always)}
    rest = [case for case in ordinary if id(case) not in kept]
    invalid = _invalid(spec, question)
    more = _fill(rest, SIZE - len(examples) - len(kept) - len(invalid), question)
    unsorted = [*kept.values(), *more, *invalid]
    cases = sorted(unsorted, key=lambda case: (case.extreme, size(case.arguments)))
    if question.repeated:
        cases.append(cases[0])
    return _case_set(question, [*examples, *cases])


def held_out(spec: Any, question: Form) -> list[Case]:
    """Cases from other seeds than a case set. A few of the smallest may be equal by chance."""
    return _candidates(spec, question, HELD_OUT_CASES, SPREADS, first=HELD_OUT_SEED)


def hidden(task: Task, seed: int) -> CaseSet:
    """A case set of further ordinary cases, which depend on the seed."""
    spec = configured(task)
    question = form(spec, task.asks)
    first = HELD_OUT_SEED + SIZE * (seed + 1)
    invalid = _invalid(spec, question, first)
    cases = _candidates(spec, question, SIZE - len(invalid), SPREADS, first)
    return _case_set(question, cases + invalid)


def _case_set(question: Form, cases: list[Case]) -> CaseSet:
    return CaseSet(
        [part.name for part in question.arguments],
        [part.name for part in question.results],
        cases,
        [part.about for part in question.results] if question.measure else [],
    )


def _candidates(
    spec: Any, question: Form, count: int, spreads: tuple[float, ...], first: int = 0
) -> list[Case]:
    """Cases without duplicates, the smallest first."""
    sampled = inputs.series(spec.arguments, spec.possible, count, spreads, first)
    cases = [answered(question, values) for values in _distinct(question, sampled)]
    return cases if question.continuous else [c for c in cases if steady(question, c)]


def _invalid(spec: Any, question: Form, first: int = 0) -> list[Case]:
    """Cases with an invalid input, from small to large, if the operation rejects some."""
    if not question.rejects_invalid:
        return []

    def impossible(**case: Any) -> bool:
        return not spec.possible(**case)

    sampled = inputs.series(spec.arguments, impossible, CANDIDATES, SPREADS, first)
    no_results = [Result(None, None, None)] * len(question.results)
    cases = [Case(values, no_results) for values in _distinct(question, sampled)]
    return cases[:: max(1, len(cases) // INVALID)][:INVALID]


def _distinct(question: Form, sampled: Iterable[NamedInputs]) -> list[list[Any]]:
    """The arguments of each case, without duplicates, the smallest first."""
    by_encoding: dict[bytes, list[Any]] = {}
    for case in sampled:
        values = question.values(case)
        by_encoding.setdefault(wire.encode(values), values)
    return sorted(by_encoding.values(), key=size)


def _extreme(spec: Any, question: Form) -> list[Case]:
    """Extreme cases: numbers around 1000, and probabilities of exactly 0 and 1.

    The value of log(0) is a convention, so for probabilities of 0 and 1 only nan and inf are wrong.
    For large numbers, the bounds are wider by one unit of single precision: a result that is 0 by
    one correct formula may be a tiny number by another.

    If all arguments are single numbers there are no extreme cases, because math.exp raises an
    exception where numpy returns inf.
    """
    cases: list[Case] = []
    if not any(argument.axes for argument in spec.arguments):
        return cases
    for case in inputs.series(spec.arguments, spec.possible, EXTREME_CANDIDATES, (EXTREME_SPREAD,)):
        edges = {a.name: _corners(a, case[a.name]) for a in spec.arguments if _bounded(a)}
        with np.errstate(all="ignore"):
            extreme = answered(question, question.values({**case, **edges}))
        if all(np.isfinite(r.low).all() and np.isfinite(r.bound).all() for r in extreme.results):
            slack = np.inf if edges else SINGLE
            results = [replace(r, bound=r.bound + slack) for r in extreme.results]
            cases.append(Case(extreme.arguments, results, extreme=True))
    return cases


def _bounded(argument: Any) -> bool:
    return bool(argument.mark(Between) or argument.mark(Simplex))


def _corners(argument: Any, value: Any) -> Any:
    """Replace each probability, or number of an interval, by an end of its domain."""
    if argument.mark(Simplex):
        return np.eye(value.shape[-1])[value.argmax(axis=-1)]
    (mark,) = (mark for mark in argument.marks if isinstance(mark, Between))
    return np.where(value > (mark.low + mark.high) / 2, float(mark.high), float(mark.low))


def _selected(candidates: list[Case], known: Sequence[Mutant]) -> list[Case]:
    """The candidates that are needed to kill the mutants and to tell them apart."""
    if not known:
        return []
    killed, prints = [], []
    for case in candidates:
        outcomes = [outcome(mutant, case.arguments) for mutant in known]
        killed.append([kills(m, case, *out) for m, out in zip(known, outcomes, strict=True)])
        prints.append([fingerprint(got) for got, _ in outcomes])
    rows = choose(np.array(killed), prints, [mutant.misconception for mutant in known])
    return [candidates[row] for row in rows]


def _largest_number(case: Case) -> float:
    """The largest absolute value in the real arrays of a case."""
    arrays = [value for value in case.arguments if is_real(value)]
    return max((float(np.max(np.abs(array), initial=0)) for array in arrays), default=0)


def _fill(cases: list[Case], count: int, question: Form) -> list[Case]:
    """Choose `count` cases: a quarter are the smallest, the others are spread over all sizes.

    A few of the others are converted to single precision.
    """
    small = cases[: max(0, (count + 3) // 4)]
    others = cases[len(small) :]
    wanted = min(max(0, count - len(small)), len(others))
    picked = [others[(2 * k + 1) * len(others) // (2 * wanted)] for k in range(wanted)]
    single = [
        answered(question, [_single(v) for v in case.arguments]) for case in picked[:FLOAT32_CASES]
    ]
    return [*small, *single, *picked[FLOAT32_CASES:]]


def _single(value: Any) -> Any:
    return value.astype(np.float32) if is_real(value) else value


def _worked_examples(spec: Any, task: Task, question: Form) -> list[Case]:
    """The worked examples of lectures that use this form.

    A lecture prints rounded numbers, so a result is right if it rounds to the printed digits.
    """
    cases = []
    settings = {a.name: a.default for a in spec.arguments if a.tried}
    for example in getattr(spec, "examples", ()):
        if task.asks not in example.prints:
            continue
        data = {n: v if n in settings else np.array(v) for n, v in example.inputs.items()}
        values = question.values({**settings, **data})
        pairs = zip(question.answers(values), example.prints[task.asks], strict=True)
        results = [_printed(p) if p is not None else result(answer) for answer, p in pairs]
        case = Case(values, results, f"the worked example of {example.source}")
        cases.append(case)
    return cases


def _printed(digits: str) -> Result:
    decimals = len(digits.partition(".")[2])
    return Result(np.array(float(digits)), np.array(float(digits)), np.array(0.5 * 10.0**-decimals))
