"""The file that a student starts from, made from the operations that an assignment names."""

import re
import textwrap
from types import ModuleType

from checker.cases.forms import Form, Part, task_form
from checker.course.assignment import Assignment, Task
from reference.catalogue import module

LINE_WIDTH = 88


def starter(assignment: Assignment) -> str:
    """The text of the file."""
    head = textwrap.fill(
        f"{assignment.title}. The text is in {assignment.name}.md; replace each "
        f"`raise NotImplementedError`, then run: check {assignment.name}",
        LINE_WIDTH,
    )
    functions = [function(task) for task in assignment.tasks]
    return "\n\n\n".join([f'"""{head}\n"""\n\nimport numpy as np', *functions]) + "\n"


def function(task: Task) -> str:
    """The source of a task's function: signature, docstring, and `raise NotImplementedError`."""
    form = task_form(task)
    parameters = ", ".join(part.name for part in form.arguments)
    first, *others = _described(task, form)
    body = textwrap.indent("\n".join([f'"""{first}', *others, '"""']), "    ")
    return f"def {task.function}({parameters}):\n{body}\n    raise NotImplementedError"


def described(task: Task) -> list[str]:
    """Lines on the arguments and the results of a task's function."""
    return _described(task, task_form(task))


def _described(task: Task, form: Form) -> list[str]:
    title = _title(module(task.operation))
    if form.backward:
        # A name such as L2, ELU or Beale's keeps its capital.
        first = title[0].lower() if re.match(r"[A-Z][a-z]+(?!['\w])", title) else title[0]
        title = f"Gradient of: {first}{title[1:]}"
    lines = [*textwrap.wrap(title, LINE_WIDTH - 3), "", *_table(form.arguments), ""]
    results = form.returns or form.results
    if len(results) == 1:
        (result,) = results
        words = result.about or "the result"
        lines.append(f"Returns {words}{_shape(result, ' of shape ')}.")
    else:
        lines += ["Returns a tuple:", *_table(results)]
    return lines


def _title(source: ModuleType) -> str:
    return (source.__doc__ or "").partition("\n")[0]


def _table(parts: tuple[Part, ...]) -> list[str]:
    names = max(len(part.name) for part in parts)
    shapes = max(len(_shape(part)) for part in parts)
    return [
        f"    {part.name:<{names}}  {_shape(part):<{shapes}}  {part.about}".rstrip()
        for part in parts
    ]


def _shape(part: Part, before: str = "") -> str:
    if part.axes == ("...",):
        return "" if before else "any shape"
    if not part.axes:
        return "" if before else part.single
    inner = ", ".join(part.axes) + ("," if len(part.axes) == 1 else "")
    return f"{before}({inner})"
