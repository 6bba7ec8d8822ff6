"""The evidence of a diagnosis: judged answers, and further calls of the submission."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from checker.cases.answering import tolerance
from checker.cases.case_set import Case, CaseSet
from checker.cases.comparison import fault
from checker.cases.forms import Form, configured, form
from checker.cases.generation import held_out
from checker.cases.judge import Judgement, judge
from checker.cases.mutants import Mutant
from checker.cases.selection import Outcome, outcome
from checker.course import code
from checker.course.assignment import Task
from checker.sandbox.messages import Ask, Reply


def nobody(function: str, parts: int, calls: list[list[Any]]) -> list[Reply]:
    """Stand in for a submission that cannot be called: there are no replies."""
    return []


@dataclass(frozen=True)
class Evidence:
    """The judged answers to a case set.

    `mutants` are the mutants that may explain them. `ask` calls a function of the submission.
    `siblings` are the functions of the submission by name, with the tasks that they solve.
    `explained` are the results that a finding explains already.
    """

    task: Task
    case_set: CaseSet
    judged: list[Judgement]
    mutants: tuple[Mutant, ...] = ()
    ask: Ask = nobody
    siblings: Mapping[str, Task] = field(default_factory=dict)
    explained: frozenset[int] = frozenset()
    memo: dict[str, "Evidence"] = field(default_factory=dict, repr=False)

    @cached_property
    def spec(self) -> Any:
        return configured(self.task)

    @cached_property
    def form(self) -> Form:
        return form(self.spec, self.task.asks)

    @property
    def elsewhere(self) -> "Evidence":
        """The evidence for held-out cases, as far as the submission answers them."""
        if "elsewhere" not in self.memo:
            self.memo["elsewhere"] = self._elsewhere()
        return self.memo["elsewhere"]

    def _elsewhere(self) -> "Evidence":
        case_set = _held_out(self.task, self.spec, self.form, self.case_set)
        calls = [case.arguments for case in case_set.cases]
        replies = self.ask(self.task.function, len(case_set.results), calls)
        pairs = list(zip(case_set.cases, replies, strict=False))
        judged = [judge(case, reply) for case, reply in pairs]
        if len(judged) < len(case_set.cases):
            case_set = replace(case_set, cases=case_set.cases[: len(judged)])
        return replace(self, case_set=case_set, judged=judged, memo={})

    def outcomes(self, mutant: Mutant) -> list[tuple[Outcome, bool]]:
        """The answers of a mutant to all cases, and whether it changes its arguments."""
        cases = self.case_set.cases
        found: list[tuple[Outcome, bool]] = self.case_set.remembered(
            ("outcomes", mutant.name), lambda: [self.outcome(mutant, i) for i in range(len(cases))]
        )
        return found

    def outcome(self, mutant: Mutant, i: int) -> tuple[Outcome, bool]:
        """The answer of a mutant to one case, and whether it changes its arguments."""
        case = self.case_set.cases[i]
        found: tuple[Outcome, bool] = self.case_set.remembered(
            ("outcome", mutant.name, i), lambda: outcome(mutant, case.arguments)
        )
        return found

    @cached_property
    def ordinary(self) -> list[int]:
        """The indices of the cases with valid inputs that are not extreme."""
        cases = enumerate(self.case_set.cases)
        return [i for i, case in cases if not (case.extreme or case.invalid)]

    @cached_property
    def wrong(self) -> list[int]:
        """The indices of the results that are wrong in some ordinary case, and not explained.

        Right results beside others that nobody asked for are not wrong in themselves.
        """
        answered = [self.judged[i] for i in self.ordinary if self.judged[i].right]
        rights = [j.reshaped if j.about_all and any(j.reshaped) else j.right for j in answered]
        left = [k for k in range(len(self.case_set.results)) if k not in self.explained]
        return [k for k in left if not all(row[k] for row in rights)]

    def got(self, case: int, result: int) -> Any:
        """A result of a case as an array; None if it is not an array."""
        results = self.judged[case].results
        return results[result] if results and isinstance(results[result], np.ndarray) else None

    def sizes(self, case: Case) -> dict[str, int]:
        """The length of each named axis."""
        return lengths(self.form, case.arguments)

    def numbers(self, case: Case) -> dict[str, float]:
        """The numbers that a factor may consist of: axis lengths, and scalar arguments."""
        pairs = list(zip(self.form.arguments, case.arguments, strict=True))
        single = {part.name: float(v) for part, v in pairs if isinstance(v, int | float)}
        entries = {
            f"the number of entries of {part.name}": float(v.size)
            for part, v in pairs
            if isinstance(v, np.ndarray) and "..." in part.axes
        }
        return {**self.sizes(case), **single, **entries}


def lengths(form: Form, values: Sequence[Any]) -> dict[str, int]:
    """The length of each axis that the arguments name."""
    found: dict[str, int] = {}
    for part, value in zip(form.arguments, values, strict=True):
        if isinstance(value, np.ndarray) and len(part.axes) == value.ndim:
            found |= dict(zip(part.axes, value.shape, strict=True))
    found.pop("...", None)
    return found


HELD_OUT_CACHE: dict[tuple[str, code.Snapshot], CaseSet] = {}  # for all submissions of a class


def _held_out(task: Task, spec: Any, form: Form, case_set: CaseSet) -> CaseSet:
    key = repr(task), code.snapshot()
    if key not in HELD_OUT_CACHE:
        cases = case_set.further() if case_set.further else held_out(spec, form)
        HELD_OUT_CACHE[key] = replace(case_set, cases=cases)
    return HELD_OUT_CACHE[key]


def same(got: Any, expected: Any, exact: Any = True, bound: Any = 0.0) -> bool:
    """Whether arrays are equal up to rounding in single precision, wherever `exact` is true.

    Elsewhere both have to be finite, or neither: nan is not one of several right values. A right
    answer may be off by `bound`, so an answer that is wrong in a known way may be too.
    """
    expected = np.asarray(expected)
    if expected.dtype.kind not in "fiub" or not isinstance(got, np.ndarray):
        return False
    if got.shape != expected.shape:
        return False
    got, expected = got.astype(float), expected.astype(float)
    size = np.abs(expected).max(initial=0, where=np.isfinite(expected))
    allowed = np.maximum(tolerance(size), bound if np.shape(bound) in ((), got.shape) else 0.0)
    equal = (np.abs(got - expected) <= allowed) | (got == expected)
    loose = np.logical_not(exact) & (np.isfinite(got) == np.isfinite(expected))
    return bool((equal | (np.isnan(got) & np.isnan(expected)) | loose).all())


def smooth(case: Case, result: int, shape: tuple[int, ...]) -> Any:
    """A mask of the entries with only one right value. At a kink there are several."""
    want = case.results[result]
    return want.low == want.high if want.low.shape == shape else np.ones(shape, dtype=bool)


def sentence(text: str) -> str:
    """A sentence from a text that starts with the name of a result, such as "the result"."""
    return text[0].upper() + text[1:] if text.startswith(("the ", "result ")) else text


def is_right(case: Case, result: int, got: Any) -> bool:
    """Whether an array is right as one of the results of a case."""
    return fault(case.results[result], got) is None
