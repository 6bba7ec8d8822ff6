"""When a request must be answered: by the CPU time of the worker, and by the time that it sleeps.

On a busy machine a worker waits for a processor, which is no fault of the submission. Linux tells
for how long. Elsewhere only the clock can end a submission that sleeps, so it is more patient.
"""

import time
from dataclasses import dataclass

from checker.sandbox import limits
from checker.sandbox.failures import CpuTimeSpentError, SleptError, TimedOutError

CPU_SLACK = 0.1  # seconds, for what the worker itself does with a message
MOST_SLACK = 0.25  # of a short limit
SHORTEST_WAIT = 0.01  # seconds between two looks at the times of the worker
FIRST_WAIT = 0.025  # one that sleeps shall not keep others from their turn
LONGEST_WAIT = 0.25  # if it takes longer than that, the grader was stopped itself
SHORTEST_SLEEP = 0.02  # seconds: less is the way of a message
WALL_CLOCK_FACTOR = 3.0  # a busy machine may take this much longer than the CPU time


@dataclass
class Deadline:
    """The end of a request to a process: how many seconds it may compute, and how many sleep."""

    pid: int
    computing: float
    sleeping: float
    asleep: bool = False  # at the last look
    _until: float = 0.0
    _late: float = 0.0  # seconds for which the grader itself was stopped, or had no processor

    def __post_init__(self) -> None:
        self._start, self._used = time.monotonic(), limits.processor_time(self.pid)

    def wait(self) -> float:
        """Seconds until the request can be over. Raises TimedOutError if it is."""
        cpu, slept = self._taken()
        most = self.computing + min(CPU_SLACK, MOST_SLACK * self.computing)
        if cpu >= most:
            raise CpuTimeSpentError
        rest = self._patience() if slept is None else self.sleeping - slept
        if rest <= 0:
            raise TimedOutError if slept is None else SleptError
        self.asleep = bool(slept)
        # A worker has one thread, so neither time grows faster than the clock.
        next_look = LONGEST_WAIT if self._until else FIRST_WAIT
        left = max(min(most - cpu, rest, next_look), SHORTEST_WAIT)
        self._until = time.monotonic() + left
        return left

    def answered(self) -> None:
        """The worker has answered: what the grader does until the next look is no fault of it."""
        self._until = time.monotonic()

    def sending(self) -> float:
        """Seconds that are left to send the request."""
        return max(self._patience(), SHORTEST_WAIT)

    def taken(self) -> tuple[float, float]:
        """The seconds so far for which the process computed, and slept.

        Where that is unknown, a part of the clock passes for computing.
        """
        cpu, slept = self._taken()
        return (max(cpu, self._clock() / WALL_CLOCK_FACTOR), 0.0) if slept is None else (cpu, slept)

    def _taken(self) -> tuple[float, float | None]:
        now, clock = limits.processor_time(self.pid), self._clock()
        cpu = 0.0 if now is None or self._used is None else now - self._used
        if clock - cpu < SHORTEST_SLEEP:
            return cpu, 0.0
        waited = limits.waiting_time(self.pid)
        return cpu, None if waited is None else max(0.0, clock - cpu - waited)

    def _patience(self) -> float:
        return WALL_CLOCK_FACTOR * self.computing - self._clock()

    def _clock(self) -> float:
        now = time.monotonic()
        if 0 < self._until < now:
            self._late += now - self._until
            self._until = now
        return now - self._start - self._late
