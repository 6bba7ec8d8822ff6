"""The edges of the domain, where the reference must do what torch does or list a deviation.

The edge cases are empty batches, axes of length one, nan, both infinities, minus zero, subnormal
numbers, ties, huge numbers, and probabilities of exactly 0 and 1. Forward and backward are compared
in float64 and float32; in float64 also with every declared value of every setting, one at a time.
Cases that an operation declares impossible are left out. If torch raises an exception, the
reference must raise one too.
"""

import dataclasses
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np
from hypothesis.errors import UnsatisfiedAssumption

from checker.numerics.equations import Array, Equation, is_real
from checker.numerics.inputs import NamedInputs, fill
from reference.spec import Argument, Between, Operation, Simplex

Thunk = Callable[[], list[Equation]]
Sizes = dict[str, tuple[int, ...]]

USUAL_LENGTHS = (3, 2, 4)  # of the axes, in the order of their names
FURTHER_LENGTHS = (2, 3)  # of the axes that "..." stands for
SUBNORMAL_MULTIPLE = 3  # of the smallest subnormal number


class DifferentError(AssertionError):
    """Only one of the reference and torch raises an exception."""


class RefusedError(Exception):
    """torch raises an exception for this case."""


def oracle(spec: Operation, kind: Any) -> dict[str, Thunk]:
    """The edge cases by name. `kind` is the module of the operation's kind in `proof.kinds`."""
    return {
        f"{title}, float32" if dtype is np.float32 else title: partial(
            compare, spec, kind, case, dtype
        )
        for dtype in (np.float64, np.float32)
        for title, case in cases(spec, dtype)
    }


def compare(spec: Operation, kind: Any, case: NamedInputs, dtype: Any) -> list[Equation]:
    """Compare an edge case with torch in arithmetic of this dtype.

    Raises DifferentError if only one of both raises an exception.
    """
    ours = theirs = ""
    equations: list[Equation] = []
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            kind.results(spec, case)
        except Exception as error:
            ours = f"{type(error).__name__}: {error}"
        try:
            equations = kind.against_torch(_guarded(spec), case, dtype)
        except RefusedError as error:
            theirs = str(error)
        except UnsatisfiedAssumption:  # torch has no such setting
            return []
        except Exception:
            if not ours:
                raise
    if bool(ours) != bool(theirs):
        raise DifferentError(
            f"only the reference raises {ours}" if ours else f"only torch raises {theirs}"
        )
    return [_strict(equation) for equation in equations]


def _guarded(spec: Operation) -> Operation:
    """The operation with a torch function whose exceptions become RefusedError."""

    def torch_or_refusal(*args: Any, **kwargs: Any) -> Any:
        try:
            return spec.torch(*args, **kwargs)
        except Exception as error:
            line = str(error).strip().partition("\n")[0]
            raise RefusedError(f"{type(error).__name__}: {line}") from error

    return dataclasses.replace(spec, torch=torch_or_refusal)


def _strict(equation: Equation) -> Equation:
    """Demand equality where no bound could be computed."""
    bound = np.where(np.isfinite(equation.bound), equation.bound, 0.0)
    return dataclasses.replace(equation, bound=bound)


def cases(spec: Operation, dtype: Any) -> Iterator[tuple[str, NamedInputs]]:
    """Yield the edge cases with their names."""
    for setting in settings(spec.arguments):
        if setting and dtype is np.float32:  # other settings are checked in float64 only
            continue
        suffix = "".join(f", {name}={value}" for name, value in setting.items())
        for title, arrays in _arrays(spec.arguments, dtype):
            case = {**arrays, **_defaults(spec.arguments), **setting}
            if possible(spec, case):
                yield title + suffix, case


def settings(arguments: tuple[Argument, ...]) -> Iterator[dict[str, Any]]:
    """Yield no settings, and then every value of a setting except its first, one at a time."""
    yield {}
    for argument in arguments:
        for value in argument.tried[1:]:
            yield {argument.name: value}


def _defaults(arguments: tuple[Argument, ...]) -> dict[str, Any]:
    return {a.name: a.tried[0] for a in arguments if a.tried}


def _arrays(arguments: tuple[Argument, ...], dtype: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the arrays of the edge cases, without settings: first edge sizes, then edge values."""
    arrays = tuple(a for a in arguments if not a.tried)
    usual: dict[str, Any] = {}
    for title, sizes in _sizes(arrays):
        try:
            filled = _filled(arrays, sizes)
        except ValueError:  # an empty axis has no labels
            continue
        yield title, filled
        usual = usual or filled
    for argument in arrays:
        if is_real(usual.get(argument.name)):
            for title, value in _values(argument, usual[argument.name], dtype):
                yield f"{title} in {argument.name}", {**usual, argument.name: value}


def usual_sizes(arguments: tuple[Argument, ...]) -> Sizes:
    """Different lengths for the axes; an axis named by a number has that length."""
    axes = sorted({axis for a in arguments for axis in a.axes})
    base: Sizes = {axis: (USUAL_LENGTHS[i % len(USUAL_LENGTHS)],) for i, axis in enumerate(axes)}
    base |= {axis: (int(axis),) for axis in axes if axis.isdigit()}
    return base | ({"...": FURTHER_LENGTHS} if "..." in base else {})


def _sizes(arguments: tuple[Argument, ...]) -> Iterator[tuple[str, Sizes]]:
    """Yield the sizes of the edge cases with their names, the usual sizes first."""
    base = usual_sizes(arguments)
    yield "usual sizes", base
    free = [axis for axis in base if not axis.isdigit()]
    if not free:
        return
    yield "size-1 axes", base | dict.fromkeys(free, (1,))
    leading = next((a.axes[0] for a in arguments if a.axes), "")
    if leading in free:
        rest = FURTHER_LENGTHS[1:] if leading == "..." else ()
        yield "empty batch", base | {leading: (0, *rest)}
        yield "one example", base | {leading: (1, *rest)}
    if "..." in base:
        yield "no further axes", base | {"...": ()}


def _filled(arguments: tuple[Argument, ...], sizes: Sizes) -> dict[str, Any]:
    rng = np.random.default_rng(0)
    return {a.name: np.asarray(fill(a, sizes, rng, 1.0)) for a in arguments}


def _values(argument: Argument, usual: Array, dtype: Any) -> Iterator[tuple[str, Array]]:
    """Yield the edge values of an argument with their names."""
    yield "nan", _first(usual, np.nan)
    between = next((mark for mark in argument.marks if isinstance(mark, Between)), None)
    if between is not None:
        yield "lowest", np.full(usual.shape, float(between.low))
        yield "highest", np.full(usual.shape, float(between.high))
        return
    if any(isinstance(mark, Simplex) for mark in argument.marks):
        yield "one-hot", np.broadcast_to(np.eye(usual.shape[-1])[0], usual.shape).copy()
        return
    yield "inf", _first(usual, np.inf)
    yield "-inf", _first(usual, -np.inf)
    yield "-0.0", _first(usual, -0.0)
    yield "subnormal", _first(usual, SUBNORMAL_MULTIPLE * float(np.finfo(dtype).smallest_subnormal))
    yield "ties", np.ones(usual.shape)
    yield "zeros", np.zeros(usual.shape)
    yield "huge", np.asarray(1e4 * usual)


def _first(usual: Array, value: float) -> Array:
    """The usual array with its first entry replaced."""
    changed = usual.copy()
    changed[(0,) * usual.ndim] = value
    return changed


def possible(spec: Operation, case: Mapping[str, Any]) -> bool:
    """Whether the operation is defined for this case."""
    possible = getattr(spec, "possible", None)
    if possible is None:
        return True
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            return bool(possible(**case))
        except (ValueError, IndexError, ZeroDivisionError):
            return False
