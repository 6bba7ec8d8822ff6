"""The lines of a function that write into one of its arguments."""

import ast
from collections.abc import Callable, Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Writes = Iterator[tuple[int, int]]

# The result of these calls may share memory with what they are given.
VIEWS = {"asarray", "asanyarray", "reshape", "ravel", "view", "transpose", "squeeze", "swapaxes"}
VIEWS |= {"atleast_1d", "atleast_2d", "moveaxis", "expand_dims", "enumerate", "zip", "nditer"}
VIEW_ATTRIBUTES = {"T", "flat", "real", "mT"}
# These methods write into their object, these functions into their first argument.
METHODS = {"sort", "fill", "put", "partition", "resize", "itemset", "append", "extend", "insert"}
FUNCTIONS = {
    "copyto",
    "place",
    "put",
    "putmask",
    "fill_diagonal",
    "put_along_axis",
    "shuffle",
    "at",
}


def lines(function: Function, writes_of: Callable[[str], list[tuple[int, int]]]) -> Writes:
    """Pairs of a line and the number of the argument that it writes into, in the order of lines.

    `writes_of` returns such pairs for another function of the file, by its name.
    """
    names = [name.arg for name in (*function.args.posonlyargs, *function.args.args)]
    if not isinstance(function, ast.Lambda):
        yield from of_body(names, function.body, writes_of)


def of_body(
    arguments: list[str], body: list[ast.stmt], writes_of: Callable[[str], list[tuple[int, int]]]
) -> Writes:
    """The same for these statements."""
    aliases = {name: number for number, name in enumerate(arguments)}
    yield from _Reader(aliases, writes_of).read(body)


class _Reader:
    """Follows the names that share memory with an argument: `aliases` has its number."""

    def __init__(
        self, aliases: dict[str, int], writes_of: Callable[[str], list[tuple[int, int]]]
    ) -> None:
        self._aliases = aliases
        self._writes_of = writes_of

    def read(self, body: list[ast.stmt]) -> Writes:
        for statement in body:
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            yield from self._stored(statement)
            for value in ast.iter_child_nodes(statement):
                if isinstance(value, ast.expr):
                    yield from self._called(value)
            self._follow(statement)
            for name in ("body", "orelse", "finalbody"):
                yield from self.read(getattr(statement, name, []))
            for handler in getattr(statement, "handlers", []):
                yield from self.read(handler.body)

    def _stored(self, statement: ast.stmt) -> Writes:
        """Writes by x += 1, x[i] = 1 and x[i] += 1."""
        changed: list[ast.expr] = []
        match statement:
            case ast.AugAssign(augmented):
                changed = [augmented]
            case ast.Assign(targets):
                changed = [t for each in targets for t in _parts(each) if not _is_name(t)]
        for target in changed:
            inner = target.value if isinstance(target, ast.Subscript) else target
            if (number := self._shared(inner)) is not None:
                yield statement.lineno, number

    def _called(self, value: ast.expr) -> Writes:
        """Writes by x.sort(), np.add.at(x, ...), out=x, and by functions of the file."""
        for call in (node for node in ast.walk(value) if isinstance(node, ast.Call)):
            changed = [keyword.value for keyword in call.keywords if keyword.arg == "out"]
            if isinstance(call.func, ast.Attribute):
                changed += [call.func.value] if call.func.attr in METHODS else []
                changed += call.args[:1] if call.func.attr in FUNCTIONS else []
            for target in changed:
                if (number := self._shared(target)) is not None:
                    yield call.lineno, number
            if isinstance(call.func, ast.Name):
                for line, at in self._writes_of(call.func.id):
                    number = self._shared(call.args[at]) if at < len(call.args) else None
                    if number is not None:
                        yield line, number

    def _follow(self, statement: ast.stmt) -> None:
        """Keep `aliases` up to date after x = y, and in a loop over y."""
        match statement:
            case ast.Assign([target], value) | ast.For(target, value):
                pairs = [(part, value) for part in _parts(target)]
                if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                    pairs = list(zip(target.elts, value.elts, strict=False))
                numbers = [(part, self._shared(shared)) for part, shared in pairs]
                for part, number in numbers:
                    if isinstance(part, ast.Name):
                        self._aliases.pop(part.id, None)
                        if number is not None:
                            self._aliases[part.id] = number

    def _shared(self, value: ast.expr) -> int | None:
        """The number of the argument that a value shares memory with."""
        match value:
            case ast.Name(name):
                return self._aliases.get(name)
            case ast.Subscript(inner):
                return self._shared(inner)
            case ast.Attribute(inner, name) if name in VIEW_ATTRIBUTES:
                return self._shared(inner)
            case ast.Call(ast.Name(name), [first, *_]) if name in VIEWS:
                return self._shared(first)
            case ast.Call(ast.Attribute(inner, name), arguments) if name in VIEWS:
                known = [self._shared(part) for part in (inner, *arguments[:1])]
                return next((number for number in known if number is not None), None)
        return None


def _parts(target: ast.expr) -> list[ast.expr]:
    return list(target.elts) if isinstance(target, ast.Tuple | ast.List) else [target]


def _is_name(target: ast.expr) -> bool:
    return isinstance(target, ast.Name)
