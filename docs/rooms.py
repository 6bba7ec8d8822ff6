"""The rooms of the checker, read from their charters: who may import whom, as a table and drawn."""

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib import import_module
from inspect import getdoc
from itertools import pairwise
from pathlib import Path

from markup import code, escaped, table

import checker

WIDTH, HEIGHT, GAP, ROW = 190.0, 56.0, 22.0, 100.0  # of a box, between boxes, between floors
LETTERS = 34  # that fit into a line of a box
SWEEPS = 8  # up and down, to put rooms near those that they import
GROUND, NOTHING = "reference", "nothing of ours"
CHARTER = re.compile(r"^(In|Out|May import): ((?:.|\n(?!Out:|May import:|\n))*)", re.MULTILINE)

Point = tuple[float, float]
Edges = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Charter:
    """What the docstring of a room says."""

    about: str
    given: str
    made: str
    imports: tuple[str, ...]


def charters() -> dict[str, Charter]:
    found = {}
    for path in sorted(Path(checker.__file__).parent.glob("*/__init__.py")):
        text = getdoc(import_module(f"checker.{path.parent.name}")) or ""
        about, _, rest = text.partition("\n\n")
        parts = {name: " ".join(words.split()) for name, words in CHARTER.findall(rest)}
        listed = parts["May import"].partition(".")[0]
        imports = () if listed == NOTHING else tuple(listed.split(", "))
        words = (" ".join(about.split()), parts["In"], parts["Out"])
        found[path.parent.name] = Charter(*words, imports)
    return found


def table_of_rooms() -> str:
    """The rooms, the highest first."""
    found = charters()
    floors = _floors(_imports(found))
    rows = [
        (code(name), escaped(c.about), escaped(c.given), escaped(c.made), ", ".join(c.imports))
        for name, c in sorted(found.items(), key=lambda room: (-floors[room[0]], room[0]))
    ]
    return table(("Room", "What it is", "In", "Out", "May import"), rows) + "\n"


def drawing() -> str:
    """Rooms by floor. What a room may import through another room has no arrow of its own."""
    found = charters()
    lines = _needed(_imports(found))
    paths, places = _laid_out(lines)
    titles = {name: re.split("[:,.;]", charter.about)[0] for name, charter in found.items()}
    titles[GROUND] = "The specification"
    right, down = (max(each[axis] for each in places.values()) for axis in (0, 1))
    size = f"{right + (WIDTH + GAP) / 2:g} {down + ROW / 2:g}"
    arrows = [_arrow([places[point] for point in path]) for path in paths]
    boxes = [_box(name, titles[name], places[name]) for name in lines]
    return (
        f'<svg class="drawing" viewBox="0 0 {size}" role="img" fill="none" stroke="currentColor">\n'
        "<title>The rooms of the checker: each may import those that its arrows lead to</title>\n"
        + "\n".join([*arrows, *boxes])
        + "\n</svg>\n"
    )


def _imports(found: Mapping[str, Charter]) -> dict[str, tuple[str, ...]]:
    return {GROUND: (), **{name: charter.imports for name, charter in found.items()}}


def _needed(imports: Edges) -> dict[str, list[str]]:
    """Without the imports that follow from others."""

    def reached(room: str) -> set[str]:
        return set(imports[room]).union(*map(reached, imports[room]))

    return {
        room: [each for each in near if not any(each in reached(other) for other in near)]
        for room, near in imports.items()
    }


def _floors(edges: Edges) -> dict[str, int]:
    """Each room is one floor above the highest room that it may import."""

    def floor(room: str) -> int:
        return 1 + max(map(floor, edges[room]), default=-1)

    return {room: floor(room) for room in edges}


def _laid_out(edges: Edges) -> tuple[list[list[str]], dict[str, Point]]:
    """For each arrow the points it passes, and where each room and each such point is.

    An arrow that passes a floor has a place of its own there, so that it crosses no box.
    """
    floors = _floors(edges)
    rows: list[list[str]] = [[] for _ in range(max(floors.values()) + 1)]
    for room, floor in floors.items():
        rows[floor].append(room)
    paths = []
    for room, near in edges.items():
        for target in near:
            passed = [f"{room}>{target}@{f}" for f in range(floors[room] - 1, floors[target], -1)]
            for point in passed:
                rows[int(point.rpartition("@")[2])].append(point)
            paths.append([room, *passed, target])
    steps = [step for path in paths for step in pairwise(path)]
    across = {point: float(k) for row in rows for k, point in enumerate(row)}
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 else reversed(rows):
            wanted = {point: _mean(point, steps, across) for point in row}
            row.sort(key=wanted.__getitem__)
            across |= _apart(row, wanted)
    for path in paths:
        across |= _straight(path[1:-1], rows, across)
    left = min(across.values())
    floor_of = {point: floor for floor, row in enumerate(rows) for point in row}
    top = len(rows) - 1
    return paths, {
        point: ((x - left + 0.5) * (WIDTH + GAP), (top - floor_of[point] + 0.5) * ROW)
        for point, x in across.items()
    }


def _mean(point: str, steps: Sequence[tuple[str, str]], across: Mapping[str, float]) -> float:
    near = [b if a == point else a for a, b in steps if point in (a, b)]
    return sum(across[each] for each in near) / len(near) if near else across[point]


def _apart(row: Sequence[str], wanted: Mapping[str, float]) -> dict[str, float]:
    """At least one box from each other, and on average where they want to be."""
    placed = [wanted[point] for point in row]
    for k in range(1, len(placed)):
        placed[k] = max(placed[k], placed[k - 1] + 1)
    shift = sum(wanted[point] for point in row) / len(row) - sum(placed) / len(placed)
    return {point: x + shift for point, x in zip(row, placed, strict=True)}


def _straight(
    passed: Sequence[str], rows: Sequence[Sequence[str]], across: Mapping[str, float]
) -> dict[str, float]:
    """An arrow that passes every floor on the far right keeps to one line."""
    ends = {row[-1] for row in rows}
    far = max((across[point] for point in passed), default=0.0)
    return dict.fromkeys(passed, far) if set(passed) <= ends else {}


def _arrow(points: Sequence[Point]) -> str:
    """Down from the lower edge of a box to the upper edge of another, with a small head."""
    (x, y), *middle, (end, last) = points
    bends = [(x, y + HEIGHT / 2), *middle, (end, last - HEIGHT / 2 - 6)]
    curve = f"M {x:g} {y + HEIGHT / 2:g}"
    for (a, b), (c, d) in pairwise(bends):
        half = (b + d) / 2
        curve += f" C {a:g} {half:g} {c:g} {half:g} {c:g} {d:g}"
    head = f"M {end - 4:g} {last - HEIGHT / 2 - 7:g} l 4 7 l 4 -7 z"
    return f'<path d="{curve}" opacity="0.5"/><path d="{head}" fill="currentColor" stroke="none"/>'


def _box(name: str, title: str, centre: Point) -> str:
    x, y = centre
    corner = f'x="{x - WIDTH / 2:g}" y="{y - HEIGHT / 2:g}" width="{WIDTH:g}" height="{HEIGHT:g}"'
    style = f'x="{x:g}" text-anchor="middle" fill="currentColor" stroke="none"'
    lines = textwrap.wrap(title, LETTERS, max_lines=2, placeholder=" ...")
    first = y - 4 - 6 * (len(lines) - 1)
    faint = f'{style} font-size="11" opacity="0.75"'
    small = [
        f'<text y="{first + 16 + 13 * k:g}" {faint}>{escape(line)}</text>'
        for k, line in enumerate(lines)
    ]
    head = f'<text y="{first:g}" {style} font-size="15" font-weight="600">{name}</text>'
    return "".join([f'<rect {corner} rx="7"/>', head, *small])
