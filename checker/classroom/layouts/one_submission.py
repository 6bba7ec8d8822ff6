"""One submission: the file, the archive or the folder of a single student, such as a repository.

`--one` says that a path is one. Without it, a folder is one only where nothing else can be meant: a
file in it is named after the assignment, or declared by the note of `check submit`, and the others
are its modules, files for other assignments, or what lies in many folders of code.
"""

import os
import re
from itertools import islice
from pathlib import Path

from checker.classroom.class_list import ClassSubmission
from checker.course import assignment as assignments
from checker.course.assignment import Assignment
from checker.grading import declared_file, files
from checker.grading.choose_file import holds_work, opened, worth_a_look
from checker.grading.files import File, Folder, IntakeError
from checker.sandbox.endings import (
    ARCHIVES,
    LARGEST_FILES,
    UNSUPPORTED_ARCHIVES,
    UNUSUAL_ENDINGS,
)

LARGEST = 16 * 2**20  # bytes of code in which functions are looked for
CODE = {*LARGEST_FILES, *UNUSUAL_ENDINGS}
IMPORTS = re.compile(r'(?m)^[ \t"]*(?:from|import)\b([^\n]*)')
OF_NO_STUDENT = re.compile(
    r"(?:(?:tests?|docs?|build|dist)|(?:conftest|setup|noxfile|test_.*|.*_test)\.py"
    r"|readme(?:\..*)?|.*\.egg-info)",
    re.IGNORECASE,
)


def read(path: Path) -> ClassSubmission:
    """The submission that a file is. Raises IntakeError if there is no such file."""
    try:
        with os.scandir(path.resolve().parent) as entries:
            (file,) = [files.of_entry(each) for each in entries if each.name == path.resolve().name]
    except (OSError, ValueError) as error:
        raise IntakeError(f"there is no file or folder {path}.") from error
    return ClassSubmission(path.stem, (file,), origin=path.stem)


def of_folder(folder: Folder) -> ClassSubmission:
    """The submission that a folder is."""
    return ClassSubmission(folder.name, tuple(folder.everything()), origin=folder.name)


def clear(folder: Folder, assignment: Assignment, repository: bool) -> bool:
    """Whether a folder can only be one submission. A `repository` has a history in git."""
    main = _main(folder, assignment)
    if main is None:
        code = [file for file in folder.everything() if file.suffix in CODE]
        found = (file for file in code if holds_work(assignment, file))
        return repository and _size(code) <= LARGEST and len(list(islice(found, 2))) == 1
    own = _with_modules(folder, main)
    rest = (file for name, file in folder.files.items() if name not in own)
    deeper = [file for each in folder.folders.values() for file in each.everything()]
    return not (
        any(_of_another(assignment, file) for file in rest)
        or _may_hold_work(assignment, deeper)
        or _doubled(assignment, own)
    )


def of_no_student(assignment: Assignment, entry: File | Folder) -> bool:
    """Whether this lies in many folders of code, and has no function of the assignment."""
    if not OF_NO_STUDENT.fullmatch(entry.name):
        return False
    inside = list(entry.everything()) if isinstance(entry, Folder) else [entry]
    return not _may_hold_work(assignment, inside)


def _may_hold_work(assignment: Assignment, files: list[File]) -> bool:
    """Whether functions of the assignment are in the files, or too much of them to look for any."""
    code = [file for file in files if file.suffix in CODE]
    archive = any(file.suffix in (*ARCHIVES, *UNSUPPORTED_ARCHIVES) for file in files)
    return archive or _size(code) > LARGEST or any(holds_work(assignment, file) for file in code)


def _size(files: list[File]) -> int:
    return sum(file.size for file in files)


def _main(folder: Folder, assignment: Assignment) -> File | None:
    """The file that is declared, or else named after the assignment, if there is one."""
    (note,) = opened([folder.files.get(declared_file.NOTE, File(declared_file.NOTE))])
    name, filename = declared_file.declared(note.data or b"")
    if name == assignment.name and filename in folder.files:
        return folder.files[filename]
    named = [
        file
        for file in folder.files.values()
        if file.suffix in LARGEST_FILES and _stem(file) == assignment.name
    ]
    return named[0] if len(named) == 1 else None


def _with_modules(folder: Folder, main: File) -> dict[str, str]:
    """The text of the main file and of those beside it that it imports, directly or not."""
    texts: dict[str, str] = {}
    waiting = [main]
    while waiting:
        (read,) = opened([waiting.pop()])
        texts[read.name] = (read.data or b"").decode("utf-8", "replace")
        words = set(re.findall(r"\w+", " ".join(IMPORTS.findall(texts[read.name]))))
        known = {*texts, *(file.name for file in waiting)}
        waiting += [
            file
            for name, file in folder.files.items()
            if name.endswith(".py") and name[:-3] in words and name not in known
        ]
    return texts


def _doubled(assignment: Assignment, texts: dict[str, str]) -> bool:
    """Whether two of the texts define one function, as those of two students do."""
    return any(
        sum(f"def {name}(" in text or f"class {name}" in text for text in texts.values()) > 1
        for name in assignment.names
    )


def _of_another(assignment: Assignment, file: File) -> bool:
    """Whether a file may be the submission of another student."""
    likely = worth_a_look(file) or holds_work(assignment, file)
    known = _stem(file) in assignments.names() or file.name == declared_file.NOTE
    return likely and not known and not of_no_student(assignment, file)


def _stem(file: File) -> str:
    return file.name.removesuffix(file.suffix).casefold()
