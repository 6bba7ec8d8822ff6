"""Recognise a file that was written for another assignment."""

from collections.abc import Iterable
from functools import cache

from checker.course import assignment as assignments
from checker.course import course as courses

FEWEST = 2  # functions: one alone may have its name by chance


def functions() -> dict[str, frozenset[str]]:
    """The functions that each assignment asks for."""
    return _functions(courses.current())


@cache
def _functions(course: courses.Course) -> dict[str, frozenset[str]]:
    return {name: frozenset(assignments.find(name).names) for name in course.folders}


def words(defined: Iterable[str]) -> str:
    """Words about the assignment with most of these functions, or none if it has too few."""
    found = {name: sorted(asked.intersection(defined)) for name, asked in functions().items()}
    most = max(map(len, found.values()), default=0)
    if most < FEWEST:
        return ""
    likely = [name for name, own in found.items() if len(own) == most]
    shown = found[likely[0]]
    listed = ", ".join(shown[:3]) + (", ..." if len(shown) > 3 else "")
    return f"this looks like {' or '.join(likely)}: it defines {listed}"
