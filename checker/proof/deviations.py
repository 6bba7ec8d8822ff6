"""Known differences between the reference and torch, each with its reason; nothing else may differ.

The list is strict. An entry must hold in every case that its pattern names, or it is no longer
true; an entry that names no case of a full run is an error too.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from checker.proof import versions

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Deviation:
    """`operation` and `case` are patterns, where * stands for any text."""

    operation: str
    oracle: str
    case: str
    reason: str

    def covers(self, operation: str, oracle: str, case: str) -> bool:
        pairs = ((operation, self.operation), (oracle, self.oracle), (case, self.case))
        return all(fnmatchcase(text, pattern) for text, pattern in pairs)

    def __str__(self) -> str:
        return f"{self.operation}, {self.oracle}, {self.case}"


@cache
def listed() -> tuple[Deviation, ...]:
    """Those that hold for the torch that is installed."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8")).get("deviation", [])
    fields = ("operation", "oracle", "case", "reason")
    return tuple(Deviation(*(e[field] for field in fields)) for e in entries if versions.holds(e))


def unmatched(seen: Iterable[str]) -> list[Deviation]:
    """Entries that excused nothing in a full run, whose deviations are `seen`."""
    met = set(seen)
    return [deviation for deviation in listed() if str(deviation) not in met]
