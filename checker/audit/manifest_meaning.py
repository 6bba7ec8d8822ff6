"""Check that operations have the forms and settings that a manifest names."""

from collections.abc import Iterator

from checker.cases.forms import kind
from checker.course import manifest
from checker.course.assignment import Assignment, Task
from reference.catalogue import operation


def problems(assignment: Assignment) -> list[str]:
    """The problems of a readable manifest with forms and settings, in the order of its lines."""
    lines = manifest.Lines((assignment.folder / "assignment.toml").read_text(encoding="utf-8"))
    return manifest.in_order(
        [
            (lines.of(key, number), f"task {number} ({task.function}): {words}")
            for number, task in enumerate(assignment.tasks, 1)
            for key, words in _of_task(task)
        ]
    )


def _of_task(task: Task) -> Iterator[tuple[str, str]]:
    try:
        spec = operation(task.operation)
    except LookupError as error:
        yield "operation", str(error)
        return
    forms = kind(spec).forms
    if task.asks not in forms:
        yield "asks", f"{task.asks!r} is not a form of a {spec.kind}: use one of {', '.join(forms)}"
    settings = {argument.name for argument in spec.arguments if argument.tried}
    there = f"its settings are {', '.join(sorted(settings))}" if settings else "it has no settings"
    for key, names in (("arguments", task.arguments), ("fixed", tuple(dict(task.fixed)))):
        for name in names:
            if name not in settings:
                yield key, f"{name!r} is not a setting of {task.operation}: {there}"
    for name in set(task.arguments) & set(dict(task.fixed)):
        yield "fixed", f"{name!r} is in arguments too: remove it from one of them"
