"""Known deviations of the reference from torch, each with its reason. No other case may differ.

The list is strict. Each case that matches the pattern of an entry must differ, otherwise the entry
is out of date. An entry that matches no case of a full run is an error too. The entries of the
oracle "golden" are about recordings, and the replay of a recording is as strict.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from checker.proof.oracles import versions

DEVIATIONS_FILE = Path(__file__).with_suffix(".toml")
RECORDINGS = "golden"  # the oracle of the entries about recordings


@dataclass(frozen=True)
class Deviation:
    """One entry. `operation`, `oracle` and `case` are patterns in which * stands for any text.

    `device` is where torch differs, cpu or cuda; without it, on both. A `fatal` case is not asked
    of torch, because its error makes a GPU unusable for the rest of the process.
    """

    operation: str
    oracle: str
    case: str
    reason: str
    device: str = ""
    fatal: bool = False

    def covers(self, operation: str, oracle: str, case: str, device: str = "") -> bool:
        """Whether the entry is about this case on a device, which is torch's default device."""
        pairs = ((operation, self.operation), (oracle, self.oracle), (case, self.case))
        if not all(fnmatchcase(text, pattern) for text, pattern in pairs):
            return False
        return not self.device or self.device == (device or _default_device())

    def __str__(self) -> str:
        where = f", on {self.device}" if self.device else ""
        return f"{self.operation}, {self.oracle}, {self.case}{where}"


def _default_device() -> str:
    try:
        import torch
    except ModuleNotFoundError:
        return "cpu"
    return str(torch.get_default_device().type)


@cache
def listed(version: str = "") -> tuple[Deviation, ...]:
    """The entries for a version of torch: the installed one, or all where torch is missing."""
    entries = tomllib.loads(DEVIATIONS_FILE.read_text(encoding="utf-8")).get("deviation", [])
    try:
        known = [entry for entry in entries if versions.holds(entry, version)]
    except ImportError:
        known = entries
    fields = tuple(Deviation.__dataclass_fields__)
    return tuple(Deviation(**{field: e[field] for field in fields if field in e}) for e in known)


def unmatched(seen: Iterable[str], device: str = "cpu") -> list[Deviation]:
    """The entries that are not among the deviations `seen` in a full run on this device."""
    matched = set(seen)
    return [
        deviation
        for deviation in listed()
        if str(deviation) not in matched
        and deviation.device in ("", device)
        and deviation.oracle != RECORDINGS
    ]
