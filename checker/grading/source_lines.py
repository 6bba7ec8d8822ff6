"""Find the line of a submission that a report points to, in the text as it was submitted.

The text is not searched here, because it may be hostile: a worker reads it (`reading`) and sends an
outline of each function. If that leaves two lines to blame, none is.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from checker.cases.judge import Judgement
from checker.grading.report import Line
from checker.sandbox import notebook_cells
from checker.sandbox.plain_text import clean

Place = tuple[int, int]  # a line and a column

PLACE = re.compile(r"line (\d{1,9})(?: of code cell (\d{1,9}))?: ")


@dataclass(frozen=True)
class Text:
    """The code of a submission: a file, or the code cells of a notebook; empty if unreadable.

    `starts` are the first lines of the cells. `defined` are the names that are defined at the left
    margin. `around` has the header of the statement around each function that is defined elsewhere.
    """

    code: str = ""
    starts: tuple[int, ...] = ()
    defined: frozenset[str] = frozenset()
    around: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def place(self, number: int) -> str:
        """A line number in words; in a notebook, the number in its code cell."""
        return notebook_cells.spoken(self.starts, number) if self.starts else f"line {number}"

    def shown(self, number: int) -> Line | None:
        """A line as it is shown in a report."""
        if number < 1 or not self.code:
            return None
        lines = self.code.split("\n")
        cell, line = notebook_cells.place(self.starts or (1,), number)
        text = clean(lines[number - 1]) if number <= len(lines) else ""
        return {"cell": cell if self.starts else None, "number": line, "text": text}

    def begun(self, note: str) -> Line | None:
        """The line with whose number a note begins."""
        match = PLACE.match(note)
        if match is None:
            return None
        line, cell = int(match[1]), int(match[2] or 1)
        first = self.starts[cell - 1] if cell <= len(self.starts) else 1
        return self.shown(first + line - 1)


NO_LINES = Text()


class Outline(NamedTuple):
    """Where a function computes its results, writes into arguments, repeats, and has slips.

    `parameters` are the names of what it takes.

    The places behind each result are pairs of a line and a column, the writes pairs of a line and
    the number of an argument, the loops pairs of a line and whether it is a `while`, the slips
    pairs of a line and a kind.
    """

    results: list[list[tuple[int, int]]]
    writes: list[tuple[int, int]]
    loops: list[tuple[int, int]]
    slips: list[tuple[int, int]]
    parameters: list[str]


def outline(received: list[Any], function: str) -> Outline:
    """The outline of a function among those that a worker sent. Their form is checked."""
    for fields in (each for each in received if _has_parts(each, 6)):
        name, results, writes, loops, slips, parameters = fields
        if name == function:
            rows = [_pairs(row) for row in results] if isinstance(results, list) else []
            names = parameters.split() if isinstance(parameters, str) else []
            return Outline(rows, _pairs(writes), _pairs(loops), _pairs(slips), names)
    return Outline([], [], [], [], [])


def _has_parts(value: Any, count: int) -> bool:
    return isinstance(value, list) and len(value) == count


def _pairs(value: Any) -> list[tuple[int, int]]:
    pairs = value if isinstance(value, list) else []
    return [
        (a, b)
        for a, b in (pair for pair in pairs if _has_parts(pair, 2))
        if isinstance(a, int) and isinstance(b, int)
    ]


def trusted(known: Outline, right: list[Outline], others: list[Outline]) -> set[Place]:
    """The places that are not to blame: behind functions that are `right`, and in `others`.

    The others are functions of further tasks. Those that this one calls answer for themselves.
    """
    own = _places(known)
    called = [each for each in others if _places(each) < own]
    return set().union(*map(_places, [*right, *called]))


def _places(known: Outline) -> set[Place]:
    return {place for row in known.results for place in row}


def blamed(
    known: Outline,
    judged: list[Judgement],
    first: int,
    arguments: list[Any],
    innocent: Collection[Place] = (),
) -> int:
    """The line to blame for the failing case `first`, or 0 if there is no telling.

    It is the line that raises, or that writes into an argument, or the only place that a wrong
    result depends on and no right one, and that is not `innocent`. A place behind several wrong
    results may be innocent if each has places of its own, as where two of them are exchanged.
    `arguments` are those of the case.
    """
    judgement = judged[first]
    if judgement.line:
        return judgement.line
    if judgement.verdict == "mutates its input":
        arrays = {at for at, value in enumerate(arguments) if isinstance(value, np.ndarray)}
        return next((line for line, argument in known.writes if argument in arrays), 0)
    answered = [each.right for each in judged if each.right]
    if judgement.verdict != "wrong" or not answered:
        return 0
    wrong = [k for k in range(len(answered[0])) if not all(row[k] for row in answered)]
    behind = known.results
    if len(behind) != len(answered[0]):  # several returns, or a tuple made elsewhere
        return _only(_places(known).difference(innocent))
    known_right = {place for k, row in enumerate(behind) if k not in wrong for place in row}
    suspects = [set(behind[k]).difference(known_right, innocent) for k in wrong]
    return next(filter(None, map(_only, suspects)), 0)


def running_loop(known: Outline) -> int:
    """The line of the loop that does not end: the only `while`, or else the only loop, or 0."""
    whiles = {(line, 0) for line, is_while in known.loops if is_while}
    return _only(whiles or {(line, 0) for line, _ in known.loops})


def _only(places: set[tuple[int, int]]) -> int:
    return next(iter(places))[0] if len(places) == 1 else 0
