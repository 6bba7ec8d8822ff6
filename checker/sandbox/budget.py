"""The time that a whole submission may take: loading, reloading, all tasks and second tries.

Without it the limits of the single requests add up: a function that sleeps could occupy a worker
for as long as all its tasks together may take.
"""

from dataclasses import dataclass

from checker.sandbox.failures import BudgetSpentError

WALL_CLOCK_FACTOR = 3.0  # a busy machine may take this much longer than the CPU time


@dataclass
class Budget:
    """Up to `seconds` of CPU time, and three times as much by the clock."""

    seconds: float
    cpu: float = 0.0  # used so far
    wall_clock: float = 0.0

    def left(self) -> float:
        """The CPU seconds that the next request may take. Raises BudgetSpentError if none."""
        left = self.seconds - max(self.cpu, self.wall_clock / WALL_CLOCK_FACTOR)
        if left <= 0:
            raise self.spent()
        return left

    def spent(self) -> BudgetSpentError:
        return BudgetSpentError(f"the submission has used up its {self.seconds:g} seconds")

    def charge(self, cpu: float, wall_clock: float) -> None:
        """Count what a request has taken."""
        self.cpu += cpu
        self.wall_clock += wall_clock
