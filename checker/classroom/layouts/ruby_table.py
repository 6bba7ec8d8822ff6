r"""Reads from Gradescope's submission_metadata.yml who submitted what.

The file is YAML as Ruby writes it, with a colon before each key. Most of it is earlier results,
which no grade depends on. Reading it line by line skips them. A worker cannot load a YAML library
once it has shut itself in, and earlier every `check` would wait for it. Tests compare with one.

    submission_123456789:
      :submitters:
      - :name: Ada Lovelace
        :sid: '100'
      :created_at: 2023-09-20 10:11:12.123456000 -07:00
      :history:
      - :created_at: 2023-09-19 10:11:12.123456000 -07:00

Text written by a student is never taken for a key: Ruby quotes it, or indents it deeper than the
keys that are read here. Only a line feed ends a line: other separators may stand in such text.
"""

import io
import re
import sys
from dataclasses import dataclass, field

TOP_LINE = re.compile(r"(?P<quote>[\"']?)(?P<name>[^\s:\"'#-][^:]*?)(?P=quote):\s*$")
KEY_LINE = re.compile(r"  :(?P<key>\w+):(?P<value>.*)$")
ITEM_LINE = re.compile(r"(?P<indent>  |    )- :?(?P<key>\w+):(?P<value>.*)$")
FIELD_LINE = re.compile(r"(?P<indent>    |      ):?(?P<key>\w+):(?P<value>.*)$")
# In double quotes. A line end is a blank there, unless a backslash stands before it.
ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))|\n", re.DOTALL
)
ESCAPES = {"\n": "", "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f"}
ESCAPES |= {"r": "\r", "e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"}
ESCAPES |= {letter: letter for letter in ' "/\\'}
BLOCK_MARK = re.compile(r"[|>][-+0-9]*\Z")  # before a text of several lines


@dataclass
class Entry:
    """One submission: its submitters, its time, and the number of earlier submissions."""

    submitters: list[dict[str, str]] = field(default_factory=list)
    created_at: str = ""
    earlier: int = 0


class _Submitters:
    """The list of submitters of one entry. All of its keys are indented alike."""

    def __init__(self) -> None:
        self.people: list[dict[str, list[str]]] = []  # the lines of each value
        self._indent = ""
        self._last: list[str] = []

    def add(self, line: str) -> None:
        item = ITEM_LINE.match(line)
        part = FIELD_LINE.match(line)
        if item and self._indent in ("", item["indent"]):
            self._indent = item["indent"]
            self.people.append({})
            self._set(item)
        elif part and self.people and part["indent"] == f"{self._indent}  ":
            self._set(part)
        else:  # a long name continues on the next line
            self._last.append(line.strip())

    def _set(self, match: re.Match[str]) -> None:
        self._last = self.people[-1].setdefault(match["key"], [])
        self._last[:] = [match["value"].strip()]


def entries(text: str) -> dict[str, Entry]:
    """The entries of the file, by the names of their folders."""
    by_folder: dict[str, Entry] = {}
    submitters: dict[str, _Submitters] = {}
    entry, people, section, indent = Entry(), _Submitters(), "", ""
    for line in io.StringIO(text):  # a list of all lines could need many times the memory
        if top := TOP_LINE.match(line):
            entry, section = by_folder.setdefault(top["name"], Entry()), ""
            people = submitters.setdefault(top["name"], _Submitters())
        elif key := KEY_LINE.match(line):
            section, indent = key["key"], ""
            if section == "created_at":
                entry.created_at = _scalar(key["value"])
        elif section == "submitters":
            people.add(line)
        elif section == "history" and (item := ITEM_LINE.match(line)):
            indent = indent or item["indent"]
            entry.earlier += item["indent"] == indent
    for name, entry in by_folder.items():
        entry.submitters = [
            {key: _joined(lines) for key, lines in fields.items()}
            for fields in submitters[name].people
        ]
    return by_folder


def _joined(lines: list[str]) -> str:
    """A value that may go over several lines, or stand below a mark such as `|-`."""
    below = len(lines) > 1 and BLOCK_MARK.fullmatch(lines[0])
    return " ".join(lines[1:]) if below else _scalar("\n".join(lines))


def _scalar(text: str) -> str:
    text = text.strip()
    if text[:1] == text[-1:] == "'" and len(text) > 1:
        return text[1:-1].replace("''", "'").replace("\n", " ")
    if text[:1] == text[-1:] == '"' and len(text) > 1:
        return ESCAPE.sub(_unescaped, text[1:-1])
    return "" if text in ("~", "null") else text.replace("\n", " ")


def _unescaped(match: re.Match[str]) -> str:
    *numbers, letter = match.groups()
    for number in filter(None, numbers):
        return chr(int(number, 16)) if int(number, 16) <= sys.maxunicode else match[0]
    return ESCAPES.get(letter, match[0]) if letter else " "
