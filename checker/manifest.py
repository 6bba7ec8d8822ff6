"""What is wrong with an assignment.toml: every problem, in the order of its lines."""

import keyword
import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checker.assignment import Assignment, Task

TOP = ("title", "seconds", "imports", "hidden_seed", "task")
TASK = {"function": str, "operation": str, "asks": str, "points": int | float}
CONVENTIONS = ("accept", "refuse")
SHARES = ("unstable", "follow_through")
KNOWN = (*TASK, "arguments", "fixed", "conventions", *SHARES)
HEADER = re.compile(r"\s*\[\[\s*task\s*\]\]")

Found = Iterator[tuple[int, str]]


class Lines:
    """Where in the text a task begins and its keys stand. The text is known to be TOML."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        starts = [n for n, line in enumerate(self._lines, 1) if HEADER.match(line)]
        self._starts = [1, *starts, len(self._lines) + 1]

    def of(self, key: str, task: int = 0) -> int:
        """The line of a key, of the file or of the task of this number; else where that begins."""
        if task > len(self._starts) - 2:  # written inline
            task = 0
        first, last = self._starts[task], self._starts[task + 1]
        name = re.escape(key)
        pattern = re.compile(
            rf"\s*([\"']?{name}[\"']?\s*[.=]|\[{{1,2}}\s*(task\s*\.\s*)?{name}\s*\])"
        )
        matching = (n for n in range(first, last) if pattern.match(self._lines[n - 1]))
        return next(matching, first)


def problems(text: str, manifest: dict[str, Any]) -> list[str]:
    """Of the manifest as it stands; what operations there are is not asked."""
    lines = Lines(text)
    return _sorted([*_of_file(lines, manifest), *_of_tasks(lines, manifest.get("task"))])


def unmeant(found: "Assignment") -> list[str]:
    """What a manifest that can be read asks of operations which they do not have."""
    lines = Lines((found.folder / "assignment.toml").read_text(encoding="utf-8"))
    return _sorted(
        [
            (lines.of(key, number), f"task {number} ({task.function}): {words}")
            for number, task in enumerate(found.tasks, 1)
            for key, words in _unmeant(task)
        ]
    )


def _sorted(found: list[tuple[int, str]]) -> list[str]:
    return [f"line {line}: {words}" for line, words in sorted(found)]


def _of_file(lines: Lines, manifest: dict[str, Any]) -> Found:
    for key in manifest.keys() - set(TOP):
        yield lines.of(key), f"{key!r} is not a setting: {', '.join(TOP[:-1])} and [[task]] are"
    if not isinstance(manifest.get("title"), str):
        yield lines.of("title"), 'title is missing or not text: title = "..."'
    if not _is_number(manifest.get("seconds", 1)) or manifest.get("seconds", 1) <= 0:
        yield lines.of("seconds"), "seconds must be a number above 0"
    imports = manifest.get("imports", ["numpy"])
    if not isinstance(imports, list) or not imports or not all(map(_is_package, imports)):
        yield lines.of("imports"), 'imports must be a list of packages: ["numpy", "math"]'
    seed = manifest.get("hidden_seed", 0)
    if not isinstance(seed, int) or isinstance(seed, bool) or seed < 0:
        yield lines.of("hidden_seed"), "hidden_seed must be a whole number, 0 or more"


def _of_tasks(lines: Lines, tasks: Any) -> Found:
    if not isinstance(tasks, list) or not tasks or not all(isinstance(t, dict) for t in tasks):
        yield lines.of("task"), "there is no [[task]]"
        return
    seen: dict[Any, int] = {}
    for number, task in enumerate(tasks, 1):
        who = f"task {number} ({task.get('function', 'without a function')})"
        for key, words in _of_task(task):
            yield lines.of(key, number), f"{who}: {words}"
        function = str(task.get("function"))
        if seen.setdefault(function, number) != number:
            yield lines.of("function", number), f"{who}: task {seen[function]} has this function"


def _of_task(task: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, kind in TASK.items():
        right = _is_number(task.get(key)) if key == "points" else isinstance(task.get(key), str)
        if not right:
            yield key, f"{key} is missing or not {'text' if kind is str else 'a number'}"
    function, points = task.get("function", "f"), task.get("points", 1)
    if isinstance(function, str) and (keyword.iskeyword(function) or not function.isidentifier()):
        yield "function", "function is no name that Python allows"
    if _is_number(points) and points <= 0:
        yield "points", "points must be above 0"
    arguments = task.get("arguments", [])
    if not isinstance(arguments, list) or not all(isinstance(each, str) for each in arguments):
        yield "arguments", 'arguments must be a list of names: ["learning_rate"]'
    if not isinstance(task.get("fixed", {}), dict):
        yield "fixed", "fixed must be a table: { momentum = 0.9 }"
    if task.get("conventions", "accept") not in CONVENTIONS:
        yield "conventions", f"conventions is neither {' nor '.join(CONVENTIONS)}"
    for key in SHARES:
        share = task.get(key, 0)
        if not _is_number(share) or not 0 <= share <= 1:
            yield key, f"{key} must be a number from 0 to 1"
    for key in sorted(task.keys() - set(KNOWN)):
        yield key, f"{key!r} is not one of {', '.join(KNOWN)}"


def _unmeant(task: "Task") -> Iterator[tuple[str, str]]:
    from importlib import import_module

    from reference.catalogue import operation

    try:
        spec = operation(task.operation)
    except LookupError as error:
        yield "operation", str(error)
        return
    forms = import_module(f"checker.kinds.{spec.kind}").FORMS
    if task.asks not in forms:
        yield "asks", f"{task.asks!r} is not asked of a {spec.kind}: {', '.join(forms)} are"
    settings = {argument.name for argument in spec.arguments if argument.tried}
    there = f"its settings are {', '.join(sorted(settings))}" if settings else "it has no settings"
    for key, names in (("arguments", task.arguments), ("fixed", tuple(dict(task.fixed)))):
        for name in names:
            if name not in settings:
                yield key, f"{name!r} is no setting of {task.operation}: {there}"
    for name in set(task.arguments) & set(dict(task.fixed)):
        yield "fixed", f"{name!r} is an argument already"


def _is_package(value: Any) -> bool:
    return isinstance(value, str) and value.isidentifier()


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
