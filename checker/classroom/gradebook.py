"""Find the students of a class in the gradebook of a platform, before anything is graded.

A row belongs to a student if one of its cells is a key of the student, exactly and in the same
space. Numbers are easily those of another list, so the names have to agree too.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from checker.classroom.class_list import ClassSubmission, Person
from checker.classroom.keys import CANVAS_ID, GRADESCOPE_SID, MOODLE_PARTICIPANT, Key
from checker.classroom.sheet import Sheet, SheetError
from checker.sandbox.plain_text import clean

NUMBERED = {CANVAS_ID, GRADESCOPE_SID, MOODLE_PARTICIPANT}
SHOWN = 10  # names in a message
NOTHING_GRADED = "Nothing was graded."


@dataclass(frozen=True)
class BookRow:
    """A row of a student: the keys in its cells, the name, and the highest points it can have."""

    keys: frozenset[Key]
    name: str
    maximum: float
    locked: bool = False


@dataclass
class Gradebook:
    """A gradebook to be filled in: its students by the numbers of their rows.

    `platform` is the report that fills it in, `column` where the points go. `submission_of` has the
    names of the submissions that were found, by row, and `unmatched` those that were not.
    """

    platform: str
    sheet: Sheet
    column: int
    students: dict[int, BookRow]
    submission_of: dict[int, str] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)

    def match(self, submissions: list[ClassSubmission]) -> None:
        """Find the rows of these submissions. Raises SheetError if that is ambiguous or in vain."""
        rows_of: dict[Key, list[int]] = {}
        for i, student in self.students.items():
            for key in student.keys:
                rows_of.setdefault(key, []).append(i)
        for submission in submissions:
            for person in submission.people or (Person(submission.name),):
                found = {i: key for key in person.keys for i in rows_of.get(key, ())}
                self._take(submission, person, found)
        if not self.submission_of:
            raise SheetError(self._nobody(submissions))

    def known(self) -> dict[str, list[str]]:
        """The names and numbers of the students of each submission, as they stand here."""
        found: dict[str, list[str]] = {}
        for i, submission in self.submission_of.items():
            student = self.students[i]
            numbers = dict.fromkeys(key.value for key in sorted(student.keys, key=str))
            found.setdefault(submission, []).append(f"{student.name} ({', '.join(numbers)})")
        return found

    def _take(self, submission: ClassSubmission, person: Person, found: dict[int, Key]) -> None:
        name = clean(person.name or person.id or submission.name)
        if not found:
            self.unmatched.append(name)
            return
        if len(found) > 1:
            rows = " or ".join(f"{self._place(i)} by {clean(str(k))}" for i, k in found.items())
            raise SheetError(f"{self.sheet.name}: {name} may be {rows}. {NOTHING_GRADED}")
        ((i, key),) = found.items()
        theirs = self.students[i].name
        by_number = NUMBERED.issuperset(k.space for k in person.keys if k in self.students[i].keys)
        if by_number and not agree(theirs, person.name):
            raise SheetError(
                f"{self.sheet.name}: {clean(str(key))} is {clean(theirs)} in the gradebook, but "
                f"{name} in the submissions. Is it the gradebook of another class, of another "
                f"assignment, or of groups? {NOTHING_GRADED}"
            )
        if i in self.submission_of:
            both = f"{self.submission_of[i]} and {clean(submission.name)}"
            raise SheetError(
                f"{self.sheet.name}: {self._place(i)} would get the points of {both}. "
                f"{NOTHING_GRADED}"
            )
        self.submission_of[i] = submission.name

    def _place(self, row: int) -> str:
        return (
            f"{clean(self.students[row].name) or 'the student'} in line {self.sheet.lines()[row]}"
        )

    def _nobody(self, submissions: list[ClassSubmission]) -> str:
        ours = _examples(key for submission in submissions for key in submission.keys)
        theirs = _examples(key for student in self.students.values() for key in student.keys)
        return (
            f"{self.sheet.name}: no submission was found in the gradebook. The submissions have "
            f"{ours}. The gradebook was searched for {theirs or 'nothing'}. {NOTHING_GRADED}"
        )

    def summary(self, points: float) -> list[str]:
        """What was found, and how points will be written, in words for the teacher."""
        words = [f"{len(self.submission_of)} matched"]
        if self.unmatched:
            words.append(f"{len(self.unmatched)} not: {_listed(self.unmatched)}")
        unused = len(self.students) - len(self.submission_of)
        if unused:
            words.append(f"{unused} {'row' if unused == 1 else 'rows'} without a submission")
        locked = [self.students[i].name for i in self.submission_of if self.students[i].locked]
        if locked:
            words.append(f"{len(locked)} locked: {_listed(locked)}")
        column = clean(self.sheet.rows[0][self.column])
        maxima = sorted({self.students[i].maximum for i in self.submission_of} - {points})
        most = " or ".join(f"{each:g}" for each in maxima)
        scaled = f"; {points:g} points are written as {most}, its maximum" if maxima else ""
        return [
            f"{self.sheet.name}: {'; '.join(words)}",
            f"points go into the column {column!r}{scaled}",
        ]


def agree(theirs: str, ours: str) -> bool:
    """Whether two forms of a name share a word. A name that is not known agrees with any."""
    joined, words = "".join(_words(ours)), _words(theirs)
    words = [word for word in words if len(word) > 1] or words
    return not joined or not words or any(word in joined for word in words)


def _words(name: str) -> list[str]:
    """The letters and digits of a name, without accents and case, as words."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = (c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return "".join(kept).split()


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(clean(name) for name in names[:SHOWN]) + more


def _examples(keys: Iterable[Key]) -> str:
    first: dict[str, str] = {}
    for key in keys:
        first.setdefault(key.space, key.value)
    return ", ".join(f"{space} (such as {clean(value)!r})" for space, value in first.items())
