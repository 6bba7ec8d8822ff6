"""Indented blocks of a text: formulas in columns, or drawings, code and tables that stay as typed.

A block is read paragraph by paragraph. Columns are divided by two spaces or more in all lines.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from checker.handout import formula, formula_text
from checker.handout.formula import FUNCTIONS, GREEK, RELATIONS, Node, NoFormulaError

Part = Node | str  # a formula, or prose
Row = list[list[Part]]  # the cells of a line

AS_TYPED = re.compile(r"""\["|[#%@\\>]{2}|[#%@\\]|--|>>>|[a-z]\.[a-z]|\d \d|(^| )\|( |$)""")
ORDINARY = re.compile(r"[a-z]{2,}(-[a-z]+)*")
KNOWN = FUNCTIONS | GREEK.keys() | {"sum", "mean", "sqrt", "floor"}
GAP_SHOWN = "   "  # between pieces of one cell
GAP = re.compile(r" {2,}")
MOST_WORDS = 2  # side by side in a formula
SUMMED_OVER = re.compile(r"\b(sum|mean) over .*? of\b")


@dataclass(frozen=True)
class Formulas:
    """Lines of cells. All lines have the same number of them, and a cell may be empty."""

    rows: tuple[Row, ...]


def parts(block: str) -> Iterator[Formulas | str]:
    """The formulas of a block, and the rest as it was typed."""
    typed: list[str] = []
    for paragraph in re.split(r"\n[ \t]*\n", textwrap.dedent(block).strip("\n")):
        rows = None if AS_TYPED.search(paragraph) else _rows(paragraph.splitlines())
        if rows is None:
            typed.append(paragraph)
            continue
        if typed:
            yield "\n\n".join(typed)
        typed = []
        yield Formulas(rows)
    if typed:
        yield "\n\n".join(typed)


def _rows(lines: list[str]) -> tuple[Row, ...] | None:
    """The lines as cells, or None if there is no formula in them."""
    width = max(map(len, lines))
    lines = [line.ljust(width) for line in lines]
    blank = "".join(" " if all(line[at] == " " for line in lines) else "x" for at in range(width))
    starts = [0, *(gap.end() for gap in GAP.finditer(blank) if gap.end() < width)]
    columns = list(zip(starts, [*starts[1:], width], strict=True))
    texts = [[line[start:end].strip() for start, end in columns] for line in lines]
    rows = tuple([_cell(text) for text in row] for row in texts)
    trees = (part for row in rows for cell in row for part in cell if isinstance(part, Node))
    return rows if any(map(_is_telling, trees)) else None


def _is_telling(tree: Node) -> bool:
    """More than numbers and shapes, which stand better in a table of letters of one width."""
    kinds = {node.kind for node in tree.all()}
    return "sub" in kinds or ("name" in kinds and formula.is_computed(tree))


def _cell(text: str) -> list[Part]:
    found: list[Part] = []
    for number, piece in enumerate(_pieces(text)):
        found += [GAP_SHOWN] if number else []
        found += _split(piece)
    return found


def _pieces(text: str) -> list[str]:
    """What wide gaps divide. A piece that begins with a relation goes on with the one before."""
    pieces: list[str] = []
    for piece in filter(None, GAP.split(text)):
        if pieces and piece.split(" ")[0] in RELATIONS:
            pieces[-1] += f" {piece}"
        else:
            pieces.append(piece)
    return pieces


def _split(piece: str) -> Iterator[Part]:
    """A formula with the prose behind it, or prose with formulas in it."""
    ends = [len(piece)]
    ends += sorted((m.start() for m in re.finditer(r"[,;:](?= |$)", piece)), reverse=True)
    for end in ends:
        if tree := _formula(piece[:end]):
            yield tree
            if piece[end:]:
                yield from formula_text.fragments(piece[end:])
            return
    yield from formula_text.fragments(piece)


def _formula(text: str) -> Node | None:
    """The tree of a formula in which ordinary words are few."""
    words = SUMMED_OVER.sub("S", text).split()
    ordinary = [bool(ORDINARY.fullmatch(w.strip("(),:;"))) and w not in KNOWN for w in words]
    runs = [len(list(run)) for same, run in groupby(ordinary) if same]
    if max(runs, default=0) > MOST_WORDS or 2 * sum(ordinary) > len(words):
        return None
    try:
        tree = formula_text.read(text)
    except NoFormulaError:
        return None
    telling = formula.is_computed(tree) or not any(ordinary)
    return tree if telling and formula.is_formula(tree) else None
