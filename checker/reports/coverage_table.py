"""The items of other libraries as a table with one line for each, and as data."""

from collections.abc import Mapping, Sequence
from typing import Any

from checker.audit.library_items import NOT_YET, LibraryItem

HEAD = ("item", "operation", "forward", "backward", "compared with")
MEASURED = ("cases", "error / bound")


def table(
    items: Sequence[LibraryItem], measured: Mapping[str, tuple[int, float]] | None = None
) -> str:
    """The table, and how many items are covered below it.

    `measured` has the cases of each operation and the worst error, as a fraction of its bound.
    """
    rows = [(*HEAD, *(MEASURED if measured else ()), "")]
    for item in items:
        cells = _cells(item)
        if measured:
            cases, worst = measured.get(cells[1].partition(" ")[0], (0, 0.0))
            cells = (*cells, *((str(cases), f"{worst:.3f}") if cases else ("-", "-")))
        rows.append((*cells, item.reason or ""))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(f"{cell:<{n}}" for cell, n in zip(cells, widths, strict=True)).rstrip()
        for cells in rows
    ]
    return "\n".join([*lines, "", summary(items)])


def _cells(item: LibraryItem) -> tuple[str, ...]:
    """The cells of HEAD."""
    if not item.operations:
        return (item.name, *["-"] * (len(HEAD) - 1))
    settings = [f"{name}={value!r}" for name, value in item.settings.items()]
    operation = " ".join([item.operations[0], *settings])
    backward = "yes" if item.backward else "-"
    return (item.name, operation, "yes", backward, ", ".join(item.oracles))


def summary(items: Sequence[LibraryItem]) -> str:
    """How many items are covered."""
    wanted = [item for item in items if not item.excluded]
    whole = sum(bool(item.operations) and not item.lacks for item in wanted)
    partly = sum(bool(item.lacks) for item in wanted)
    return (
        f"{whole} of {len(wanted)} items are covered, {partly} more in part, and "
        f"{len(wanted) - whole - partly} are {NOT_YET}. {len(items) - len(wanted)} are excluded."
    )


def data(items: Sequence[LibraryItem]) -> dict[str, Any]:
    """The items as JSON data."""
    return {
        "items": [
            {
                "name": item.name,
                "operation": item.operations[0] if item.operations else None,
                "forward": bool(item.operations),
                "backward": item.backward,
                "reason": item.reason,
            }
            for item in items
        ]
    }
