"""The mutants of a task: those written for its operation first, then generic ones."""

import inspect
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from checker.cases import paired_conventions, published
from checker.cases.forms import Call, Form, configured, form
from checker.course import code
from checker.course.assignment import Task
from checker.library import generic
from checker.library.mutants import LibraryError, not_applicable, written
from reference.spec import Argument


@dataclass(frozen=True)
class Mutant:
    """A known-wrong implementation. `call` takes a student's arguments and returns the results.

    `name` is its permanent id and `kind` is "mistake", "convention" or "unstable".
    """

    name: str
    kind: str
    misconception: str
    hint: str
    call: Call
    generic: bool = False


def mutants(task: Task, folder: Path | None = None) -> tuple[Mutant, ...]:
    """The mutants of a task. `folder` is the assignment's, which may have its own mutants.

    Those of a published assignment have prepared answers. Raises LibraryError if two mutants
    written for the operation have the same name.
    """
    if folder is not None and published.is_published(folder):
        return tuple(Mutant(*row) for row in published.mutants(folder, task.function))
    return _mutants(task, folder, code.snapshot())


@lru_cache(maxsize=64)  # for all submissions of a class
def _mutants(task: Task, folder: Path | None, snapshot: code.Snapshot) -> tuple[Mutant, ...]:
    spec = configured(task)
    asked = form(spec, task.asks)
    entries = written(task.operation, folder)
    own = [
        _mutant(entry.function, partial(asked.call, entry.function), kind=entry.kind)
        for entry in entries
        if entry.backward == asked.backward
    ]
    for entry, call in paired_conventions.gradients(spec, asked, entries):
        of_forward = _mutant(entry.function, call, kind=entry.kind)
        words = of_forward.misconception
        words = f"This is the gradient of another convention: {words[:1].lower()}{words[1:]}"
        own.append(replace(of_forward, misconception=words))
    left_out = not_applicable(task.operation, folder) | {mutant.name for mutant in own}
    others = [mutant for mutant in _generic(spec, asked) if mutant.name not in left_out]
    counts = Counter(mutant.name for mutant in own)
    for name in (name for name, count in counts.items() if count > 1):
        raise LibraryError(f"{task.operation} has two mutants called {name}: rename one of them.")
    return (*own, *others)


def _generic(spec: Any, asked: Form) -> Iterator[Mutant]:
    if asked.measure:  # operators change results, and statistical tests replace these
        return
    question = _question(spec, asked)
    for operator in generic.OPERATORS:
        call = operator(question)
        if call is not None:
            yield _mutant(operator, call, generic=True)
    for at, values in question.settings.items():
        name = asked.arguments[at].name
        for k, unused in enumerate(values):
            call = generic.setting_ignored(question, at, unused)
            mutant = _mutant(generic.setting_ignored, call)
            words, hint = (text.format(name=name) for text in (mutant.misconception, mutant.hint))
            ending = f"_as_{unused:g}" if k else ""
            yield Mutant(f"{name}_ignored{ending}", "mistake", words, hint, call, generic=True)


def _mutant(
    function: Callable[..., Any], call: Call, *, kind: str = "mistake", generic: bool = False
) -> Mutant:
    """Make a mutant whose docstring has the misconception in its first line, then the hint."""
    words, _, hint = (inspect.getdoc(function) or "").partition("\n")
    return Mutant(function.__name__, kind, words, " ".join(hint.split()), call, generic)


def _question(spec: Any, asked: Form) -> generic.Question:
    places = {part.name: at for at, part in enumerate(asked.arguments)}
    return generic.Question(
        call=partial(asked.call, asked.reference),
        results=len(asked.results),
        rank=max(_rank(part.axes) for part in asked.results),
        input_rank=max(_rank(part.axes) for part in asked.arguments),
        elementwise=all(part.axes in ((), ("...",)) for part in asked.arguments),
        backward=asked.backward,
        upstream=asked.upstream,
        smooth=asked.overflows,
        steps=asked.steps,
        settings={places[a.name]: _unused(a) for a in spec.arguments if len(a.tried) > 1},
    )


def _rank(axes: tuple[str, ...]) -> int:
    """The number of axes, where "..." counts as one."""
    return len(axes) + ("..." in axes)


def _unused(setting: Argument) -> tuple[Any, ...]:
    """The values that a function which ignores a setting may use instead of it.

    These are the default, or else the first value tried, and for real numbers also 0 and 1, since
    leaving out a summand or a factor is the same as setting it to 0 or 1.
    """
    tried, default = setting.tried, setting.default
    usual = default if any(default == value for value in tried) else tried[0]
    numbers = all(isinstance(value, float) for value in tried)
    return (usual, *(n for n in (0.0, 1.0) if numbers and n != usual))
