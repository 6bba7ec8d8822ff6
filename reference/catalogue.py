"""Every operation, found by walking the folders; one operation, found by its name."""

import functools
import importlib
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # finding a name waits for no numpy
    from reference.spec import Operation

ROOT = Path(__file__).parent
NOT_FAMILIES = ("experiments", "keras", "pictures")  # folders that hold no operations


class CollisionError(ValueError):
    """Two operations have the same name."""


class OperationError(ValueError):
    """The file of an operation cannot be used. The message says where and why."""


_further: dict[str, tuple[str, Path]] = {}  # operations of a course: module and file by name


@functools.cache
def own() -> dict[str, str]:
    """The name of each operation of the reference and its module, without importing any.

    Raises CollisionError where two families have an operation of the same name.
    """
    known: dict[str, str] = {}
    for path in sorted(ROOT.glob("*/*.py")):
        if path.stem.startswith("_") or path.parent.name in NOT_FAMILIES:
            continue
        module = f"reference.{path.parent.name}.{path.stem}"
        if path.stem in known:
            raise CollisionError(
                f"{known[path.stem]} and {module} have the same name. Rename one of them: an "
                "operation is found by its name alone."
            )
        known[path.stem] = module
    return known


def use(modules: Mapping[str, Path]) -> None:
    """Know these modules and their files beside the reference, instead of any given before.

    Raises CollisionError if one has the name of an operation of the reference.
    """
    _further.clear()
    found = {module.rpartition(".")[2]: (module, path) for module, path in modules.items()}
    if same := [name for name in found if name in own()]:
        raise CollisionError(
            "\n".join(
                f"{found[name][1]}: the reference has an operation {name} already, in "
                f"{file(own()[name])}. Rename your file: an operation is found by its name alone."
                for name in same
            )
        )
    _further.update(found)


def names() -> dict[str, str]:
    """The name of each operation and the module that holds it, without importing any."""
    return own() | {name: module for name, (module, _) in _further.items()}


def file(module: str) -> Path:
    """The file of a module of an operation."""
    further = dict(_further.values())
    return further.get(module) or ROOT.parent / f"{module.replace('.', '/')}.py"


def module(name: str) -> ModuleType:
    """Import the file of one operation alone. Raises LookupError where there is none."""
    known = names()
    if name not in known:
        import difflib

        near = difflib.get_close_matches(name.lower(), known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise LookupError(f"there is no operation {name!r}.{hint}")
    try:
        return importlib.import_module(known[name])
    except Exception as error:
        if name not in _further:
            raise
        raise OperationError(described(error, _further[name][1])) from error


def described(error: Exception, path: Path, line: int | None = None) -> str:
    """What went wrong in a file, with the last of its lines that was run, or else this `line`."""
    step = error.__traceback__
    while step:
        if step.tb_frame.f_code.co_filename == str(path):
            line = step.tb_lineno
        step = step.tb_next
    words = str(error)
    if isinstance(error, SyntaxError) and error.filename == str(path):
        line, words = error.lineno, error.msg
    where = f", line {line}" if line else ""
    return f"{path}{where}: {type(error).__name__}: {words}"


def operation(name: str) -> "Operation":
    found = module(name)
    if not hasattr(getattr(found, "SPEC", None), "kind"):
        raise OperationError(
            f"{found.__file__}: it has no SPEC, the declaration of the operation: SPEC = Spec(...)."
        )
    declared: Operation = found.SPEC
    if name in _further:
        _require_words(found, _further[name][1])
    return declared


@functools.lru_cache(maxsize=64)
def _require_words(found: ModuleType, path: Path) -> None:
    """Raise OperationError if an operation of a course has no title, or an argument no shape."""
    import inspect

    from reference.arguments import arguments

    text = found.__doc__ or ""
    if not text.strip() or text.lstrip("\n").startswith("    "):
        raise OperationError(
            f"{path}, line 1: it has no title: let it begin with a text in triple quotes, whose "
            "first line says what it is."
        )
    function = getattr(found.SPEC, "forward", None) or getattr(found.SPEC, "run", None)
    if function is None:
        return
    shaped = {argument.name for argument in arguments(function)}
    parameters = inspect.signature(function).parameters.values()
    bare = [p.name for p in parameters if p.name not in shaped and p.kind is not p.VAR_KEYWORD]
    if bare or "return" not in function.__annotations__:
        what = bare[0] if bare else "the result"
        how = f"{bare[0]}: " if bare else "-> "
        raise OperationError(
            f"{path}, line {function.__code__.co_firstlineno}: {what} of {function.__name__} has "
            f'no shape: write {how}Shaped[Real, "n d"], with its own axes.'
        )


def operations() -> "dict[str, Operation]":
    return {name: operation(name) for name in names()}
