"""Choose the file to grade among the files submitted, by its contents and not by its name.

The files are only read here. A worker searches their text, and finds out whether it is Python.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from checker.course.assignment import Assignment
from checker.grading import declared_file, other_assignment, siblings
from checker.grading.reading import Reader
from checker.grading.submission import Opened, Submission
from checker.sandbox.archive import LARGEST as LARGEST_ARCHIVE
from checker.sandbox.endings import (
    ARCHIVES,
    LARGEST_FILES,
    UNSUPPORTED_ARCHIVES,
    UNUSUAL_ENDINGS,
    graded_name,
    suffix,
)
from checker.sandbox.folder import File, IntakeError

LARGEST_TOTAL = 64 * 2**20  # bytes read of one submission, over all its files
LARGEST_UNUSUAL = 8 * 2**20  # bytes read of its files with unusual endings, which may be data
LARGEST_UNPACKED = 48 * 2**20  # bytes unpacked of all its archives
SHOWN = 5  # names in a message


def opened(files: Iterable[File]) -> list[Opened]:
    """Read those files that may be, or may hold, the file to grade."""
    left = {False: LARGEST_TOTAL, True: LARGEST_UNUSUAL}  # by whether the ending is unusual
    found = []
    for file in files:
        unusual = file.suffix in UNUSUAL_ENDINGS
        limit = LARGEST_FILES.get(suffix(graded_name(file.name)), 0)
        if file.suffix in ARCHIVES:
            limit = LARGEST_ARCHIVE
        one = Opened(file.name, file.folder)
        if limit or not file.name:  # a problem of the whole folder has no name
            try:
                one = replace(one, data=file.read(min(limit, left[unusual])))
                left[unusual] -= len(one.data or b"")
            except IntakeError as error:
                one = replace(one, problem=str(error))
        found.append(one)
    return found


def submission(assignment: Assignment, files: list[Opened], reader: Reader) -> Submission:
    """The submission that these files are, without a name of its own.

    Raises IntakeError if no file can be graded, or several.
    """
    problems: list[str] = []
    found = list(_looked(assignment, files, reader, problems))
    unpacked = declared_file.preferred(assignment.name, found)
    best = _chosen(assignment, unpacked, reader, problems)
    others = siblings.importable(unpacked, best)
    known = {name: _path(file) for file in unpacked for name in file.defined}
    lacking = [name for name in assignment.names if name in known and name not in best.defined]
    elsewhere = {name: known[name] for name in lacking}
    return Submission("", graded_name(best.name), best.data or b"", others, elsewhere)


def _chosen(
    assignment: Assignment, unpacked: list[Opened], reader: Reader, problems: list[str]
) -> Opened:
    likely = [f for f in unpacked if f.suffix in LARGEST_FILES and f.data is not None]
    best = _best(assignment, likely)
    if best is None:
        unusual = [f for f in unpacked if f.suffix in UNUSUAL_ENDINGS]
        looked = list(_looked(assignment, unusual, reader, problems, unusual=True))
        best = _best(assignment, looked)
    if best is None and len(likely) == 1:
        best = likely[0]
    if best is None:
        raise IntakeError(_why_none(assignment, unpacked, likely, problems))
    return best


def _looked(
    assignment: Assignment,
    files: Iterable[Opened],
    reader: Reader,
    problems: list[str],
    *,
    unusual: bool = False,
) -> Iterator[Opened]:
    """The files with the names that they define, and those in archives.

    Without `unusual`, files with unusual endings are not looked at yet. An archive inside an
    archive is not opened.
    """
    left = LARGEST_UNPACKED
    for file in files:
        if file.suffix in UNUSUAL_ENDINGS and not unusual:
            yield file
            continue
        if file.problem:
            problems.append(file.problem)
        if file.data is None:
            yield file
            continue
        try:
            found = reader.look(file, left)
        except IntakeError as error:
            problems.append(str(error))
            continue
        if file.suffix in ARCHIVES:
            left -= sum(len(each.data or b"") for each in found)
            problems += [each.problem for each in found if each.problem]
            found = declared_file.preferred(assignment.name, found)
        yield from found


def worth_a_look(file: File) -> bool:
    """Whether a file may be a submission, judged by its name alone."""
    return file.suffix in (*LARGEST_FILES, *UNSUPPORTED_ARCHIVES, *ARCHIVES)


def holds_work(assignment: Assignment, file: File) -> bool:
    """Whether a file seems to have functions of the assignment. Archives are not opened."""
    if file.suffix in ARCHIVES:
        return False
    (read,) = opened([file])
    text = (read.data or b"").replace(b"\0", b"")  # UTF-16 has a zero beside each letter
    words = ("def ", "class ")
    return any(word.encode() + n.encode() in text for n in assignment.names for word in words)


def _best(assignment: Assignment, candidates: list[Opened]) -> Opened | None:
    """The candidate with the most functions of the assignment, or None if no file has any."""
    wanted = set(assignment.names)
    available = {name for file in candidates for name in file.defined & wanted}
    if not available:
        return None

    def rank(file: Opened) -> tuple[int, int]:
        """How many functions it has, with imported ones that are available, and without."""
        own = file.defined & wanted
        return len(own | file.imported & available), len(own)

    most = max(map(rank, candidates))
    best = [file for file in candidates if rank(file) == most]
    if len({file.data for file in best}) > 1:
        from checker.handout.starter import starter  # imports the reference, and is rarely needed

        untouched = starter(assignment).encode().strip()
        best = [file for file in best if (file.data or b"").strip() != untouched] or best
    named = [file for file in best if graded_name(file.name).rpartition(".")[0] == assignment.name]
    best = named or best
    if len({file.data for file in best}) > 1:
        several = " and ".join(map(_path, best[:SHOWN]))
        raise IntakeError(f"{several} could each be the submission: submit only one of them.")
    return best[0]


def _path(file: Opened) -> str:
    return file.folder + graded_name(file.name)


def _why_none(
    assignment: Assignment, files: list[Opened], likely: list[Opened], problems: list[str]
) -> str:
    if not files and not problems:
        return "nothing was submitted"
    if problems:
        return problems[0]
    for file in files:
        if file.suffix in UNSUPPORTED_ARCHIVES:
            kind = UNSUPPORTED_ARCHIVES[file.suffix]
            return f"{file.name} is a {kind} archive: submit the .py file itself, or a .zip."
        if file.suffix in ARCHIVES:
            return f"{file.name} is an archive inside an archive: submit the .py file itself."
    shown = ", ".join(file.name for file in files[:SHOWN]) + (", ..." if len(files) > SHOWN else "")
    if likely:
        words = other_assignment.words(set().union(*(file.defined for file in likely)))
        why = f": {words}" if words else ""
        return f"no function of {assignment.name} was found in {shown}{why}."
    return f"no .py file or .ipynb notebook was submitted, only {shown}."
