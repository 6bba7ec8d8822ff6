"""A matrix product, entry by entry: row i of A times column j of B is entry (i, j) of C.

    c[i, j] = sum over k of a[i, k] b[k, j]
    (a x b) (b x c) = (a x c)

The panels stand where their entries stand in C, and a panel shows the entries computed so far.

Source: lecture 000; Vanschoren (001), "Tensor operations".
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from reference.pictures._style import COLOURS, INK, SOFT, bare, figure
from reference.spec import Real

TINTS = {"row": "#cfe3f2", "column": "#fbdcc4", "entry": "#c9ebdf"}
TIMES = "$\\times$"
NAMES = {"A": f"a {TIMES} b", "B": f"b {TIMES} c", "C": f"a {TIMES} c"}
CELL = 0.3  # inches
GAP = 1.2  # cells between two matrices


def matrix_product(a: Real, b: Real) -> Figure:
    """One panel for each entry of A B.

    Raises ValueError unless A has as many columns as B has rows.
    """
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise ValueError(f"{a.shape} times {b.shape}: A needs as many columns as B has rows")
    product = a @ b
    rows, columns = product.shape
    across = a.shape[1] + 2 * columns + 2 * GAP
    down = max(a.shape[0], b.shape[0]) + 3.2
    page, panels = figure(
        CELL * (across + 1.4) * columns,
        CELL * (down + 0.6) * rows,
        nrows=rows,
        ncols=columns,
        squeeze=False,
    )
    for i, j in np.ndindex(rows, columns):
        _panel(panels[i, j], (a, b, product), i, j)
        panels[i, j].set(xlim=(-0.7, across + 0.7), ylim=(-down / 2, down / 2), aspect="equal")
    return page


def _panel(axes: Axes, matrices: tuple[Real, Real, Real], i: int, j: int) -> None:
    bare(axes)
    a, b, product = matrices
    rows, columns = np.indices(product.shape)
    done = rows * product.shape[1] + columns <= i * product.shape[1] + j
    tints = (
        np.where(np.arange(len(a))[:, None] == i, TINTS["row"], "white"),
        np.where(np.arange(b.shape[1]) == j, TINTS["column"], "white"),
        np.where((rows == i) & (columns == j), TINTS["entry"], "white"),
    )
    left = 0.0
    for (name, letters), values, tint in zip(NAMES.items(), matrices, tints, strict=True):
        known = done if name == "C" else np.ones(values.shape, bool)
        _matrix(axes, left, values, np.broadcast_to(tint, values.shape), known)
        words = f"{name}: {values.shape[0]} {TIMES} {values.shape[1]}\n({letters})"
        _say(axes, left + values.shape[1] / 2, -len(values) / 2 - 0.8, words, SOFT)
        left += values.shape[1]
        if name != "C":
            _say(axes, left + GAP / 2, 0, "=" if name == "B" else TIMES, INK)
        left += GAP
    terms = " + ".join(f"{_number(x)}·{_number(y)}" for x, y in zip(a[i], b[:, j], strict=True))
    top = max(len(a), len(b)) / 2 + 0.6
    equation = f"$c_{{{i + 1}{j + 1}}}$ = {terms} = {_number(product[i, j])}"
    _say(axes, (left - GAP) / 2, top, equation, COLOURS[2])


def _matrix(axes: Axes, left: float, values: Real, tint: Real, known: Real) -> None:
    top = len(values) / 2
    for (i, j), value in np.ndenumerate(values):
        place = (left + j, top - i - 1)
        axes.add_patch(Rectangle(place, 1, 1, fc=tint[i, j], ec=SOFT, lw=0.8))
        if known[i, j]:
            _say(axes, place[0] + 0.5, place[1] + 0.5, _number(value), INK)


def _number(value: float) -> str:
    return f"{value:.4g}" if value >= 0 else f"({value:.4g})"


def _say(axes: Axes, x: float, y: float, text: str, colour: str) -> None:
    axes.text(x, y, text, ha="center", va="center", fontsize=9, color=colour)
