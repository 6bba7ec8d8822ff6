"""All candidates of a task with their right answers, from which case sets are selected.

A pool is made once for a task. What a selection asks of its cases is computed once: the answers of
each mutant.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from checker.cases import candidates
from checker.cases.answer_key import Result
from checker.cases.answering import SMALL_BESIDE, answered, tolerance
from checker.cases.case_set import Case, size
from checker.cases.extreme_cases import extreme_cases, is_bounded
from checker.cases.forms import Form, configured, form
from checker.cases.mutants import Mutant
from checker.cases.near_ties import near_ties
from checker.cases.rounding_stability import steady, tied
from checker.cases.selection import Outcome, outcome
from checker.course import code
from checker.course.assignment import Task
from checker.numerics import inputs
from checker.numerics.equations import is_real, largest
from checker.numerics.inputs import HUGE, WHOLE, NamedInputs
from checker.sandbox import wire

CANDIDATES = 80
MORE_CANDIDATES = 160  # for combinations of features
EXTREME_CANDIDATES = 40  # in addition
MOST_ENTRIES = 2000  # of the arguments of a case that meets a criterion
NEAR_0, HUGE_NUMBER = 1e-9, 1e3
SATURATED = 1e-3  # times huge numbers: results that do not grow with them
ATTEMPTS = 4  # to meet a criterion with a case that is possible and does not depend on rounding
INVALID = 6  # cases with invalid inputs of each sort, if an operation rejects them
# Ordinary spreads: softmax of such logits stays above 1e-7, where some implementations clip.
SPREADS = (WHOLE, 1.0, 0.01, 3.0)


@dataclass(frozen=True)
class Pool:
    """The candidates of a task: random ones and ones that meet criteria, and extreme ones.

    `near` are those with probabilities near 0 and 1, none of which are clipped.
    """

    task: Task
    spec: Any
    question: Form
    random: list[Case]
    near: list[Case]
    constructed: list[Case]
    extreme: list[Case]
    _answers: dict[Mutant, list[tuple[Outcome, bool]]] = field(default_factory=dict, repr=False)

    @cached_property
    def ordinary(self) -> list[Case]:
        """All but the extreme cases, the smallest first."""
        cases = [*self.random, *self.near, *self.constructed]
        return sorted(cases, key=lambda case: size(case.arguments))

    @property
    def cases(self) -> list[Case]:
        return [*self.ordinary, *self.extreme]

    @cached_property
    def ties(self) -> list[Case]:
        """The ordinary cases in which a small change of whole numbers changes a decision."""
        return [c for c in self.ordinary if self.question.decides and tied(self.question, c)]

    @cached_property
    def near_ties(self) -> list[Case]:
        """The cases a little beside a tie."""
        if not self.question.decides:
            return []
        return near_ties(self.spec, self.question, self.ties, self.ordinary)

    @cached_property
    def invalid(self) -> list[Case]:
        return invalid_cases(self.spec, self.question)

    @cached_property
    def more(self) -> list[Case]:
        """Random cases beyond the candidates, for features that meet in none of those."""
        return random_cases(self.spec, self.question, MORE_CANDIDATES, first=CANDIDATES)

    def answers(self, mutant: Mutant) -> list[tuple[Outcome, bool]]:
        """What a mutant answers to each of the cases."""
        if mutant not in self._answers:
            self._answers[mutant] = [outcome(mutant, case.arguments) for case in self.cases]
        return self._answers[mutant]


def pool(task: Task) -> Pool:
    """The pool of a task."""
    return _pool(task, code.snapshot())


@lru_cache(maxsize=2)
def _pool(task: Task, snapshot: code.Snapshot) -> Pool:
    spec = configured(task)
    question = form(spec, task.asks)
    plain = random_cases(spec, question, CANDIDATES)
    constructed = constructed_cases(spec, question, candidates.criteria(spec.arguments))
    more: list[Case] = []
    near: list[Case] = []
    if question.decides:  # ties matter, and whole numbers are often equal
        more = random_cases(spec, question, CANDIDATES // 2, (WHOLE,))
    if all(map(is_bounded, spec.arguments)):
        near = random_cases(spec, question, CANDIDATES // 4, (HUGE,))
    extreme = extreme_cases(spec, question, EXTREME_CANDIDATES) if question.overflows else []
    return Pool(task, spec, question, [*plain, *more], near, tolerant(constructed, plain), extreme)


def random_cases(
    spec: Any,
    question: Form,
    count: int,
    spreads: tuple[float, ...] = SPREADS,
    first: int = 0,
) -> list[Case]:
    """Cases without duplicates, the smallest first."""
    drawn = candidates.random(spec.arguments, count, spreads, first)
    sampled = (case for case in drawn if spec.possible(**case))
    cases = [answered(question, values) for values in _distinct(question, sampled)]
    return [case for case in cases if _is_clear(question, case)]


def constructed_cases(
    spec: Any, question: Form, criteria: Iterable[candidates.Criterion], first: int = 0
) -> list[Case]:
    """A case for each criterion that can be met, without duplicates."""
    cases = []
    for criterion in criteria:
        attempts = (criterion.make(first + k) for k in range(ATTEMPTS))
        possible = (
            question.values(case)
            for case in attempts
            if _entries(case) <= MOST_ENTRIES and spec.possible(**case)
        )
        made = (answered(question, values) for values in possible)
        case = next((c for c in made if _is_asked(question, c) and _is_clear(question, c)), None)
        if case:
            cases.append(replace(case, extreme=criterion.extreme and question.overflows))
    return list({wire.encode(case.arguments): case for case in cases}.values())


def _is_asked(question: Form, case: Case) -> bool:
    """Whether a case of numbers near 0, or of huge ones, asks for no digit that right ones lose.

    Near 0, only decisions are asked: a quotient loses what is small beside other terms. Results
    that are far smaller than huge numbers may come from exponentials, which overflow on the way.
    """
    given = largest_number(case)
    if 0 < given < NEAR_0:
        exact = [replace(result, bound=np.zeros_like(result.bound)) for result in case.results]
        return steady(question, replace(case, results=exact))
    return given < HUGE_NUMBER or min(largest(r.low) for r in case.results) > SATURATED * given


def _entries(case: NamedInputs) -> int:
    return sum(value.size for value in case.values() if isinstance(value, np.ndarray))


def tolerant(cases: list[Case], ordinary: list[Case]) -> list[Case]:
    """The cases with tolerances that are not smaller than what ordinary results lose in float32.

    Large inputs may have small results: a softmax that is nearly certain, for example. What single
    precision loses there beside an ordinary result is no mistake, unless the inputs are small too.
    """
    sizes = [[largest(result.low) for result in case.results] for case in ordinary]
    usual = np.median(sizes, axis=0) if sizes else ()
    found = []
    for case in cases:
        reach = min(1.0, largest_number(case) or 1.0)
        floors = [tolerance(size * reach / SMALL_BESIDE) for size in usual]
        pairs = zip(case.results, floors, strict=True) if floors else ()
        results = [replace(r, bound=np.maximum(r.bound, floor)) for r, floor in pairs]
        found.append(replace(case, results=results or case.results))
    return found


def _is_clear(question: Form, case: Case) -> bool:
    """Whether no answer depends on how the inputs are rounded."""
    return question.continuous or steady(question, case)


def invalid_cases(spec: Any, question: Form, first: int = 0) -> list[Case]:
    """Cases with an invalid input, from small to large, if the operation rejects some."""
    if not question.rejects_invalid:
        return []

    def impossible(**case: Any) -> bool:
        return bool(spec.has_ranks(case)) and not spec.possible(**case)

    sampled = inputs.series(spec.arguments, impossible, CANDIDATES, SPREADS, first)
    nearly: dict[Any, NamedInputs] = {}  # one for each place and change of a size
    for case in inputs.series(spec.arguments, spec.possible, CANDIDATES, SPREADS, first):
        for change, other in _with_another_size(case):
            if change not in nearly and impossible(**other):
                nearly[change] = other
    no_results = [Result(None, None, None)] * len(question.results)
    far = _spread(_distinct(question, sampled), INVALID)
    found = [*far, *_distinct(question, nearly.values())]
    cases = [Case(values, no_results) for values in found]
    return list({wire.encode(case.arguments): case for case in cases}.values())


def _spread(found: list[list[Any]], count: int) -> list[list[Any]]:
    return found[:: max(1, len(found) // count)][:count]


def _with_another_size(case: NamedInputs) -> Iterator[tuple[Any, NamedInputs]]:
    """The case with one size of a shape changed, and which one: counted from the end, and how."""
    for name, value in case.items():
        for at, old in enumerate(value if isinstance(value, tuple) else ()):
            for word, new in (("one more", old + 1), ("twice", 2 * old), ("1", 1)):
                if new != old:
                    change = (name, at - len(value), word)
                    yield change, {**case, name: (*value[:at], new, *value[at + 1 :])}


def _distinct(question: Form, sampled: Iterable[NamedInputs]) -> list[list[Any]]:
    """The arguments of each case, without duplicates, the smallest first."""
    by_encoding: dict[bytes, list[Any]] = {}
    for case in sampled:
        values = question.values(case)
        by_encoding.setdefault(wire.encode(values), values)
    return sorted(by_encoding.values(), key=size)


def largest_number(case: Case) -> float:
    """The largest absolute value in the real arrays of a case."""
    arrays = [value for value in case.arguments if is_real(value)]
    return max((float(np.max(np.abs(array), initial=0)) for array in arrays), default=0)
