r"""Reads from Gradescope's submission_metadata.yml who submitted what.

The file is YAML as Ruby writes it, with a colon before each key. Most of it is earlier results,
which no grade depends on. Reading it line by line skips them and needs no YAML library.

    submission_123456789:
      :submitters:
      - :name: Ada Lovelace
        :sid: '100'
      :created_at: 2023-09-20 10:11:12.123456000 -07:00
      :history:
      - :created_at: 2023-09-19 10:11:12.123456000 -07:00

Text written by a student is never taken for a key: Ruby quotes it, or indents it deeper than the
keys that are read here.
"""

import json
import re
from dataclasses import dataclass, field

TOP_LINE = re.compile(r"(?P<quote>[\"']?)(?P<name>[^\s:\"'#-][^:]*?)(?P=quote):\s*$")
KEY_LINE = re.compile(r"  :(?P<key>\w+):(?P<value>.*)$")
ITEM_LINE = re.compile(r"(?P<indent>  |    )- :?(?P<key>\w+):(?P<value>.*)$")
FIELD_LINE = re.compile(r"(?P<indent>    |      ):?(?P<key>\w+):(?P<value>.*)$")


@dataclass
class Entry:
    """One submission: its submitters, its time, and the number of earlier submissions."""

    submitters: list[dict[str, str]] = field(default_factory=list)
    created_at: str = ""
    earlier: int = 0


def entries(text: str) -> dict[str, Entry]:
    """The entries of the file, by the names of their folders."""
    by_folder: dict[str, Entry] = {}
    entry, section, last = Entry(), "", ""
    for line in text.splitlines():
        if top := TOP_LINE.match(line):
            entry, section = by_folder.setdefault(top["name"], Entry()), ""
        elif item := ITEM_LINE.match(line):
            if section == "submitters":
                entry.submitters.append({})
                last = _set(entry.submitters[-1], item)
            elif section == "history" and item["key"] == "created_at":
                entry.earlier += 1
        elif key := KEY_LINE.match(line):
            section = key["key"]
            if section == "created_at":
                entry.created_at = _scalar(key["value"])
        elif section == "submitters" and entry.submitters:
            if part := FIELD_LINE.match(line):
                last = _set(entry.submitters[-1], part)
            else:  # a long name continues on the next line
                entry.submitters[-1][last] += f" {line.strip()}"
    for entry in by_folder.values():
        entry.submitters = [{k: _scalar(v) for k, v in one.items()} for one in entry.submitters]
    return by_folder


def _set(submitter: dict[str, str], match: re.Match[str]) -> str:
    submitter[match["key"]] = match["value"]
    return match["key"]


def _scalar(text: str) -> str:
    text = text.strip()
    if text[:1] == text[-1:] == "'" and len(text) > 1:
        return text[1:-1].replace("''", "'")
    if text[:1] == text[-1:] == '"' and len(text) > 1:
        # Ruby has the escapes of JSON and two more, which JSON writes in a longer form.
        text = re.sub(r"\\x([0-9A-Fa-f]{2})", r"\\u00\1", text).replace("\\e", "\\u001b")
        try:
            return str(json.loads(text, strict=False))
        except ValueError:
            return text[1:-1]
    return "" if text in ("~", "null") else text
