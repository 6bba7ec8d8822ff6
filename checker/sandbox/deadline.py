"""When a request must be answered: by the clock, and by the CPU time of the worker."""

import time
from dataclasses import dataclass

from checker.sandbox import limits
from checker.sandbox.failures import CpuTimeSpentError, TimedOutError

CPU_SLACK = 0.5  # seconds: half of what the worker's own limit, in whole seconds, may add
SHORTEST_WAIT = 0.01  # seconds between two looks at the CPU time


@dataclass(frozen=True)
class Deadline:
    """The end of a request to the process `pid`: the time of the clock, and its CPU seconds.

    `cpu` is None where the CPU time of another process is unknown.
    """

    pid: int
    at: float
    cpu: float | None = None

    def wait(self) -> float:
        """Seconds until the request can be over. Raises TimedOutError if it is."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise TimedOutError
        used = limits.processor_time(self.pid) if self.cpu is not None else None
        if used is None or self.cpu is None:
            return left
        if used >= self.cpu:
            raise CpuTimeSpentError
        # A worker has one thread, so its CPU time does not grow faster than the clock.
        return min(left, max(self.cpu - used, SHORTEST_WAIT))
