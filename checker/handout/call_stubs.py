"""The functions and classes that tasks with lines of their own ask for, as students start them.

What a function takes and gives is read off the lines: the arguments and results of the task have
their shapes, a dictionary its keys, and what only goes from one function to another may be
anything. An author may write the text of a function or class instead.
"""

import textwrap
from collections.abc import Iterator

from checker.cases.forms import Part, task_form
from checker.course.assignment import Assignment, Task
from checker.course.call_lines import CallLines, Use, is_class
from checker.handout.shapes import free_axes, shape

Used = tuple[Task, Use]
INDENT = " " * 4


def definitions(assignment: Assignment) -> dict[str, str]:
    """The source of each, by its name, in the order in which the tasks ask for them."""
    plain = {task.function for task in assignment.tasks if not task.lines}
    texts = dict(assignment.functions)
    used: dict[str, Used] = {}
    for task in assignment.tasks:
        for name, use in task.lines.uses.items() if task.lines else ():
            used.setdefault(name, (task, use))
    tops = dict.fromkeys(name.partition(".")[0] for name in used)
    return {
        name: _class(name, used, texts) if is_class(name) else _function(name, used[name], texts)
        for name in tops
        if name not in plain
    }


def asked(task: Task) -> list[str]:
    """The lines by which a task asks, as code."""
    lines = task.lines
    return [*lines.body, f"return {lines.result}"] if lines else []


def _class(name: str, used: dict[str, Used], texts: dict[str, str]) -> str:
    task, use = used[name]
    about = [texts[name]] if name in texts else [_title(task), "", *_indented(asked(task))]
    parts = [_docstring(about)]
    if use.parameters:
        parts.append(_function(f"{name}.__init__", used[name], texts))
    methods = [each for each in used if each.startswith(f"{name}.")]
    parts += [_function(method, used[method], texts) for method in methods]
    first, *others = map(_inside, parts)
    return "\n\n".join([f"class {name}:\n{first}", *others])


def _function(name: str, used: Used, texts: dict[str, str]) -> str:
    task, use = used
    of_class, _, own = name.rpartition(".")
    static = task.lines is not None and name in task.lines.static
    parameters = ", ".join([*(["self"] if of_class and not static else []), *use.parameters])
    about = [texts[name]] if name in texts else list(_described(name, task, use))
    text = f"{_inside(_docstring(about))}\n" if about else ""
    head = "@staticmethod\n" if static else ""
    return f"{head}def {own}({parameters}):\n{text}{INDENT}raise NotImplementedError"


def _described(name: str, task: Task, use: Use) -> Iterator[str]:
    """What a function takes and gives."""
    lines = task.lines
    if lines is None:
        return
    own = name.rpartition(".")[2]
    if own == "__init__":
        return
    if "." not in name:
        yield from [_title(task), "", *_indented(asked(task)), ""]
    form, free = task_form(task), free_axes(task)
    given = {part.name: _described_part(part, free) for part in form.arguments}
    given |= {n: _keys(keys) for n, keys in lines.dictionaries.items()}
    yield from _table(
        "Takes:", {n: given[n] for n in use.parameters if n in use.as_they_are and n in given}
    )
    returned = {each: _returned(task, lines, each) for each in use.returns}
    if use.last:
        returned = {p.name: _described_part(p, free) for p in form.returns or form.results}
    yield from _table("Returns:", returned)


def _returned(task: Task, lines: CallLines, name: str) -> str:
    """What is known of something that a function returns."""
    results = task_form(task).returns or task_form(task).results
    if name in lines.results and len(results) == len(lines.results):
        return _described_part(results[lines.results.index(name)], free_axes(task))
    if keys := lines.dictionaries.get(name):
        return _keys(keys)
    to = lines.passed.get(name)
    if to and name not in lines.looked_at:
        return f"anything: only your {' and '.join(to)} gets it"
    return ""


def _table(head: str, known: dict[str, str]) -> Iterator[str]:
    if any(known.values()):
        longest = max(map(len, known))
        lines = (f"{INDENT}{name:<{longest}}  {words}".rstrip() for name, words in known.items())
        yield from ["", head, *lines]


def _keys(keys: dict[str, str]) -> str:
    return f"a dictionary with {', '.join(map(repr, keys))}"


def _described_part(part: Part, free: int | None) -> str:
    return f"{shape(part, free)}  {part.about}".strip()


def _title(task: Task) -> str:
    return f"The task {task.function} asks:"


def _docstring(lines: list[str]) -> str:
    text = "\n".join(lines).strip()
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return f'"""{text}\n"""' if "\n" in text else f'"""{text}"""'


def _indented(lines: list[str]) -> list[str]:
    return [INDENT + line for line in lines]


def _inside(text: str) -> str:
    return textwrap.indent(text, INDENT)
