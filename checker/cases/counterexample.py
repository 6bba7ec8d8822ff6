"""The message and the counterexample of a task with failing cases."""

from typing import Any, NotRequired, TypedDict

import numpy as np

from checker.cases.answer_key import Result
from checker.cases.case_set import Case, CaseSet
from checker.cases.comparison import is_padded, range_words
from checker.cases.judge import Judgement
from checker.cases.literals import literal
from checker.sandbox.plain_text import clean

# Failing verdicts, the most informative first: a wrong value tells more than a crash on a larger
# input, and both tell more than a side effect.
MOST_INFORMATIVE = ("wrong", "crashed", "other shape", "not started", "mutates its input")
MOST_TESTS = 3  # of all statistical tests that fail
NO_SHAPE = -1.0  # what a sample with another number of axes measures
LOST = "What comes back contains nan or inf."
BEYOND_WORDS = 1e100  # a measurement whose digits say nothing
MOST_LISTED = 64  # entries: a larger array is shown as its shape


class Counterexample(TypedDict):
    """A failing case: its inputs by name, and the expected and actual values of wrong results.

    `code` has a Python expression for each input. It is absent if an input is too large to paste,
    or if no single call shows the failure. `calls` is how often the function has to be called with
    these inputs until it fails, if that is more than once. `asked` are the lines by which a
    task asks for functions of another form, `imported` the names of these, and `compared` is the
    code of wrong results in the lines.
    """

    inputs: dict[str, Any]
    code: NotRequired[dict[str, str]]
    calls: NotRequired[int]
    asked: NotRequired[list[str]]
    imported: NotRequired[list[str]]
    compared: NotRequired[dict[str, str]]
    expected: NotRequired[dict[str, Any]]
    got: NotRequired[dict[str, Any]]
    failing: NotRequired[int]
    cases: NotRequired[int]
    source: NotRequired[str]


def counterexample(
    case_set: CaseSet, case: Case, judgement: Judgement | None = None, failing: int | None = None
) -> Counterexample:
    """Return a case as data: its inputs and, for wrong results, expected and actual values."""
    named = dict(zip(case_set.arguments, case.arguments, strict=False))  # some are for tests alone
    listing = _shape if case_set.shows else _input
    shown: Counterexample = {"inputs": {name: listing(value) for name, value in named.items()}}
    if not case_set.measured and all(np.size(value) <= MOST_LISTED for value in _arrays(case)):
        shown["code"] = {name: literal(value) for name, value in named.items()}
    if (calls := _calls(case_set, case)) > 1:
        shown["calls"] = calls
    if case.source or case_set.shows:
        shown["source"] = case.source or "the first"
    if failing is not None:
        shown["failing"], shown["cases"] = failing, len(case_set.cases)
    wrong_values = judgement is not None and judgement.verdict in ("wrong", "other shape")
    if judgement is not None and wrong_values and not case_set.shows:  # its message has them
        wrong = [k for k, right in enumerate(judgement.right) if not right]
        wrong = wrong[:MOST_TESTS] if case_set.measured else wrong
        shown["expected"] = {case_set.results[k]: _expected(case.results[k]) for k in wrong}
        shown["got"] = {
            case_set.results[k]: _received(case_set, case.results[k], judgement.results[k])
            for k in wrong
        }
    return shown


def _arrays(case: Case) -> list[Any]:
    return [value for value in case.arguments if isinstance(value, np.ndarray)]


def _calls(case_set: CaseSet, case: Case) -> int:
    """How many cases have the arguments of this one, up to the case itself."""
    at = next((i for i, other in enumerate(case_set.cases) if other is case), 0)
    return 1 + sum(other.checksum == case.checksum for other in case_set.cases[:at])


def _input(value: Any) -> Any:
    plain = isinstance(value, np.ndarray | int | float)
    return _listing(value) if plain else {"setting": value}


def _shape(value: Any) -> Any:
    """The data of an experiment in words: nobody reads them."""
    array = isinstance(value, np.ndarray) and value.ndim > 0
    return f"an array of shape {value.shape}" if array else _input(value)


def _expected(result: Result) -> Any:
    """The expected values, or words for a range or an exception.

    At a kink only the lower of the values that are right is shown. Entries that share a sum in any
    way are shown with equal shares.
    """
    if result.low is None:
        return "a ValueError"
    if result.total is not None and (room := float(np.sum(result.high - result.low))):
        share = (result.total - float(np.sum(result.low))) / room
        return _result(result.low + share * (result.high - result.low))
    if is_padded(result):
        return _listed_rows(result.low)
    return range_words(result) if result.is_range else _result(result.low)


def _received(case_set: CaseSet, want: Result, value: Any) -> Any:
    """What came back in the place of a result."""
    if case_set.measured and np.size(value) > 1 and np.all(value == NO_SHAPE):
        return "another number of axes"
    words = isinstance(value, str)
    if case_set.measured and not words and not np.ndim(value) and abs(value) > BEYOND_WORDS:
        return "far below" if value < 0 else "far above"
    array = isinstance(value, np.ndarray) and value.ndim == 2
    return _listed_rows(value) if array and is_padded(want) else _result(value)


def _listed_rows(padded: Any) -> str:
    """The rows of a list without what pads them, such as [0 1] and [2]."""
    rows = (row[~np.isnan(row)] for row in padded.astype(float))
    return _listed([f"[{' '.join(f'{number:.6g}' for number in row)}]" for row in rows])


def _result(value: Any) -> Any:
    """The listing of a result. It has no -0, which is equal to 0."""
    real = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    with np.errstate(invalid="ignore"):  # of a nan that signals
        return _listing(value + 0.0 if real else value)


def _listing(value: Any) -> Any:
    """An array as nested lists, or its shape in words if it is too large to read."""
    if isinstance(value, list):
        numbers = [v for v in value if isinstance(v, np.ndarray) and v.ndim == 0]
        if value and len(numbers) == len(value):
            return _listing(np.stack(numbers))
        return f"a list of {len(value)} value{'' if len(value) == 1 else 's'}"
    if not isinstance(value, np.ndarray | int | float):
        return clean(str(value))
    array = np.asarray(value)
    if array.ndim > 1 and not array.size:  # a list would lose an axis behind one without entries
        return f"empty, of shape {array.shape}"
    return array.tolist() if array.size <= MOST_LISTED else f"an array of shape {array.shape}"


def message(case_set: CaseSet, judged: list[Judgement], first: int) -> str:
    """Which results are wrong and which are right, over all cases. Case `first` is shown."""
    judgement = judged[first]
    if judgement.verdict == "mutates its input":
        return "the values are right, but it changes the arrays it is given: work on a copy"
    valid = any(case.invalid for case in case_set.cases) and not case_set.cases[first].invalid
    if judgement.verdict == "crashed" and valid and judgement.words.startswith("ValueError"):
        return f"{judgement.words}; this input is valid, and has an answer"
    if judgement.verdict not in ("wrong", "other shape") or len(case_set.results) == 1:
        return judgement.words or "its values are wrong"
    answered = [j.right for j in judged if j.right]
    right = [name for k, name in enumerate(case_set.results) if all(row[k] for row in answered)]
    wrong = [name for name in case_set.results if name not in right]
    are_right = f"{_listed(right)} {'is' if len(right) == 1 else 'are'} right" if right else ""
    if case_set.measured and not judgement.about_all:
        shown = _shown(case_set, case_set.cases[first], judgement)
        return shown or _failed_tests(case_set, judgement, len(wrong))
    if judgement.about_all or judgement.verdict == "other shape":
        blamed = "" if judgement.about_all else f"{_listed(wrong)}: "
        return f"{blamed}{judgement.words}" + (f"; {are_right}" if right else "")
    words, separator = f"{_listed(wrong)} {'is' if len(wrong) == 1 else 'are'} wrong", ","
    if judgement.words:
        blamed = case_set.results[judgement.right.index(False)]
        words += f" ({'' if wrong == [blamed] else f'{blamed}: '}{judgement.words})"
    if judgement.words or len(right) > 2:
        separator = ";"
    return f"{words}{separator} {are_right}" if right else words


def _shown(case_set: CaseSet, case: Case, judgement: Judgement) -> str:
    """What an experiment shows instead of what is asked, or nothing if it is a sample.

    The tests of an experiment have their measurements in braces.
    """
    if not case_set.shows:
        return ""
    pairs = zip(case_set.results, judgement.results, strict=True)
    numbers = {name.replace(" ", "_"): float(x) for name, x in pairs}
    sentences = [] if np.isfinite([*numbers.values()]).all() else [LOST]
    for k, right in enumerate(judgement.right):
        got = numbers[case_set.results[k].replace(" ", "_")]
        if not right and np.isfinite(got):
            low, high = (float(end) for end in (case.results[k].low, case.results[k].high))
            sentences.append(case_set.tests[k].format(got=got, low=low, high=high, **numbers))
    return " ".join(sentences[:MOST_TESTS])


def _failed_tests(case_set: CaseSet, judgement: Judgement, count: int) -> str:
    """How many statistical tests fail, and what the first one that fails in this case checks."""
    first = judgement.right.index(False)
    of = "a" if count == 1 else f"{count} of {len(case_set.tests)}"
    words = f"it fails {of} statistical test{'' if count == 1 else 's'}. "
    words += f"{'It asks' if count == 1 else 'The first asks'} for this: {case_set.tests[first]}"
    return f"{words} Here {judgement.words}" if judgement.words else words


def most_telling(case_set: CaseSet, judged: list[Judgement]) -> tuple[int, int]:
    """The index of the most informative failing case, and how many cases fail.

    At least one case must fail.
    """
    failing = [i for i, judgement in enumerate(judged) if judgement.verdict != "right"]
    odd = case_set.remembered("oddness", lambda: list(map(oddness, case_set.cases)))

    def order(i: int) -> tuple[bool, bool, int, tuple[int, int], bool, int]:
        case = case_set.cases[i]
        informative = MOST_INFORMATIVE.index(judged[i].verdict)
        # Ordinary cases are the most informative, then invalid inputs, then extreme inputs.
        hidden = any(np.size(result.low) > MOST_LISTED for result in case.results)
        return case.extreme, case.invalid, informative, odd[i], hidden, i

    return min(failing, key=order), len(failing)


def oddness(case: Case) -> tuple[int, int]:
    """How unlike the arrays of a text a case is: the axes beyond or below two, and any -0.

    Where the number of axes is free, a text speaks of rows and columns. Where it is not, all cases
    are equally odd. A worked example of a lecture is never odd.
    """
    if case.source:
        return 0, 0
    most = max((value.ndim for value in _arrays(case)), default=2)
    return abs(most - 2), sum(negative_zeros(value) for value in case.arguments)


def negative_zeros(value: Any) -> int:
    """The number of entries that are -0."""
    if not isinstance(value, float | np.ndarray):
        return 0
    return int(np.sum((np.asarray(value) == 0) & np.signbit(value)))


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
