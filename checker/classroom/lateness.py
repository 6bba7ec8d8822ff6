"""How late submissions are: their times, the deadline, and the extensions of single students.

The time of a submission is the one that its platform exports, or that of times.csv:

    student,time
    Ada Lovelace,2026-03-02 09:30

extensions.csv moves the deadline of a student by a number of days:

    student,days,comment
    Ada Lovelace,2,ill

Both lie in the output folder. A time without a zone is one in the zone of the deadline.
"""

import math
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from checker.classroom import whole_file
from checker.classroom.class_list import ClassSubmission
from checker.classroom.sheet import Sheet, SheetError
from checker.classroom.student_table import StudentTable
from checker.course.marks import Marks
from checker.sandbox.plain_text import PARAGRAPH, clean

TIMES, EXTENSIONS = "times.csv", "extensions.csv"
DAYS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,4})?")
# As platforms and people write it. Digits below a microsecond count for nothing.
TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,6})\d*)?"
    r"\s*(?:(Z|UTC)|([+-]\d\d):?(\d\d))?"
)


@dataclass(frozen=True)
class Extension:
    """More time for one student."""

    days: float
    comment: str = ""

    def __str__(self) -> str:
        return f"{self.days:g} more days" + (f" ({self.comment})" if self.comment else "")


Extensions = dict[str, Extension]  # by the names of submissions


@dataclass(frozen=True)
class Lateness:
    """The days that have begun since the deadline, and how that is known."""

    days: int = 0
    why: str = ""


@dataclass(frozen=True)
class Calendar:
    """The deadline of an assignment, and what is known of its submissions."""

    marks: Marks = field(default_factory=Marks)
    extensions: Extensions = field(default_factory=dict)

    def late(self, submission: ClassSubmission) -> Lateness:
        """How late a submission is. What the platform says counts only where no time is known."""
        due, time = self.marks.due, self.time(submission)
        more = self.extensions.get(submission.name)
        if due is None or time is None:
            if not submission.late:
                return Lateness()
            return Lateness(1, "marked late by the platform; the time is not known")
        due += timedelta(days=more.days if more else 0)
        after = time - due
        if after <= timedelta(minutes=self.marks.grace_minutes):
            return Lateness(0, f"in time with {more}") if more and time > self._due else Lateness()
        days = math.ceil(after / timedelta(days=1))
        words = f"{days} {'day' if days == 1 else 'days'} late"
        return Lateness(days, f"{words} with {more}" if more else words)

    @property
    def _due(self) -> datetime:
        return self.marks.due or datetime.min.replace(tzinfo=UTC)

    def time(self, submission: ClassSubmission) -> datetime | None:
        """When it was submitted, if that is known."""
        return parsed(submission.submitted, self._due.tzinfo or UTC)

    def summary(self, submissions: list[ClassSubmission]) -> list[str]:
        """What the teacher should know before the marks are made."""
        if self.marks.due is None:
            return []
        done = [each for each in submissions if each.files]
        unknown = sum(not each.late and self.time(each) is None for each in done)
        flagged = sum(each.late and self.time(each) is None for each in done)
        lines = [f"due {self.marks.due}; {len(self.extensions)} with more time"]
        if unknown:
            lines.append(f"{unknown} count as in time: {TIMES} has room for their times")
        if flagged:
            lines.append(f"{flagged} count as one day late: the platform only says that they are")
        return lines


def read(
    folder: Path, marks: Marks, submissions: list[ClassSubmission]
) -> tuple[Calendar, list[ClassSubmission]]:
    """The calendar of a class, and its submissions with the times of the table.

    Raises SheetError, with the line, if a row of a table has no clear meaning.
    """
    times = _times(folder, submissions)
    calendar = Calendar(marks, _extensions(folder, submissions))
    timed = [replace(each, submitted=times.get(each.name, each.submitted)) for each in submissions]
    for each in timed:
        if each.late and marks.due and each.name in calendar.extensions and not calendar.time(each):
            raise SheetError(
                f"{clean(each.name)} has an extension and is marked late by the platform, which "
                f"does not say when it was submitted. Write the time into {folder / TIMES}. "
                "Nothing was graded."
            )
    return calendar, timed


def make(folder: Path) -> None:
    """Make the tables without a row, if there are none, for the teacher to fill in."""
    for name, header in ((TIMES, "student,time"), (EXTENSIONS, "student,days,comment")):
        if not (folder / name).exists():
            whole_file.write(folder / name, f"{header}\n")


def parsed(text: str, zone: tzinfo) -> datetime | None:
    """The time in a text, or None if it is none."""
    found = TIME.fullmatch(text.strip())
    if found is None:
        return None
    date, clock, parts, utc, hours, minutes = found.groups()
    given = "+00:00" if utc else f"{hours}:{minutes}" if hours else ""
    try:
        time = datetime.fromisoformat(f"{date} {clock}{given}")
    except ValueError:
        return None
    time += timedelta(microseconds=int((parts or "").ljust(6, "0")))
    return time if given else time.replace(tzinfo=zone)


def _times(folder: Path, submissions: list[ClassSubmission]) -> dict[str, str]:
    found: dict[str, str] = {}
    table = _table(folder / TIMES, submissions, ("student", "time"), ("time",))
    if table is None:
        return found
    for i, name, cells in table.rows():
        time = cells.get("time", "")
        if parsed(time, UTC) is None:
            raise table.error(i, f"{time!r} is no time. Write it like 2026-03-02 09:30")
        if name in found:
            raise table.error(i, f"{name} has a time in an earlier line too")
        found[name] = time
    return found


def _extensions(folder: Path, submissions: list[ClassSubmission]) -> Extensions:
    found: Extensions = {}
    table = _table(folder / EXTENSIONS, submissions, ("student", "days", "comment"), ("days",))
    if table is None:
        return found
    for i, name, cells in table.rows():
        days = cells.get("days", "")
        if not DAYS.fullmatch(days):
            raise table.error(i, f"{days!r} is no number of days, such as 2 or 0.5")
        if name in found:
            raise table.error(i, f"{name} has an extension in an earlier line too")
        comment = clean(cells.get("comment", ""), PARAGRAPH)
        found[name] = Extension(float(days.replace(",", ".")), comment)
    return found


def _table(
    path: Path,
    submissions: list[ClassSubmission],
    columns: tuple[str, ...],
    needed: tuple[str, ...],
) -> StudentTable | None:
    if not path.exists():
        return None
    return StudentTable(Sheet(path.read_bytes(), str(path)), submissions, columns, needed)
