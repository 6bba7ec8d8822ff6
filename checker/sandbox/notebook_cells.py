"""The code cells of a notebook, and the cell and line of a position in all the code."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

# Cell magics whose cell is Python. A cell in another language becomes empty and keeps its number.
PYTHON_CELLS = re.compile(r"%%(time|timeit|capture|prun)\b")
MAGIC = re.compile(
    r"""(\s*)(?:
        %time\s+(?P<timed>[^\s-].*)       # the rest of the line is Python
        | (?P<name>\w+)\s*=\s*[%!].*      # the output of a command
        | [%!].*
        | \?.* | [\w.]+\?{1,2}\s*         # questions
    )""",
    re.VERBOSE,
)
TOKEN = re.compile(r"""\"{3}|'{3}|\#.*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[()\[\]{}]|\\.""")


def cells(text: str) -> list[str]:
    """Return the code cells of a notebook, without magics and shell commands.

    The cells of nbformat 3 are in worksheets. Raises ValueError if the text is not a notebook.
    """
    import json

    try:
        notebook = json.loads(text)
        sheets = notebook.get("worksheets", [notebook])
        found = [cell for sheet in sheets for cell in sheet["cells"]]
        sources = [_source(cell) for cell in found if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(
            f"this is not a valid Jupyter notebook ({error}). Save it in Jupyter and submit the "
            ".ipynb file."
        ) from error
    return [_python("\n".join(re.split("\r\n?|\n", source))) for source in sources]


def _source(cell: dict[str, str | list[str]]) -> str:
    """The code of a cell: one text or a list of texts, called `input` in nbformat 3."""
    return "".join(cell["source"] if "source" in cell else cell["input"])


def _python(cell: str) -> str:
    """Replace magics by Python that does nothing. All lines keep their numbers."""
    if cell.lstrip().startswith("%%") and not PYTHON_CELLS.match(cell.lstrip()):
        return ""
    margin = cell[: len(cell) - len(cell.lstrip(" \t"))]  # a cell may be indented as a whole
    lines = [line.removeprefix(margin) for line in cell.split("\n")]
    depth, quote = 0, ""  # the open brackets, and the quotes of an open text
    for number, line in enumerate(lines):
        inside = depth or quote or (number and lines[number - 1].endswith("\\"))
        magic = None if inside else MAGIC.fullmatch(line)
        if magic is None:
            depth, quote = _after(line, depth, quote)
        else:
            lines[number] = magic[1] + _without_effect(magic)
    return "\n".join(lines)


def _without_effect(magic: re.Match[str]) -> str:
    return magic["timed"] or (f"{magic['name']} = None" if magic["name"] else "pass")


def _after(line: str, depth: int, quote: str) -> tuple[int, str]:
    """The open brackets and the quotes of an open text after a line of Python."""
    at = 0
    while at < len(line):
        if quote:
            end = line.find(quote, at)
            if end < 0:
                break
            at, quote = end + len(quote), ""
        elif token := TOKEN.search(line, at):
            at = token.end()
            quote = token[0] if token[0] in ('"""', "'''") else ""
            depth = max(0, depth + (token[0] in "([{") - (token[0] in ")]}"))
        else:
            break
    return depth, quote


def starts(cells: list[str]) -> list[int]:
    """The number of the first line of each cell among the lines of the joined cells."""
    counts = (cell.count("\n") + 1 for cell in cells[:-1])
    return list(accumulate(counts, initial=1))[: len(cells)]


def place(starts: Sequence[int], number: int) -> tuple[int, int]:
    """The number of the cell that contains this line of the joined cells, and the line in it."""
    cell = max(1, bisect_right(starts, number))
    return cell, number - starts[cell - 1] + 1


def spoken(starts: Sequence[int], number: int) -> str:
    """The place of a line in words."""
    cell, line = place(starts, number)
    return f"line {line} of code cell {cell}"
