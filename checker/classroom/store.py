"""The store of reports: one SQLite file. A killed run loses only the submissions in progress.

The table `grades` maps the key of a submission and a grader's version to a report. The table
`finished` maps each name to its key when a run last finished; the next run compares with it to see
what has changed. `fresh` has one row: the secret seed of the fresh cases. `attempts` has the keys
of all submissions of each name. `marks` has the reports as they were last written, with the marks
in them, and `changes` tells how each mark came to be what it is.
"""

import contextlib
import dataclasses
import functools
import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from checker.classroom.attempts import Attempt
from checker.classroom.changes import Change
from checker.classroom.class_list import ClassRow
from checker.grading.report import Report, TaskReport
from checker.sandbox.confinement import LEVELS

FILENAME = "grades.sqlite"  # in the output folder
FORMAT_VERSION = 1
ISOLATION = "CASE WHEN json_valid(report) THEN json_extract(report, '$.isolation') END"
SEED_BITS = 64
LOCK_SECONDS = 1.0  # a run that was killed just now may still be ending
SCHEMA = """
    CREATE TABLE IF NOT EXISTS grades (key TEXT PRIMARY KEY, report TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS finished (name TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS fresh (class INTEGER PRIMARY KEY, seed TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS attempts (
        name TEXT, content TEXT, key TEXT NOT NULL, submitted TEXT NOT NULL, late INTEGER NOT NULL,
        PRIMARY KEY (name, content)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS marks (name TEXT PRIMARY KEY, report TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS changes (
        "when" TEXT NOT NULL, name TEXT NOT NULL, before REAL, after REAL, why TEXT NOT NULL
    );
"""


class StoreError(OSError):
    """Grades cannot be stored here. The message says what to do."""


class Store:
    """Reports by key. `put` writes a report whole or not at all, and returns when it is on disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._explained():
            self._rows = sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self.close()
                raise

    def _prepare(self) -> None:
        # This process keeps the file until it closes it or ends, so no other run can write.
        self._rows.execute("PRAGMA locking_mode = EXCLUSIVE")
        (format_version,) = self._rows.execute("PRAGMA user_version").fetchone()
        if format_version not in (0, FORMAT_VERSION):
            raise StoreError(
                f"{self._path} is from another version of check. Choose another folder with -o."
            )
        self._rows.execute("PRAGMA journal_mode = WAL")
        self._rows.execute("PRAGMA synchronous = NORMAL")
        self._rows.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {FORMAT_VERSION}; COMMIT;")

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

    def add_attempts(self, attempts: Iterable[Attempt]) -> None:
        """Keep attempts. One with files that were known before replaces the earlier one."""
        with self._explained():
            self._rows.execute("BEGIN")
            self._rows.executemany(
                "INSERT OR REPLACE INTO attempts VALUES (?, ?, ?, ?, ?)",
                map(dataclasses.astuple, attempts),
            )
            self._rows.execute("COMMIT")

    def attempts(self) -> list[Attempt]:
        """All attempts of all names."""
        with self._explained():
            rows = self._rows.execute("SELECT * FROM attempts ORDER BY submitted, content")
            return [Attempt(*row) for row in rows]

    def marks(self) -> dict[str, Report]:
        """The reports as they were last written, by name."""
        with self._explained():
            rows = self._rows.execute("SELECT name, report FROM marks")
            found = {name: thaw(text) for name, text in rows}
        return {name: report for name, report in found.items() if report}

    def record(self, rows: list[ClassRow], changes: list[Change]) -> None:
        """Replace the marks by those of these rows, and keep what has changed in them."""
        now = datetime.now(UTC).isoformat(" ", "seconds")
        lines = [(now, c.name, c.before, c.after, c.why) for c in changes]
        with self._explained():
            self._rows.execute("BEGIN")
            self._rows.executemany(
                "DELETE FROM marks WHERE name = ?",
                [(change.name,) for change in changes if change.after is None],
            )
            self._rows.executemany(
                "INSERT OR REPLACE INTO marks VALUES (?, ?)",
                ((row.submission.name, freeze(row.report)) for row in rows if not row.fault),
            )
            self._rows.executemany("INSERT INTO changes VALUES (?, ?, ?, ?, ?)", lines)
            self._rows.execute("COMMIT")

    def changes(self) -> list[Change]:
        """All changes of marks, the oldest first."""
        columns = 'name, before, after, why, "when"'
        with self._explained():
            rows = self._rows.execute(f"SELECT {columns} FROM changes ORDER BY rowid")
            return [Change(*row) for row in rows]

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
        tasks = [_task(json.dumps(task)) for task in fields.pop("tasks")]
        return Report(tasks=tasks, **fields)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


# Many students have the same verdict and the same wrong answer: equal ones are one object.
@functools.lru_cache(maxsize=2**14)
def _task(text: str) -> TaskReport:
    fields = json.loads(text)
    shared = {key: _shared(json.dumps(value)) for key, value in fields.items()}
    return TaskReport(**shared)


_shared = functools.lru_cache(maxsize=2**14)(json.loads)
