"""What a student hands in: the file that is graded, the modules that it imports, and a note.

The zip holds nothing about the computer, and its bytes depend on the contents alone.
"""

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from checker.course.assignment import Assignment
from checker.grading import declared_file, intake, siblings
from checker.sandbox import archive, code_text
from checker.sandbox.folder import IntakeError

__all__ = ["HandIn", "IntakeError", "functions", "is_one", "of", "packed"]

# The rest of an import statement, which a backslash continues. In a notebook, \n ends a line.
IMPORTED = re.compile(rb"\b(?:from|import)\b(?:[^\n\\]|\\[\s\S])*")
BY_NAME = re.compile(rb"\bimport_module\b|\b__import__\b")
WORD = re.compile(rb"[A-Za-z_]\w*")


@dataclass(frozen=True)
class HandIn:
    """The file to grade, and the modules that it imports, by their paths in its folder."""

    filename: str
    data: bytes
    modules: dict[str, bytes]

    @property
    def digest(self) -> str:
        """A digest of all names and contents."""
        digest = hashlib.sha256()
        for name, data in {self.filename: self.data, **self.modules}.items():
            digest.update(f"{name!r} {len(data)}\n".encode() + data)
        return digest.hexdigest()


def of(path: Path) -> HandIn:
    """What is handed in with this file. Raises IntakeError if a part cannot be read."""
    data = intake.read(path).data
    files = {file.folder + file.name: file for file in siblings.mentioned(path, data)}
    modules: dict[str, bytes] = {}
    new = [data]
    while new:
        words = _imported(new.pop())
        for name in sorted(files):
            if name.partition("/")[0].removesuffix(".py") in words:
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
    asked = [task.function for task in assignment.tasks]
    if re.search(rb"\bimport\s*\*", handed.data):
        for name, data in handed.modules.items():
            imported |= code_text.names(name, data)[0]
    found = [name for name in asked if name in defined | imported]
    return found, [name for name in asked if name not in found]


def packed(handed: HandIn, note: str) -> bytes:
    """The zip. Raises IntakeError if a grader would not find each file in it under its name."""
    files = {handed.filename: handed.data, **handed.modules, declared_file.NOTE: note.encode()}
    data = io.BytesIO()
    try:
        with zipfile.ZipFile(data, "w") as written:
            for name, content in files.items():
                written.writestr(_entry(name), content)
    except UnicodeEncodeError as error:
        raise IntakeError(f"{error.object!r} {NAMED_BADLY}") from error
    found = {f.folder + f.name: f for f in archive.of_submission("", data.getvalue()).everything()}
    for name, content in files.items():
        file = found.get(name)
        if file is None or file.problem or file.read(len(content)) != content:
            raise IntakeError(f"{name!r} {NAMED_BADLY}")
    if declared_file.declared(note.encode())[1] != handed.filename:
        raise IntakeError(f"{handed.filename!r} {NAMED_BADLY}")
    return data.getvalue()


NAMED_BADLY = "cannot be handed in under this name: rename the file, with letters and digits only."


def is_one(path: Path) -> bool:
    """Whether this is a zip that was made here, and may be replaced."""
    try:
        with zipfile.ZipFile(path) as found, found.open(declared_file.NOTE) as note:
            return declared_file.declared(note.read(1000)) != ("", "")
    except Exception:  # a damaged zip raises many kinds of exceptions
        return False


def _imported(data: bytes) -> set[str]:
    """The words of the import statements in a file, or all if modules are imported by name."""
    lines = data.replace(b"\\n", b"\n")
    texts = [data] if BY_NAME.search(data) else IMPORTED.findall(lines)
    return {word.decode() for text in texts for word in WORD.findall(text)}


def _entry(name: str) -> zipfile.ZipInfo:
    """Not compressed: how bytes are compressed depends on the computer."""
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
