"""Fresh cases: further cases of each task, drawn from a secret seed when a class is graded.

Nobody has seen them before, so a function that repeats the answers to the visible cases fails. They
are not stored: the seed gives the same cases again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from checker.cases.case_set import CaseSet
from checker.course.assignment import Assignment

BEYOND = 10_000  # the seeds of visible and held-out cases
SEEDS = 2**31  # a student may hand the seed of a case to any generator, and some take 32 bits


@dataclass(frozen=True)
class FreshCases:
    """The visible and the fresh cases of one task."""

    visible: CaseSet
    fresh: CaseSet

    @cached_property
    def together(self) -> CaseSet:
        """Both as one case set. A verdict stands on all of its cases."""
        return replace(self.visible, cases=[*self.visible.cases, *self.fresh.cases])


def load(
    assignment: Assignment, case_sets: Mapping[str, CaseSet], seed: int
) -> dict[str, FreshCases]:
    """Make the fresh cases of each task of an assignment."""
    from checker.cases import generation  # imports the reference

    first = BEYOND + int(np.random.default_rng(seed).integers(SEEDS))
    return {
        task.function: FreshCases(case_sets[task.function], generation.further(task, first))
        for task in assignment.tasks
    }
