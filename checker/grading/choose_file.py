"""Choose the file to grade among the files submitted, by its contents and not by its name.

This module searches the text of files but does not parse it. The worker finds out whether it is
Python.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.course.assignment import Assignment
from checker.grading import archive, other_assignment, siblings
from checker.grading.files import File, IntakeError
from checker.grading.session import Submission
from checker.sandbox import encoding

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

IMPORTED = re.compile(r"\bfrom[ \t]+[\w.]+[ \t]+import[ \t]*(\([^)]{0,2000}\)|[^\n]*)")
BLANKS = r"[ \t]{0,20}"


@dataclass(frozen=True)
class Candidate:
    """A file, the name it is graded under, its bytes, and its functions of the assignment.

    `imported` are the functions that it only imports, from another file.
    """

    file: File
    name: str
    data: bytes
    functions: set[str]
    imported: set[str]

    def rank(self, available: set[str]) -> tuple[int, int]:
        """How many functions the file has, with imported ones that are available, and without."""
        return len(self.functions | self.imported & available), len(self.functions)


def submission(assignment: Assignment, files: tuple[File, ...]) -> Submission:
    """The submission that these files are, without a name of its own.

    Raises IntakeError if no file can be graded, or several.
    """
    problems: list[str] = []
    unpacked = list(_unpacked(files, problems))
    best = _chosen(assignment, unpacked, problems)
    return Submission("", best.name, best.data, siblings.importable(unpacked, best.file))


def _chosen(assignment: Assignment, unpacked: list[File], problems: list[str]) -> Candidate:
    likely = _read(assignment, [f for f in unpacked if f.suffix in LARGEST_FILES], problems)
    best = _best(assignment, likely)
    if best is None:
        unusual = [f for f in unpacked if f.suffix in UNUSUAL_ENDINGS]
        best = _best(assignment, _read(assignment, unusual, problems))
    if best is None and len(likely) == 1:
        best = likely[0]
    if best is None:
        raise IntakeError(_why_none(assignment, unpacked, likely, problems))
    return best


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
    wanted = {task.function for task in assignment.tasks}
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
        candidates.append(Candidate(file, name, data, *named(name, data, wanted)))
    return candidates


def named(filename: str, data: bytes, wanted: Iterable[str]) -> tuple[set[str], set[str]]:
    """The functions among `wanted` that the text of a file seems to define, and to import."""
    try:
        text = encoding.text(data)
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if filename.lower().endswith(".ipynb"):  # the text of a cell is a JSON string
        text = text.replace("\\n", "\n").replace("\\t", "\t")
    names = "|".join(map(re.escape, wanted))
    mark = rf"\bdef[ \t]{BLANKS}({names}){BLANKS}\(|\b({names}){BLANKS}={BLANKS}lambda\b"
    defined = {match[1] or match[2] for match in re.finditer(mark, text)}
    imports = " ".join(match[1] for match in IMPORTED.finditer(text))
    return defined, set(wanted).intersection(re.findall(r"\w+", imports))


def _best(assignment: Assignment, candidates: list[Candidate]) -> Candidate | None:
    """The candidate with the most functions of the assignment, or None if no file has any."""
    available = {name for candidate in candidates for name in candidate.functions}
    if not available:
        return None
    most = max(candidate.rank(available) for candidate in candidates)
    best = [candidate for candidate in candidates if candidate.rank(available) == most]
    if len({candidate.data for candidate in best}) > 1:
        from checker.handout.starter import starter  # imports the reference, and is rarely needed

        untouched = starter(assignment).encode()
        best = [file for file in best if file.data.strip() != untouched.strip()] or best
    named = [file for file in best if file.name.rpartition(".")[0] == assignment.name]
    best = named or best
    if len({candidate.data for candidate in best}) > 1:
        several = " and ".join(candidate.name for candidate in best[:5])
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
        known = {name for names in other_assignment.functions().values() for name in names}
        found = set().union(*(named(file.name, file.data, known)[0] for file in likely))
        words = other_assignment.words(found)
        why = f": {words}" if words else ""
        return f"no function of {assignment.name} was found in {shown}{why}."
    return f"no .py file or .ipynb notebook was submitted, only {shown}."
