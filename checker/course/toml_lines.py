"""Line numbers of tables and keys in a TOML file, for messages about them."""

import re
from collections import Counter
from itertools import takewhile

PART = r"(?:[\w-]+|\"[^\"]*\"|'[^']*')"
KEYS = rf"{PART}(?:\s*\.\s*{PART})*"
HEADER = re.compile(rf"\s*(\[{{1,2}})\s*({KEYS})\s*\]")
ENTRY = re.compile(rf"\s*({KEYS})\s*=\s*(\"\"\"|''')?")

# Names of keys; behind that of an array of tables the number of one, behind that of a text with
# several lines the number of one of these.
Key = tuple[str | int, ...]


class Lines:
    """Where each key is in the text of a TOML file, which must be valid."""

    def __init__(self, text: str) -> None:
        self._places: list[tuple[Key, int]] = []
        counts: Counter[str] = Counter()
        table: Key = ()
        quotes, inside = "", list[Key]()  # of a text with several lines that has begun
        for number, line in enumerate(text.splitlines(), 1):
            if quotes:
                self._places.append(((*inside[0], len(inside)), number))
                inside.append(inside[0])
                quotes = "" if quotes in line else quotes
            elif header := HEADER.match(line):
                table = ()
                for name in _parts(header[2]):
                    table += (name, counts[name]) if not table and counts[name] else (name,)
                if header[1] == "[[":
                    name = str(table[0])
                    counts[name] += 1
                    table = (name, counts[name])
                self._places.append((table, number))
            elif entry := ENTRY.match(line):
                key = (*table, *_parts(entry[1]))
                self._places.append((key, number))
                rest = line[entry.end() :]
                if entry[2] and entry[2] not in rest:
                    quotes, inside = entry[2], [key]
                    if rest.strip():
                        self._places.append(((*key, 1), number))
                        inside.append(key)

    def of(self, *path: str | int) -> int:
        """The line of a key: `of("seconds")`, `of("task", 2, "points")`.

        If the key is not there, the line of the table that it should be in, or the first line.
        """
        most, found = 0, 1
        for place, number in self._places:
            pairs = takewhile(lambda pair: pair[0] == pair[1], zip(place, path, strict=False))
            shared = len(list(pairs))
            if shared > most and shared == min(len(place), len(path)):
                most, found = shared, number
        return found


def in_order(numbered: list[tuple[int, str]]) -> list[str]:
    """Sort problems by line and put the line in front of the words."""
    return [f"line {line}: {words}" for line, words in sorted(numbered)]


def _parts(keys: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(PART, keys)]
