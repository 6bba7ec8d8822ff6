"""The code cells of a notebook, and the cell and line of a position in all the code."""

import json
import re


def cells(text: str) -> list[str]:
    """Return the code cells of a notebook, without magics and shell commands.

    Raises ValueError if the text is not a notebook.
    """
    try:
        parsed = json.loads(text)["cells"]
        sources = ["".join(cell["source"]) for cell in parsed if cell["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError(
            f"this is not a valid Jupyter notebook ({error}). Save it in Jupyter and submit the "
            ".ipynb file."
        ) from error
    return [_python("\n".join(re.split("\r\n?|\n", source))) for source in sources]


def _python(cell: str) -> str:
    """Replace magics by `pass`; a cell in another language becomes empty and keeps its number."""
    return "" if cell.lstrip().startswith("%%") else re.sub(r"(?m)^(\s*)[%!].*$", r"\1pass", cell)


def place(cells: list[str], number: int) -> tuple[int, int]:
    """The number of the cell that contains this line of the joined cells, and the line in it."""
    for count, cell in enumerate(cells[:-1], 1):
        lines = cell.count("\n") + 1
        if number <= lines:
            return count, number
        number -= lines
    return len(cells), number


def spoken(cells: list[str], number: int) -> str:
    """The place of a line in words."""
    cell, line = place(cells, number)
    return f"line {line} of code cell {cell}"
