"""What the proof knows of each kind of operation: one file per kind, found by the kind's name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any

from checker.numerics.equations import Array, Equation

Inputs = Mapping[str, Any]

PLAIN = ("float32", "repeated", "float64")  # passes that torch has for most operations
HALVES = ("float16", "bfloat16")


def of(spec: Any) -> ModuleType:
    """The module of the kind of an operation."""
    return import_module(f"{__name__}.{spec.kind}")


@dataclass(frozen=True, kw_only=True)
class Recording:
    """What a recording (checker/proof/recordings) holds of a kind of operation.

    `passes` names the arithmetics of a case with these arguments, or none if torch has no such
    setting; a GPU also has those `on_long_axes`. `ask` computes the results with torch. The
    arguments of a case with long axes have at most `most_entries`.

    Where chance decides, the first result is a draw, everything is stored whole, and `of_draw` says
    what must hold of it. The other results follow from the draw, as the argument named `draw`.
    `settings_left_out` are not tried: another seed is another draw of the same. `ranges` bounds the
    inputs that the kind makes up for itself.
    """

    passes: Callable[[Any, Inputs], tuple[str, ...]]
    ask: Callable[[Any, Inputs, Any], tuple[Array, ...]]
    most_entries: Callable[[Any], int] = lambda spec: 0
    on_long_axes: tuple[str, ...] = ()
    of_draw: Callable[[Any, Inputs, Array], list[Equation]] | None = None
    draw: str = ""
    settings_left_out: tuple[str, ...] = ()
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
