"""The store of reports: one SQLite file. A killed run loses only the submissions in progress.

The table `grades` maps the key of a submission and a grader's version to a report. The table
`finished` maps each name to its key when a run last finished; the next run compares with it to see
what has changed. The table `fresh` has one row: the secret seed of the fresh cases.
"""

import contextlib
import dataclasses
import json
import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from checker.grading.report import Report, TaskReport
from checker.sandbox.confinement import LEVELS

FORMAT_VERSION = 1
ISOLATION = "CASE WHEN json_valid(report) THEN json_extract(report, '$.isolation') END"
SEED_BITS = 64
LOCK_SECONDS = 1.0  # a run that was killed just now may still be ending
SCHEMA = """
    CREATE TABLE IF NOT EXISTS grades (key TEXT PRIMARY KEY, report TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS finished (name TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS fresh (class INTEGER PRIMARY KEY, seed TEXT NOT NULL);
"""


class StoreError(OSError):
    """Grades cannot be stored here. The message says what to do."""


class Store:
    """Reports by key. `put` writes a report whole or not at all, and returns when it is on disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._explained():
            self._rows = sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None)
            # This process keeps the file until it closes it or ends, so no other run can write.
            self._rows.execute("PRAGMA locking_mode = EXCLUSIVE")
            (format_version,) = self._rows.execute("PRAGMA user_version").fetchone()
            if format_version not in (0, FORMAT_VERSION):
                raise StoreError(
                    f"{path} is from another version of check. Choose another folder with -o."
                )
            self._rows.execute("PRAGMA journal_mode = WAL")
            self._rows.execute("PRAGMA synchronous = NORMAL")
            self._rows.executescript(
                f"BEGIN; {SCHEMA} PRAGMA user_version = {FORMAT_VERSION}; COMMIT;"
            )

    def close(self) -> None:
        self._rows.close()

    def keys(self, required: str | None = None) -> set[str]:
        """The keys of the reports that were made with the `required` isolation level or more."""
        with self._explained():
            if required is None:
                return {key for (key,) in self._rows.execute("SELECT key FROM grades")}
            enough = LEVELS[LEVELS.index(required) :]
            rows = self._rows.execute(f"SELECT key, {ISOLATION} FROM grades")
            return {key for key, level in rows if level in enough}

    def get(self, key: str) -> Report | None:
        with self._explained():
            row = self._rows.execute("SELECT report FROM grades WHERE key = ?", (key,)).fetchone()
        return thaw(row[0]) if row else None

    def put(self, key: str, report: Report) -> None:
        with self._explained():
            self._rows.execute("INSERT OR REPLACE INTO grades VALUES (?, ?)", (key, freeze(report)))

    def finished(self) -> dict[str, str]:
        """The key of each name when the last run was finished."""
        with self._explained():
            return dict(self._rows.execute("SELECT name, key FROM finished").fetchall())

    def finish(self, keys: dict[str, str]) -> None:
        """Replace the keys of the last finished run."""
        with self._explained():
            self._rows.execute("BEGIN")
            self._rows.execute("DELETE FROM finished")
            self._rows.executemany("INSERT INTO finished VALUES (?, ?)", keys.items())
            self._rows.execute("COMMIT")

    def seed(self, wanted: int | None = None) -> int:
        """The secret seed of the class: drawn once and kept. `wanted` replaces it."""
        replace = "IGNORE" if wanted is None else "REPLACE"
        drawn = secrets.randbits(SEED_BITS) if wanted is None else wanted
        with self._explained():
            self._rows.execute(f"INSERT OR {replace} INTO fresh VALUES (0, ?)", (str(drawn),))
            (seed,) = self._rows.execute("SELECT seed FROM fresh").fetchone()
        return int(seed)

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn SQLite errors into a StoreError that says what to do."""
        try:
            yield
        except sqlite3.Error as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise StoreError(
                    f"{self._path}: another run of check is using it. Wait until that run ends, or "
                    "choose another folder with -o."
                ) from error
            raise StoreError(
                f"{self._path}: grades cannot be saved: {error}. Grades saved before are safe. "
                "Solve the problem, then run the same command again to continue."
            ) from error


def freeze(report: Report) -> str:
    """A report as JSON. `thaw` gives back the same report, including nan and infinity."""
    return json.dumps(dataclasses.asdict(report))


def thaw(text: str) -> Report | None:
    """The report that `freeze` wrote, or None if the text is not one."""
    try:
        fields = json.loads(text)
        tasks = [TaskReport(**task) for task in fields.pop("tasks")]
        return Report(tasks=tasks, **fields)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
