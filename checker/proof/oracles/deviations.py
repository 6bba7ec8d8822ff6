"""Known deviations of the reference from torch, each with its reason. No other case may differ.

The list is strict. Each case that matches the pattern of an entry must differ, otherwise the entry
is out of date. An entry that matches no case of a full run is an error too.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from checker.proof.oracles import versions

DEVIATIONS_FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Deviation:
    """One entry. `operation`, `oracle` and `case` are patterns in which * stands for any text."""

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
    """The entries for the installed version of torch."""
    entries = tomllib.loads(DEVIATIONS_FILE.read_text(encoding="utf-8")).get("deviation", [])
    fields = ("operation", "oracle", "case", "reason")
    return tuple(Deviation(*(e[field] for field in fields)) for e in entries if versions.holds(e))


def unmatched(seen: Iterable[str]) -> list[Deviation]:
    """The entries that are not among the deviations `seen` in a full run."""
    matched = set(seen)
    return [deviation for deviation in listed() if str(deviation) not in matched]
