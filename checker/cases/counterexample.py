"""The message and the counterexample of a task with failing cases."""

from typing import Any, NotRequired, TypedDict

import numpy as np

from checker.cases.answer_key import Result
from checker.cases.case_set import Case, CaseSet
from checker.cases.judge import Judgement, range_words
from checker.sandbox.plain_text import clean

# Failing verdicts, the most informative first: a wrong value tells more than a crash on a larger
# input, and both tell more than a side effect.
MOST_INFORMATIVE = ("wrong", "crashed", "not started", "mutates its input")
MOST_LISTED = 64  # entries: a larger array is shown as its shape


class Counterexample(TypedDict):
    """A failing case: its inputs by name, and the expected and actual values of wrong results."""

    inputs: dict[str, Any]
    expected: NotRequired[dict[str, Any]]
    got: NotRequired[dict[str, Any]]
    failing: NotRequired[int]
    cases: NotRequired[int]
    source: NotRequired[str]


def counterexample(
    case_set: CaseSet, case: Case, judgement: Judgement | None = None, failing: int | None = None
) -> Counterexample:
    """Return a case as data: its inputs and, for wrong results, expected and actual values."""
    named = zip(case_set.arguments, case.arguments, strict=True)
    shown: Counterexample = {"inputs": {name: _input(value) for name, value in named}}
    if case.source:
        shown["source"] = case.source
    if failing is not None:
        shown["failing"], shown["cases"] = failing, len(case_set.cases)
    if judgement is not None and judgement.verdict == "wrong":
        wrong = [k for k, right in enumerate(judgement.right) if not right]
        shown["expected"] = {case_set.results[k]: _expected(case.results[k]) for k in wrong}
        shown["got"] = {case_set.results[k]: _listing(judgement.results[k]) for k in wrong}
    return shown


def _input(value: Any) -> Any:
    plain = isinstance(value, np.ndarray | int | float)
    return _listing(value) if plain else {"setting": value}


def _expected(result: Result) -> Any:
    """The expected values, or words for a range or an exception.

    At a kink only the lower of the values that are right is shown.
    """
    if result.low is None:
        return "a ValueError"
    return range_words(result) if result.is_range else _listing(result.low)


def _listing(value: Any) -> Any:
    """An array as nested lists, or its shape in words if it is too large to read."""
    if not isinstance(value, np.ndarray | int | float):
        return clean(str(value))
    array = np.asarray(value)
    return array.tolist() if array.size <= MOST_LISTED else f"an array of shape {array.shape}"


def message(case_set: CaseSet, judged: list[Judgement], first: int) -> str:
    """Which results are wrong and which are right, over all cases. Case `first` is shown."""
    judgement = judged[first]
    if judgement.verdict == "mutates its input":
        return "the values are right, but it changes the arrays it is given: work on a copy"
    if judgement.verdict != "wrong" or len(case_set.results) == 1:
        return judgement.words or "its values are wrong"
    answered = [j.right for j in judged if j.right]
    right = [name for k, name in enumerate(case_set.results) if all(row[k] for row in answered)]
    wrong = [name for name in case_set.results if name not in right]
    if case_set.measured:
        return _failed_tests(case_set, judgement, len(wrong))
    words, separator = f"{_listed(wrong)} {'is' if len(wrong) == 1 else 'are'} wrong", ","
    if judgement.words:
        blamed = case_set.results[judgement.right.index(False)]
        words += f" ({'' if wrong == [blamed] else f'{blamed}: '}{judgement.words})"
    if judgement.words or len(right) > 2:
        separator = ";"
    if right:
        words += f"{separator} {_listed(right)} {'is' if len(right) == 1 else 'are'} right"
    return words


def _failed_tests(case_set: CaseSet, judgement: Judgement, count: int) -> str:
    """How many statistical tests fail, and what the first one that fails in this case checks."""
    first = judgement.right.index(False)
    test = f"{case_set.results[first]}: {case_set.tests[first]}"
    if count == 1:
        words = f"it fails the statistical test {test}"
    else:
        words = f"it fails {count} of {len(case_set.tests)} statistical tests. The first is {test}"
    return f"{words} Here {judgement.words}" if judgement.words else words


def most_telling(case_set: CaseSet, judged: list[Judgement]) -> tuple[int, int]:
    """The index of the most informative failing case, and how many cases fail.

    At least one case must fail.
    """
    failing = [i for i, judgement in enumerate(judged) if judgement.verdict != "right"]
    cases = case_set.cases
    first = min(
        failing, key=lambda i: (*_rank(cases[i]), MOST_INFORMATIVE.index(judged[i].verdict), i)
    )
    return first, len(failing)


def _rank(case: Case) -> tuple[bool, bool]:
    """Ordinary cases are the most informative, then invalid inputs, then extreme inputs."""
    return case.extreme, case.invalid


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
