"""Which statements of a file only define something.

A file that cannot be imported (it trains for an hour, waits for a key, kills the process) may still
hold every function that was asked for. Imports, functions, classes and plain constants are enough
to call them.
"""

import ast

DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
PLAIN = (
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
NOT_LOOKED_INTO = (ast.Constant, ast.Name, ast.Attribute, ast.Lambda)


def defines(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        return statement.value is None or _plain(statement.value)
    return isinstance(statement, DEFINITIONS)


def _plain(value: ast.expr) -> bool:
    """Worked out without calling anything: 0.1, [2, 3], np.pi / 2, lambda x: x * x."""
    if not isinstance(value, PLAIN):
        return False
    inner = [] if isinstance(value, NOT_LOOKED_INTO) else ast.iter_child_nodes(value)
    return all(_plain(each) for each in inner if isinstance(each, ast.expr))
