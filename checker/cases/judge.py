"""Judge replies: compare the results of a submission with the expected results of each case.

Nothing in a reply is trusted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from checker.cases.answer_key import Result
from checker.cases.case_set import Case, CaseSet
from checker.cases.comparison import fault, only_reshaped, received, shape_words
from checker.cases.crash_words import explained
from checker.sandbox import form_error
from checker.sandbox.messages import INVALID, Raised, Reply, Returned
from checker.sandbox.plain_text import PARAGRAPH, clean

COUNTS = ("no results", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ALONE = "return it alone"
SURPLUS = "leave out the others"
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


@dataclass(frozen=True)
class Judgement:
    """The judgement on one case: a verdict, words about it, and which results are right.

    `reshaped` says which of the others have the right values in another shape. `mutated` says
    whether the call changed its arguments, `about_all` whether the words are about all results
    together. `line` is the line that raised an exception, counted
    over all the code, or 0.
    """

    verdict: str
    words: str = ""
    results: tuple[Any, ...] = ()
    right: tuple[bool, ...] = ()
    line: int = 0
    reshaped: tuple[bool, ...] = ()
    mutated: bool = False
    about_all: bool = False


def judge(
    case: Case,
    reply: Reply,
    place: Callable[[int], str] = "line {}".format,
    names: Sequence[str] = (),
) -> Judgement:
    """Judge one reply. `place` describes in words where a line of the submission is.

    `names` are those of the results, for words about a wrong number of them.
    """
    if isinstance(reply, Returned):
        return _of_invalid_input(case, reply) if case.invalid else _compare(case, reply, names)
    of_form = reply.kind == form_error.KIND
    words = clean(reply.words, PARAGRAPH) if of_form else _raised(reply, place)
    if reply.kind == "NotImplementedError":
        return Judgement("not started", words, line=reply.line)
    if not case.invalid:
        return Judgement("crashed", words, line=reply.line)
    if reply.is_value_error:
        return Judgement("right", right=(True,) * len(case.results))
    count = len(case.results)
    message = f"the input is invalid, so it should raise a ValueError; instead: {words}"
    wrong = (False,) * count
    return Judgement("wrong", message, (words,) * count, wrong, reply.line, about_all=True)


def _of_invalid_input(case: Case, reply: Returned) -> Judgement:
    """Judge a call that returned although its input is invalid: any result is wrong."""
    count = len(case.results)
    if len(reply.results) == count:
        results = tuple(reply.results)
    elif _returned_parts(reply, count) is not None:
        results = ("a result",) * count
    else:
        return Judgement("crashed", INVALID)
    words = "the input is invalid, so it should raise a ValueError"
    return Judgement("wrong", words, results, (False,) * count, about_all=True)


def judge_all(
    case_set: CaseSet, replies: list[Reply], place: Callable[[int], str] = "line {}".format
) -> list[Judgement]:
    """Judge the reply to each case of a case set.

    A function that is unfinished in some cases only has been started: it crashes there.
    """
    pairs = zip(case_set.cases, replies, strict=True)
    judged = [judge(case, reply, place, case_set.results) for case, reply in pairs]
    if all(judgement.verdict == "not started" for judgement in judged):
        return judged
    return [replace(j, verdict="crashed") if j.verdict == "not started" else j for j in judged]


def _compare(case: Case, reply: Returned, names: Sequence[str]) -> Judgement:
    asked = len(case.results)
    parts = _returned_parts(reply, asked)
    match reply.results:
        case [str() as words] if parts is None:  # instead of a sample that is measured
            wrong = (False,) * asked
            return Judgement(
                "wrong", f"it is {clean(words)}", (words,) * asked, wrong, about_all=True
            )
    if parts is None:
        return Judgement("crashed", INVALID)
    mutated = reply.mutated
    if asked == 1 and (several := _several(case.results[0], parts[0])):
        return _of_several(case.results[0], parts[0], several, mutated)
    if len(parts) != asked or _is_one(case.results[0], parts):
        return _of_another_number(case, parts, names, mutated)
    results = tuple(received(want, got) for want, got in zip(case.results, parts, strict=True))
    pairs = list(zip(case.results, results, strict=True))
    faults = [fault(want, got) for want, got in pairs]
    right = tuple(words is None for words in faults)
    if all(right):
        verdict = "mutates its input" if mutated else "right"
        return Judgement(verdict, "", results, right, mutated=mutated)
    reshaped = tuple(only_reshaped(want, got) for want, got in pairs)
    if all(a or b for a, b in zip(right, reshaped, strict=True)):
        words = next(shape_words(*pair) for pair, b in zip(pairs, reshaped, strict=True) if b)
        return Judgement("other shape", words, results, right, reshaped=reshaped, mutated=mutated)
    first_fault = next(words for words in faults if words is not None)
    return Judgement("wrong", first_fault, results, right, reshaped=reshaped, mutated=mutated)


def _returned_parts(reply: Returned, asked: int) -> list[Any] | None:
    """The results that came back. If their number is wrong they are a list in a list."""
    match reply.results:
        case [list() as parts] if asked > 1:
            return parts
        case parts if len(parts) == asked:
            return parts
    return None


def _is_one(want: Result, parts: list[Any]) -> bool:
    """Whether several results are the rows of one array, which is right as the first result."""
    arrays = all(isinstance(part, np.ndarray) for part in parts)
    if len(parts) == 1 or not arrays or len({part.shape for part in parts}) > 1:
        return False
    fits = np.shape(want.low) == (len(parts), *parts[0].shape)
    return fits and fault(want, np.stack(parts)) is None


def _several(want: Result, got: Any) -> list[Any]:
    """The values that came back instead of one; empty if it can be taken for one."""
    if isinstance(got, list):
        if len(got) < 2 or not isinstance(received(want, got), str):
            return []
        may_be_rows = all(isinstance(value, np.ndarray) and value.ndim == 1 for value in got)
        return [] if may_be_rows and all(fault(want, value) is not None for value in got) else got
    if not isinstance(got, np.ndarray) or got.ndim != np.ndim(want.low) + 1:
        return []
    values = list(map(np.asarray, got)) if 1 < len(got) <= len(PLACES) else []
    return values if any(fault(want, value) is None for value in values) else []


def _of_several(want: Result, got: Any, values: list[Any], mutated: bool) -> Judgement:
    """Judge several values where one is asked. If the first is right, only the form is wrong."""
    places = [k for k, value in enumerate(values) if fault(want, value) is None]
    words = f"{_count(len(values))} values came back, and one is asked"
    if places and places[0] < len(PLACES):
        place = PLACES[places[0]]
        chance = isinstance(got, np.ndarray) and got.ndim == 1 and places[0] > 0
        words += f"; here the {place} is right" if chance else f"; the {place} is right: {ALONE}"
    first = bool(places) and places[0] == 0
    verdict = "other shape" if first else "wrong"
    shown = got if isinstance(got, np.ndarray) else f"{_count(len(values))} values"
    return Judgement(verdict, words, (shown,), (False,), reshaped=(first,), mutated=mutated)


def _of_another_number(
    case: Case, parts: list[Any], names: Sequence[str], mutated: bool
) -> Judgement:
    """Judge too few or too many results. Each counts in its place."""
    if len(parts) == len(case.results):
        parts = [np.stack(parts)]
    asked = len(case.results)
    listed = f": {', '.join(names)}" if names else ""
    words = f"{_count(asked)} results are asked{listed}; yours returns {_yours(parts)}"
    results = (parts + ["nothing"] * asked)[:asked]
    right = tuple(fault(w, got) is None for w, got in zip(case.results, results, strict=True))
    surplus = all(right)
    if surplus:
        words += f"; the first {_count(asked)} are right: {SURPLUS}"
    elif len(parts) > asked and _all_right(case, parts[-asked:]):
        words += f"; the last {_count(asked)} are right: {SURPLUS}"
    wrong = (False,) * asked
    return Judgement(
        "other shape" if surplus else "wrong",
        words,
        tuple(results),
        wrong if surplus else right,
        reshaped=right if surplus else wrong,
        mutated=mutated,
        about_all=True,
    )


def _all_right(case: Case, parts: list[Any]) -> bool:
    return all(fault(want, got) is None for want, got in zip(case.results, parts, strict=True))


def _yours(parts: list[Any]) -> str:
    match parts:
        case [str(words)]:
            return clean(words)
        case [np.ndarray(ndim=axes)] if axes:
            return "one array"
    return _count(len(parts))


def _count(number: int) -> str:
    return COUNTS[number] if number < len(COUNTS) else str(number)


def _raised(reply: Raised, place: Callable[[int], str]) -> str:
    kind, words = clean(reply.kind), clean(reply.words)
    where = f" in {place(reply.line)}" if reply.line > 0 else ""
    if kind == "NotImplementedError":
        return f"it raises NotImplementedError{where}"
    if kind == "MemoryError" or "Unable to allocate" in words:
        return f"it asks for more memory than a submission may use{where}"
    if kind == "SystemExit":
        return f"it calls sys.exit{where}: return the result instead"
    said = f"{kind}{where}: {words}" if words else f"{kind}{where}"
    return f"{said.rstrip('.')}; {meaning}" if (meaning := explained(kind, words)) else said
