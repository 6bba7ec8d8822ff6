"""Recognise functions that nobody has started: they compute nothing from their arguments.

A skeleton raises NotImplementedError or returns None, a number or zeros. It may read the sizes of
its arguments, to make zeros in their shape.
"""

import ast

NOT_IMPLEMENTED = {"NotImplementedError", "NotImplemented"}
MAKERS = {"zeros", "zeros_like", "empty", "empty_like"}
WRAPPERS = {"list", "tuple", "dict", "float", "int", "array", "asarray"}
SIZES = {"shape", "size", "ndim"}


def unfinished(function: ast.FunctionDef) -> bool:
    """Whether the body of a function does nothing, as far as its text shows."""
    return _idle(function.body, set()) and not _decides(function)


def _decides(function: ast.FunctionDef) -> bool:
    """Whether it depends on a condition which of several values is returned."""
    values = {
        ast.dump(n.value) for n in ast.walk(function) if isinstance(n, ast.Return) and n.value
    }
    conditions = any(isinstance(node, ast.If) for node in ast.walk(function))
    return conditions and len(values - {ast.dump(ast.Constant(None))}) > 1


def _idle(body: list[ast.stmt], blank: set[str]) -> bool:
    """Whether these statements do nothing. Names of constants and zeros are added to `blank`."""
    return all(_does_nothing(statement, blank) for statement in body)


def _does_nothing(statement: ast.stmt, blank: set[str]) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(ast.Constant()):
            return True
        case ast.Expr(ast.Call(ast.Name("print"), words)):
            return all(isinstance(word, ast.Constant) for word in words)
        case ast.Raise(ast.Name(name) | ast.Call(ast.Name(name))):
            return name in NOT_IMPLEMENTED
        case ast.Assert(ast.Constant(False)):
            return True
        case ast.Return(value):
            return value is None or _is_blank(value, blank)
        case ast.Assign([ast.Name(name)], value) if _is_blank(value, blank):
            blank.add(name)
            return True
        case ast.Assign([ast.Tuple(parts)], value) if _is_blank(value, blank):
            blank |= {part.id for part in parts if isinstance(part, ast.Name)}
            return True
        case ast.Assign([ast.Name() | ast.Tuple()], value):
            return _is_size(value)
        case ast.For(body=body, orelse=[]):
            return _idle(body, blank)
        case ast.If(body=body, orelse=other):
            return _idle(body, blank) and _idle(other, blank)
    return False


def _is_blank(value: ast.expr, blank: set[str]) -> bool:
    """Whether an expression is None, a number or zeros, whatever the arguments are."""
    match value:
        case ast.Constant(constant):
            return not isinstance(constant, str | bytes)
        case ast.Name(name):
            return name in blank or name in NOT_IMPLEMENTED
        case ast.Attribute(ast.Name("np" | "numpy" | "math")):
            return True
        case ast.Tuple(parts):
            return all(_is_blank(part, blank) for part in parts)
        case ast.List(parts):
            return all(isinstance(part, ast.Constant) and not part.value for part in parts)
        case ast.Dict(keys=[]):
            return True
        case ast.UnaryOp(operand=inner):
            return _is_blank(inner, blank)
        case ast.BinOp(left, ast.Mult(), right):
            zero = any(isinstance(n, ast.Constant) and n.value == 0 for n in (left, right))
            repeated = isinstance(left, ast.List) and _is_blank(left, blank)
            return zero or repeated or (_is_blank(left, blank) and _is_blank(right, blank))
        case ast.Call(ast.Name(name) | ast.Attribute(attr=name), arguments):
            if name in NOT_IMPLEMENTED:
                return True
            if name in WRAPPERS:
                return all(_is_blank(part, blank) for part in arguments)
            return name in MAKERS
    return False


def _is_size(value: ast.expr) -> bool:
    """Whether an expression reads nothing but the sizes of an argument."""
    match value:
        case ast.Attribute(attr=name):
            return name in SIZES
        case ast.Subscript(inner):
            return _is_size(inner)
        case ast.Call(ast.Name("len")):
            return True
        case ast.Tuple(parts):
            return all(map(_is_size, parts))
    return False
