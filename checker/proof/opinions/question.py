"""One test input that somebody else wrote: what it belongs to, and how it is compared."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from checker.equations import Equation
from checker.proof.opinions.calls import NotMappedError

NO_OPERATION = "no operation of the reference computes it"


@dataclass(frozen=True)
class Question:
    """`left_out` says why nothing is compared, where nothing is."""

    title: str
    operation: str = ""
    compare: Callable[[], list[Equation]] | None = None
    left_out: str = ""

    @classmethod
    def of(cls, title: str, ask: Callable[[], tuple[Any, Callable[[], Any]]]) -> "Question":
        """`ask` finds what the input says to which operation, or raises NotMappedError."""
        try:
            asked, compare = ask()
        except NotMappedError as reason:
            return cls(title, left_out=str(reason))
        return cls(title, asked.operation, compare)
