"""Every task that a course can set on an operation that has mutants."""

from collections.abc import Iterator

from checker.cases.forms import kind
from checker.course.assignment import Task
from checker.library.mutants import written
from reference.catalogue import names, operation


def every_task() -> Iterator[Task]:
    """Generate a task for each suitable form of each operation that has mutants."""
    for name in names():
        if not written(name):
            continue
        spec = operation(name)
        settings = tuple(a.name for a in spec.arguments if a.tried and not a.fixed)
        for asks in kind(spec).suitable(spec):
            yield Task(name, name, asks, 1, arguments=settings)
