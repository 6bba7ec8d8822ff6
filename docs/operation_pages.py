"""A page for each operation and for each family, derived from the declarations."""

import ast
import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from importlib import import_module
from typing import Any

from markup import code, definitions, escaped, fenced, joined, prose, table, toctree

from checker.course.assignment import Assignment, Task
from checker.handout.operation_page import explanation
from checker.library.mutants import written
from checker.proof.oracles import deviations
from checker.proof.verify import Oracle
from reference import catalogue
from reference.spec import Argument, Convention, Operation, Spec

MOST_VALUES = 4  # shown of a setting
MUTANTS = {
    "mistake": "Mistakes in this operation",
    "convention": "Right by another convention",
    "unstable": "Right except on extreme inputs",
}
ORACLES = {
    "torch float64": "PyTorch in float64",
    "torch float32": "PyTorch in float32",
    "torch float16": "PyTorch in float16",
    "torch bfloat16": "PyTorch in bfloat16",
    "derivative": "the derivative of the forward, in arithmetic of sixty digits",
    "accuracy float64": "its own results in sixty digits, for plain float64 inputs",
    "accuracy float32": "its own results in float64, for plain float32 inputs",
    "edges": "PyTorch at the edges of the domain",
    "kinks": "the slopes of the forward on both sides of each kink",
    "untouched": "its arguments before the call, and its results in a second call",
    "layouts": "its own results for other memory layouts of the arguments",
    "invalid inputs": "PyTorch, on invalid inputs: both raise an exception",
    "state": "its states before later steps",
    "many seeds": "statistical tests over many seeds",
    "another seed": "its own results for another seed: they differ",
}

Found = Mapping[str, Mapping[str, Oracle]]  # the oracles of each operation
Asked = Mapping[str, Sequence[tuple[Assignment, Task]]]  # the tasks that ask for each operation


def pages(found: Found, asked: Asked) -> dict[str, str]:
    """All pages by their paths."""
    names = catalogue.names()
    made = {f"{path(name)}.md": _page(name, found[name], asked.get(name, ())) for name in names}
    families: dict[str, list[str]] = {}
    for name in names:
        families.setdefault(family_of(name), []).append(name)
    for family, members in families.items():
        made[f"{family}/index.md"] = _family_page(family, members, found, asked)
    rows = [
        (f"[{family}]({family}/index.md)", ", ".join(f"[{n}]({path(n)}.md)" for n in members))
        for family, members in families.items()
    ]
    made["index.md"] = joined(
        "# Operations",
        f"The reference declares {len(names)} operations in {len(families)} families. Each page is "
        "derived from one module: its docstring, signature, properties and code. `check explain "
        "NAME` shows the same text in a terminal, without the code.",
        table(("Family", "Operations"), rows),
        toctree(f"{family}/index" for family in families),
    )
    return made


def path(name: str) -> str:
    """linear/dense for dense."""
    return "/".join(catalogue.names()[name].split(".")[1:])


def family_of(name: str) -> str:
    return path(name).split("/")[0]


def _page(name: str, found: Mapping[str, Oracle], asked: Sequence[tuple[Assignment, Task]]) -> str:
    spec, about = catalogue.operation(name), explanation(name)
    given = [a.name for a in spec.arguments if not a.tried]
    chosen = table(("Name", "What it is", "Default", "Values in the checks"), _settings(spec))
    tasks = [
        (f"[{each.title}](../../assignments/{each.name}.md)", code(t.function), t.asks, t.points)
        for each, t in asked
    ]
    return joined(
        f"# {name}",
        f"**{escaped(about['title'])}.**",
        f"Kind: {spec.kind}. Family: [{family_of(name)}](index.md).",
        prose(about["text"]),
        "## Arguments and results",
        table(
            ("Argument", "What it is"), [(code(n), escaped(about["arguments"][n])) for n in given]
        ),
        table(("Result", "Shape"), _results(spec)),
        f"## Settings and conventions\n\n{chosen}" if chosen else "",
        "## Properties",
        "\n".join(f"- {escaped(each)}" for each in about["properties"]),
        "## Code",
        fenced("python", _source(name)),
        "## Proof",
        *_proof(spec, found),
        "## Common mistakes",
        *_mistakes(name, about["generic"]),
        "## Tasks",
        table(("Assignment", "Function", "Asks for", "Points:"), tasks)
        or "No assignment of the course asks for this operation.",
        "## Source",
        escaped(" ".join(about["source"].split())),
    )


def _results(spec: Operation) -> list[tuple[str, str]]:
    if spec.kind == "optimiser":
        return [("the parameter after the step", "that of `param`"), ("the state after it", "")]
    if spec.kind == "initialiser":
        return [("the weights", "that of `noise`")]
    found = [(code(o.name) if o.name else "the result", _shape(o)) for o in _outputs(spec)]
    if spec.kind == "function":
        wanted = [a for a in spec.arguments if a.differentiable]
        found += [(f"gradient with respect to `{a.name}` (backward)", _shape(a)) for a in wanted]
    return found


def _outputs(spec: Any) -> tuple[Argument, ...]:
    outputs: tuple[Argument, ...] = spec.outputs
    return outputs


def _shape(argument: Argument) -> str:
    if argument.axes == ("...",):
        return "any shape"
    axes = ", ".join(argument.axes) + ("," if len(argument.axes) == 1 else "")
    return escaped(f"({axes})") if argument.axes else "number"


def _settings(spec: Operation) -> Iterator[tuple[str, str, str, str]]:
    for a in spec.arguments:
        if a.tried:
            convention = any(isinstance(mark, Convention) for mark in a.marks)
            default = "required" if a.default is inspect.Parameter.empty else _value(a.default)
            shown = ", ".join(map(_value, a.tried[:MOST_VALUES]))
            more = f" and {len(a.tried) - MOST_VALUES} more" if len(a.tried) > MOST_VALUES else ""
            yield code(a.name), "convention" if convention else "setting", default, shown + more
    if isinstance(spec, Spec) and spec.kinks:
        low, high = spec.kinks
        for name in low:
            default = _value(inspect.signature(spec.backward).parameters[name].default)
            bounds = f"from {low[name]:g} to {high[name]:g}: all of them are right at a kink"
            yield code(name), "subgradient, of the backward", default, bounds


def _value(setting: Any) -> str:
    return code(setting.__name__ if callable(setting) else repr(setting))


def _source(name: str) -> str:
    """The code of the module, without its docstring and without SPEC."""
    text = inspect.getsource(catalogue.module(name))
    lines = text.splitlines()
    first, *others = ast.parse(text).body
    for statement in [*filter(_declares, reversed(others)), first]:
        del lines[statement.lineno - 1 : statement.end_lineno]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines)).strip()


def _declares(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "SPEC"


def _proof(spec: Operation, found: Mapping[str, Oracle]) -> Iterator[str]:
    declared = len(spec.properties)
    more = sum(title.startswith("property ") for title in found) - declared
    named = sorted((t for t in found if not t.startswith("property ")), key=list(ORACLES).index)
    rows = [(title, ORACLES[title] + _cases(found[title])) for title in named]
    others = f", and {more} more that its kind has" if more else ""
    rows.append(("property", f"the {declared} properties above{others}"))
    yield (
        f"`check verify --only {spec.name}` compares the operation with these oracles. "
        "[Verification](../../verification.md) explains them."
    )
    yield table(("Oracle", "What the operation is compared with"), rows)
    if isinstance(spec.torch, str):
        yield f"There is no comparison with PyTorch: {escaped(spec.torch)}."
    reasons: dict[str, list[str]] = {}
    for known in deviations.listed():
        if fnmatchcase(spec.name, known.operation):
            reasons.setdefault(known.reason, []).append(code(known.case))
    if reasons:
        yield "Known deviations from PyTorch:"
        yield table(("Cases", "Reason"), [(", ".join(c), escaped(r)) for r, c in reasons.items()])


def _cases(oracle: Oracle) -> str:
    return f" ({len(oracle)} cases)" if isinstance(oracle, Mapping) and len(oracle) > 1 else ""


def _mistakes(name: str, generic: Sequence[str]) -> Iterator[str]:
    """Those written for the operation first, with their hints, then those of any operation."""
    known = written(name)
    has_backward = any(each.backward for each in known)
    for kind, title in MUTANTS.items():
        items = []
        for each in known:
            words, _, hint = (inspect.getdoc(each.function) or "").partition("\n")
            part = f" ({'backward' if each.backward else 'forward'})" if has_backward else ""
            asked = f" *{escaped(' '.join(hint.split()))}*" if hint.strip() else ""
            if each.kind == kind:
                items.append((code(each.function.__name__) + part, escaped(words) + asked))
        if items:
            yield f"### {title}"
            yield definitions(items)
    if generic:
        yield "### In any operation"
        yield "\n".join(f"- {escaped(words)}" for words in generic)


def _family_page(family: str, members: Sequence[str], found: Found, asked: Asked) -> str:
    about = inspect.getdoc(import_module(f"reference.{family}")) or ""
    head = ("Operation", "What it is", "Kind", "PyTorch", "Properties:", "Assignments")
    rows = []
    for name in members:
        titles = found[name]
        places = dict.fromkeys(
            f"[{a.name}](../../assignments/{a.name}.md)" for a, _ in asked.get(name, ())
        )
        rows.append(
            (
                f"[{name}]({name}.md)",
                escaped(explanation(name)["title"]),
                catalogue.operation(name).kind,
                "yes" if "torch float64" in titles else "no",
                sum(title.startswith("property ") for title in titles),
                ", ".join(places),
            )
        )
    return joined(
        f"# {family.capitalize()}",
        prose(about),
        table(head, rows),
        toctree(members),
    )
