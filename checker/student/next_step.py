"""What comes after full marks: which files to hand in, and the next assignment of the course."""

from pathlib import Path

from checker.course import assignment as assignments
from checker.course.assignment import Assignment
from checker.student import hand_in, names, progress


def words(assignment: Assignment, path: Path, only: tuple[str, ...]) -> str:
    """The sentences for a right file, which may import files beside it.

    If `only` some tasks were graded, they say how to grade all.
    """
    if only:
        return f"Right. `check {assignment.name}` grades all tasks."
    files = " and ".join([path.name, *_imported(path)])
    allowed = assignment.solution != "never"
    more = " `check explain TASK --solution` shows the way of the library." * allowed
    return (
        f"All right. Hand in {files}. `check submit {assignment.name}` packs that.{more} "
        f"{_next(assignment, path.parent)}"
    )


def _imported(path: Path) -> list[str]:
    """The files that a file imports, also by way of one another."""
    try:
        return list(hand_in.of(path).modules)
    except (OSError, hand_in.IntakeError):  # `check submit` says what cannot be packed
        return []


def _next(assignment: Assignment, folder: Path) -> str:
    course = list(assignments.names())
    known = progress.load(folder)
    for name in course[course.index(assignment.name) + 1 :]:
        following = assignments.find(name)
        if not known.finished(following):
            return f"Next, {following.title}: `{names.beginning(name, folder)}`"
    return "It is the last one of the course."
