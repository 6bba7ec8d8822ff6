"""Places for the nodes of a computation graph: inputs at the left, the output at the right.

A node stands one column before the first node that uses it. An edge over several columns takes a
place in each of them, so that it does not cross a node. Within a column, nodes are sorted by the
mean height of their neighbours, in turns from the left and from the right.

Source: Sugiyama, Tagawa and Toda 1981.
"""

from collections.abc import Hashable
from itertools import pairwise
from typing import Any, NamedTuple

from reference.autodiff import Variable
from reference.autodiff._reverse import from_the_top

SWEEPS = 8
Place = tuple[float, float]


class Layout(NamedTuple):
    """The place of each node, and the places that the edge from a node to another goes through."""

    nodes: dict[int, Place]
    edges: dict[tuple[int, int], list[Place]]


def layout(output: Variable) -> Layout:
    nodes = from_the_top(output)
    column = _columns(output, nodes)
    paths = {
        (id(parent), id(node)): _stations(id(parent), id(node), column)
        for node in nodes
        for parent, _ in node.parents
    }
    layers: list[list[Hashable]] = [[] for _ in range(column[id(output)] + 1)]
    for node in nodes:
        layers[column[id(node)]].append(id(node))
    for stations in paths.values():
        for station in stations[1:-1]:
            layers[station[-1]].append(station)
    heights = _sorted(layers, [link for stations in paths.values() for link in pairwise(stations)])
    places = {each: (float(x), heights[each]) for x, layer in enumerate(layers) for each in layer}
    return Layout(
        {id(node): places[id(node)] for node in nodes},
        {ends: [places[station] for station in stations] for ends, stations in paths.items()},
    )


def _columns(output: Variable, nodes: list[Variable]) -> dict[int, int]:
    column = {id(output): output.height}
    for node in nodes:
        for parent, _ in node.parents:
            before = column[id(node)] - 1
            column[id(parent)] = min(column.get(id(parent), before), before)
    return column


def _stations(start: int, end: int, column: dict[int, int]) -> list[Any]:
    """A node, one station for each column in between, and the next node."""
    between = [(start, end, x) for x in range(column[start] + 1, column[end])]
    return [start, *between, end]


def _sorted(
    layers: list[list[Hashable]], links: list[tuple[Hashable, Hashable]]
) -> dict[Hashable, float]:
    """Sort each layer in place, and return the height of everything in it."""
    left: dict[Hashable, list[Hashable]] = {}
    right: dict[Hashable, list[Hashable]] = {}
    for start, end in links:
        left.setdefault(end, []).append(start)
        right.setdefault(start, []).append(end)
    heights = {each: h for layer in layers for each, h in _stacked(layer).items()}
    for sweep in range(SWEEPS):
        neighbours = left if sweep % 2 == 0 else right
        for layer in layers if sweep % 2 == 0 else layers[::-1]:
            means = {
                each: _mean([heights[other] for other in neighbours.get(each, [each])])
                for each in layer
            }
            layer.sort(key=means.__getitem__, reverse=True)
            heights |= _stacked(layer)
    return heights


def _stacked(layer: list[Hashable]) -> dict[Hashable, float]:
    return {each: (len(layer) - 1) / 2 - i for i, each in enumerate(layer)}


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)
