"""The edges of the domain, where the reference must do what torch does or list a deviation.

The edge cases are empty batches, axes of length one, nan, both infinities, minus zero, subnormal
numbers, ties, huge numbers, and probabilities of exactly 0 and 1. Forward and backward are compared
in float64 and float32; in float64 also with every declared value of every setting, one at a time.
Cases that an operation declares impossible are left out. If torch raises an exception, the
reference must raise one too.
"""

import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from inspect import Parameter
from typing import Any

import numpy as np

from checker.numerics import axes
from checker.numerics.axes import Sizes
from checker.numerics.equations import Array, Equation, is_real
from checker.numerics.inputs import NamedInputs, fill
from checker.numerics.settings import LARGEST_END
from checker.proof.oracle import NotComparedError
from checker.proof.oracles import deviations, refused
from checker.proof.trial import Trial
from reference.spec import Argument, Between, Operation, Sampler, Simplex, Spec

Thunk = Callable[[], list[Equation]]

USUAL_LENGTHS = (3, 2, 4)  # of the axes, in the order of their names
FURTHER_LENGTHS = (2, 3)  # of the axes that "..." stands for
MANY_SETTINGS = 8  # values of settings, from which on the edges of each are fewer
DRAWS = 2  # for the bound of a case
SUBNORMAL = "subnormal"  # the title of the one case that differs between the dtypes
ALONE = "size-1 axes, nan in "  # the beginning of a title
SUBNORMAL_MULTIPLE = 3  # of the smallest subnormal number


class DifferentError(AssertionError):
    """Only one of the reference and torch raises an exception."""


def oracle(spec: Operation) -> dict[str, Thunk]:
    """The edge cases by name. Those that are the same in both dtypes share one trial."""
    trials: dict[str, Trial] = {}
    by_name: dict[str, Thunk] = {}
    for dtype in (np.float64, np.float32):
        for title, case in cases(spec, dtype):
            if title not in trials or title.startswith(SUBNORMAL):
                trials[title] = Trial(spec, case, draws=0)
            signs = isinstance(spec, Spec) and title.startswith("-0.0")
            name = f"{title}, float32" if dtype is np.float32 else title
            by_name[name] = partial(compare, trials[title], dtype, signs=signs)
    for title, case in unlisted_settings(spec):
        by_name[title] = partial(compare_if_allowed, Trial(spec, case, draws=0))
    return by_name | refused.cases(spec, usual_sizes(spec.arguments))


def compare(trial: Trial, dtype: Any, *, signs: bool = False) -> list[Equation]:
    """Compare an edge case with torch in arithmetic of this dtype, and `signs` of zeros in outputs.

    Most agree to the rounding of a result. Only for the others it is found out how far it moves.
    Raises DifferentError if only one of both raises an exception.
    """
    ours = _exception(lambda: trial.results)
    try:
        theirs = _exception(lambda: _of_torch(trial, dtype, has_upstream=not ours))
    except NotComparedError:  # torch has no such setting
        return []
    if bool(ours) != bool(theirs):
        raise DifferentError(
            f"only the reference raises {ours}" if ours else f"only torch raises {theirs}"
        )
    if ours:
        nothing = np.array(0.0)
        return [Equation("both raise an exception", nothing, nothing, nothing)]
    equations: list[Equation] = trial.kind.against_torch(trial, dtype)
    if any(equation.ratio > 1 for equation in equations):
        equations = trial.kind.against_torch(trial.of_draws(DRAWS), dtype)
    if dtype is np.float32 and any(v.size == 0 for v in trial.inputs.values() if is_real(v)):
        equations = [*equations, *_types(trial)]
    outputs = [equation for equation in equations if equation.about.startswith("output")]
    return [*equations, *map(_signs_of_zeros, outputs)] if signs else equations


def compare_if_allowed(trial: Trial) -> list[Equation]:
    """Compare a case with torch, unless torch refuses its settings."""
    try:
        if _exception(lambda: trial.kind.call_torch(trial.spec, trial.case, np.float64)):
            return []
    except NotComparedError:
        return []
    return compare(trial, np.float64)


def _types(trial: Trial) -> list[Equation]:
    """Results without entries, too, are float32 where the inputs are."""
    inputs = {k: v.astype(np.float32) if is_real(v) else v for k, v in trial.inputs.items()}
    single = trial.kind.results(trial.spec, inputs)
    wrong = [np.asarray(r).dtype == np.float64 for r in single]
    return [
        Equation(f"{name} is of float64", np.array(float(is_wrong)), np.array(0.0), np.array(0.0))
        for name, is_wrong in zip(trial.names, wrong, strict=True)
    ]


def _of_torch(trial: Trial, dtype: Any, *, has_upstream: bool) -> Any:
    """What torch computes: its gradients too, where our outputs say what their upstream is."""
    if has_upstream and hasattr(trial.kind, "torch_results"):
        here = trial if dtype is np.float64 else trial.rounded(dtype)
        return here.theirs(dtype)  # which the comparison asks for again
    return trial.kind.call_torch(trial.spec, trial.case, dtype)


def _signs_of_zeros(equation: Equation) -> Equation:
    """The sign of each zero of an output: equal numbers may differ in it."""
    zeros = (equation.left == 0) & (equation.right == 0)
    left, right = (
        np.where(zeros, np.copysign(1.0, side.astype(float)), 0.0)
        for side in (equation.left, equation.right)
    )
    return Equation(f"sign of a zero in {equation.about}", left, right, np.array(0.0))


def _exception(call: Callable[[], object]) -> str:
    """The exception that the call raises, in words, or an empty text."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            call()
        except NotComparedError:
            raise
        except Exception as error:
            return f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}"
    return ""


def cases(spec: Operation, dtype: Any) -> Iterator[tuple[str, NamedInputs]]:
    """Yield the edge cases with their names."""
    alternatives = list(settings(spec.arguments))
    for setting in alternatives:
        if setting and dtype is np.float32:  # other settings are checked in float64 only
            continue
        brief = bool(setting) and len(alternatives) > MANY_SETTINGS
        suffix = "".join(f", {name}={value}" for name, value in setting.items())
        chosen = {**_defaults(spec.arguments), **setting}
        for title, arrays in _arrays(spec.arguments, chosen, dtype, brief=brief):
            case = {a.name: {**arrays, **chosen}[a.name] for a in spec.arguments}
            if possible(spec, case) and not _differs_anyway(spec, title):
                yield title + suffix, case


def _differs_anyway(spec: Operation, title: str) -> bool:
    """Whether a nan in axes of length 1 is one that is known to differ in longer ones."""
    alone, _, usual = title.partition(ALONE)
    known = deviations.listed() if usual and not alone else ()
    return any(each.covers(spec.name, "edges", f"nan in {usual}") for each in known)


def settings(arguments: tuple[Argument, ...]) -> Iterator[dict[str, Any]]:
    """Yield no settings, and then every value of a setting except its first, one at a time."""
    yield {}
    for argument in arguments:
        for value in argument.tried[1:]:
            yield {argument.name: value}


def unlisted_settings(spec: Operation) -> Iterator[tuple[str, NamedInputs]]:
    """Yield cases with the ends of ranges, and with a default or None that is not listed."""
    for argument in () if isinstance(spec, Sampler) else spec.arguments:
        if not argument.tried or callable(argument.tried[0]):
            continue
        values = [] if argument.default in (None, Parameter.empty) else [argument.default]
        if argument.range is not None:
            values += [argument.range.low, argument.range.high]
            kind = float if any(type(value) is float for value in argument.tried) else int
            values = [kind(value) for value in values if abs(value) <= LARGEST_END]
        if argument.may_be_none:
            values.append(None)
        for value in dict.fromkeys(values):
            chosen = {**_defaults(spec.arguments), argument.name: value}
            arrays = tuple(a for a in spec.arguments if not a.tried)
            try:
                case = {**_filled(arrays, usual_sizes(spec.arguments), chosen), **chosen}
            except ValueError:  # an axis would have a length below 0
                continue
            if value not in argument.tried and possible(spec, case):
                yield f"{argument.name}={value}, which is not listed", case


def _defaults(arguments: tuple[Argument, ...]) -> dict[str, Any]:
    return {a.name: a.tried[0] for a in arguments if a.tried}


def _arrays(
    arguments: tuple[Argument, ...], chosen: NamedInputs, dtype: Any, *, brief: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the arrays of the edge cases, without settings: first edge sizes, then edge values.

    To be `brief`, only the first real argument has edge values.
    """
    arrays = tuple(a for a in arguments if not a.tried)
    usual: dict[str, Any] = {}
    for title, sizes in _sizes(arguments):
        try:
            filled = _filled(arrays, sizes, chosen)
        except ValueError:  # an empty axis has no labels
            continue
        yield title, filled
        usual = usual or filled
    real = [a for a in arrays if is_real(usual.get(a.name)) and usual[a.name].size]
    for argument in real[:1] if brief else real:
        for title, value in _values(argument, usual[argument.name], dtype):
            yield f"{title} in {argument.name}", {**usual, argument.name: value}
    for argument in arrays:
        if argument.optional:
            yield f"no {argument.name}", {**usual, argument.name: None}
    if len(real) > 1 and not brief:
        yield from _together(real, usual, dtype)
    if chosen == _defaults(arguments):
        sizes = {axis: (1,) * len(n) for axis, n in usual_sizes(arguments).items()}
        alone = _filled(arrays, sizes, chosen)
        for argument in real:
            changed = {argument.name: _first(alone[argument.name], np.nan)}
            yield ALONE + argument.name, {**alone, **changed}


def _together(
    real: list[Argument], usual: dict[str, Any], dtype: Any
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Several arguments extreme at once: huge numbers meet the ends of an interval."""
    for title, wanted in (
        ("all huge, lowest", ("huge", "lowest", "one-hot")),
        ("all huge, highest", ("huge", "highest", "one-hot")),
        ("all zeros, lowest", ("zeros", "lowest", "one-hot")),
    ):
        changed = dict(usual)
        for argument in real:
            values = dict(_values(argument, usual[argument.name], dtype))
            changed[argument.name] = next(values[name] for name in wanted if name in values)
        yield title, changed


def usual_sizes(arguments: tuple[Argument, ...]) -> dict[str, tuple[int, ...]]:
    """Different lengths for the axes; an axis named by a number has that length."""
    base: dict[str, tuple[int, ...]] = {
        axis: (USUAL_LENGTHS[i % len(USUAL_LENGTHS)],)
        for i, axis in enumerate(axes.names(arguments))
    }
    for axis in base:
        if axis == "..." or axes.is_group(axis, arguments):
            base[axis] = FURTHER_LENGTHS
    return base


def _sizes(arguments: tuple[Argument, ...]) -> Iterator[tuple[str, Sizes]]:
    """Yield the sizes of the edge cases with their names, the usual sizes first."""
    base = usual_sizes(arguments)
    yield "usual sizes", base
    if not base:
        return
    yield "size-1 axes", dict.fromkeys(base, (1,))
    leading = next((a.axes[0] for a in arguments if a.axes), "")
    if leading in base:
        rest = FURTHER_LENGTHS[1:] if leading == "..." else ()
        yield "empty batch", base | {leading: (0, *rest)}
        yield "one example", base | {leading: (1, *rest)}
    for axis in base:
        if axis != leading:
            yield f"empty {axis}", base | {axis: (0,) * len(base[axis])}
    for axis in base:
        alone = dict.fromkeys(base, (1,)) | {axis: (0,)}
        if len(base) > 1:
            yield f"empty {axis}, all others 1", alone
    if "..." in base:
        yield "no further axes", base | {"...": ()}


def _filled(arguments: tuple[Argument, ...], sizes: Sizes, settings: NamedInputs) -> dict[str, Any]:
    rng = np.random.default_rng(0)
    return {a.name: np.asarray(fill(a, sizes, settings, rng, 1.0)) for a in arguments}


def _values(argument: Argument, usual: Array, dtype: Any) -> Iterator[tuple[str, Array]]:
    """Yield the edge values of an argument with their names."""
    yield "nan", _first(usual, np.nan)
    between = argument.mark(Between)
    if between is not None:
        yield "lowest", np.full(usual.shape, float(between.low))
        yield "highest", np.full(usual.shape, float(between.high))
        return
    if argument.mark(Simplex):
        yield "one-hot", np.broadcast_to(np.eye(usual.shape[-1])[0], usual.shape).copy()
        return
    yield "inf", _first(usual, np.inf)
    yield "-inf", _first(usual, -np.inf)
    yield "-0.0", _first(usual, -0.0)
    yield SUBNORMAL, _first(usual, SUBNORMAL_MULTIPLE * float(np.finfo(dtype).smallest_subnormal))
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
        except (ValueError, TypeError, IndexError, ZeroDivisionError):
            return False
