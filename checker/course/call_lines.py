"""How a task asks for functions of another form: a few lines of Python in a manifest.

    out, cache = affine_forward(x, weight, bias)
    return affine_backward(grad, cache)

The lines are a small part of Python, so that what they ask for can be read off them: the functions
and classes that a student writes, what each is given, and what it returns. They are run beside the
submission only, and never here (`checker.sandbox.asked_lines`).
"""

import ast
import builtins
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

NOT_THEIRS = {*dir(builtins), "np", "numpy", "math"}
OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div)
STATEMENTS = "use assignments, calls, `for`, and `return` in the last line"
EXPRESSIONS = (
    "use names, numbers, text, tuples, lists, dictionaries, calls, attributes, entries and + - * /"
)


@dataclass
class Use:
    """How a function or method is used first: names for what it takes and for what it returns.

    `as_they_are` are the parameters that get what the lines call so. `kept` says whether the value
    is used at all, and `last` whether it is the result of the task.
    """

    parameters: tuple[str, ...]
    returns: tuple[str, ...]
    as_they_are: frozenset[str] = frozenset()
    kept: bool = True
    last: bool = False


@dataclass
class CallLines:
    """What the lines of one task say.

    `body` are the lines before the last one, whose value is `result`, or `results` one by one.
    `uses` has the functions and classes that a student writes, and their methods as "Class.method";
    those that are `static` are called on the class. `given` are the other names that nothing
    defines, with their lines: the arguments of the task. `dictionaries` has the keys of those that
    the lines make or read, each with the code of its value. `passed` has the functions that get a
    name, and `looked_at` the names that are used in another way. `problems` are what cannot be
    understood, with the line.
    """

    text: str = ""
    body: list[str] = field(default_factory=list)
    result: str = ""
    results: list[str] = field(default_factory=list)
    uses: dict[str, Use] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)
    passed: dict[str, list[str]] = field(default_factory=dict)
    looked_at: set[str] = field(default_factory=set)
    dictionaries: dict[str, dict[str, str]] = field(default_factory=dict)
    static: set[str] = field(default_factory=set)
    problems: list[tuple[int, str]] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        """The functions and classes that a student writes."""
        return tuple(dict.fromkeys(name.partition(".")[0] for name in self.uses))

    @property
    def answering(self) -> tuple[str, ...]:
        """The functions and methods whose values are used."""
        return tuple(name for name, use in self.uses.items() if use.kept)

    @property
    def methods(self) -> tuple[str, ...]:
        return tuple(name for name in self.uses if "." in name)


@lru_cache(maxsize=512)
def read(text: str) -> CallLines:
    """Read the lines of a task. What cannot be is among the `problems`, with the line from 1 on."""
    reader = _Reader()
    try:
        reader.found.text = _dedented(text)
        statements = ast.parse(reader.found.text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        reader.found.problems.append((line, f"{getattr(error, 'msg', error)}"))
        return reader.found
    *body, last = statements or [ast.Pass(lineno=1)]
    reader.statements(body)
    reader.last(last)
    lines = reader.found.text.split("\n")
    reader.found.body = [line for line in lines[: last.lineno - 1] if line.strip()]
    reader.found.result = " ".join(lines[last.lineno - 1 :]).strip().removeprefix("return").strip()
    return reader.found


def _dedented(text: str) -> str:
    """The text as Python reads it. Its lines keep their numbers."""
    return textwrap.dedent(text.replace("\t", "    "))


def is_class(name: str) -> bool:
    """Whether a name is that of a class: it begins with a capital letter."""
    return name[:1].isupper()


class _Reader:
    def __init__(self) -> None:
        self.found = CallLines()
        self._known: set[str] = set()
        self._objects: dict[str, str] = {}  # the class of each name

    def statements(self, body: list[ast.stmt], top: bool = True) -> None:
        for statement in body:
            match statement:
                case ast.Assign([target], value):
                    self._assign(target, value)
                case ast.Expr(ast.Call() as call):
                    self._call(call, (), kept=False)
                case ast.For(target, values, inner, []):
                    self._value(values)
                    self._target(target)
                    self.statements(inner)
                case ast.Return():
                    self._problem(statement, "`return` is the last line, and stands there alone")
                case _:
                    words = ast.unparse(statement).split("\n")[0]
                    self._problem(statement, f"`{words}` cannot be in calls: {STATEMENTS}")

    def last(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Return(ast.expr() as value):
                parts = value.elts if isinstance(value, ast.Tuple) else [value]
                several = isinstance(value, ast.Call)  # which may return any number
                self.found.results = [] if several else [ast.unparse(part) for part in parts]
                if isinstance(value, ast.Call):
                    self._call(value, (), last=True)
                else:
                    self._value(value)
            case _:
                self._problem(statement, "the last line of calls must be `return ...`")
        if not self.found.uses and not self.found.problems:
            self._problem(statement, "calls must call some function of the student")

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        match value:
            case ast.Call():
                self._call(value, tuple(map(_name, _parts(target))))
            case ast.Dict() if isinstance(target, ast.Name):
                self._value(value)
                self.found.dictionaries[target.id] = {
                    key.value: ast.unparse(part)
                    for key, part in zip(value.keys, value.values, strict=True)
                    if isinstance(key, ast.Constant) and isinstance(key.value, str)
                }
            case _:
                self._value(value)
        self._target(target)
        match target, value:
            case ast.Name(name), ast.Call(ast.Name(called)) if is_class(called):
                self._objects[name] = called

    def _target(self, target: ast.expr) -> None:
        match target:
            case ast.Name(name):
                self._known.add(name)
                self._objects.pop(name, None)
            case ast.Tuple(parts) | ast.List(parts):
                for part in parts:
                    self._target(part)
            case ast.Attribute(inner) | ast.Subscript(inner, ast.Constant()):
                self._value(inner)
            case _:
                words = ast.unparse(target)
                self._problem(target, f"nothing can be assigned to `{words}` in calls")

    def _value(self, value: ast.expr) -> None:
        match value:
            case ast.Constant(None | bool() | int() | float() | str()):
                pass
            case ast.Name(name):
                self._given(value, name)
                self.found.looked_at.add(name)
            case ast.Attribute(inner) | ast.UnaryOp(ast.USub(), inner):
                self._value(inner)
            case ast.Subscript(inner, ast.Constant() | ast.UnaryOp(ast.USub(), ast.Constant())):
                self._value(inner)
                self._entry(inner, value.slice)
            case ast.Tuple(parts) | ast.List(parts):
                for part in parts:
                    self._value(part)
            case ast.Dict(keys, values) if all(isinstance(key, ast.Constant) for key in keys):
                for part in values:
                    self._value(part)
            case ast.BinOp(left, operator, right) if isinstance(operator, OPERATORS):
                self._value(left)
                self._value(right)
            case ast.Call():
                self._call(value, ())
            case _:
                self._problem(value, f"`{ast.unparse(value)}` cannot be in calls: {EXPRESSIONS}")

    def _entry(self, inner: ast.expr, key: ast.expr) -> None:
        match inner, key:
            case ast.Name(name), ast.Constant(str(text)):
                self.found.dictionaries.setdefault(name, {}).setdefault(text, "")

    def _call(
        self, call: ast.Call, returns: tuple[str, ...], kept: bool = True, last: bool = False
    ) -> None:
        called = self._called(call.func)
        if any(keyword.arg is None for keyword in call.keywords):
            self._problem(call, f"`{ast.unparse(call)}`: ** cannot be in calls")
        parameters = _distinct(list(map(_name, call.args)))
        parameters += tuple(keyword.arg or "" for keyword in call.keywords)
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        for part in given:
            if called and isinstance(part, ast.Name):
                self._given(part, part.id)
                _add(self.found.passed, part.id, called)
            else:
                self._value(part)
        if called:
            names = {part.id for part in given if isinstance(part, ast.Name)}
            use = Use(parameters, returns, frozenset(names.intersection(parameters)), kept, last)
            self.found.uses.setdefault(called, use)
            self.found.uses[called].kept |= kept

    def _called(self, function: ast.expr) -> str:
        """The function or method of the student that is called, or nothing if it is an array's."""
        match function:
            case ast.Name(name) if name in self._objects:
                return f"{self._objects[name]}.__call__"
            case ast.Name(name) if name in self._known:
                return ""
            case ast.Name(name):
                if name in NOT_THEIRS:
                    self._problem(function, f"{name} cannot be called: only what students write")
                return name
            case ast.Attribute(ast.Name(name), method) if name in self._objects:
                return f"{self._objects[name]}.{method}"
            case ast.Attribute(ast.Name(name), method) if is_class(name) and not self._is(name):
                self.found.uses.setdefault(name, Use((), (), kept=False))
                self.found.static.add(f"{name}.{method}")
                return f"{name}.{method}"
            case ast.Attribute(ast.Call(ast.Name(name)) as made, method) if is_class(name):
                self._value(made)
                return f"{name}.{method}"
            case ast.Attribute(inner):
                self._value(inner)
            case _:
                words = ast.unparse(function)
                self._problem(function, f"`{words}` cannot be called in calls: give it a name")
        return ""

    def _is(self, name: str) -> bool:
        return name in self._known or name in self.found.given

    def _given(self, node: ast.expr, name: str) -> None:
        if name in NOT_THEIRS:
            self._problem(node, f"{name} cannot be in calls: {EXPRESSIONS}")
        elif name not in self._known:
            self.found.given.setdefault(name, node.lineno)

    def _problem(self, node: ast.AST, words: str) -> None:
        self.found.problems.append((getattr(node, "lineno", 1), words))


def _parts(target: ast.expr) -> list[ast.expr]:
    return list(target.elts) if isinstance(target, ast.Tuple | ast.List) else [target]


def _name(value: ast.expr) -> str:
    """A name for a value that is passed or returned."""
    match value:
        case ast.Attribute(inner, "T") | ast.Call(ast.Attribute(inner)) | ast.BinOp(inner):
            return _name(inner)
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(_, ast.Constant(str(key))) if key.isidentifier():
            return key
    return "value"


def _distinct(names: list[str]) -> tuple[str, ...]:
    """The names with numbers behind those that occur twice."""
    found: list[str] = []
    for name in names:
        again = (f"{name}{number}" for number in range(2, len(names) + 2))
        found.append(name if name not in found else next(n for n in again if n not in found))
    return tuple(found)


def _add(table: dict[str, list[str]], name: str, value: str) -> None:
    if value not in table.setdefault(name, []):
        table[name].append(value)


def problems(text: str) -> Iterator[tuple[int, str]]:
    """The problems of these lines, each with its line from 1 on."""
    yield from sorted(set(read(text).problems))
