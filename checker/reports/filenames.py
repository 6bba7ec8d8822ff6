"""Names of files made from names of people: safe on any system, and no two the same."""

import re
import unicodedata

LONGEST = 80
TAKEN = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def distinct(names: list[str]) -> list[str]:
    """One for each name, in their order."""
    used: set[str] = set()
    made = []
    for name in names:
        safe = _safe(name)
        unique, number = safe, 2
        while unique.casefold() in used:
            unique, number = f"{safe}-{number}", number + 1
        used.add(unique.casefold())
        made.append(unique)
    return made


def _safe(name: str) -> str:
    words = re.sub(r"[^\w.-]+", "_", unicodedata.normalize("NFC", name)).strip("._-")
    words = words.encode("utf-8", "ignore")[:LONGEST].decode("utf-8", "ignore")
    return f"{words}_" if not words or words.partition(".")[0].casefold() in TAKEN else words
