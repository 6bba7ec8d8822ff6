"""Check that operations have the forms and settings that a manifest names."""

import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from inspect import Parameter
from pathlib import Path
from typing import Any

import numpy as np

from checker.cases import candidates
from checker.cases.forms import NO_DEFAULT, kind, task_form
from checker.course import course as courses
from checker.course import toml_lines
from checker.course.assignment import Assignment, Task
from reference.catalogue import operation
from reference.spec import Argument, Each

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


def not_installed(assignment: Assignment) -> list[str]:
    """The packages that a submission may import and that are not here, with their line."""
    course = courses.current()
    path = course.folder / courses.FILE
    place: toml_lines.Key = ("defaults", "imports")
    if "imports" in course.change(assignment.name):
        place = ("change", assignment.name, "imports")
    elif "imports" in tomllib.loads((assignment.folder / "assignment.toml").read_text("utf-8")):
        path, place = assignment.folder / "assignment.toml", ("imports",)
    line = toml_lines.Lines(path.read_text(encoding="utf-8")).of(*place)
    return [
        f"{path}, line {line}: {package!r} is not installed here. Install it, or leave it out."
        for package in assignment.imports
        if find_spec(package) is None
    ]


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
    for name, value in task.fixed:
        for argument in spec.arguments:
            if argument.name == name and argument.tried and (words := _unfit(argument, value)):
                yield "fixed", f"{name} = {value!r}, but {words}"
    chosen = {*task.arguments, *dict(task.fixed)}
    for argument in spec.arguments:
        if argument.tried and argument.default is Parameter.empty and argument.name not in chosen:
            yield "arguments", f"{argument.name} of {task.operation} {NO_DEFAULT}"
    for name in set(task.arguments) & set(dict(task.fixed)):
        yield "fixed", f"{name!r} is in arguments too: remove it from one of them"


def _unfit(argument: Argument, value: Any) -> str:
    """What a setting takes, in words, if this is no value for it, or nothing.

    A `Try` lists only some numbers. A `Range` has all real ones, but of whole numbers only those
    for which cases stay small.
    """
    if isinstance(value, list):
        several = argument.mark(Each) or any(isinstance(each, tuple) for each in argument.tried)
        return "" if several else "it takes no list"
    known = [v for v in (*argument.tried, argument.default) if isinstance(v, str | int | float)]
    numbers = [v for v in known if _is_number(v)]
    if not _is_number(value) or not numbers:
        fits = any(type(each) is type(value) and each == value for each in known)
        return "" if fits else f"it takes {' or '.join(map(repr, argument.tried))}"
    if all(isinstance(number, int) for number in numbers):
        return "" if isinstance(value, int) else "it takes whole numbers"
    allowed = argument.range
    if allowed is None or value in numbers or allowed.low < value < allowed.high:
        return ""
    return f"it takes numbers between {allowed.low} and {allowed.high}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
