"""Find all problems of a course.toml, in the order of its lines."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from checker.course import manifest, marks
from checker.course.toml_lines import Key, Lines, in_order

KEYS = ("title", "take", "order", "defaults", "marks", "change")
DEFAULTS = (*manifest.SETTINGS, *manifest.POLICIES)
CHANGES = ("title", "text", *manifest.SETTINGS, "marks", "functions", "task")
TASK_CHANGES = ("points", *manifest.FORM_KEYS, *manifest.POLICIES)

Problems = Iterator[tuple[Key, str]]


def problems(
    text: str,
    declared: dict[str, Any],
    folder: Path,
    own: Mapping[str, Path],
    shipped: Mapping[str, Path],
) -> list[str]:
    """All problems of a course.toml.

    `text` is the file, `declared` is its content. `own` are the assignments in the `folder` of the
    course, and `shipped` those that it may take.
    """
    lines = Lines(text)
    found = [*_unknown((), declared, KEYS)]
    if not isinstance(declared.get("title"), str):
        found.append((("title",), 'title is missing or not text: title = "..."'))
    take = declared.get("take", [] if own else "all")
    wrong = list(_of_take(take, shipped))
    taken = shipped if wrong or take == "all" else {name: shipped[name] for name in take}
    found += wrong
    found += _of_order(declared.get("order", []), [*own, *taken])
    found += _of_defaults(declared.get("defaults", {}))
    found += _of_marks(("marks",), declared.get("marks", {}), None)
    found += _of_changes(declared.get("change", {}), folder, own, taken)
    return in_order([(lines.of(*key), words) for key, words in found])


def _of_take(take: Any, shipped: Collection[str]) -> Problems:
    if take != "all" and not _are_names(take):
        yield ("take",), 'take must be "all" or a list of names: ["losses", "backprop"]'
    elif take != "all":
        for name in take:
            if name not in shipped:
                yield ("take",), f"there is no assignment {name!r} to take.{near(name, shipped)}"


def _of_order(order: Any, known: Collection[str]) -> Problems:
    if not _are_names(order):
        yield ("order",), 'order must be a list of names: ["losses", "backprop"]'
        return
    for at, name in enumerate(order):
        if name not in known:
            yield ("order",), f"the course has no assignment {name!r}.{near(name, known)}"
        elif name in order[:at]:
            yield ("order",), f"{name!r} is in the order twice"


def _of_defaults(defaults: Any) -> Problems:
    if not isinstance(defaults, dict):
        yield ("defaults",), "defaults must be a table: [defaults]"
        return
    yield from _unknown(("defaults",), defaults, DEFAULTS)
    for key, words in [*manifest.of_settings(defaults), *manifest.of_values(defaults)]:
        yield ("defaults", key), words


def _of_changes(
    changes: Any, folder: Path, own: Mapping[str, Path], taken: Mapping[str, Path]
) -> Problems:
    if not isinstance(changes, dict):
        yield ("change",), "change must have a table for each assignment: [change.backprop]"
        return
    for name, change in changes.items():
        at = ("change", name)
        if name in own:
            yield at, f"{name} is an assignment of this course: change {own[name]}/assignment.toml"
        elif name not in taken:
            yield at, f"the course takes no assignment {name!r}.{near(name, taken)}"
        elif not isinstance(change, dict):
            yield at, f"change.{name} must be a table: [change.{name}]"
        else:
            yield from _of_change(at, change, folder, taken[name])


def _of_change(at: Key, change: dict[str, Any], folder: Path, assignment: Path) -> Problems:
    yield from _unknown(at, change, CHANGES)
    for key, words in manifest.of_settings(change):
        yield (*at, key), words
    text = change.get("text", "")
    if not isinstance(text, str) or Path(text).is_absolute() or ".." in Path(text).parts:
        yield (*at, "text"), 'text must be the name of a file of the course: "texts/backprop.md"'
    elif text and not (folder / text).is_file():
        yield (*at, "text"), f"there is no file {folder / text}"
    tasks = change.get("task", {})
    if not isinstance(tasks, dict) or not all(isinstance(task, dict) for task in tasks.values()):
        yield (*at, "task"), "task must have a table for each task: [change.backprop.task.dense]"
        return
    declared = manifest.read(assignment / "assignment.toml")[1]
    functions = [task["function"] for task in declared["task"]]
    yield from _of_marks((*at, "marks"), change.get("marks", {}), functions)
    for function, task in tasks.items():
        place = (*at, "task", function)
        if function not in functions:
            yield place, f"{at[1]} has no task {function!r}.{near(function, functions)}"
        yield from _unknown(place, task, TASK_CHANGES)
        if not manifest.is_number(task.get("points", 1)):
            yield (*place, "points"), "points must be a number above 0"
        for key, words in manifest.of_values(task):
            yield (*place, key), words
        for line, words in manifest.of_calls(task):
            yield (*place, "calls", line), words


def _of_marks(at: Key, table: Any, tasks: list[str] | None) -> Problems:
    for place, words in marks.problems(table, tasks):
        yield (*at, *place), words


def _unknown(at: Key, table: dict[str, Any], known: Collection[str]) -> Problems:
    for key in table.keys() - set(known):
        yield (*at, key), f"{key!r} is not a known key: use {', '.join(known)}.{near(key, known)}"


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def near(word: str, known: Collection[str]) -> str:
    """A sentence with the name that was probably meant, or nothing."""
    import difflib

    found = difflib.get_close_matches(word, known, n=1, cutoff=0.7)
    return f" Did you mean {found[0]!r}?" if found else ""
