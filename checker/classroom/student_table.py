"""A table with a row for a student, that the teacher writes: who is meant is never guessed."""

import unicodedata
from collections.abc import Iterator

from checker.classroom.class_list import ClassSubmission
from checker.classroom.sheet import Sheet, SheetError, cell


class StudentTable:
    """The rows of a table, each with the submission that it is about.

    The student is a name of the class list or a key of a student who submitted alone.
    """

    def __init__(
        self,
        sheet: Sheet,
        submissions: list[ClassSubmission],
        columns: tuple[str, ...],
        needed: tuple[str, ...],
    ) -> None:
        self._sheet = sheet
        self._header = [name.strip().casefold() for name in sheet.rows[0]]
        for name in ("student", *needed):
            if self._header.count(name) != 1:
                raise SheetError(
                    f"{sheet.name}, line 1: there must be one column {name!r}. "
                    f"The columns are {', '.join(columns)}."
                )
        self._meanings: dict[str, set[str]] = {}  # names of submissions
        self._groups: dict[str, str] = {}  # by the key of a member
        for submission in submissions:
            words = {submission.name}
            if len(submission.people) > 1:
                self._groups |= {key.value: submission.name for key in submission.keys}
            else:
                words |= {key.value for key in submission.keys}
            for word in words | {cell(word) for word in words}:  # as it stands in grades.csv
                self._meanings.setdefault(_typed(word), set()).add(submission.name)

    def rows(self) -> Iterator[tuple[int, str, dict[str, str]]]:
        """The number of each row, the name of its submission, and its cells by their columns.

        Raises SheetError, with the line, if a row has no clear meaning.
        """
        for i, cells in enumerate(self._sheet.rows[1:], 1):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(self._header):
                raise self.error(i, "it has too many cells. Put a text with commas in quotes")
            found = dict(zip(self._header, (text.strip() for text in cells), strict=False))
            yield i, self._submission(i, found.get("student", "")), found

    def error(self, row: int, words: str) -> SheetError:
        line = self._sheet.lines()[row]
        return SheetError(f"{self._sheet.name}, line {line}: {words}. Nothing was graded.")

    def _submission(self, row: int, student: str) -> str:
        meanings = self._meanings.get(_typed(student), set())
        if len(meanings) == 1:
            return next(iter(meanings))
        if meanings:
            both = " and ".join(sorted(meanings))
            raise self.error(row, f"{student!r} is a name or number of {both}: write another one")
        if student in self._groups:
            group = self._groups[student]
            raise self.error(
                row, f"{student!r} is in a group, which has its points together: write {group!r}"
            )
        raise self.error(
            row,
            f"{student!r} is not in this class. Write the name as in grades.csv, first column",
        )


def _typed(name: str) -> str:
    """A name as keyboards write it. In names of files, accents may be characters of their own."""
    return unicodedata.normalize("NFC", name)
