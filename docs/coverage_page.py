"""The table of the items of PyTorch and Keras and their operations."""

from collections.abc import Sequence

import operation_pages
from markup import code, escaped, joined, table

from checker.audit import library_items
from checker.audit.library_items import LibraryItem
from checker.reports import coverage_table

HEAD = ("Item", "Operation", "Backward", "Compared with", "Without")


def tables() -> str:
    """How many items are covered, and one table for each part of a library."""
    items = library_items.items()
    covered = [item for item in items if item.operations]
    missing = [item for item in items if item.reason == library_items.NOT_YET]
    reasons: dict[str, list[str]] = {}
    for item in items:
        if item.excluded:
            reasons.setdefault(item.reason or "", []).append(code(item.name))
    return joined(
        coverage_table.summary(items),
        "## Covered",
        table(HEAD, map(_row, covered)),
        "## Not yet specified",
        _listed(missing),
        "## Excluded",
        table(("Reason", "Items"), [(escaped(why), ", ".join(n)) for why, n in reasons.items()]),
    )


def _row(item: LibraryItem) -> tuple[str, ...]:
    links = ", ".join(
        f"[{name}](/operations/{operation_pages.path(name)}.md)" for name in item.operations
    )
    settings = ", ".join(code(f"{name}={value!r}") for name, value in item.settings.items())
    operation = f"{links} with {settings}" if settings else links
    lacks = ", ".join(map(code, item.lacks))
    backward = "yes" if item.backward else ""
    return code(item.name), operation, backward, ", ".join(item.oracles), lacks


def _listed(items: Sequence[LibraryItem]) -> str:
    """The names by the part of the library that has them."""
    parts: dict[str, list[str]] = {}
    for item in items:
        part, _, name = item.name.rpartition(".")
        parts.setdefault(part, []).append(code(name))
    return table(("Part", "Items"), [(code(part), ", ".join(n)) for part, n in parts.items()])
