"""Check that operations have the forms and settings that a manifest names."""

from collections.abc import Iterator
from pathlib import Path

from checker.cases.forms import kind
from checker.course import course as courses
from checker.course import toml_lines
from checker.course.assignment import Assignment, Task
from reference.catalogue import operation


def problems(assignment: Assignment) -> list[str]:
    """The problems of a readable manifest with forms and settings, in the order of its lines.

    What the course has changed is a problem of its course.toml.
    """
    course = courses.current()
    changes = course.change(assignment.name).get("task", {})
    manifest, changed = assignment.folder / "assignment.toml", course.folder / courses.FILE
    lines = {
        path: toml_lines.Lines(path.read_text(encoding="utf-8")) for path in (manifest, changed)
    }
    found = []
    for number, task in enumerate(assignment.tasks, 1):
        for key, words in _of_task(task):
            path: Path = manifest
            place: toml_lines.Key = ("task", number, key)
            if key in changes.get(task.function, {}):
                path, place = changed, ("change", assignment.name, "task", task.function, key)
            found.append(
                (path, lines[path].of(*place), f"task {number} ({task.function}): {words}")
            )
    return [f"{path}, line {line}: {words}" for path, line, words in sorted(found)]


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
