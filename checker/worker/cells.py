"""The code of a notebook, cell by cell, and where in it a line of all the code stands."""

import json
import re


def cells(text: str) -> list[str]:
    """The code cells; magics and shell lines, which only Jupyter knows, go.

    Raises ValueError where the text is no notebook.
    """
    try:
        found = json.loads(text)["cells"]
        sources = ["".join(cell["source"]) for cell in found if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"this is not a notebook that Jupyter wrote: {error}") from error
    return [_python("\n".join(re.split("\r\n?|\n", source))) for source in sources]


def _python(cell: str) -> str:
    """A cell in another language is empty, so that those after it keep their numbers."""
    return "" if cell.lstrip().startswith("%%") else re.sub(r"(?m)^(\s*)[%!].*$", r"\1pass", cell)


def place(cells: list[str], number: int) -> tuple[int, int]:
    """The cell with this line of all cells, joined by line ends, and which line of it that is."""
    for count, cell in enumerate(cells[:-1], 1):
        lines = cell.count("\n") + 1
        if number <= lines:
            return count, number
        number -= lines
    return len(cells), number


def spoken(cells: list[str], number: int) -> str:
    cell, line = place(cells, number)
    return f"line {line} of code cell {cell}"
