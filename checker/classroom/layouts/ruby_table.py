r"""Gradescope's submission_metadata.yml: the few facts of it that say who handed in what.

Ruby writes it, with a colon before each key. Most of its bulk is earlier results, which no grade
depends on; reading lines instead of the whole language skips them, and takes no library.

    submission_123456789:
      :submitters:
      - :name: Ada Lovelace
        :sid: '100'
      :created_at: 2023-09-20 10:11:12.123456000 -07:00
      :history:
      - :created_at: 2023-09-19 10:11:12.123456000 -07:00

Text that a student wrote cannot pass for a key: Ruby indents it, or puts it between quotes, deeper
than the keys read here.
"""

import json
import re
from dataclasses import dataclass, field

TOP = re.compile(r"(?P<quote>[\"']?)(?P<name>[^\s:\"'#-][^:]*?)(?P=quote):\s*$")
KEY = re.compile(r"  :(?P<key>\w+):(?P<value>.*)$")
ITEM = re.compile(r"(?P<indent>  |    )- :?(?P<key>\w+):(?P<value>.*)$")
FIELD = re.compile(r"(?P<indent>    |      ):?(?P<key>\w+):(?P<value>.*)$")


@dataclass
class Entry:
    """One submission: who made it, when, and how many they made before."""

    submitters: list[dict[str, str]] = field(default_factory=list)
    created_at: str = ""
    earlier: int = 0


def entries(text: str) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    entry, section, last = Entry(), "", ""
    for line in text.splitlines():
        if top := TOP.match(line):
            entry, section = found.setdefault(top["name"], Entry()), ""
        elif item := ITEM.match(line):
            if section == "submitters":
                entry.submitters.append({})
                last = _set(entry.submitters[-1], item)
            elif section == "history" and item["key"] == "created_at":
                entry.earlier += 1
        elif key := KEY.match(line):
            section = key["key"]
            if section == "created_at":
                entry.created_at = _scalar(key["value"])
        elif section == "submitters" and entry.submitters:
            if part := FIELD.match(line):
                last = _set(entry.submitters[-1], part)
            else:  # a long name goes on in the next line
                entry.submitters[-1][last] += f" {line.strip()}"
    for each in found.values():
        each.submitters = [{k: _scalar(v) for k, v in who.items()} for who in each.submitters]
    return found


def _set(submitter: dict[str, str], match: re.Match[str]) -> str:
    submitter[match["key"]] = match["value"]
    return match["key"]


def _scalar(text: str) -> str:
    text = text.strip()
    if text[:1] == text[-1:] == "'" and len(text) > 1:
        return text[1:-1].replace("''", "'")
    if text[:1] == text[-1:] == '"' and len(text) > 1:
        # The escapes of JSON, and two more of which JSON knows the longer form.
        text = re.sub(r"\\x([0-9A-Fa-f]{2})", r"\\u00\1", text).replace("\\e", "\\u001b")
        try:
            return str(json.loads(text, strict=False))
        except ValueError:
            return text[1:-1]
    return "" if text in ("~", "null") else text
