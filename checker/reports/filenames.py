"""File names made from names of people: valid on any system, and all different."""

import re
import unicodedata

from checker.sandbox.plain_text import visible

LONGEST_FILENAME = 80  # bytes
# The names that Windows reserves for devices.
RESERVED_NAMES = {"con", "prn", "aux", "nul"}
RESERVED_NAMES |= {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}


def distinct(names: list[str]) -> list[str]:
    """A file name for each name, in the same order."""
    used: set[str] = set()
    numbers: dict[str, int] = {}  # the last one behind each name
    unique_names = []
    for name in names:
        safe = unique = _safe(name)
        while unique.casefold() in used:
            numbers[safe] = numbers.get(safe, 1) + 1
            unique = f"{safe}-{numbers[safe]}"
        used.add(unique.casefold())
        unique_names.append(unique)
    return unique_names


def _safe(name: str) -> str:
    words = re.sub(r"[^\w.-]+", "_", unicodedata.normalize("NFC", visible(name))).strip("._-")
    words = words.encode("utf-8", "ignore")[:LONGEST_FILENAME].decode("utf-8", "ignore")
    return (
        f"{words}_" if not words or words.partition(".")[0].casefold() in RESERVED_NAMES else words
    )
