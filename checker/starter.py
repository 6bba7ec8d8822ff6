"""The file a student starts from, derived from the operations an assignment names."""

import textwrap
from types import ModuleType

from checker.assignment import Assignment, Task
from checker.kinds import Form, Part, asked, form
from reference.catalogue import module

WIDTH = 88


def starter(assignment: Assignment) -> str:
    head = textwrap.fill(
        f"{assignment.title}. The text is in {assignment.name}.md; replace each "
        f"`raise NotImplementedError`, then run: check {assignment.name}",
        WIDTH,
    )
    functions = [function(task) for task in assignment.tasks]
    return "\n\n\n".join([f'"""{head}\n"""\n\nimport numpy as np', *functions]) + "\n"


def function(task: Task) -> str:
    question = form(asked(task), task.asks)
    parameters = ", ".join(part.name for part in question.arguments)
    first, *others = _described(task, question)
    body = textwrap.indent("\n".join([f'"""{first}', *others, '"""']), "    ")
    return f"def {task.function}({parameters}):\n{body}\n    raise NotImplementedError"


def described(task: Task) -> list[str]:
    """What the function of a task is given and returns."""
    return _described(task, form(asked(task), task.asks))


def _described(task: Task, question: Form) -> list[str]:
    title = _title(module(task.operation))
    about = f"Gradient of: {title[0].lower()}{title[1:]}" if question.backward else title
    lines = [*textwrap.wrap(about, WIDTH - 3), "", *_table(question.arguments), ""]
    results = question.returns or question.results
    if len(results) == 1:
        (result,) = results
        words = result.about or "the result"
        lines.append(f"Returns {words}{_shape(result, ' of shape ')}.")
    else:
        lines += ["Returns a tuple:", *_table(results)]
    return lines


def _title(found: ModuleType) -> str:
    return (found.__doc__ or "").partition("\n")[0]


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
