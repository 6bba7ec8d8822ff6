"""Repositories of GitHub Classroom or Classroom 50: one folder each, perhaps a table of grades.

GitHub Classroom puts them into ASSIGNMENT-submissions/ASSIGNMENT-LOGIN; its table names the folder
of each row. Classroom 50 names them CLASSROOM-ASSIGNMENT-LOGIN and puts scores.csv beside them.
Logins may have dashes, so `hw-grace-ada` may be the folder of `ada` or of `grace-ada`. All folders
of an assignment begin alike: that decides.
"""

import csv
import io
from collections import Counter

from checker.classroom.class_list import ClassSubmission, Person, titled
from checker.classroom.keys import GITHUB_LOGIN, ROSTER_IDENTIFIER, Key, email
from checker.course.assignment import Assignment
from checker.grading.choose_file import worth_a_look
from checker.grading.files import File, Folder, IntakeError
from checker.sandbox.plain_text import clean

LARGEST_GRADES_TABLE = 16 * 2**20
REPOSITORY = "student_repository_name"
LOGIN_COLUMNS = ("github_username", "username")
LATE_VALUES = {"true", "yes", "1", "late"}

Row = dict[str, str]


def submissions(export: Folder, assignment: Assignment) -> list[ClassSubmission] | None:
    if any(worth_a_look(file) for file in export.files.values()):
        return None  # files of students, and the table may be one of them
    tables = [_table(file) for file in export.files.values() if file.suffix == ".csv"]
    rows = list({tuple(sorted(row.items())): row for table in tables for row in table}.values())
    listed = any(row.get(REPOSITORY) for row in rows)
    prefix = _named_prefix(export) or ("" if listed else _common_prefix(export, rows))
    if not rows and not prefix:
        return None
    rows_of: dict[str, list[Row]] = {}
    missing = []
    for row in rows:
        repository = row.get(REPOSITORY, "") if listed else f"{prefix}{row['login']}"
        if repository in export.folders:
            rows_of.setdefault(repository, []).append(row)
        else:
            missing.append(_submission([row], repository or row["login"], ()))
    _refuse_shared(rows_of)
    submissions = [
        _submission(rows_of.get(name, []), name, (folder,), prefix)
        for name, folder in export.folders.items()
    ]
    return submissions + missing


def _submission(
    rows: list[Row], name: str, folders: tuple[Folder, ...], prefix: str = ""
) -> ClassSubmission:
    """The submission of a repository. The table has one row for each member of a group."""
    login = name.removeprefix(prefix)
    unlisted = Person(login, (Key(GITHUB_LOGIN, login),))
    people = tuple(_person(row) for row in rows) or (unlisted,)
    first = rows[0] if rows else {}
    group = first.get("group_name", "")
    return ClassSubmission(
        name=group or titled(people, name),
        files=tuple(file for folder in folders for file in folder.everything()),
        people=people,
        group=group,
        late=first.get("late", "").lower() in LATE_VALUES,
        submitted=first.get("submission_timestamp") or first.get("datetime") or "",
        origin=name,
    )


def _person(row: Row) -> Person:
    names = " ".join(row.get(part, "") for part in ("first_name", "last_name")).strip()
    identifier, address = row.get("roster_identifier", ""), row.get("email", "")
    if "@" in identifier and not address:
        identifier, address = "", identifier
    return Person(
        names or identifier,
        (
            Key(GITHUB_LOGIN, row["login"]),
            *([Key(ROSTER_IDENTIFIER, identifier)] if identifier else []),
            *([email(address)] if address else []),
        ),
    )


def _common_prefix(export: Folder, rows: list[Row]) -> str:
    """What comes before the login in the names of most folders.

    Raises IntakeError if two prefixes explain equally many folders.
    """
    folders_of: Counter[str] = Counter()
    logins = {row["login"] for row in rows}
    longest = max(map(len, logins), default=0)
    for folder in export.folders:
        ends = range(max(1, len(folder) - longest), len(folder))
        folders_of.update(folder[:i] for i in ends if folder[i - 1] == "-" and folder[i:] in logins)
    (first, most), (second, other) = (*folders_of.most_common(2), ("", 0), ("", 0))[:2]
    if most and most == other:
        raise IntakeError(
            f"the folders may be called {clean(first)}LOGIN or {clean(second)}LOGIN, so some could "
            "belong to two students. Put them into a folder that is named after the part before "
            f"the login, such as {clean(min(first, second, key=len))}submissions. "
            "Nothing was graded."
        )
    return first


def _refuse_shared(rows_of: dict[str, list[Row]]) -> None:
    """Two students share a repository only as members of one group."""
    for repository, rows in rows_of.items():
        groups = {row.get("group_name", "") for row in rows}
        if len(rows) > 1 and (len(groups) > 1 or "" in groups):
            who = " and ".join(clean(row["login"]) for row in rows)
            raise IntakeError(
                f"the table of grades gives {clean(repository)} to {who}, but not as a group. "
                "Correct the table. Nothing was graded."
            )


def _table(file: File) -> list[Row]:
    """The rows of a table of grades, each with its `login`; empty for any other file."""
    try:
        text = file.read(LARGEST_GRADES_TABLE).decode("utf-8-sig", "replace")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except (IntakeError, csv.Error):
        return []
    login = next((name for name in LOGIN_COLUMNS if rows and name in rows[0]), None)
    known = login and (login == LOGIN_COLUMNS[0] or "submission_tag" in rows[0])
    if not login or not known:
        return []
    kept = [
        {key: value or "" for key, value in row.items() if isinstance(key, str)} for row in rows
    ]
    return [row | {"login": row[login]} for row in kept if row[login]]


def _named_prefix(export: Folder) -> str:
    """The prefix of all repository names, if the folder is named after it; else an empty string."""
    slug = export.name.removesuffix("-submissions")
    named = slug != export.name and all(name.startswith(f"{slug}-") for name in export.folders)
    return f"{slug}-" if named and export.folders else ""
