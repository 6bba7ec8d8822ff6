"""Pairs of submissions that are alike: in their text, and in their wrong answers.

The text is compared by winnowing (Schleimer, Wilkerson and Aiken 2003): runs of tokens are hashed,
and the smallest hash of each window is kept. Names, comments and the order of functions make no
difference. What the starter has, or a good part of the class, tells nothing and does not count;
the fewer students have something, the more it counts.
"""

import heapq
import keyword
import math
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeVar

from checker.grading.report import Report
from checker.sandbox.code_text import STRINGS_AND_COMMENTS

RUN = 12  # tokens of a hash
WINDOW = 6  # hashes, of which one is kept: every common part of 17 tokens is found
MOST_PAIRS = 50
COMMON = 0.05  # what this share of the class has, but at least ten students, does not count
FEW, MANY = 10, 50  # and never what more than so many have: there would be too many pairs
HALF = 10.0  # bits of wrong answers in common that count half of the most they can
LEAST = 0.25  # of 2.0: pairs below are not shown
TOKEN = re.compile(rf"{STRINGS_AND_COMMENTS.pattern}|(?P<code>\.?\w+|[^\w\s])", re.DOTALL)

T = TypeVar("T")
Prints = dict[int, tuple[int, int]]  # the first and the last line of each kept hash


@dataclass(frozen=True)
class Answer:
    """A wrong answer to one case: equal ones come from the same question."""

    task: str
    given: str


@dataclass(frozen=True)
class Pair:
    """Two submissions by their numbers.

    `share` is the part of what counts in the shorter one that the other has too. `answers` are the
    wrong answers in common, each with the number of students who gave it. `lines` are the common
    lines of both.
    """

    first: int
    second: int
    share: float
    answers: tuple[tuple[Answer, int], ...]
    lines: tuple[frozenset[int], frozenset[int]]
    rank: float


def pairs(texts: Sequence[str], reports: Sequence[Report], starter: str) -> list[Pair]:
    """The pairs of submissions that are most alike, the most alike first."""
    known = prints(starter)
    own = {
        text: {h: at for h, at in prints(text).items() if h not in known}
        for text in dict.fromkeys(texts)
    }
    found = [own[text] for text in texts]
    answers = [wrong_answers(report) for report in reports]
    of_text, of_answer = dict.fromkeys(_weights(found), 1.0), _weights(answers)
    common_text, common_answers = _shared(found, of_text), _shared(answers, of_answer)
    counts = Counter(each for own in answers for each in own)
    counted = [sum(each in of_text for each in own) for own in found]
    ranked = []
    for pair in common_text.keys() | common_answers.keys():
        equal, bits = common_text.get(pair, 0.0), common_answers.get(pair, 0.0)
        share = equal / max(1, min(counted[i] for i in pair))
        rank = share * min(1, equal / FEW) + bits / (bits + HALF)
        ranked.append((rank, share, pair))
    most = heapq.nsmallest(MOST_PAIRS, ranked, key=lambda each: (-each[0], each[2]))
    return [
        Pair(
            a,
            b,
            share,
            tuple((x, counts[x]) for x in answers[a] if x in answers[b]),
            (_lines(found[a], found[b], of_text), _lines(found[b], found[a], of_text)),
            rank,
        )
        for rank, share, (a, b) in most
        if rank >= LEAST
    ]


def prints(text: str) -> Prints:
    """The kept hashes of a text, with their lines."""
    tokens = list(_tokens(text))
    words = [word for word, _ in tokens]
    runs = [
        (
            zlib.crc32(" ".join(words[at : at + RUN]).encode()),
            tokens[at][1],
            tokens[at + RUN - 1][1],
        )
        for at in range(len(tokens) - RUN + 1)
    ]
    kept: Prints = {}
    for at in range(max(len(runs) - WINDOW + 1, min(len(runs), 1))):
        smallest, first, last = min(runs[at : at + WINDOW])
        kept.setdefault(smallest, (first, last))
    return kept


def wrong_answers(report: Report) -> dict[Answer, None]:
    """The wrong answers of a report: those to the case that it shows of each task."""
    found: dict[Answer, None] = {}
    for task in report.tasks:
        for case in (task.counterexample, task.fresh and task.fresh["counterexample"]):
            if case and case.get("got"):
                given = [case["inputs"], case["got"], case.get("failing")]
                found[Answer(task.name, repr(_rounded(given)))] = None
    return found


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """The tokens with their lines. A name is an x, unless Python or a library has given it."""
    line, at = 1, 0
    for match in TOKEN.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        word = match["code"]
        if word is None:  # a string or a comment
            continue
        own = word[0].isalpha() or word[0] == "_"
        yield ("x" if own and word != "np" and not keyword.iskeyword(word) else word), line


def _weights(owned: Sequence[Mapping[T, object]]) -> dict[T, float]:
    """How much each thing tells, in bits, if few enough students have it."""
    counts = Counter(each for own in owned for each in own)
    most = min(max(FEW, COMMON * len(owned)), MANY)
    return {x: math.log2((len(owned) + 1) / n) for x, n in counts.items() if n <= most}


def _shared(
    owned: Sequence[Mapping[T, object]], weights: Mapping[T, float]
) -> dict[tuple[int, int], float]:
    """What two submissions have in common, in bits, for all pairs that have anything."""
    owners: dict[T, list[int]] = {}
    for number, own in enumerate(owned):
        for each in own:
            if each in weights:
                owners.setdefault(each, []).append(number)
    bits: dict[tuple[int, int], float] = defaultdict(float)
    for each, numbers in owners.items():
        for pair in combinations(numbers, 2):
            bits[pair] += weights[each]
    return bits


def _lines(own: Prints, other: Prints, weights: Mapping[int, float]) -> frozenset[int]:
    """The lines of a submission that the other one has too."""
    common = (at for each, at in own.items() if each in other and each in weights)
    return frozenset(line for first, last in common for line in range(first, last + 1))


def _rounded(value: Any) -> Any:
    """A value without the last digits of its numbers, which depend on the order of a sum."""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    return {k: _rounded(v) for k, v in value.items()} if isinstance(value, dict) else value
