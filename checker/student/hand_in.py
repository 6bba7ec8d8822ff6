"""What a student hands in: the file that is graded, the modules that it imports, and a note.

The zip holds nothing about the computer, and its bytes depend on the contents alone.
"""

import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path

from checker.course.assignment import Assignment
from checker.grading import declared_file, intake, siblings
from checker.sandbox import code_text, encoding, notebook_cells
from checker.sandbox.folder import IntakeError

__all__ = ["HandIn", "IntakeError", "functions", "gathered", "is_one", "of", "packed"]

# An import statement up to a comment. A backslash continues it. In a notebook, \n ends a line.
IMPORTED = re.compile(r"\b(?:from|import)\b(?:[^\n\\#]|\\[\s\S])*")
BY_NAME = re.compile(r"\bimport_module\b|\b__import__\b")


@dataclass(frozen=True)
class HandIn:
    """The file to grade, and the modules that it imports, by their paths in its folder."""

    filename: str
    data: bytes
    modules: dict[str, bytes]

    def digest(self, assignment: Assignment) -> str:
        """A digest of all names and contents. Of a notebook, only what the tasks need counts."""
        digest = hashlib.sha256()
        files = {self.filename: self.data, **self.modules}
        if self.filename.lower().endswith(".ipynb"):
            needed = _meaning(self.data, list(assignment.names))
            files = {"": needed, **self.modules}
        for name, data in files.items():
            digest.update(f"{name!r} {len(data)}\n".encode() + data)
        return digest.hexdigest()


def of(path: Path) -> HandIn:
    """What is handed in with this file. Raises IntakeError if a part cannot be read."""
    return gathered(path, intake.read(path).data)


def gathered(path: Path, data: bytes) -> HandIn:
    """What is handed in with a file of this content. Raises IntakeError as `of` does."""
    files = {file.folder + file.name: file for file in siblings.mentioned(path, data)}
    modules: dict[str, bytes] = {}
    new = [data]
    while new:
        words = _imported(new.pop())
        for name in sorted(files):
            if siblings.module(name) in words:
                file = files.pop(name)
                if file.problem:
                    raise IntakeError(f"{path.name} imports {name}, but {file.problem}")
                modules[name] = file.data or b""
                new.append(modules[name])
    modules.pop(path.name, None)
    if sum(map(len, modules.values())) > siblings.LARGEST:
        limit = siblings.LARGEST // 2**20
        raise IntakeError(
            f"the modules that {path.name} imports have more than {limit} MiB together, "
            "which is too much to be graded."
        )
    return HandIn(path.name, data, dict(sorted(modules.items())))


def functions(assignment: Assignment, handed: HandIn) -> tuple[list[str], list[str]]:
    """The functions of the assignment that the file defines or imports, and those that it lacks."""
    defined, imported = code_text.names(handed.filename, handed.data)
    asked = assignment.names
    if re.search(rb"\bimport\s*\*", handed.data):
        for name, data in handed.modules.items():
            imported |= code_text.names(name, data)[0]
    found = [name for name in asked if name in defined | imported]
    return found, [name for name in asked if name not in found]


def packed(handed: HandIn, note: str) -> bytes:
    """The zip. Raises IntakeError if a grader would not find each file in it under its name."""
    import zipfile

    from checker.sandbox import archive

    files = {handed.filename: handed.data, **handed.modules, declared_file.NOTE: note.encode()}
    data = io.BytesIO()
    try:
        with zipfile.ZipFile(data, "w") as written:
            for name, content in files.items():
                entry = zipfile.ZipInfo(name)
                entry.create_system = 3
                entry.external_attr = 0o644 << 16
                # Not compressed: how bytes are compressed depends on the computer.
                written.writestr(entry, content)
    except UnicodeEncodeError as error:
        raise IntakeError(f"{error.object!r} {NAMED_BADLY}") from error
    found = {f.folder + f.name: f for f in archive.of_submission("", data.getvalue()).everything()}
    for name, content in files.items():
        file = found.get(name)
        unclear = "\\" in name  # a folder on one system, a letter on another
        if unclear or file is None or file.problem or file.read(len(content)) != content:
            raise IntakeError(f"{name!r} {NAMED_BADLY}")
    if declared_file.declared(note.encode())[1] != handed.filename:
        raise IntakeError(f"{handed.filename!r} {NAMED_BADLY}")
    return data.getvalue()


NAMED_BADLY = "cannot be handed in under this name: rename the file, with letters and digits only."


def is_one(path: Path) -> bool:
    """Whether this is a zip that was made here, and may be replaced."""
    import zipfile

    try:
        with zipfile.ZipFile(path) as found, found.open(declared_file.NOTE) as note:
            return declared_file.declared(note.read(1000)) != ("", "")
    except Exception:  # a damaged zip raises many kinds of exceptions
        return False


def _meaning(data: bytes, functions: list[str]) -> bytes:
    """What the code of a notebook says about these functions; all of it, if it is none."""
    try:
        cells = notebook_cells.cells(encoding.text(data))
    except ValueError:
        return data
    from checker.student import dependence

    return "\n".join(dependence.meaning(cells, functions)).encode()


def _imported(data: bytes) -> set[str]:
    """The words of the import statements in a file, or all if modules are imported by name."""
    text = siblings.text(data).replace("\\n", "\n")
    statements = [text] if BY_NAME.search(text) else IMPORTED.findall(text)
    return siblings.words("\n".join(statements))
