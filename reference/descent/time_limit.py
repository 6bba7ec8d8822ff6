"""Time and epoch limit: no epoch starts after a number of epochs, or after an amount of time.

    epoch t begins where t <= most and clock() - clock() at the start < seconds

An epoch that has started is completed, so the time may be exceeded by up to the length of one
epoch. `clock` is an argument: tests pass a clock of their own, and training uses `time.monotonic`,
which changes of the system time do not affect. Both limits are infinite by default. No seconds, or
no epochs, train nothing.

    >>> run(np.array([1.0, 1.0, 1.0, 1.0]), seconds=2.5)
    3

Source: lecture 002, "stopping criterion"; Sennblad (004), "loop for M epochs".
"""

import itertools
import math
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Between, Example, Given, Procedure, Range, Real, Try


def epochs(
    *,
    most: float = math.inf,
    seconds: float = math.inf,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[int]:
    """The numbers of the epochs that may be trained, starting from 1."""
    start = clock()
    for epoch in itertools.count(1):
        if epoch > most or not clock() - start < seconds:
            return
        yield epoch


def run(
    durations: Shaped[Real, "n", Between(0, 1), Given()],
    *,
    most: Shaped[float, Try((3, 1, math.inf)), Range(1, math.inf)] = math.inf,
    seconds: Shaped[float, Try((1.0, 2.0, 0.5, math.inf, 0.0)), Range(0, math.inf)] = math.inf,
) -> int:
    """The number of epochs that are trained if epoch t takes durations[t - 1] seconds."""
    passed = [0.0]
    trained = epochs(most=min(most, len(durations)), seconds=seconds, clock=lambda: passed[-1])
    for epoch in trained:
        passed.append(passed[-1] + durations[epoch - 1])
    return len(passed) - 1


def limited_by_number(f, durations, most, seconds):
    """Without a time limit, only the number of epochs is limited."""
    return f(durations, most=most, seconds=math.inf), math.floor(min(most, len(durations)))


def limited_by_time(f, durations, most, seconds):
    """If epochs take one second each, their number is the time limit, rounded up."""
    ones = np.ones(len(durations))
    return f(ones, most=math.inf, seconds=seconds), math.ceil(min(seconds, len(ones)))


def begun_in_time(f, durations, most, seconds):
    """An epoch starts only if the epochs before it took less than the time limit."""
    before = accumulate(durations[:-1], initial=0.0)
    early = sum(elapsed < seconds for elapsed in before)
    return f(durations, most=most, seconds=seconds), math.floor(min(early, most))


def no_time_no_epoch(f, durations, most, seconds):
    """A time limit of zero allows no epoch, and a tiny positive one allows one epoch."""
    none, one = (f(1 + durations, most=most, seconds=s) for s in (0.0, 1e-9))
    return (none, one), (0, 1)


def slower_clock(f, durations, most, seconds):
    """Doubling the duration of every epoch and the time limit changes nothing."""
    twice = f(2 * durations, most=most, seconds=2 * seconds)
    return twice, f(durations, most=most, seconds=seconds)


SPEC = Procedure(
    run=run,
    torch="torch has no training loop to stop",
    properties=(limited_by_number, limited_by_time, begun_in_time, no_time_no_epoch, slower_clock),
    examples=tuple(
        Example(
            inputs={"durations": np.ones(4), "most": most, "seconds": seconds},
            prints={"run": (None,)},
            source="the text",
        )
        for most, seconds in ((math.inf, 2.5), (math.inf, 2.0), (1, 2.0))
    ),
)
