"""Inputs that torch refuses: the reference must refuse them too, and give no result for them.

A negative label that is taken as an index counts from the end, a fraction is cut to a whole number,
and numpy repeats what torch says does not fit: each would give a result that looks right. Torch is
asked only where the reference accepts an input: some of its operations crash for a wrong one.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np

from checker.numerics import gradients
from checker.numerics.axes import Sizes
from checker.numerics.equations import Array, Equation
from checker.numerics.inputs import fill
from checker.proof import kinds
from checker.proof.oracle import NotComparedError
from reference.spec import Argument, Below, Operation, Spec

Thunk = Callable[[], list[Equation]]
Changes = Iterator[tuple[str, dict[str, Any]]]

TOO_LARGE = 10**6  # more than any class
NUMBERS = (-1, 0, 2, 3, 4, 5, 6, 7, 9)  # for settings that count: some are wrong


def cases(spec: Operation, sizes: Sizes) -> dict[str, Thunk]:
    """The comparisons by name. Only functions are asked: a wrong number may never end a loop."""
    settings = {a.name: a.tried[0] for a in spec.arguments if a.tried}
    arrays = tuple(a for a in spec.arguments if not a.tried)
    rng = np.random.default_rng(0)
    try:
        filled = {a.name: np.asarray(fill(a, sizes, settings, rng, 1.0)) for a in arrays}
    except ValueError:  # an axis would have a length below 0
        return {}
    case = {a.name: {**filled, **settings}[a.name] for a in spec.arguments}
    found: dict[str, Thunk] = {}
    for title, changed in _wrong(arrays, case):
        found[f"{title}, refused?"] = partial(_labels, spec, case, changed)
    if isinstance(spec, Spec):
        for title, changed in (*_longer(arrays, case), *_of_settings(spec.arguments)):
            found[f"{title}, refused?"] = partial(_outputs, spec, {**case, **changed})
    return found


def _wrong(arrays: tuple[Argument, ...], case: Mapping[str, Any]) -> Changes:
    """Labels that do not exist. Small numbers, such as a mask, are no places."""
    for name, mark in ((a.name, a.mark(Below)) for a in arrays):
        if mark is None or mark.size.isdigit():
            continue
        for title, value in (("labels below 0", -1), ("too large labels", TOO_LARGE)):
            yield f"{title} in {name}", {name: np.full(np.shape(case[name]), value)}
        yield f"halves in {name}", {name: case[name] + 0.5}


def _longer(arrays: tuple[Argument, ...], case: Mapping[str, Any]) -> Changes:
    """One axis of one array has an entry too many."""
    for name, array in ((a.name, case[a.name]) for a in arrays):
        for axis in range(np.ndim(array)):
            again = np.take(array, [0], axis=axis) if array.shape[axis] else array
            yield f"axis {axis} of {name} longer", {name: np.concatenate([array, again], axis)}


def _of_settings(arguments: tuple[Argument, ...]) -> Changes:
    """Numbers with each listed value of another setting, and every pair of listed values."""
    settings = [a for a in arguments if a.tried and not callable(a.tried[0])]
    listed = [[{a.name: value} for value in a.tried] for a in settings]
    for argument in settings:
        types = set(map(type, argument.tried))
        beside = [{a.name: v} for a in settings if a is not argument for v in a.tried]
        if int in types and float not in types:
            for number, more in ((n, o) for n in NUMBERS for o in ({}, *beside)):
                changed = {argument.name: number, **more}
                yield _title(changed), changed
    for one, other in combinations(listed, 2):
        for changed in ({**x, **y} for x in one for y in other):
            yield _title(changed), changed


def _title(settings: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value}" for name, value in settings.items())


def _labels(spec: Operation, case: Mapping[str, Any], changed: dict[str, Any]) -> list[Equation]:
    """A forward and a backward are asked apart, as one may refuse what the other accepts."""
    given = {**case, **changed}
    if not isinstance(spec, Spec):
        return _asked(spec, given, {"result": lambda: kinds.of(spec).results(spec, given)})
    grads, _ = gradients.split(gradients.with_upstream(spec, case))
    return _asked(
        spec,
        given,
        {
            "output": lambda: spec.forward(**given),
            "gradient": lambda: gradients.backward(spec, grads, given),
        },
    )


def _outputs(spec: Spec, given: Mapping[str, Any]) -> list[Equation]:
    return _asked(spec, given, {"output": lambda: spec.forward(**given)})


def _asked(
    spec: Operation, given: Mapping[str, Any], parts: Mapping[str, Callable[[], object]]
) -> list[Equation]:
    """That each part is refused, if torch refuses it all."""
    accepted = {about: not _raises(ask) for about, ask in parts.items()}
    if any(accepted.values()):
        try:
            if not _raises(lambda: kinds.of(spec).call_torch(spec, given, np.float64)):
                return []
        except NotComparedError:  # torch has no such setting
            return []
    return [_equation(about, is_accepted) for about, is_accepted in accepted.items()]


def _equation(about: str, is_accepted: bool) -> Equation:
    nothing: Array = np.array(0.0)
    return Equation(f"{about} where torch raises", np.array(float(is_accepted)), nothing, nothing)


def _raises(call: Callable[[], object]) -> bool:
    with np.errstate(all="ignore"):
        try:
            call()
        except NotComparedError:
            raise
        except Exception:
            return True
    return False
