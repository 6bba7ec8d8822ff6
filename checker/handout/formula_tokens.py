"""The words and signs of a text that may be parts of a formula."""

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"(?P<number>(?!0\d)\d+(?:\.\d+)?(?:e[+-]?\d+)?)"
    r"|(?P<other>\d+)"
    r"|(?P<word>[A-Za-z][A-Za-z]+(?:-[A-Za-z]{2,})+)"
    r"|(?P<name>[A-Za-z]\w*)"
    r"|(?P<code>`[^`]+`)"
    r"|(?P<sign><-|->|<=|>=|\.\.\.|[=<>+\-*/^,;:()\[\]|'.])",
    re.ASCII,
)
CROSS = re.compile(r"x \d")


@dataclass(frozen=True)
class Token:
    kind: str
    text: str
    start: int
    end: int
    spaced: bool  # a space stands before it


def tokens(text: str) -> list[Token]:
    """The tokens. Characters that are in no formula are tokens of the kind "other"."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = TOKEN.match(text, at)
        kind = str(match.lastgroup) if match else "other"
        shown = match[0] if match else text[at]
        if shown == "x" and found and found[-1].kind == "number" and CROSS.match(text, at):
            kind = "sign"  # 28 x 28
        found.append(Token(kind, shown, at, at + len(shown), at > 0 and text[at - 1].isspace()))
        at += len(shown)
    return found
