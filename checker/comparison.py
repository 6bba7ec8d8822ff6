"""What came back, held against what a case expects. Nothing in a reply is trusted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from checker.bank import Case, Result, TaskBank
from checker.text import clean
from checker.worker.ragged import padded, rows

MOST_LISTED = 64  # entries of an array shown in a counterexample

# Where cases fail in different ways: a wrong value says more than a crash on some larger input,
# and both more than a side effect.
TELLING = ("wrong", "crashed", "not started", "mutates its input")


@dataclass(frozen=True)
class Judgement:
    """One case: a verdict, what is said of it, and for each result whether it is right.

    `line` is the one that raised an exception, counted over all the code; 0 where none did.
    """

    verdict: str
    words: str = ""
    results: tuple[Any, ...] = ()
    right: tuple[bool, ...] = ()
    line: int = 0


def judge(
    case: Case, reply: list[Any], place: Callable[[int], str] = "line {}".format
) -> Judgement:
    """`place` says in words where a line of the submission is."""
    if case.refused:
        return _refused(case, reply, place)
    match reply:
        case ["raised", "NotImplementedError", *_]:
            return Judgement("not started", "it raises NotImplementedError")
        case ["raised", str() as kind, str() as words, int() as line, *_]:
            where = f" in {place(line)}" if line > 0 else ""
            return Judgement("crashed", _raised(clean(kind), clean(words), where), line=line)
        case ["returned", list() as results, bytes() as sealed]:
            return _compare(case, results, sealed)
    return Judgement("crashed", "its answer is not an answer")


def _refused(case: Case, reply: list[Any], place: Callable[[int], str]) -> Judgement:
    """Of a call that has no answer: any ValueError will do, whoever raised it."""
    none = (False,) * len(case.results)
    match reply:
        case ["raised", "NotImplementedError", *_]:
            return Judgement("not started", "it raises NotImplementedError")
        case ["raised", str(), str(), int(), True]:
            return Judgement("right", right=(True,) * len(case.results))
        case ["raised", str() as kind, str() as words, int() as line, *_]:
            where = f" in {place(line)}" if line > 0 else ""
            got = _raised(clean(kind), clean(words), where)
            return Judgement(
                "wrong", f"it should raise a ValueError; {got}", (got,) * len(none), none, line
            )
        case ["returned", list() as results, bytes()] if len(results) == len(none):
            return Judgement("wrong", "it should raise a ValueError", tuple(results), none)
    return Judgement("crashed", "its answer is not an answer")


def fault(want: Result, got: Any) -> str | None:
    """What is wrong with one result, in words; None where nothing is."""
    if not isinstance(got, np.ndarray):
        return f"it is {clean(str(got))}"
    shape = np.shape(want.low)
    if got.shape != shape:
        if got.size != 1 or np.size(want.low) != 1:
            return f"its shape is {got.shape} and should be {shape}"
        got = got.reshape(shape)
    got = got.astype(float)
    if not np.isfinite(got).all() and np.isfinite(want.low).all():
        return "it contains nan" if np.isnan(got).any() else "it contains inf"
    close = (got >= want.low - want.bound) & (got <= want.high + want.bound)
    close |= np.isnan(got) & np.isnan(want.low)  # beyond the end of a short row
    if bool(np.all(close)):
        return None
    return f"it is {got.item():.4g} and should be {_wanted(want)}" if _has_two_ends(want) else ""


def _compare(case: Case, results: list[Any], sealed: bytes) -> Judgement:
    if len(results) != len(case.results):
        return Judgement("crashed", "its answer is not an answer")
    results = [_received(want, got) for want, got in zip(case.results, results, strict=True)]
    faults = [fault(want, got) for want, got in zip(case.results, results, strict=True)]
    right = tuple(words is None for words in faults)
    worst = next((words for words in faults if words is not None), "")
    kept = "right" if sealed == case.seal else "mutates its input"
    verdict = kept if all(right) else "wrong"
    return Judgement(verdict, worst, tuple(results), right)


def _received(want: Result, got: Any) -> Any:
    """A list of rows as the array it is compared as, where such a list was asked for.

    One array in a tuple is that array, or a list of one row.
    """
    if not isinstance(got, list):
        return got
    if len(got) == 1:
        row = isinstance(got[0], np.ndarray) and np.shape(want.low) == (1, *got[0].shape)
        return got[0][None] if row else got[0]
    found = rows(got) if np.isnan(want.low).any() else None
    return "a list with rows of different lengths" if found is None else padded(found)


def _raised(kind: str, words: str, where: str) -> str:
    if kind == "MemoryError" or "Unable to allocate" in words:
        return f"it asks for more memory than a submission may use{where}"
    if kind == "SystemExit":
        return f"it calls sys.exit{where}: return the result instead"
    return f"{kind}{where}: {words}" if words else f"{kind}{where}"


def message(bank: TaskBank, judged: list[Judgement], first: int) -> str:
    """What is wrong and what is right, over all cases; `first` is the one that is shown."""
    judgement = judged[first]
    if judgement.verdict == "mutates its input":
        return "the values are right, but it changes the arrays it is given: work on a copy"
    if judgement.verdict != "wrong" or len(bank.results) == 1:
        return judgement.words or "its values are wrong"
    answered = [j.right for j in judged if j.right]
    right = [name for k, name in enumerate(bank.results) if all(each[k] for each in answered)]
    wrong = [name for name in bank.results if name not in right]
    words, after = f"{_listed(wrong)} {'is' if len(wrong) == 1 else 'are'} wrong", ","
    if judgement.words:
        blamed = bank.results[judgement.right.index(False)]
        words += f" ({'' if wrong == [blamed] else f'{blamed}: '}{judgement.words})"
    if judgement.words or len(right) > 2:
        after = ";"
    if right:
        words += f"{after} {_listed(right)} {'is' if len(right) == 1 else 'are'} right"
    return words


def most_telling(bank: TaskBank, judged: list[Judgement]) -> tuple[int, int] | None:
    """The failing case that says most, and how many fail; None where none does."""
    failing = [i for i, judgement in enumerate(judged) if judgement.verdict != "right"]
    if not failing:
        return None
    cases = bank.cases
    first = min(failing, key=lambda i: (*_rank(cases[i]), TELLING.index(judged[i].verdict), i))
    return first, len(failing)


def _rank(case: Case) -> tuple[bool, bool]:
    """A wrong answer to an ordinary question says most."""
    return case.extreme, case.refused


def counterexample(
    bank: TaskBank, case: Case, judgement: Judgement | None = None, failing: int | None = None
) -> dict[str, Any]:
    """The case as data: its inputs and, for the results that are off, expected and got."""
    named = zip(bank.arguments, case.arguments, strict=True)
    shown: dict[str, Any] = {"inputs": {name: _input(value) for name, value in named}}
    if case.source:
        shown["source"] = case.source
    if failing is not None:
        shown |= {"failing": failing, "cases": len(bank.cases)}
    if judgement is not None and judgement.verdict == "wrong":
        off = [k for k, right in enumerate(judgement.right) if not right]
        shown["expected"] = {bank.results[k]: _wanted(case.results[k]) for k in off}
        shown["got"] = {bank.results[k]: _listing(judgement.results[k]) for k in off}
    return shown


def _input(value: Any) -> Any:
    plain = isinstance(value, np.ndarray | int | float)
    return _listing(value) if plain else {"setting": value}


def _wanted(result: Result) -> Any:
    """A number that chance decides has two ends; at a kink one of the right entries will do."""
    if result.low is None:
        return "a ValueError"
    if _has_two_ends(result):
        return f"{np.asarray(result.low).item():.4g} to {np.asarray(result.high).item():.4g}"
    return _listing(result.low)


def _has_two_ends(result: Result) -> bool:
    return np.size(result.low) == 1 and bool(np.all(result.low < result.high))


def _listing(value: Any) -> Any:
    """An array as nested lists, or its shape where it is too large to read."""
    if not isinstance(value, np.ndarray | int | float):
        return clean(str(value))
    array = np.asarray(value)
    return array.tolist() if array.size <= MOST_LISTED else f"an array of shape {array.shape}"


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
