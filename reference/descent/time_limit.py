"""Time and epoch limit: no epoch begins after so many, or once so much time has passed.

    epoch t begins where t <= most and clock() - clock() at the start < seconds

An epoch that has begun is finished, so that the time may be exceeded by the length of one. The
clock is handed in: tests bring one of their own, training the one that no change of the computer's
time disturbs.

Source: lecture 002, "stopping criterion"; Sennblad (004), "loop for M epochs".
"""

import itertools
import math
import time
from collections.abc import Callable, Iterator
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Between, Example, Given, Procedure, Real, Try


def epochs(
    *,
    most: float = math.inf,
    seconds: float = math.inf,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[int]:
    """The numbers of the epochs that may be trained, from 1."""
    start = clock()
    for epoch in itertools.count(1):
        if epoch > most or not clock() - start < seconds:
            return
        yield epoch


def run(
    durations: Shaped[Real, "n", Between(0, 1), Given()],
    *,
    most: Shaped[float, Try((3, 1, math.inf))] = math.inf,
    seconds: Shaped[float, Try((1.0, 2.0, 0.5))] = math.inf,
) -> int:
    """How many epochs are trained, where they would take so long."""
    passed = [0.0]
    trained = epochs(most=min(most, len(durations)), seconds=seconds, clock=lambda: passed[-1])
    for epoch in trained:
        passed.append(passed[-1] + durations[epoch - 1])
    return len(passed) - 1


def limited_by_number(f, durations, most, seconds):
    """With all the time in the world, only the number limits."""
    return f(durations, most=most, seconds=math.inf), min(most, len(durations))


def limited_by_time(f, durations, most, seconds):
    """Epochs of one second each fit as often as there are seconds, the last one begun included."""
    ones = np.ones(len(durations))
    return f(ones, most=math.inf, seconds=seconds), min(math.ceil(min(seconds, 99)), len(ones))


def begun_in_time(f, durations, most, seconds):
    """An epoch begins as long as those before it took less than the time there is."""
    early = [k for k in range(len(durations)) if sum(durations[:k]) < seconds]
    return f(durations, most=most, seconds=seconds), min(len(early), most)


def no_time_no_epoch(f, durations, most, seconds):
    """Without any time nothing begins, and with the least there is, one epoch."""
    none, one = (f(1 + durations, most=most, seconds=s) for s in (0.0, 1e-9))
    return (none, one), (0, 1)


def slower_clock(f, durations, most, seconds):
    """Twice as long epochs in twice the time are as many."""
    twice = f(2 * durations, most=most, seconds=2 * seconds)
    return twice, f(durations, most=most, seconds=seconds)


SPEC = Procedure(
    run=run,
    torch="torch has no training loop to stop",
    laws=(limited_by_number, limited_by_time, begun_in_time, no_time_no_epoch, slower_clock),
    source="lecture 002; Sennblad (004)",
    examples=tuple(
        Example(
            inputs={"durations": np.ones(4), "most": most, "seconds": seconds},
            prints={"run": (None,)},
            source="the text",
        )
        for most, seconds in ((math.inf, 2.5), (math.inf, 2.0), (1, 2.0))
    ),
)
