"""Submissions that are alike, in pairs side by side. The page says what is equal, and never why."""

from dataclasses import dataclass

from checker.classroom import similarity
from checker.classroom.class_list import ClassRow
from checker.course.assignment import Assignment
from checker.handout.starter import starter
from checker.reports import submitted_code, templating
from checker.reports.formats import Files, Options
from checker.sandbox.plain_text import PARAGRAPH, clean


@dataclass(frozen=True)
class _Side:
    """One of two submissions: its name, and its code with the common lines marked."""

    name: str
    code: list[submitted_code.Piece]


def files(assignment: Assignment, rows: list[ClassRow], options: Options) -> Files:
    with submitted_code.reading() as code_of:
        codes = [code_of(row) for row in rows]
    found = similarity.pairs(
        ["\n".join(code.lines) if code else "" for code in codes],
        [row.report for row in rows],
        starter(assignment),
    )
    pairs = [
        {
            "share": round(100 * pair.share),
            "answers": [{"task": answer.task, "count": n} for answer, n in pair.answers],
            "sides": [
                _side(rows[at], codes[at], f"p{number}-{at}", lines)
                for at, lines in zip((pair.first, pair.second), pair.lines, strict=True)
            ],
        }
        for number, pair in enumerate(found)
    ]
    body = templating.rendered(
        "similar.html",
        title=assignment.title,
        pairs=pairs,
        count=len(rows),
        most=similarity.FEW,
        many=similarity.MANY,
    )
    page = templating.document(f"{assignment.title}: similar submissions", body)
    yield "similar.html", [page.encode("utf-8", "replace")]


def _side(
    row: ClassRow, code: submitted_code.Code | None, mark: str, lines: frozenset[int]
) -> _Side:
    marked = {f"{mark}-{line}" for line in lines}
    pieces = submitted_code.pieces(mark, code, marked) if code else []
    return _Side(clean(row.report.submission, PARAGRAPH), pieces)
