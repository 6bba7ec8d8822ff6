"""Lines that cannot do what their author means, in words, beside what the answers say.

A slip is true of the text, and need not be the cause. So it comes first only where the answers say
no more than where they are wrong, or what they are equal to.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from checker.cases.case_set import CaseSet
from checker.diagnosis.finding import Finding
from checker.sandbox import slips

MOST_NAMED = 2

# id, words after the line, hint
WORDS = {
    slips.ENDS_AT_ONCE: (
        "loop_ends_at_once",
        "this loop ends in its first round, as every way through it leads to a `return` or `break`",
        "Should the `return` stand after the loop, further to the left?",
    ),
    slips.UNREACHED: (
        "never_reached",
        "this is never reached: the line before it leaves the block",
        "Is a line indented too far, or not far enough?",
    ),
    slips.KEPT_NOWHERE: (
        "kept_nowhere",
        "this computes a value and keeps it nowhere, so it changes nothing",
        "Should the value get a name, or be returned?",
    ),
    slips.COMPARED: (
        "compared_only",
        "this compares two values, and changes none",
        "Which sign gives a name a new value?",
    ),
    slips.GIVES_NONE: (
        "none_kept",
        "append, sort, reverse, shuffle and print give back None",
        "Which line of its own would do this, and what do you use after it?",
    ),
    slips.ALWAYS_TRUE: (
        "always_true",
        "a number or a text alone beside `or` counts as true, so the condition always holds",
        "Does each side of the `or` compare something?",
    ),
    slips.SIGN_APART: (
        "sign_apart",
        "=+ and =- give a name a new value, whatever it was; += and -= change the one it has",
        "Which of the two do you need?",
    ),
    slips.OVERWRITTEN: (
        "argument_overwritten",
        "this gives an argument a number of its own, so the one that was passed is lost",
        "Which values is your function called with?",
    ),
    slips.WHOLE_NUMBERS: (
        "whole_numbers",
        "this array holds whole numbers: what is put into it loses its fraction",
        "Which type do the numbers of np.zeros have without dtype=int?",
    ),
    slips.KEPT_DEFAULT: (
        "kept_default",
        "this default is made once, and keeps what one call puts into it for the next",
        "What if the default were None, and the function made a new list?",
    ),
}
OFTEN_MEANT = ("whole_numbers", "kept_default")
LOST_FRACTION = "without its fraction"  # words of a finding about such an array
EQUAL_TO = "another_result"  # a finding that says what the answers are, but not why


def possible(found: Sequence[tuple[int, int]], case_set: CaseSet) -> list[tuple[int, int]]:
    """The slips that may be a cause: whole results lose nothing in an array of whole numbers."""
    wanted = [result.low for case in case_set.cases for result in case.results]
    whole = all(low is None or np.array_equal(low, np.round(low), equal_nan=True) for low in wanted)
    return [(line, kind) for line, kind in found if not (whole and kind == slips.WHOLE_NUMBERS)]


def beside(
    finding: Finding | None, found: Sequence[tuple[int, int]], place: Callable[[int], str]
) -> Finding | None:
    """The finding with the first slips beside it, or in front of one that names no cause.

    `found` are lines and kinds, as a worker sent them. `place` puts a line into words.
    """
    told = list(_told(found, place))
    if finding and finding.certainty != "observed" and LOST_FRACTION not in finding.misconception:
        told = [each for each in told if each.mistake != "whole_numbers"]
    if not told or (finding and finding.kind == "convention"):
        return finding
    first, *others = told[:MOST_NAMED]
    unexplained = finding and (finding.certainty == "observed" or finding.mistake == EQUAL_TO)
    if finding is None or (unexplained and first.mistake not in OFTEN_MEANT):
        seen = (finding.misconception, *finding.also) if finding else ()
        return replace(first, also=(*(each.misconception for each in others), *seen))
    further = (each.misconception for each in (first, *others))
    return replace(finding, also=(*further, *finding.also))


def _told(found: Sequence[tuple[int, int]], place: Callable[[int], str]) -> Iterator[Finding]:
    lines = set()
    for line, kind in found:
        if kind in WORDS and line not in lines:
            lines.add(line)
            name, words, hint = WORDS[kind]
            yield Finding(name, "observed", f"In {place(line)}: {words}.", hint)
