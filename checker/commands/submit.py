"""check submit: pack what is handed in."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.course import assignment as assignments

if TYPE_CHECKING:
    from checker.student.hand_in import HandIn

MOST_SHOWN = 3  # functions that are named in a message


@click.command(short_help="Pack what you hand in.")
@click.argument("name")
@click.argument("file", required=False, type=click.Path(path_type=Path))
def submit(name: str, file: Path | None) -> None:
    """Write NAME-submission.zip with FILE, or the file here that solves assignment NAME.

    It also has your own modules that the file imports, and checked.txt, which says with what it was
    made and when the file was last checked. It has no marks and nothing about you or your computer.
    """
    from checker.student import names

    try:
        assignment = assignments.find(names.assignment(name) or name)
    except LookupError as error:
        raise click.UsageError(str(error)) from error
    from checker.grading import intake
    from checker.reports import screen
    from checker.student import hand_in, progress

    target = Path(f"{assignment.name}-submission.zip")
    try:
        path = file or intake.find(assignment, Path(), f"check submit {assignment.name} FILE")
        handed = hand_in.of(path)
        seen = progress.load(path.parent)
        checked = seen.last_check(path.name, handed.digest(assignment))
        found, lacking = hand_in.functions(assignment, handed)
        data = hand_in.packed(handed, _note(assignment, handed, found, lacking, checked))
        replaced = _write(target, data)
    except hand_in.IntakeError as error:
        raise click.UsageError(f"nothing was packed: {error}") from error
    except OSError as error:
        raise click.UsageError(f"{target} cannot be written: {error.strerror}.") from error
    lines = [
        f"{target} written with {_listed([handed.filename, *handed.modules])}."
        + (" It replaces the one that was made before." if replaced else ""),
        _missing(found, lacking),
        f"It was checked as it is: {checked}.{_open(seen.open(assignment))}"
        if checked
        else f"{_unchecked(assignment)}.",
        "Hand in this zip.",
    ]
    width = screen.size().columns
    click.echo("\n".join(row for line in lines for row in screen.wrapped(line, width)))


def _note(
    assignment: assignments.Assignment,
    handed: "HandIn",
    found: list[str],
    lacking: list[str],
    checked: str,
) -> str:
    import platform
    from importlib.metadata import version

    from checker.grading import declared_file
    from checker.student.progress import TIME

    now = datetime.now(UTC).strftime(TIME)
    used = f"gradproof {version('gradproof')}, numpy {version('numpy')}"
    lines = [
        declared_file.first_line(assignment.name, handed.filename),
        f"its modules: {', '.join(handed.modules) or 'none'}",
        f"its functions: {', '.join(found) or 'none of this assignment'}",
        f"not in it: {', '.join(lacking) or 'none, it has all functions'}",
        f"checked as it is here: {checked}" if checked else _unchecked(assignment),
        f"packed: {now}, with {used} and Python {platform.python_version()}",
    ]
    return "\n".join(lines) + "\n"


def _unchecked(assignment: assignments.Assignment) -> str:
    return f"Not checked since it was changed: run `check {assignment.name}` first"


def _missing(found: list[str], lacking: list[str]) -> str:
    if not lacking:
        return f"It has all {len(found)} functions of the assignment."
    shown = [*lacking[:MOST_SHOWN], *(["others"] if lacking[MOST_SHOWN:] else [])]
    total = len(found) + len(lacking)
    return f"It has {len(found)} of {total} functions, without {_listed(shown)}."


def _open(names: list[str]) -> str:
    shown = [*names[:MOST_SHOWN], *(["others"] if names[MOST_SHOWN:] else [])]
    return f" Not all points were given for {_listed(shown)}." if names else ""


def _listed(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _write(target: Path, data: bytes) -> bool:
    """Write the zip, and say whether it replaces an older one. Raises IntakeError otherwise."""
    from checker.student import hand_in

    there = target.is_symlink() or target.exists()
    if there and (target.is_symlink() or not hand_in.is_one(target)):
        raise hand_in.IntakeError(
            f"{target} is here already and is something else: rename it or move it."
        )
    unfinished = target.with_suffix(f".{os.getpid()}")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return there
