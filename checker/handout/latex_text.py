"""The Markdown of a text with its formulas as LaTeX, for notebooks."""

from collections.abc import Iterator

from checker.handout import formula_text, indented, markdown
from checker.handout.formula import Node
from checker.handout.latex import latex, words

CODE_INDENT = "    "
NEXT_ROW = " \\\\[6pt]\n"


def with_latex(text: str) -> str:
    """The text with formulas between dollar signs. Everything else is as it was."""
    written, before = "", 0
    lines = text.expandtabs(4).splitlines()
    for start, end, block in markdown.placed(lines):
        written += "\n".join([*lines[before:start], ""])
        before = end
        source = "\n".join(lines[start:end])
        if isinstance(block, markdown.Indented):
            written += "\n\n".join(map(_part, indented.parts(block.text))) + "\n\n"
        elif isinstance(block, markdown.Paragraph | markdown.Items):
            written += _prose(source) + "\n"
        else:
            written += source + "\n"
    return written


def _part(part: indented.Formulas | str) -> str:
    """Formulas in the columns of an array, or what is shown as typed."""
    if isinstance(part, str):
        return "\n".join(f"{CODE_INDENT}{line}".rstrip() for line in part.splitlines())
    columns = "l" * len(part.rows[0])
    rows = NEXT_ROW.join(r" & \quad ".join(map(_cell, row)) for row in part.rows)
    return f"$$\n\\begin{{array}}{{{columns}}}\n{rows}\n\\end{{array}}\n$$"


def _cell(cell: list[indented.Part]) -> str:
    return "".join(
        rf"\displaystyle {latex(part, display=True)}"
        if isinstance(part, Node)
        else r"\quad "
        if part == indented.GAP_SHOWN
        else words(part)
        for part in cell
    )


def _prose(source: str) -> str:
    """Formulas between code, links and emphasised words, which stay as they are."""
    written, done = "", 0
    for match in markdown.SPAN.finditer(source):
        written += "".join(_inline(source[done : match.start()])) + match[0]
        done = match.end()
    return written + "".join(_inline(source[done:]))


def _inline(text: str) -> Iterator[str]:
    for part in formula_text.fragments(text):
        yield f"${latex(part, display=False)}$" if isinstance(part, Node) else part
