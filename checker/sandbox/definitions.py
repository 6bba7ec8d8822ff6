"""Recognise the statements of a file that only define something.

A file that cannot be imported, because it trains for an hour, waits for input or kills the process,
may still contain every required function. Imports, functions, classes and plain constants are
enough to call them.
"""

import ast
from collections.abc import Iterator

DEFINING_STATEMENTS = (
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
)
PLAIN_EXPRESSIONS = (
    ast.Constant,
    ast.Name,
    ast.Attribute,
    ast.Tuple,
    ast.List,
    ast.Set,
    ast.Dict,
    ast.UnaryOp,
    ast.BinOp,
    ast.Lambda,
)
LEAF_EXPRESSIONS = (ast.Constant, ast.Name, ast.Attribute, ast.Lambda)


def defines(statement: ast.stmt) -> bool:
    """Whether a statement only defines a name and calls nothing."""
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        return statement.value is None or _plain(statement.value)
    return isinstance(statement, DEFINING_STATEMENTS)


def defined_names(statement: ast.AST) -> Iterator[str]:
    """The names that a statement defines in its file, also inside of `if` and `try`.

    For an import with a star this is the star.
    """
    match statement:
        case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
            yield name
        case ast.Import(names) | ast.ImportFrom(names=names):
            yield from ((alias.asname or alias.name).partition(".")[0] for alias in names)
        case ast.Assign(targets):
            nodes = (node for target in targets for node in ast.walk(target))
            yield from (node.id for node in nodes if isinstance(node, ast.Name))
        case ast.AnnAssign(ast.Name(name)):
            yield name
        case _:
            for inner in ast.iter_child_nodes(statement):
                if isinstance(inner, ast.stmt | ast.excepthandler):
                    yield from defined_names(inner)


def _plain(value: ast.expr) -> bool:
    """Whether a value is computed without a call: 0.1, [2, 3], np.pi / 2, lambda x: x * x."""
    if not isinstance(value, PLAIN_EXPRESSIONS):
        return False
    inner = [] if isinstance(value, LEAF_EXPRESSIONS) else ast.iter_child_nodes(value)
    return all(_plain(child) for child in inner if isinstance(child, ast.expr))
