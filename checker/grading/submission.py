"""What is graded: the bytes of submitted files. They are not parsed here, and need no numpy."""

from dataclasses import dataclass, field

from checker.sandbox.endings import suffix


@dataclass(frozen=True)
class Opened:
    """A submitted file, or one in a submitted archive: its bytes, or what is wrong with it.

    `data` is None if it was not read. `defined` and `imported` are the names that its text seems to
    define and to import, once a worker has looked at it.
    """

    name: str
    folder: str = ""
    data: bytes | None = None
    problem: str = ""
    defined: frozenset[str] = field(default=frozenset())
    imported: frozenset[str] = field(default=frozenset())

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, such as ".py", or ""."""
        return suffix(self.name)


@dataclass(frozen=True)
class Submission:
    """A submission: the bytes and name of its file, and the other files by their paths.

    `elsewhere` are the functions of the assignment that only other files define, with their paths.
    """

    name: str
    filename: str
    data: bytes
    others: dict[str, bytes] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)
