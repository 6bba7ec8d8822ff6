"""Which layers, losses and optimisers of PyTorch and Keras the reference has.

The table is `library_items.toml`, and a test compares it with the libraries. What an operation has,
a derivative for example, is read from its declaration: no library is needed.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reference import catalogue

PATH = Path(__file__).with_name("library_items.toml")
NOT_YET = "not yet specified"


@dataclass(frozen=True)
class LibraryItem:
    """One layer, function or class of a library, and the operations that compute it.

    `reason` says why there is none, or what the first of them lacks.
    """

    name: str
    operations: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    given: tuple[str, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def excluded(self) -> bool:
        return not self.operations and self.reason != NOT_YET

    @property
    def backward(self) -> bool:
        return any(hasattr(catalogue.operation(name), "backward") for name in self.operations)

    @property
    def oracles(self) -> tuple[str, ...]:
        """What the first operation is compared with, by its declaration."""
        if not self.operations:
            return ()
        spec = catalogue.operation(self.operations[0])
        found = ["PyTorch"] if callable(spec.torch) else []
        found += ["derivative"] if hasattr(spec, "backward") else []
        number = len(spec.properties)
        return (*found, f"{number} {'property' if number == 1 else 'properties'}")


def items() -> list[LibraryItem]:
    """Every item, those that are covered first."""
    table = _table()
    return [
        *(item for entry in table["covered"] for item in _covered(entry)),
        *(LibraryItem(n, reason=NOT_YET) for entry in table["missing"] for n in entry["items"]),
        *(
            LibraryItem(n, reason=entry["reason"])
            for entry in table["excluded"]
            for n in entry["items"]
        ),
    ]


def implementation() -> frozenset[str]:
    """Arguments about how an item is computed, not about what."""
    return frozenset(_table()["implementation"])


def further_names() -> dict[str, str]:
    """Names that are another way to write an item, and the name of the item."""
    names: dict[str, str] = _table()["also"]
    return names


def _table() -> dict[str, Any]:
    return tomllib.loads(PATH.read_text("utf-8"))


def _covered(entry: Mapping[str, Any]) -> list[LibraryItem]:
    names = {
        theirs: (ours,) if isinstance(ours, str) else tuple(ours)
        for theirs, ours in entry.get("names", {}).items()
    }
    lacks = tuple(entry.get("lacks", ()))
    return [
        LibraryItem(
            name,
            (entry["operation"], *entry.get("beside", ())),
            entry.get("settings", {}),
            names,
            tuple(entry.get("given", ())),
            entry.get("defaults", {}),
            lacks,
            f"without {', '.join(lacks)}" if lacks else None,
        )
        for name in entry["items"]
    ]
