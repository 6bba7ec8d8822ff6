"""One test input of an external test suite: its operation, and how it is compared."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from checker.numerics.equations import Equation
from checker.proof.external.calls import NotMappedError

NO_OPERATION = "no operation of the reference computes it"


@dataclass(frozen=True)
class Question:
    """A test input. `left_out` is the reason if it is not compared, else empty."""

    title: str
    operation: str = ""
    compare: Callable[[], list[Equation]] | None = None
    left_out: str = ""

    @classmethod
    def of(cls, title: str, ask: Callable[[], tuple[Any, Callable[[], Any]]]) -> "Question":
        """Make a question. `ask` returns a call and its comparison, or raises NotMappedError."""
        try:
            call, compare = ask()
        except NotMappedError as reason:
            return cls(title, left_out=str(reason))
        return cls(title, call.operation, compare)
