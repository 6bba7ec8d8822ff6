"""The Markdown of the texts, read into blocks and spans.

The texts use headings, paragraphs, lists, tables, code, pictures, emphasis and links. Indented
blocks are formulas or are shown as typed, see `indented`.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

HEADING = re.compile(r"(#{1,6}) +(.+?)(?: +#+)? *$")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,}) *([\w{}+-]*)")
ITEM = re.compile(r"(?:[-*+]|(\d{1,9})[.)]) +(?=\S)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([\w.-]+)\)")
RULE = re.compile(r"\|?(?: *:?-+:? *\|)+ *:?-*:? *\|?$")
CODE_INDENT = "    "

SPAN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>(?P<ticks>`+)(?!`)(?P<inside>.+?)(?<!`)(?P=ticks)(?!`))"
    r"|(?P<picture>!?)\[(?P<link>[^\]]+)\]\((?P<address>[^\s()]+)\)"
    r"|\*\*(?=\S)(?P<strong>.+?)(?<=\S)\*\*"
    r"|\*(?=[^\s*])(?P<emphasis>[^*]*?[^\s*])\*(?!\*)"
)


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Items:
    """A list; `start` is the first number, or 0 if it is not numbered."""

    items: tuple[str, ...]
    start: int = 0


@dataclass(frozen=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Code:
    text: str


@dataclass(frozen=True)
class Indented:
    text: str


@dataclass(frozen=True)
class Picture:
    description: str
    name: str


Block = Heading | Paragraph | Items | Table | Code | Indented | Picture


@dataclass(frozen=True)
class Span:
    """A piece of a line. The kinds: text, code, strong, emphasis, link, picture."""

    kind: str
    text: str
    address: str = ""


def blocks(text: str) -> Iterator[Block]:
    for _, _, block in placed(text.expandtabs(4).splitlines()):
        yield block


def placed(lines: list[str]) -> Iterator[tuple[int, int, Block]]:
    """The blocks, each with the number of its first line and of the line after its last."""
    at = 0
    while at < len(lines):
        end, block = _block(lines, at)
        if block is not None:
            yield at, end, block
        at = end


def spans(text: str) -> Iterator[Span]:
    done = 0
    for match in SPAN.finditer(text):
        if text[done : match.start()]:
            yield Span("text", text[done : match.start()])
        if match["escape"]:
            yield Span("text", match["escape"][1])
        elif match["code"]:
            yield Span("code", match["inside"].strip() or match["inside"])
        elif match["link"]:
            kind = "picture" if match["picture"] else "link"
            yield Span(kind, match["link"], match["address"])
        else:
            kind = "strong" if match["strong"] else "emphasis"
            yield Span(kind, match[kind])
        done = match.end()
    if text[done:]:
        yield Span("text", text[done:])


def _block(lines: list[str], at: int) -> tuple[int, Block | None]:
    """The block that begins at a line, and the number of the line after it."""
    line = lines[at]
    if not line.strip():
        return at + 1, None
    if line.startswith(CODE_INDENT):
        return _indented(lines, at)
    if fence := FENCE.match(line):
        return _fenced(lines, at, fence[1])
    if heading := HEADING.match(line):
        return at + 1, Heading(len(heading[1]), heading[2])
    if "|" in line and at + 1 < len(lines) and RULE.match(lines[at + 1]):
        return _table(lines, at)
    if ITEM.match(line):
        return _list(lines, at)
    end = at + 1
    while end < len(lines) and not _interrupts(lines[end]):
        end += 1
    text = " ".join(each.strip() for each in lines[at:end])
    picture = PICTURE.fullmatch(text)
    return end, Picture(picture[1], picture[2]) if picture else Paragraph(text)


def _interrupts(line: str) -> bool:
    return not line.strip() or any(each.match(line) for each in (HEADING, FENCE, ITEM))


def _indented(lines: list[str], at: int) -> tuple[int, Block]:
    end = at
    while end < len(lines) and (lines[end].startswith(CODE_INDENT) or not lines[end].strip()):
        end += 1
    return end, Indented(textwrap.dedent("\n".join(lines[at:end])).strip("\n"))


def _fenced(lines: list[str], at: int, fence: str) -> tuple[int, Block]:
    end = at + 1
    while end < len(lines) and not lines[end].strip().startswith(fence):
        end += 1
    return end + 1, Code("\n".join(lines[at + 1 : end]))


def _list(lines: list[str], at: int) -> tuple[int, Block]:
    """Items and their lines. A blank line ends the list, unless an item follows."""
    items: list[str] = []
    first = ITEM.match(lines[at])
    number = first[1] if first else None
    while at < len(lines):
        line = lines[at]
        item = ITEM.match(line)
        if item and bool(item[1]) != bool(number):
            break
        if item:
            items.append(line[item.end() :].strip())
        elif line.strip():
            items[-1] += f" {line.strip()}"
        elif not (at + 1 < len(lines) and ITEM.match(lines[at + 1])):
            break
        at += 1
        if at < len(lines) and (HEADING.match(lines[at]) or FENCE.match(lines[at])):
            break
    return at, Items(tuple(items), int(number or 0))


def _table(lines: list[str], at: int) -> tuple[int, Block]:
    end = at + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    rows = [_cells(line) for line in lines[at + 2 : end]]
    return end, Table(_cells(lines[at]), tuple(rows))


def _cells(line: str) -> tuple[str, ...]:
    line = re.sub(r"^ *\||(?<!\\)\| *$", "", line)
    return tuple(cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line))
