"""Find all problems of an assignment.toml, in the order of its lines."""

import keyword
import math
import re
from collections.abc import Iterator
from typing import Any

FILE_KEYS = ("title", "seconds", "imports", "fresh", "solution", "task")
SOLUTION = ("never", "after full marks")  # when a student may see the solution of a task
REQUIRED_KEYS = {"function": str, "operation": str, "asks": str, "points": int | float}
CHOICES = {"credit": ("each", "all"), "conventions": ("accept", "refuse")}
SHARE_KEYS = ("unstable", "other_shape", "mutates", "carried_forward")
KNOWN = (*REQUIRED_KEYS, "arguments", "fixed", *CHOICES, *SHARE_KEYS)
TASK_HEADER = re.compile(r"\s*\[\[\s*task\s*\]\]")

Problems = Iterator[tuple[int, str]]


class Lines:
    """Line numbers of the tasks and keys in the text of a manifest, which must be valid TOML."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        starts = [n for n, line in enumerate(self._lines, 1) if TASK_HEADER.match(line)]
        self._starts = [1, *starts, len(self._lines) + 1]

    def of(self, key: str, task: int = 0) -> int:
        """The line of a key in the task of this number, or of the file if `task` is 0.

        If the key is not found, the line where the task or the file begins.
        """
        if task > len(self._starts) - 2:  # the tasks are an inline array
            task = 0
        first, last = self._starts[task], self._starts[task + 1]
        name = re.escape(key)
        pattern = re.compile(
            rf"\s*([\"']?{name}[\"']?\s*[.=]|\[{{1,2}}\s*(task\s*\.\s*)?{name}\s*\])"
        )
        matching = (n for n in range(first, last) if pattern.match(self._lines[n - 1]))
        return next(matching, first)


def problems(text: str, manifest: dict[str, Any]) -> list[str]:
    """All problems of a manifest. The existence of the operations is not checked here.

    `text` is the file, `manifest` is its content.
    """
    lines = Lines(text)
    return in_order([*_of_file(lines, manifest), *_of_tasks(lines, manifest.get("task"))])


def in_order(numbered: list[tuple[int, str]]) -> list[str]:
    """Sort problems by line and put the line in front of the words."""
    return [f"line {line}: {words}" for line, words in sorted(numbered)]


def _of_file(lines: Lines, manifest: dict[str, Any]) -> Problems:
    settings = ", ".join(FILE_KEYS[:-1])
    for key in manifest.keys() - set(FILE_KEYS):
        yield lines.of(key), f"{key!r} is not a known key: use {settings} and [[task]]"
    if not isinstance(manifest.get("title"), str):
        yield lines.of("title"), 'title is missing or not text: title = "..."'
    if not _is_number(manifest.get("seconds", 1)) or manifest.get("seconds", 1) <= 0:
        yield lines.of("seconds"), "seconds must be a number above 0"
    imports = manifest.get("imports", ["numpy"])
    if not isinstance(imports, list) or not imports or not all(map(_is_package, imports)):
        yield lines.of("imports"), 'imports must be a list of packages: ["numpy", "math"]'
    if not isinstance(manifest.get("fresh", True), bool):
        yield lines.of("fresh"), "fresh must be true or false"
    if manifest.get("solution", SOLUTION[0]) not in SOLUTION:
        yield lines.of("solution"), f"solution must be {' or '.join(map(repr, SOLUTION))}"


def _of_tasks(lines: Lines, tasks: Any) -> Problems:
    if not isinstance(tasks, list) or not tasks or not all(isinstance(t, dict) for t in tasks):
        yield lines.of("task"), "there is no [[task]]: add one for each function"
        return
    first_tasks: dict[Any, int] = {}
    for number, task in enumerate(tasks, 1):
        label = f"task {number} ({task.get('function', 'without a function')})"
        for key, words in _of_task(task):
            yield lines.of(key, number), f"{label}: {words}"
        function = str(task.get("function"))
        first = first_tasks.setdefault(function, number)
        if first != number:
            yield lines.of("function", number), f"{label}: task {first} already has this function"


def _of_task(task: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, kind in REQUIRED_KEYS.items():
        valid = _is_number(task.get(key)) if key == "points" else isinstance(task.get(key), str)
        if not valid:
            yield key, f"{key} is missing or not {'text' if kind is str else 'a number'}"
    function, points = task.get("function", "f"), task.get("points", 1)
    if isinstance(function, str) and (keyword.iskeyword(function) or not function.isidentifier()):
        yield "function", "function is not a valid Python name"
    if _is_number(points) and points <= 0:
        yield "points", "points must be above 0"
    arguments = task.get("arguments", [])
    if not isinstance(arguments, list) or not all(isinstance(name, str) for name in arguments):
        yield "arguments", 'arguments must be a list of names: ["learning_rate"]'
    if not isinstance(task.get("fixed", {}), dict):
        yield "fixed", "fixed must be a table: { momentum = 0.9 }"
    for key, choices in CHOICES.items():
        if task.get(key, choices[0]) not in choices:
            yield key, f"{key} must be {' or '.join(choices)}"
    for key in SHARE_KEYS:
        share = task.get(key, 0)
        if not _is_number(share) or not 0 <= share <= 1:
            yield key, f"{key} must be a number from 0 to 1"
    for key in sorted(task.keys() - set(KNOWN)):
        yield key, f"{key!r} is not a known key: use {', '.join(KNOWN)}"


def _is_package(value: Any) -> bool:
    return isinstance(value, str) and value.isidentifier()


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
