"""The submissions of a student that were graded into one output folder, of which one may count."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from checker.classroom.class_list import ClassRow
from checker.grading.report import Report


@dataclass(frozen=True)
class Attempt:
    """A submission of a name: the hash of its files, the key of its report, and when it was made.

    `late` is 1 if the platform has marked it late.
    """

    name: str
    content: str
    key: str
    submitted: str
    late: int


def earlier(
    rows: list[ClassRow],
    own: dict[str, Attempt],
    kept: Iterable[Attempt],
    report_of: Callable[[str], Report | None],
) -> dict[str, list[ClassRow]]:
    """The rows that other submissions of the same names would be.

    `own` has the attempts of the rows, `kept` all that are known, and `report_of` finds a report by
    its key.
    """
    found: dict[str, list[ClassRow]] = {}
    row_of = {row.submission.name: row for row in rows}
    for attempt in kept:
        row, now = row_of.get(attempt.name), own.get(attempt.name)
        if row is None or (now and now.content == attempt.content):
            continue
        if report := report_of(attempt.key):
            then = replace(row.submission, submitted=attempt.submitted, late=bool(attempt.late))
            report = replace(report, submission=attempt.name)
            made = replace(row, submission=then, report=report, file=report.file, earlier=True)
            found.setdefault(attempt.name, []).append(made)
    return found
