"""Check that operations have the forms and settings that a manifest names."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from checker.cases import candidates
from checker.cases.forms import kind, task_form
from checker.course import course as courses
from checker.course import toml_lines
from checker.course.assignment import Assignment, Task
from reference.catalogue import operation

DRAWN = 40  # cases, to see which numbers of axes there are


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
            place: toml_lines.Key = ("task", number, *key)
            if key[0] in changes.get(task.function, {}):
                path, place = changed, ("change", assignment.name, "task", task.function, *key)
            found.append(
                (path, lines[path].of(*place), f"task {number} ({task.function}): {words}")
            )
    return [f"{path}, line {line}: {words}" for path, line, words in sorted(found)]


def _of_task(task: Task) -> Iterator[tuple[toml_lines.Key, str]]:
    try:
        spec = operation(task.operation)
    except LookupError as error:
        yield ("operation",), str(error)
        return
    found = [*_of_settings(task, spec), *_of_ranks(task, spec)]
    yield from (((key,), words) for key, words in found)
    if not found:
        yield from _of_lines(task)


def _of_lines(task: Task) -> Iterator[tuple[toml_lines.Key, str]]:
    """The problems of calls and ranks with the arguments and the results of the task."""
    if task.lines is None:
        return
    form = task_form(task)
    names = [part.name for part in form.arguments]
    for name, line in task.lines.given.items():
        if name not in names:
            words = f"no line before has {name!r}, and no argument: these are {', '.join(names)}"
            yield ("calls", line), words
    for name in set(task.lines.uses) & set(names):
        yield ("calls",), f"{name} is an argument of the task: call the function something else"
    results = [part.name for part in form.returns or form.results]
    if task.lines.results and 1 != len(results) != len(task.lines.results):
        asked = f"{len(results)} results are asked: {', '.join(results)}"
        yield ("calls", len(task.calls.splitlines())), f"{asked}; `return` has another number"


def _of_ranks(task: Task, spec: Any) -> Iterator[tuple[str, str]]:
    known = [argument.name for argument in spec.arguments if not argument.tried]
    cases = list(candidates.random(spec.arguments, DRAWN, (1.0,))) if task.ranks else []
    for name, rank in task.ranks:
        there = sorted({np.ndim(case[name]) for case in cases}) if name in known else []
        if not there:
            yield "ranks", f"{task.operation} has no argument {name!r}: use {', '.join(known)}"
        elif rank not in there:
            yield "ranks", f"{name} has {' or '.join(map(str, there))} axes in the cases"


def _of_settings(task: Task, spec: Any) -> Iterator[tuple[str, str]]:
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
