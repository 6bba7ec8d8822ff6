"""Which of the files handed in is the submission: by what is in it, not by what it is called.

Only bytes are looked at. Whether they are Python is found out by the worker, not here.
"""

import contextlib
import re
from collections.abc import Iterator

from checker.assignment import Assignment
from checker.classroom import archive
from checker.classroom.folder import File, IntakeError

LARGEST = {".py": 2 * 2**20, ".ipynb": 20 * 2**20}
ODD = {"": ".py", ".txt": ".py", ".text": ".py", ".pyw": ".py", ".py3": ".py", ".json": ".ipynb"}
UNOPENED = {".rar": "RAR", ".7z": "7-Zip", ".xz": "xz", ".bz2": "bzip2", ".zst": "zstd"}
MOST_READ = 64 * 2**20  # of one hand-in, over all its files

Found = tuple[int, str, bytes]  # how many functions of the assignment, the file's name, its bytes


def choose(assignment: Assignment, files: tuple[File, ...]) -> tuple[str, bytes]:
    """The file's name and bytes. Raises IntakeError where none is meant, or several could be."""
    problems: list[str] = []
    everything = list(_unpacked(files, problems))
    likely = _read(assignment, [f for f in everything if f.suffix in LARGEST], problems)
    best = _best(assignment, likely)
    if best is None:
        odd = [f for f in everything if f.suffix in ODD]
        best = _best(assignment, _read(assignment, odd, problems))
    if best is None and len(likely) == 1:
        best = likely[0]
    if best is None:
        raise IntakeError(_nothing(assignment, everything, likely, problems))
    return best[1], best[2]


def beside(files: tuple[File, ...], chosen: str) -> dict[str, bytes]:
    """The other Python files of a hand-in, which the chosen one may import."""
    found: dict[str, bytes] = {}
    left = LARGEST[".py"]
    for file in _unpacked(files, []):
        if file.suffix == ".py" and file.name != chosen:
            with contextlib.suppress(IntakeError):  # what cannot be read cannot be imported
                found[file.name] = file.read(left)
                left -= len(found[file.name])
    return found


def worth_a_look(file: File) -> bool:
    """Whether a file lying among others could be somebody's submission by its name alone."""
    return file.suffix in LARGEST or file.suffix in UNOPENED or file.suffix in archive.SUFFIXES


def holds_work(assignment: Assignment, file: File) -> bool:
    return file.suffix in ODD and bool(_best(assignment, _read(assignment, [file], [])))


def _unpacked(files: tuple[File, ...], problems: list[str]) -> Iterator[File]:
    """Archives are opened once: one inside another stays closed."""
    for file in files:
        if file.suffix not in archive.SUFFIXES:
            yield file
            continue
        try:
            yield from archive.of_submission(file).everything()
        except IntakeError as error:
            problems.append(str(error))


def _read(assignment: Assignment, files: list[File], problems: list[str]) -> list[Found]:
    names = "|".join(re.escape(task.function) for task in assignment.tasks)
    blank = "[ \\t]{0,20}"
    mark = re.compile(
        rf"\bdef[ \t]{blank}({names}){blank}\(|\b({names}){blank}={blank}lambda\b".encode()
    )
    found: list[Found] = []
    left = MOST_READ
    for file in files:
        suffix = ODD.get(file.suffix, file.suffix)
        try:
            data = file.read(min(LARGEST[suffix], left))
        except IntakeError as error:
            problems.append(str(error))
            continue
        left -= len(data)
        name = file.name if file.suffix == suffix else file.name + suffix
        defined = {match[1] or match[2] for match in mark.finditer(data)}
        found.append((len(defined), name, data))
    return found


def _best(assignment: Assignment, found: list[Found]) -> Found | None:
    """The one with most functions of the assignment; None where no file has any."""
    most = max((count for count, _, _ in found), default=0)
    best = [each for each in found if each[0] == most]
    if not most:
        return None
    if len({data for _, _, data in best}) > 1:
        from checker.starter import starter  # it imports the reference: seldom needed

        untouched = starter(assignment).encode()
        best = [each for each in best if each[2].strip() != untouched.strip()] or best
    named = [each for each in best if each[1].rpartition(".")[0] == assignment.name]
    best = named or best
    if len({data for _, _, data in best}) > 1:
        several = " and ".join(name for _, name, _ in best[:5])
        raise IntakeError(f"{several} could both be meant: leave one of them.")
    return best[0]


def _nothing(
    assignment: Assignment, files: list[File], likely: list[Found], problems: list[str]
) -> str:
    if not files and not problems:
        return "nothing was handed in"
    if problems:
        return problems[0]
    for file in files:
        if file.suffix in UNOPENED:
            kind = UNOPENED[file.suffix]
            return f"{file.name} is a {kind} archive: hand in the .py file itself, or a .zip."
        if file.suffix in archive.SUFFIXES:
            return f"{file.name} is an archive inside an archive: hand in the .py file itself."
    shown = ", ".join(file.name for file in files[:5]) + (", ..." if len(files) > 5 else "")
    if likely:
        return f"none of {shown} has a function of {assignment.name}."
    return f"no .py file and no .ipynb notebook among {shown}."
