"""The file that a student starts from, made from the operations that an assignment names."""

import inspect
import re
import textwrap
from types import ModuleType

from checker.cases.forms import Form, Part, task_form
from checker.course.assignment import Assignment, Task
from checker.handout import call_stubs
from checker.handout.shapes import free_axes, shape
from reference.catalogue import module

LINE_WIDTH = 88


def starter(assignment: Assignment) -> str:
    """The text of the file."""
    head = textwrap.fill(
        f"{assignment.title}. The text is in {assignment.name}.md; replace each "
        f"`raise NotImplementedError`, then run: check {assignment.name}",
        LINE_WIDTH,
    )
    parts = filter(None, functions(assignment).values())
    return "\n\n\n".join([f'"""{head}\n"""\n\nimport numpy as np', *parts]) + "\n"


def functions(assignment: Assignment) -> dict[str, str]:
    """For each task the source of what it asks for and no task before it."""
    left = call_stubs.definitions(assignment)
    return {
        task.function: "\n\n\n".join(left.pop(name) for name in task.names if name in left)
        if task.lines
        else function(task)
        for task in assignment.tasks
    }


def function(task: Task) -> str:
    """The source of a task's function: signature, docstring, and `raise NotImplementedError`."""
    form = task_form(task)
    parameters = ", ".join(part.name for part in form.arguments)
    first, *others = _described(task, form)
    body = textwrap.indent("\n".join([f'"""{first}', *others, '"""']), "    ")
    return f"def {task.function}({parameters}):\n{body}\n    raise NotImplementedError"


def described(task: Task) -> list[str]:
    """Lines on the arguments and the results of a task's function, and how it is asked."""
    lines = [f"    {line}" for line in call_stubs.asked(task)]
    how = ["", "Your functions are asked like this:", "", *lines] if lines else []
    return [*_described(task, task_form(task)), *how]


def _described(task: Task, form: Form) -> list[str]:
    title = _title(module(task.operation))
    if form.backward:
        # A name such as L2, ELU or Beale's keeps its capital.
        first = title[0].lower() if re.match(r"[A-Z][a-z]+(?!['\w])", title) else title[0]
        title = f"Gradient of: {first}{title[1:]}"
    free = free_axes(task)
    lines = [*textwrap.wrap(title, LINE_WIDTH - 3), "", *_table(form.arguments, free), ""]
    results = form.returns or form.results
    if len(results) == 1:
        (result,) = results
        words = result.about or "the result"
        told = "" if result.axes in ((), ("...",)) else f" of shape {shape(result, free)}"
        lines.append(f"Returns {words}{told}.")
    else:
        lines += ["Returns a tuple:", *_table(results, free)]
    return lines


def _title(source: ModuleType) -> str:
    return (inspect.getdoc(source) or "").partition("\n")[0]


def _table(parts: tuple[Part, ...], free: int | None) -> list[str]:
    names = max(len(part.name) for part in parts)
    shapes = max(len(shape(part, free)) for part in parts)
    return [
        f"    {part.name:<{names}}  {shape(part, free):<{shapes}}  {part.about}".rstrip()
        for part in parts
    ]
