"""Repositories of GitHub Classroom or Classroom 50: a folder each, and perhaps a table of grades.

GitHub Classroom puts them into ASSIGNMENT-submissions/ASSIGNMENT-LOGIN; its table names the folder.
Classroom 50 calls them CLASSROOM-ASSIGNMENT-LOGIN, and lays scores.csv beside them.
"""

import csv
import io

from checker.assignment import Assignment
from checker.classroom.folder import File, Folder, IntakeError
from checker.classroom.handin import Handin, Person, titled

LARGEST_TABLE = 16 * 2**20
LOGINS = ("github_username", "username")
YES = {"true", "yes", "1", "late"}


def handins(room: Folder, assignment: Assignment) -> list[Handin] | None:
    tables = [_table(file) for file in room.files.values() if file.suffix == ".csv"]
    rows = [row for table in tables for row in table]
    prefix = _prefix(room)
    if not rows and not prefix:
        return None
    found: dict[str, list[dict[str, str]]] = {}
    missing = []
    for row in rows:
        repository = _repository(room, row)
        if repository:
            found.setdefault(repository, []).append(row)
        else:
            missing.append(_known([row], row["login"], ()))
    handins = [
        _known(found.get(name, []), name, (folder,), prefix)
        for name, folder in room.folders.items()
    ]
    return handins + missing


def _known(
    rows: list[dict[str, str]], name: str, folders: tuple[Folder, ...], prefix: str = ""
) -> Handin:
    """A repository, and its rows in the table: one for each member of a group."""
    people = tuple(_person(row) for row in rows) or (Person(name.removeprefix(prefix)),)
    first = rows[0] if rows else {}
    group = first.get("group_name", "")
    return Handin(
        name=group or titled(people, name),
        files=tuple(file for folder in folders for file in folder.everything()),
        people=people,
        group=group,
        late=first.get("late", "").lower() in YES,
        submitted=first.get("submission_timestamp") or first.get("datetime") or "",
        origin=name,
    )


def _person(row: dict[str, str]) -> Person:
    names = " ".join(row.get(part, "") for part in ("first_name", "last_name")).strip()
    return Person(row["login"], names or row.get("roster_identifier", ""), row.get("email", ""))


def _repository(room: Folder, row: dict[str, str]) -> str:
    named = row.get("student_repository_name", "")
    if named in room.folders:
        return named
    ending = [name for name in room.folders if name.endswith(f"-{row['login']}")]
    # The login `ada` ends `hw-grace-ada` as well, which is the repository of `grace-ada`.
    return min(ending, key=len) if ending else ""


def _table(file: File) -> list[dict[str, str]]:
    try:
        text = file.read(LARGEST_TABLE).decode("utf-8-sig", "replace")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except (IntakeError, csv.Error):
        return []
    login = next((each for each in LOGINS if rows and each in rows[0]), None)
    known = login and (login == LOGINS[0] or "submission_tag" in rows[0])
    if not login or not known:
        return []
    kept = [
        {key: value or "" for key, value in row.items() if isinstance(key, str)} for row in rows
    ]
    return [row | {"login": row[login]} for row in kept if row[login]]


def _prefix(room: Folder) -> str:
    """What the names of all repositories start with, where the folder is named after it."""
    slug = room.name.removesuffix("-submissions")
    named = slug != room.name and all(name.startswith(f"{slug}-") for name in room.folders)
    return f"{slug}-" if named and room.folders else ""
