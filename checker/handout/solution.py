"""A right way to write the function of a task: code of the library in the form the task asks for.

It is Python text that needs numpy and the standard library alone. The annotations of the reference
are left out.
"""

import ast
import contextlib
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from checker.cases import forms
from checker.cases.forms import Form
from checker.course.assignment import SOLUTION, Task
from checker.handout import statements
from checker.handout.statements import Change, NotAloneError, end, place
from checker.library.variants import variants
from reference.catalogue import module

LINE_WIDTH = 78
STEP = "def {name}({given}):\n    return {call}[0]"
PATH = """def {name}({given}):
    param, state, path = start, init(start), []
    for grad in grads:
        param, state = {call}
        path.append(param)
    return np.stack(path)"""


def code(task: Task, authored: str = "") -> tuple[str, str]:
    """What a right way is called, and its code, with short lines if the library has such a way.

    No library has what a task asks for by lines of its own. So this is taken from the `authored`
    solution. Raises LookupError if there is no such way that can stand alone.
    """
    if task.lines:
        return "as its author does", _of_the_author(task, authored)
    form = forms.task_form(task)
    reference = getattr(form.reference, "func", form.reference)
    write = _optimiser if form.steps else _function
    found = list[tuple[str, str]]()
    for way in (*variants(task.operation, form.backward), reference):
        with contextlib.suppress(NotAloneError):
            text = _unambiguous(_file(write(task, form, way)))
            name = "as the reference" if way is reference else way.__name__
            found.append((name.replace("_", " "), text))
            if max(map(len, text.split("\n"))) <= LINE_WIDTH:
                return found[-1]
    if not found:
        raise LookupError(f"there is no code for {task.function} that could be shown on its own.")
    return found[0]


def _of_the_author(task: Task, text: str) -> str:
    """The functions and classes of a task, with all that they use of the author's solution."""
    body, used, found = ast.parse(text).body, set(task.names), list[ast.stmt]()
    while found != (found := [node for node in body if statements.binds(node) & used]):
        used = used.union(*map(statements.names_used, found))
    if missing := set(task.names).difference(*map(statements.binds, found)):
        raise LookupError(
            f"there is no code for {task.function} that could be shown: its author has no "
            f"{SOLUTION} with {' and '.join(sorted(missing))}."
        )
    return _file([_whole(text, node) for node in found])


def _whole(text: str, node: ast.stmt) -> str:
    """The lines of a statement, with its decorators."""
    first = min(each.lineno for each in (node, *getattr(node, "decorator_list", ())))
    return "\n".join(text.split("\n")[first - 1 : node.end_lineno])


def _file(parts: list[str]) -> str:
    """The text of a file with these statements, imports first."""
    unique = list(dict.fromkeys(parts))
    imports = [part for part in unique if part.startswith(("import ", "from "))]
    others = [part for part in unique if part not in imports]
    imports.sort(key=lambda line: ("numpy" in line, line))
    return "\n\n\n".join(filter(None, ["\n".join(imports), *others]))


def _unambiguous(text: str) -> str:
    """The text, if it has no two statements for one name, which two modules may both have."""
    names = [name for node in ast.parse(text).body for name in statements.binds(node)]
    if len(set(names)) < len(names):
        raise NotAloneError
    return text


def _function(task: Task, form: Form, way: Callable[..., Any]) -> list[str]:
    """The way with the name and the arguments of the task's function."""
    text, node = _parsed(way)
    names = [part.name for part in form.arguments]
    known = inspect.signature(way).parameters
    values = {name: parameter.default for name, parameter in known.items()} | dict(task.fixed)
    if form.backward and not form.upstream:
        values["grad"] = 1.0
    used = statements.names_used(node)
    left = [name for name in known if name not in names and name in used]
    if not set(names) <= known.keys() or any(values[n] is inspect.Parameter.empty for n in left):
        raise NotAloneError
    lines = [f"def {task.function}({', '.join(names)}):"]
    first, *others = node.body
    if others and ast.get_docstring(node):
        lines.append(f"    {text[place(text, first) : end(text, first)]}")
        first = others[0]
    lines += [f"    {name} = {_literal(values[name])}" for name in left]
    body = statements.changed(
        text, _returns(text, node) if form.backward else [], place(text, first)
    )
    if way.__name__ in used:  # it calls itself
        body = re.sub(rf"\b{way.__name__}\b", task.function, body)
    lines.append(f"    {body}")
    return [*statements.needed(_module(way), used - {way.__name__}), "\n".join(lines)]


def _optimiser(task: Task, form: Form, way: Callable[..., Any]) -> list[str]:
    """The way, and a function that calls it for one step or for many."""
    names = [part.name for part in form.arguments]
    fixed = [(name, value) for name, value in task.fixed if name in forms.takes(way)]
    settings = [f"{name}={name}" for name in names[2:]] + [f"{n}={_literal(v)}" for n, v in fixed]
    template = STEP if form.steps == "one" else PATH
    state = "None" if form.steps == "one" else "state"  # only a path needs a state
    passed = ", ".join(["grad", state, "param", *settings])
    asked = template.format(
        name=task.function, given=", ".join(names), call=f"{way.__name__}({passed})"
    )
    if max(map(len, asked.split("\n"))) > LINE_WIDTH:
        inside = textwrap.indent(textwrap.fill(passed, LINE_WIDTH - 12), " " * 12)
        call = f"{way.__name__}(\n{inside}\n        )"
        asked = template.format(name=task.function, given=", ".join(names), call=call)
    own = module(task.operation)
    start = ["import numpy as np", *statements.needed(own, {"init"})] if template is PATH else []
    return [*start, *statements.needed(_module(way), {way.__name__}), asked]


def _returns(text: str, node: ast.FunctionDef) -> Iterator[Change]:
    """Of gradients: those of masks are left out, and one alone is no tuple."""
    for each in ast.walk(node):
        if isinstance(each, ast.Return) and isinstance(each.value, ast.Tuple):
            values = [v for v in each.value.elts if ast.unparse(v) != "None"]
            words = [text[place(text, value) : end(text, value)] for value in values]
            if len(values) == 1 or len(values) < len(each.value.elts):
                yield place(text, each.value), end(text, each.value), ", ".join(words)


def _literal(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _parsed(function: Callable[..., Any]) -> tuple[str, ast.FunctionDef]:
    text = statements.renamed(
        textwrap.dedent(inspect.getsource(function)).rstrip(), _module(function)
    )
    (node,) = ast.parse(text).body
    if not isinstance(node, ast.FunctionDef) or node.decorator_list:
        raise NotAloneError
    return text, node


def _module(function: Callable[..., Any]) -> ModuleType:
    return import_module(function.__module__)
