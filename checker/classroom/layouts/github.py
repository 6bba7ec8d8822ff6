"""Repositories of GitHub Classroom or Classroom 50: one folder each, perhaps a table of grades.

GitHub Classroom puts them into ASSIGNMENT-submissions/ASSIGNMENT-LOGIN; its table names the folder.
Classroom 50 names them CLASSROOM-ASSIGNMENT-LOGIN and puts scores.csv beside them.
"""

import csv
import io

from checker.classroom.class_list import ClassSubmission, Person, titled
from checker.course.assignment import Assignment
from checker.grading.files import File, Folder, IntakeError

LARGEST_GRADES_TABLE = 16 * 2**20
LOGIN_COLUMNS = ("github_username", "username")
LATE_VALUES = {"true", "yes", "1", "late"}


def submissions(export: Folder, assignment: Assignment) -> list[ClassSubmission] | None:
    tables = [_table(file) for file in export.files.values() if file.suffix == ".csv"]
    rows = [row for table in tables for row in table]
    prefix = _prefix(export)
    if not rows and not prefix:
        return None
    rows_of: dict[str, list[dict[str, str]]] = {}
    missing = []
    for row in rows:
        repository = _repository(export, row)
        if repository:
            rows_of.setdefault(repository, []).append(row)
        else:
            missing.append(_submission([row], row["login"], ()))
    submissions = [
        _submission(rows_of.get(name, []), name, (folder,), prefix)
        for name, folder in export.folders.items()
    ]
    return submissions + missing


def _submission(
    rows: list[dict[str, str]], name: str, folders: tuple[Folder, ...], prefix: str = ""
) -> ClassSubmission:
    """The submission of a repository. The table has one row for each member of a group."""
    people = tuple(_person(row) for row in rows) or (Person(name.removeprefix(prefix)),)
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


def _person(row: dict[str, str]) -> Person:
    names = " ".join(row.get(part, "") for part in ("first_name", "last_name")).strip()
    return Person(row["login"], names or row.get("roster_identifier", ""), row.get("email", ""))


def _repository(export: Folder, row: dict[str, str]) -> str:
    """The folder of a row of the table, or an empty string if there is none."""
    listed = row.get("student_repository_name", "")
    if listed in export.folders:
        return listed
    matching = [name for name in export.folders if name.endswith(f"-{row['login']}")]
    # `hw-grace-ada` also ends with the login `ada`, so the shortest name is the right one.
    return min(matching, key=len) if matching else ""


def _table(file: File) -> list[dict[str, str]]:
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


def _prefix(export: Folder) -> str:
    """The prefix of all repository names, if the folder is named after it; else an empty string."""
    slug = export.name.removesuffix("-submissions")
    named = slug != export.name and all(name.startswith(f"{slug}-") for name in export.folders)
    return f"{slug}-" if named and export.folders else ""
