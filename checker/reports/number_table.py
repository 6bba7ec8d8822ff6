"""An array as lines of aligned numbers in nested brackets, or a part of it that fits."""

from typing import Any

import click
import numpy as np

from checker.reports.screen import ENDLESS

ELLIPSIS = "..."
GAP = 2  # spaces between entries


def table(
    array: Any, marked: Any = None, near: Any = None, width: int = ENDLESS, rows: int = ENDLESS
) -> list[str]:
    """The lines. Marked entries stand between arrows, and in red.

    If not every column or row fits, those around the first entry of `near` are shown.
    """
    if not array.size:
        return [f"empty, of shape {array.shape}"]
    off = np.zeros(array.shape, dtype=bool) if marked is None else marked
    plain = [
        f"\u00bb{_number(v)}\u00ab" if m else _number(v)
        for v, m in zip(array.flat, off.flat, strict=True)
    ]
    longest = max(map(len, plain)) if array.ndim else 0
    cells = np.array(
        [
            click.style(f"{text:>{longest}}", fg="red", bold=True) if m else f"{text:>{longest}}"
            for text, m in zip(plain, off.flat, strict=True)
        ],
        dtype=object,
    ).reshape(array.shape)
    if not array.ndim:
        return [str(cells[()])]
    first = np.argwhere(near)[0] if near is not None and np.any(near) else [0] * array.ndim
    cells = _columns(cells, int(first[-1]), width - 2 * array.ndim + GAP, longest + GAP)
    lines = _brackets(cells)
    at = int(np.ravel_multi_index(tuple(first[:-1]), array.shape[:-1])) if array.ndim > 1 else 0
    return _rows(lines, at, width, rows)


def _columns(cells: Any, at: int, width: int, each: int) -> Any:
    """The columns around one of them, with an ellipsis for those before and after."""
    count = cells.shape[-1]
    if count * each <= width:
        return cells
    room = max((width - 2 * (len(ELLIPSIS) + GAP)) // each, 1)
    start = min(max(at - room // 2, 0), count - room)
    gap = np.full((*cells.shape[:-1], 1), ELLIPSIS, dtype=object)
    before = [gap] if start else []
    after = [gap] if start + room < count else []
    return np.concatenate([*before, cells[..., start : start + room], *after], axis=-1)


def _rows(lines: list[str], at: int, width: int, rows: int) -> list[str]:
    """The lines, or if they are more than `rows` all in one, or those around one of them."""
    if len(lines) <= rows:
        return lines
    if together := _together(lines, width):
        return together
    start = min(max(at - rows // 2, 0), len(lines) - rows)
    before = [ELLIPSIS] if start else []
    after = [ELLIPSIS] if start + rows < len(lines) else []
    some = [*before, *lines[start : start + rows], *after]
    return _together(some, width) or some if rows == 1 else some


def _together(lines: list[str], width: int) -> list[str]:
    """One line with all of these, or none if it is too long."""
    line = " ".join(line.strip() for line in lines)
    return [line] if len(click.unstyle(line)) <= width else []


def _brackets(cells: Any) -> list[str]:
    if cells.ndim == 1:
        return ["[" + (" " * GAP).join(cells) + "]"]
    inner = [line for row in cells for line in _brackets(row)]
    opened = [("[" if k == 0 else " ") + line for k, line in enumerate(inner)]
    return [*opened[:-1], opened[-1] + "]"]


def _number(value: float) -> str:
    return f"{value:.6g}"
