"""Choose the file to grade among the files submitted, by its contents and not by its name.

This module searches the bytes of files but does not parse them. The worker finds out whether they
are Python.
"""

import contextlib
import re
from collections.abc import Iterator

from checker.course.assignment import Assignment
from checker.grading import archive
from checker.grading.files import File, IntakeError

LARGEST_FILES = {".py": 2 * 2**20, ".ipynb": 20 * 2**20}  # bytes, by the ending of the name
UNUSUAL_ENDINGS = {
    "": ".py",
    ".txt": ".py",
    ".text": ".py",
    ".pyw": ".py",
    ".py3": ".py",
    ".json": ".ipynb",
}
UNSUPPORTED_ARCHIVES = {
    ".rar": "RAR",
    ".7z": "7-Zip",
    ".xz": "xz",
    ".bz2": "bzip2",
    ".zst": "zstd",
}
LARGEST_TOTAL = 64 * 2**20  # bytes read of one submission, over all its files

# The number of functions of the assignment in a file, its name, and its bytes.
Candidate = tuple[int, str, bytes]


def choose(assignment: Assignment, files: tuple[File, ...]) -> tuple[str, bytes]:
    """The name and bytes of the file to grade. Raises IntakeError if there is none, or several."""
    problems: list[str] = []
    unpacked = list(_unpacked(files, problems))
    likely = _read(assignment, [f for f in unpacked if f.suffix in LARGEST_FILES], problems)
    best = _best(assignment, likely)
    if best is None:
        unusual = [f for f in unpacked if f.suffix in UNUSUAL_ENDINGS]
        best = _best(assignment, _read(assignment, unusual, problems))
    if best is None and len(likely) == 1:
        best = likely[0]
    if best is None:
        raise IntakeError(_why_none(assignment, unpacked, likely, problems))
    return best[1], best[2]


def beside(files: tuple[File, ...], chosen: str) -> dict[str, bytes]:
    """The other Python files of a submission, which the chosen one may import, by name."""
    others: dict[str, bytes] = {}
    left = LARGEST_FILES[".py"]
    for file in _unpacked(files, []):
        if file.suffix == ".py" and file.name != chosen:
            with contextlib.suppress(IntakeError):  # an unreadable file cannot be imported
                others[file.name] = file.read(left)
                left -= len(others[file.name])
    return others


def worth_a_look(file: File) -> bool:
    """Whether a file may be a submission, judged by its name alone."""
    return (
        file.suffix in LARGEST_FILES
        or file.suffix in UNSUPPORTED_ARCHIVES
        or file.suffix in archive.SUFFIXES
    )


def holds_work(assignment: Assignment, file: File) -> bool:
    """Whether a file with an unusual ending has functions of the assignment."""
    return file.suffix in UNUSUAL_ENDINGS and bool(_best(assignment, _read(assignment, [file], [])))


def _unpacked(files: tuple[File, ...], problems: list[str]) -> Iterator[File]:
    """The files, with those in archives. An archive inside an archive is not opened."""
    for file in files:
        if file.suffix not in archive.SUFFIXES:
            yield file
            continue
        try:
            yield from archive.of_submission(file).everything()
        except IntakeError as error:
            problems.append(str(error))


def _read(assignment: Assignment, files: list[File], problems: list[str]) -> list[Candidate]:
    names = "|".join(re.escape(task.function) for task in assignment.tasks)
    blank = "[ \\t]{0,20}"
    mark = re.compile(
        rf"\bdef[ \t]{blank}({names}){blank}\(|\b({names}){blank}={blank}lambda\b".encode()
    )
    candidates: list[Candidate] = []
    left = LARGEST_TOTAL
    for file in files:
        suffix = UNUSUAL_ENDINGS.get(file.suffix, file.suffix)
        try:
            data = file.read(min(LARGEST_FILES[suffix], left))
        except IntakeError as error:
            problems.append(str(error))
            continue
        left -= len(data)
        name = file.name if file.suffix == suffix else file.name + suffix
        defined = {match[1] or match[2] for match in mark.finditer(data)}
        candidates.append((len(defined), name, data))
    return candidates


def _best(assignment: Assignment, candidates: list[Candidate]) -> Candidate | None:
    """The candidate with the most functions of the assignment, or None if no file has any."""
    most = max((count for count, _, _ in candidates), default=0)
    best = [candidate for candidate in candidates if candidate[0] == most]
    if not most:
        return None
    if len({data for _, _, data in best}) > 1:
        from checker.handout.starter import starter  # imports the reference, and is rarely needed

        untouched = starter(assignment).encode()
        best = [file for file in best if file[2].strip() != untouched.strip()] or best
    named = [file for file in best if file[1].rpartition(".")[0] == assignment.name]
    best = named or best
    if len({data for _, _, data in best}) > 1:
        several = " and ".join(name for _, name, _ in best[:5])
        raise IntakeError(f"{several} could each be the submission: submit only one of them.")
    return best[0]


def _why_none(
    assignment: Assignment, files: list[File], likely: list[Candidate], problems: list[str]
) -> str:
    if not files and not problems:
        return "nothing was submitted"
    if problems:
        return problems[0]
    for file in files:
        if file.suffix in UNSUPPORTED_ARCHIVES:
            kind = UNSUPPORTED_ARCHIVES[file.suffix]
            return f"{file.name} is a {kind} archive: submit the .py file itself, or a .zip."
        if file.suffix in archive.SUFFIXES:
            return f"{file.name} is an archive inside an archive: submit the .py file itself."
    shown = ", ".join(file.name for file in files[:5]) + (", ..." if len(files) > 5 else "")
    if likely:
        return f"no function of {assignment.name} was found in {shown}."
    return f"no .py file or .ipynb notebook was submitted, only {shown}."
