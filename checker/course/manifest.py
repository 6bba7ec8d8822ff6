"""Find all problems of an assignment.toml, in the order of its lines."""

import keyword
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checker.course import call_lines, marks
from checker.course.toml_lines import Lines, in_order

SETTINGS = ("seconds", "imports", "fresh", "solution")  # of an assignment
FILE_KEYS = ("title", *SETTINGS, "marks", "functions", "task")
SOLUTION = ("never", "after full marks")  # when a student may see the solution of a task
REQUIRED_KEYS = {"function": str, "operation": str, "asks": str, "points": int | float}
CHOICES = {"credit": ("each", "all"), "conventions": ("accept", "refuse")}
SHARE_KEYS = ("unstable", "other_shape", "mutates", "carried_forward")
POLICIES = (*CHOICES, *SHARE_KEYS)  # of a task
FORM_KEYS = ("arguments", "fixed", "calls", "ranks")
KNOWN = (*REQUIRED_KEYS, *FORM_KEYS, *POLICIES)

Problems = Iterator[tuple[int, str]]


class ManifestError(ValueError):
    """An assignment.toml or course.toml is invalid. The message has a line for each problem."""


def read(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of a manifest, and its content. Raises ManifestError if it is no TOML."""
    import tomllib  # takes time, and a process that grades one file does not need it

    try:
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ManifestError(f"{path}: {error}") from error


def problems(text: str, manifest: dict[str, Any]) -> list[str]:
    """All problems of a manifest. The existence of the operations is not checked here.

    `text` is the file, `manifest` is its content.
    """
    lines = Lines(text)
    return in_order([*_of_file(lines, manifest), *_of_tasks(lines, manifest.get("task"))])


def _of_file(lines: Lines, manifest: dict[str, Any]) -> Problems:
    settings = ", ".join(FILE_KEYS[:-1])
    for key in manifest.keys() - set(FILE_KEYS):
        yield lines.of(key), f"{key!r} is not a known key: use {settings} and [[task]]"
    if "title" not in manifest:
        yield 1, 'title is missing or not text: title = "..."'
    for key, words in of_settings(manifest):
        yield lines.of(key), words
    tasks = manifest.get("task")
    listed = tasks if isinstance(tasks, list) else []
    functions = [str(task.get("function")) for task in listed if isinstance(task, dict)]
    for place, words in marks.problems(manifest.get("marks", {}), functions):
        yield lines.of("marks", *place), words


def of_settings(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The problems of the title and the settings of an assignment, each with its key."""
    if not isinstance(table.get("title", ""), str):
        yield "title", 'title is missing or not text: title = "..."'
    if not is_number(table.get("seconds", 1)) or table.get("seconds", 1) <= 0:
        yield "seconds", "seconds must be a number above 0"
    imports = table.get("imports", ["numpy"])
    if not isinstance(imports, list) or not imports or not all(map(_is_package, imports)):
        yield "imports", 'imports must be a list of packages: ["numpy", "math"]'
    if not isinstance(table.get("fresh", True), bool):
        yield "fresh", "fresh must be true or false"
    texts = table.get("functions", {})
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
        yield "functions", 'functions must be a table of texts: affine_forward = "..."'
    if table.get("solution", SOLUTION[0]) not in SOLUTION:
        yield "solution", f"solution must be {' or '.join(map(repr, SOLUTION))}"


def _of_tasks(lines: Lines, tasks: Any) -> Problems:
    if not isinstance(tasks, list) or not tasks or not all(isinstance(t, dict) for t in tasks):
        yield lines.of("task"), "there is no [[task]]: add one for each function"
        return
    first_tasks: dict[Any, int] = {}
    for number, task in enumerate(tasks, 1):
        label = f"task {number} ({task.get('function', 'without a function')})"
        for key, words in _of_task(task):
            yield lines.of("task", number, key), f"{label}: {words}"
        for line, words in of_calls(task):
            yield lines.of("task", number, "calls", line), f"{label}: {words}"
        function = str(task.get("function"))
        first = first_tasks.setdefault(function, number)
        if first != number:
            yield (
                lines.of("task", number, "function"),
                f"{label}: task {first} already has this function",
            )


def _of_task(task: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, kind in REQUIRED_KEYS.items():
        valid = is_number(task.get(key)) if key == "points" else isinstance(task.get(key), str)
        if not valid:
            yield key, f"{key} is missing or not {'text' if kind is str else 'a number'}"
    function = task.get("function", "f")
    if isinstance(function, str) and (keyword.iskeyword(function) or not function.isidentifier()):
        yield "function", "function is not a valid Python name"
    yield from of_values(task)
    for key in sorted(task.keys() - set(KNOWN)):
        yield key, f"{key!r} is not a known key: use {', '.join(KNOWN)}"


def of_values(task: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The problems of the points, the settings and the policies of a task, each with its key."""
    if is_number(task.get("points")) and task["points"] <= 0:
        yield "points", "points must be above 0"
    elif is_number(task.get("points")) and marks.total([task["points"]]) != task["points"]:
        yield "points", "points must have at most two decimals"
    arguments = task.get("arguments", [])
    if not isinstance(arguments, list) or not all(isinstance(name, str) for name in arguments):
        yield "arguments", 'arguments must be a list of names: ["learning_rate"]'
    if not isinstance(task.get("fixed", {}), dict):
        yield "fixed", "fixed must be a table: { momentum = 0.9 }"
    ranks = task.get("ranks", {})
    if not isinstance(ranks, dict) or not all(type(n) is int and n >= 0 for n in ranks.values()):
        yield "ranks", "ranks must be a table with the number of axes of an argument: { x = 2 }"
    if not isinstance(task.get("calls", ""), str):
        yield "calls", "calls must be text: lines of Python"
    for key, choices in CHOICES.items():
        if task.get(key, choices[0]) not in choices:
            yield key, f"{key} must be {' or '.join(choices)}"
    for key in SHARE_KEYS:
        share = task.get(key, 0)
        if not is_number(share) or not 0 <= share <= 1:
            yield key, f"{key} must be a number from 0 to 1"


def of_calls(task: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """The problems of the lines by which a task asks, each with its line in that text."""
    text = task.get("calls", "")
    if isinstance(text, str) and text:
        yield from call_lines.problems(text)


def _is_package(value: Any) -> bool:
    return isinstance(value, str) and value.isidentifier()


def is_number(value: Any) -> bool:
    """Whether a value is a finite number, and not true or false."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
