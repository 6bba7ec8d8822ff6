"""The result of one operation and one oracle: the rows of every report."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LOOSE_RATIO = 0.001  # a bound is loose if the worst error is below this fraction of it


@dataclass(frozen=True)
class ProofRow:
    """The result of one operation and one oracle.

    `worst` is the worst error as a fraction of its bound, `theirs` that of torch by the same bound.
    `left_out` counts the cases that were not compared, by reason. `counts` says what the cases of
    the operation cover.
    """

    operation: str
    oracle: str
    cases: int
    equations: int
    worst: float
    failure: str | None = None
    deviations: tuple[str, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    theirs: float = 0.0
    counts: Mapping[str, str] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        return self.failure is None

    @property
    def is_total(self) -> bool:
        """Whether it counts an external test suite or a recording."""
        return self.operation.startswith("all ")

    @property
    def loose(self) -> bool:
        """Whether the bound may be too large.

        Exact agreement does not count, nor do oracles in exact arithmetic, which leave no error.
        """
        measured = self.oracle.startswith(("accuracy ", "torch "))
        return measured and 0 < self.worst < LOOSE_RATIO
