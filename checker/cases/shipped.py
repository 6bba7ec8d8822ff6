"""The case sets of the shipped assignments, which an installed package has ready.

`python -m checker.cases.shipped FOLDER [NAME ...]` writes them. The build of a wheel does this, so
that nobody who installs one waits for cases. A working tree has none, because its code changes:
there `case_cache` makes them once.
"""

import sys
from pathlib import Path

from checker.course import assignment as assignments
from checker.course import code
from checker.course.assignment import Assignment
from checker.course.course import SHIPPED

FOLDER = Path(__file__).with_name("ready")


def file(assignment: Assignment) -> Path:
    """The file of an assignment, which exists only if a build has made it for the same tasks.

    Its name has a checksum of what a course can change: the tasks, where they come from, and code.
    """
    import hashlib  # takes time, and a process that is told the file does not need it

    shipped = assignment.folder.parent == SHIPPED
    known = repr((assignment.tasks, shipped, code.snapshot()[1]))
    return FOLDER / f"{assignment.name}-{hashlib.sha256(known.encode()).hexdigest()[:16]}.cases"


def write(name: str, folder: Path) -> None:
    """Make the case sets of one assignment and write its file into a folder."""
    from checker.cases import generation  # imports the reference and the mutants
    from checker.cases.case_set import freeze
    from checker.sandbox import wire

    assignment = assignments.find(name)
    found = {
        task.function: generation.generate(task, assignment.folder) for task in assignment.tasks
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file(assignment).name).write_bytes(wire.encode(freeze(found)))


def main(folder: Path, names: list[str]) -> None:
    """Write the files of these assignments, or of all."""
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor() as pool:
        for made in [pool.submit(write, name, folder) for name in names or assignments.names()]:
            made.result()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
