"""Markdown from plain words: escaping, tables, and the docstrings of operations."""

import re
import textwrap
from collections.abc import Iterable, Sequence

SPECIAL = re.compile(r"([\\*_<>\[\]{}|#$~])")


def joined(*parts: str) -> str:
    """The parts that are there, with a blank line between them."""
    return "\n\n".join(filter(None, parts)) + "\n"


def code(text: str) -> str:
    return f"`{text}`"


def escaped(text: str) -> str:
    """Words in which only backquotes have a meaning."""
    parts = text.split("`")
    parts[::2] = [SPECIAL.sub(r"\\\1", part) for part in parts[::2]]
    return "`".join(parts)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Nothing where there are no rows. A heading that ends with a colon is that of numbers."""
    lines = [f"| {' | '.join(map(str, cells))} |" for cells in rows]
    names = " | ".join(name.removesuffix(":") for name in head)
    rule = "|".join("--:" if name.endswith(":") else "---" for name in head)
    return "\n".join([f"| {names} |", f"|{rule}|", *lines]) if lines else ""


def definitions(items: Iterable[tuple[str, str]]) -> str:
    return "\n\n".join(f"{term}\n: {words}" for term, words in items)


def fenced(language: str, text: str) -> str:
    return f"```{language}\n{text}\n```"


def toctree(pages: Iterable[str]) -> str:
    return fenced("{toctree}", "\n".join([":hidden:", "", *pages]))


def prose(text: str) -> str:
    """A docstring: paragraphs as they are, indented blocks as formulas or Python sessions."""
    blocks = []
    for block in re.split(r"\n\s*\n", text):
        if block.strip() and all(line.startswith("    ") for line in block.splitlines()):
            inside = textwrap.dedent(block)
            blocks.append(fenced("pycon" if inside.startswith(">>>") else "text", inside))
        else:
            blocks.append(escaped(block))
    return joined(*blocks).rstrip()
