"""The time that a whole submission may take: loading, reloading, all tasks and second tries.

Without it the limits of the single requests add up: a function that sleeps could occupy a worker
for as long as all its tasks together may take.
"""

from dataclasses import dataclass

from checker.sandbox.failures import BudgetSpentError

MOST_SLEEP = 1.5  # seconds in all: no answer needs any
SHORTEST_PATIENCE = 0.05  # seconds: a function may be right although another one sleeps


@dataclass
class Budget:
    """Up to `seconds` of CPU time. A submission that sleeps tries the patience of the grader."""

    seconds: float
    cpu: float = 0.0  # used so far
    slept: float = 0.0

    def left(self) -> float:
        """The CPU seconds that the next request may take. Raises BudgetSpentError if none."""
        left = self.seconds - self.cpu
        if left <= 0:
            raise self.spent()
        return left

    def patience(self) -> float:
        """The seconds that the next request may sleep."""
        return max(min(self.seconds, MOST_SLEEP) - self.slept, SHORTEST_PATIENCE)

    def spent(self) -> BudgetSpentError:
        return BudgetSpentError(f"the submission has used up its {self.seconds:g} seconds")

    def charge(self, cpu: float, slept: float) -> None:
        """Count what a request has taken."""
        self.cpu += cpu
        self.slept += slept
