"""A folder of files, on a disk or in an archive. The contents of a file are read on demand.

The rest of the grader uses only these two records. They have no operation that follows a link,
opens a device or writes a file.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from checker.sandbox import shortage
from checker.sandbox.endings import suffix

DEEPEST_FOLDER = 24

# Files and folders that operating systems and tools create.
RUBBISH = {"__MACOSX", "__pycache__", "node_modules", "venv", "env", "site-packages"}
RUBBISH |= {"Thumbs.db", "desktop.ini"}


class IntakeError(ValueError):
    """There is no file to grade. The message says why."""


@dataclass(frozen=True)
class File:
    """A file: its name, its size, and a function that reads up to a given number of bytes.

    If the file cannot be read, `problem` says why. `folder` is the path of its folder inside the
    submission, with a slash at the end, or empty.
    """

    name: str
    size: int = 0
    opened: Callable[[int], bytes] = bytes
    problem: str = ""
    folder: str = ""

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, such as ".py", or ""."""
        return suffix(self.name)

    def read(self, limit: int) -> bytes:
        """All bytes of the file. Raises IntakeError if it is too large or cannot be read."""
        if self.problem:
            raise IntakeError(self.problem)
        if self.size > limit:
            raise IntakeError(too_large(self.name, self.size, limit))
        try:
            data = self.opened(limit + 1)
        except OSError as error:
            if shortage.explained(error):  # no fault of the file
                raise
            raise IntakeError(f"{self.name} cannot be read: {error.strerror or error}.") from error
        if len(data) > limit:  # the file has grown, or its archive declares a wrong size
            raise IntakeError(too_large(self.name, len(data), limit))
        return data


@dataclass
class Folder:
    """A folder: its files and folders by name, sorted by name."""

    name: str
    files: dict[str, File] = field(default_factory=dict)
    folders: dict[str, "Folder"] = field(default_factory=dict)

    def everything(self, inside: str = "") -> Iterator[File]:
        """All files in this folder and in the folders inside it. `inside` is its own path."""
        yield from (replace(file, folder=inside) for file in self.files.values())
        for folder in self.folders.values():
            yield from folder.everything(f"{inside}{folder.name}/")

    def sort(self) -> None:
        """Sort the files and folders by name, at all levels."""
        self.files = dict(sorted(self.files.items()))
        self.folders = dict(sorted(self.folders.items()))
        for folder in self.folders.values():
            folder.sort()


def rubbish(name: str) -> bool:
    """Whether a file or folder of this name is ignored."""
    return name in RUBBISH or name.startswith(".")


def too_large(name: str, size: int, limit: int) -> str:
    """The message for a file that is too large. Its size is rounded up, and the limit down."""
    return f"{name} has {-(-size // 2**20)} MiB; {limit // 2**20} MiB are allowed."
