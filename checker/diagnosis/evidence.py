"""What is known about a wrong answer, and what can be found out by asking again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from checker import kinds
from checker.assignment import Task
from checker.bank import Case, TaskBank
from checker.choice import Outcome, outcome
from checker.comparison import Judgement, fault, judge
from checker.kinds import Form, form
from checker.making import HEADROOM, PRECISION, fresh
from checker.mistakes import Entry, library
from checker.verdicts import Ask


def nobody(function: str, parts: int, calls: list[list[Any]]) -> list[list[Any]]:
    """Where no submission is there to be asked."""
    return []


@dataclass(frozen=True)
class Finding:
    """What explains an answer, and how sure that is.

    certain    it reproduces every answer there is, including those not used to find it
    likely     so does it, but with a number fitted to the answers
    observed   a pattern in what is wrong, or a law that is broken; not a cause
    """

    mistake: str
    certainty: str
    misconception: str
    hint: str = ""
    kind: str = "mistake"
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """The answers to a bank, judged. `siblings` are the other functions of the submission."""

    task: Task
    bank: TaskBank
    judged: list[Judgement]
    folder: Path | None = None
    ask: Ask = nobody
    siblings: Mapping[str, Task] = field(default_factory=dict)

    @cached_property
    def spec(self) -> Any:
        return kinds.asked(self.task)

    @cached_property
    def form(self) -> Form:
        return form(self.spec, self.task.asks)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return library(self.task.operation, self.task.asks, self.folder)

    @cached_property
    def elsewhere(self) -> "Evidence":
        """The answers to cases that the bank does not have, if somebody is there to give them."""
        bank = _held_back(self.task, self.spec, self.form, self.bank)
        calls = [case.arguments for case in bank.cases]
        replies = self.ask(self.task.function, len(bank.results), calls)
        judged = [judge(case, reply) for case, reply in zip(bank.cases, replies, strict=False)]
        if len(judged) < len(bank.cases):
            bank = replace(bank, cases=bank.cases[: len(judged)])
        return replace(self, bank=bank, judged=judged)

    def outcomes(self, entry: Entry) -> list[tuple[Outcome, bool]]:
        """What a known version answers to every case, and whether it changes what it is given."""
        known, name = self.bank.known, (entry.function.__module__, entry.name)
        if name not in known:
            known[name] = [outcome(self.form, entry, c.arguments) for c in self.bank.cases]
        return known[name]

    @cached_property
    def ordinary(self) -> list[int]:
        """The cases that have an answer and are not extreme."""
        cases = enumerate(self.bank.cases)
        return [i for i, case in cases if not (case.extreme or case.refused)]

    @cached_property
    def wrong(self) -> list[int]:
        """The results that are wrong in some case that is not extreme."""
        rights = [self.judged[i].right for i in self.ordinary if self.judged[i].right]
        return [k for k in range(len(self.bank.results)) if not all(each[k] for each in rights)]

    def got(self, case: int, result: int) -> Any:
        """An array; None where the call gave none."""
        results = self.judged[case].results
        return results[result] if results and isinstance(results[result], np.ndarray) else None

    def sizes(self, case: Case) -> dict[str, int]:
        """The length of each named axis."""
        found: dict[str, int] = {}
        for part, value in zip(self.form.arguments, case.arguments, strict=True):
            if isinstance(value, np.ndarray) and len(part.axes) == value.ndim:
                found |= dict(zip(part.axes, value.shape, strict=True))
        found.pop("...", None)
        return found

    def numbers(self, case: Case) -> dict[str, float]:
        """What a factor may be made of: lengths, and arguments that are a single number."""
        pairs = zip(self.form.arguments, case.arguments, strict=True)
        single = {part.name: float(v) for part, v in pairs if isinstance(v, int | float)}
        return {**self.sizes(case), **single}


HELD_BACK: dict[str, TaskBank] = {}  # a class asks the same task again and again


def _held_back(task: Task, spec: Any, form: Form, bank: TaskBank) -> TaskBank:
    if repr(task) not in HELD_BACK:
        HELD_BACK[repr(task)] = replace(bank, cases=fresh(spec, form))
    return HELD_BACK[repr(task)]


def same(got: Any, expected: Any, exact: Any = True) -> bool:
    """Equal up to rounding in single precision. Where `exact` is false anything may stand."""
    expected = np.asarray(expected, dtype=float)
    if not isinstance(got, np.ndarray) or got.shape != expected.shape:
        return False
    got = got.astype(float)
    size = np.abs(expected).max(initial=0, where=np.isfinite(expected))
    equal = (np.abs(got - expected) <= HEADROOM * PRECISION * size) | (got == expected)
    return bool((equal | (np.isnan(got) & np.isnan(expected)) | np.logical_not(exact)).all())


def smooth(case: Case, result: int, shape: tuple[int, ...]) -> Any:
    """The entries where only one value is right: at a kink two people may differ and both be."""
    want = case.results[result]
    return want.low == want.high if want.low.shape == shape else np.ones(shape, dtype=bool)


def sentence(text: str) -> str:
    """A result may be called by a name, which stays as it is, or by words."""
    return f"The {text[4:]}" if text.startswith("the ") else text


def is_right(case: Case, result: int, got: Any) -> bool:
    return fault(case.results[result], got) is None
