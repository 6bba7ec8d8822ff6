"""The ends of the domain: what torch does there is asserted, or listed with a reason.

Empty batches, axes of length one, nan, both infinities, minus zero, subnormal numbers, ties, huge
numbers, probabilities of exactly 0 and 1; forward and backward, in float64 and in float32. In
float64 every setting that the checks try is tried here too, one at a time. A case that an
operation declares impossible is left out; one that torch refuses must be refused by the reference
as well.
"""

import dataclasses
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np
from hypothesis.errors import UnsatisfiedAssumption

from checker.equations import Array, Equation, is_real
from checker.inputs import Case, fill
from reference.spec import Argument, Between, Operation, Simplex

Thunk = Callable[[], list[Equation]]
Sizes = dict[str, tuple[int, ...]]

BASE = (3, 2, 4)  # lengths of the axes, in the order of their names
REST = (2, 3)  # of the axes that "..." stands for
SUBNORMAL = 3  # times the smallest number there is


class DifferentError(AssertionError):
    """One of the two answers where the other refuses."""


class RefusedError(Exception):
    """torch does not take this."""


def oracle(spec: Operation, kind: Any) -> dict[str, Thunk]:
    """Every edge case by its name. `kind` is the module that compares with torch."""
    return {
        f"{title}, float32" if dtype is np.float32 else title: partial(
            compare, spec, kind, case, dtype
        )
        for dtype in (np.float64, np.float32)
        for title, case in cases(spec, dtype)
    }


def compare(spec: Operation, kind: Any, case: Case, dtype: Any) -> list[Equation]:
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
            f"torch answers, and we refuse: {ours}" if ours else f"we answer, and torch: {theirs}"
        )
    return [_strict(equation) for equation in equations]


def _guarded(spec: Operation) -> Operation:
    """The operation whose torch side says that it is torch that refuses."""

    def torch_or_refusal(*args: Any, **kwargs: Any) -> Any:
        try:
            return spec.torch(*args, **kwargs)
        except Exception as error:
            line = str(error).strip().partition("\n")[0]
            raise RefusedError(f"{type(error).__name__}: {line}") from error

    return dataclasses.replace(spec, torch=torch_or_refusal)


def _strict(equation: Equation) -> Equation:
    """Where no bound could be computed, nothing but equality will do."""
    known = np.where(np.isfinite(equation.bound), equation.bound, 0.0)
    return dataclasses.replace(equation, bound=known)


def cases(spec: Operation, dtype: Any) -> Iterator[tuple[str, Case]]:
    for setting in settings(spec.arguments):
        if setting and dtype is np.float32:  # the edges of a setting are those of its float64
            continue
        suffix = "".join(f", {name}={value}" for name, value in setting.items())
        for title, case in _plain(spec.arguments, dtype):
            whole = {**case, **_defaults(spec.arguments), **setting}
            if possible(spec, whole):
                yield title + suffix, whole


def settings(arguments: tuple[Argument, ...]) -> Iterator[dict[str, Any]]:
    """None, and then every value of every setting that is not its first."""
    yield {}
    for argument in arguments:
        for value in argument.tried[1:]:
            yield {argument.name: value}


def _defaults(arguments: tuple[Argument, ...]) -> dict[str, Any]:
    return {a.name: a.tried[0] for a in arguments if a.tried}


def _plain(arguments: tuple[Argument, ...], dtype: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    arrays = tuple(a for a in arguments if not a.tried)
    usual: dict[str, Any] = {}
    for title, sizes in _sizes(arrays):
        try:
            filled = _filled(arrays, sizes)
        except ValueError:  # there is no label below zero
            continue
        yield title, filled
        usual = usual or filled
    for argument in arrays:
        if is_real(usual.get(argument.name)):
            for title, value in _values(argument, usual[argument.name], dtype):
                yield f"{title} in {argument.name}", {**usual, argument.name: value}


def usual_sizes(arguments: tuple[Argument, ...]) -> Sizes:
    """Axes of different lengths; an axis called by a number has that length."""
    axes = sorted({axis for a in arguments for axis in a.axes})
    base: Sizes = {axis: (BASE[i % len(BASE)],) for i, axis in enumerate(axes)}
    base |= {axis: (int(axis),) for axis in axes if axis.isdigit()}
    return base | ({"...": REST} if "..." in base else {})


def _sizes(arguments: tuple[Argument, ...]) -> Iterator[tuple[str, Sizes]]:
    """The first is the usual one."""
    base = usual_sizes(arguments)
    yield "usual sizes", base
    free = [axis for axis in base if not axis.isdigit()]
    if not free:
        return
    yield "size-1 axes", base | dict.fromkeys(free, (1,))
    leading = next((a.axes[0] for a in arguments if a.axes), "")
    if leading in free:
        rest = REST[1:] if leading == "..." else ()
        yield "empty batch", base | {leading: (0, *rest)}
        yield "one example", base | {leading: (1, *rest)}
    if "..." in base:
        yield "no further axes", base | {"...": ()}


def _filled(arguments: tuple[Argument, ...], sizes: Sizes) -> dict[str, Any]:
    rng = np.random.default_rng(0)
    return {a.name: np.asarray(fill(a, sizes, rng, 1.0)) for a in arguments}


def _values(argument: Argument, usual: Array, dtype: Any) -> Iterator[tuple[str, Array]]:
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
    yield "subnormal", _first(usual, SUBNORMAL * float(np.finfo(dtype).smallest_subnormal))
    yield "ties", np.ones(usual.shape)
    yield "zeros", np.zeros(usual.shape)
    yield "huge", np.asarray(1e4 * usual)


def _first(usual: Array, value: float) -> Array:
    """The usual numbers with one of them replaced."""
    changed = usual.copy()
    changed[(0,) * usual.ndim] = value
    return changed


def possible(spec: Operation, case: Mapping[str, Any]) -> bool:
    possible = getattr(spec, "possible", None)
    if possible is None:
        return True
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            return bool(possible(**case))
        except (ValueError, IndexError, ZeroDivisionError):
            return False
