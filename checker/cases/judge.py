"""Judge replies: compare the results of a submission with the expected results of each case.

Nothing in a reply is trusted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from checker.cases.answer_key import Result
from checker.cases.case_set import Case, CaseSet
from checker.sandbox.messages import INVALID, Raised, Reply, Returned
from checker.sandbox.plain_text import clean
from checker.sandbox.ragged import padded, rows


@dataclass(frozen=True)
class Judgement:
    """The judgement on one case: a verdict, words about it, and which results are right.

    `line` is the line that raised an exception, counted over all the code, or 0.
    """

    verdict: str
    words: str = ""
    results: tuple[Any, ...] = ()
    right: tuple[bool, ...] = ()
    line: int = 0


def judge(case: Case, reply: Reply, place: Callable[[int], str] = "line {}".format) -> Judgement:
    """Judge one reply. `place` describes in words where a line of the submission is."""
    if isinstance(reply, Returned):
        judged = _of_invalid_input if case.invalid else _compare
        return judged(case, reply)
    if reply.kind == "NotImplementedError":
        return Judgement("not started", "it raises NotImplementedError")
    words = _raised(reply, place)
    if not case.invalid:
        return Judgement("crashed", words, line=reply.line)
    if reply.is_value_error:
        return Judgement("right", right=(True,) * len(case.results))
    count = len(case.results)
    message = f"the input is invalid, so it should raise a ValueError; instead: {words}"
    return Judgement("wrong", message, (words,) * count, (False,) * count, reply.line)


def _of_invalid_input(case: Case, reply: Returned) -> Judgement:
    """Judge a call that returned although its input is invalid: any result is wrong."""
    if len(reply.results) != len(case.results):
        return Judgement("crashed", INVALID)
    wrong = (False,) * len(case.results)
    return Judgement(
        "wrong",
        "the input is invalid, so it should raise a ValueError",
        tuple(reply.results),
        wrong,
    )


def judge_all(
    case_set: CaseSet, replies: list[Reply], place: Callable[[int], str] = "line {}".format
) -> list[Judgement]:
    """Judge the reply to each case of a case set."""
    pairs = zip(case_set.cases, replies, strict=True)
    return [judge(case, reply, place) for case, reply in pairs]


def fault(want: Result, got: Any) -> str | None:
    """What is wrong with one result, in words, or None if it is right.

    The words are empty if the values are wrong and the counterexample shows them.
    """
    if not isinstance(got, np.ndarray):
        return f"it is {clean(str(got))}"
    shape = np.shape(want.low)
    if got.shape != shape:
        if got.size != 1 or np.size(want.low) != 1:
            return f"its shape is {got.shape} and should be {shape}"
        got = got.reshape(shape)
    got = got.astype(float)
    if not np.isfinite(got).all() and np.isfinite(want.low).all():
        return (
            "it contains nan (not a number)"
            if np.isnan(got).any()
            else "it contains inf (infinity)"
        )
    close = (got >= want.low - want.bound) & (got <= want.high + want.bound)
    close |= np.isnan(got) & np.isnan(want.low)  # the padding of a short row
    if bool(np.all(close)):
        return None if want.conserves(got) else _lost(want, got)
    return (
        f"it is {got.item():.4g} and should be in the range {range_words(want)}"
        if want.is_range
        else ""
    )


def _lost(want: Result, got: Any) -> str:
    return (
        f"its sum is {np.sum(got):.4g} and should be {want.total:.4g}: equal entries may share a "
        "gradient in any way, but all of it arrives"
    )


def _compare(case: Case, reply: Returned) -> Judgement:
    if len(reply.results) != len(case.results):
        return Judgement("crashed", INVALID)
    results = [_received(want, got) for want, got in zip(case.results, reply.results, strict=True)]
    faults = [fault(want, got) for want, got in zip(case.results, results, strict=True)]
    right = tuple(words is None for words in faults)
    first_fault = next((words for words in faults if words is not None), "")
    unless_wrong = "right" if reply.checksum == case.checksum else "mutates its input"
    verdict = unless_wrong if all(right) else "wrong"
    return Judgement(verdict, first_fault, tuple(results), right)


def _received(want: Result, got: Any) -> Any:
    """Convert a returned list of arrays to the array that is compared, or to words.

    A list of rows becomes a padded array if such a list is expected. A single array in a list is
    taken as that array, or as a list of one row if this shape is expected.
    """
    if not isinstance(got, list):
        return got
    if len(got) == 1:
        row = isinstance(got[0], np.ndarray) and np.shape(want.low) == (1, *got[0].shape)
        return got[0][None] if row else got[0]
    ragged = rows(got) if np.isnan(want.low).any() else None
    return "a list with rows of different lengths" if ragged is None else padded(ragged)


def _raised(reply: Raised, place: Callable[[int], str]) -> str:
    kind, words = clean(reply.kind), clean(reply.words)
    where = f" in {place(reply.line)}" if reply.line > 0 else ""
    if kind == "MemoryError" or "Unable to allocate" in words:
        return f"it asks for more memory than a submission may use{where}"
    if kind == "SystemExit":
        return f"it calls sys.exit{where}: return the result instead"
    return f"{kind}{where}: {words}" if words else f"{kind}{where}"


def range_words(result: Result) -> str:
    """The interval of a result that is a range, in words."""
    return f"{np.asarray(result.low).item():.4g} to {np.asarray(result.high).item():.4g}"
