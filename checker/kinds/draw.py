"""A question about a draw: what laws of chance see of it takes the place of the answer.

So a bank holds for each law the interval that a right draw leaves less often than once in 10^9
times, and everything that compares numbers compares these.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from checker.equations import as_traced
from checker.kinds import Answer, Form, Part
from checker.kinds.arguments import part
from checker.rounding import Traced
from reference.spec import Draw, Seen

Measure = Callable[[list[Any], Any], list[Any]]

UNSEEN = Seen(np.nan, np.nan, np.nan)  # of what a law cannot be asked about


def draw(spec: Draw) -> Form:
    """f(*settings, seed) gives what is drawn; the results are what each law sees of it."""

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        return tuple(each.value for each in seen(spec, function(**_named(spec, values)), values))

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        values = [float(v) if isinstance(v, Traced) else v for v in values]  # a rate is exact
        found = seen(spec, spec.run(**_named(spec, values)), values)
        return tuple(Answer(as_traced(each.low), as_traced(each.high)) for each in found)

    return Form(
        arguments=tuple(map(part, spec.arguments)),
        results=tuple(Part(law.__name__, ()) for law in spec.laws),
        backward=False,
        call=call,
        answers=answers,
        values=lambda case: [case[a.name] for a in spec.arguments],
        returns=tuple(Part("what is drawn", output.axes) for output in spec.outputs),
    )


FORMS = {"draw": draw}


def measure(spec: Draw) -> Measure:
    """From a reply of the worker's kind to one that has what the laws see."""

    def measured(values: list[Any], reply: Any) -> list[Any]:
        match reply:
            case ["returned", [np.ndarray() as drawn], bytes() as seal]:
                found = [np.asarray(each.value, dtype=float) for each in seen(spec, drawn, values)]
                return ["returned", found, seal]
        return list(reply)

    return measured


def seen(spec: Draw, drawn: Any, values: list[Any]) -> list[Seen]:
    """Of nothing at all only the shape is seen, which is what the first law is about."""
    array, settings = np.asarray(drawn), _named(spec, values)
    with np.errstate(all="ignore"):
        first, *others = spec.laws
        rest = [_asked(law, array, settings) if array.size else UNSEEN for law in others]
        return [_asked(first, array, settings), *rest]


def _asked(law: Callable[..., Seen], drawn: Any, settings: dict[str, Any]) -> Seen:
    try:
        return law(drawn, **settings)
    except (TypeError, ValueError):  # no numbers, or none at all
        return UNSEEN


def _named(spec: Draw, values: list[Any]) -> dict[str, Any]:
    return dict(zip((a.name for a in spec.arguments), values, strict=True))
