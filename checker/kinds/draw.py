"""A question about a draw: what laws of chance see of it takes the place of the answer.

So a bank holds for each law the interval that a right draw leaves less often than once in 10^9
times, and everything that compares numbers compares these. Two more are seen where several draws
are side by side: whether the seed, and nothing else, decides what is drawn.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from checker.equations import as_traced
from checker.kinds import Answer, Form, Part
from checker.kinds.arguments import part
from checker.rounding import Traced
from reference.spec import Draw, Seen

Measure = Callable[[list[list[Any]], list[list[Any]]], list[list[Any]]]

OF_THE_SEED = ("same_for_same_seed", "other_for_other_seed")
UNSEEN = Seen(np.nan, np.nan, np.nan)  # of what a law cannot be asked about


def draw(spec: Draw) -> Form:
    """f(*settings, seed) gives what is drawn; the results are what each law sees of it."""

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        found = seen(spec, function(**_named(spec, values)), values)
        return (*(each.value for each in found), 1.0, 1.0)

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        values = [float(v) if isinstance(v, Traced) else v for v in values]  # a rate is exact
        found = seen(spec, spec.run(**_named(spec, values)), values)
        yes = Answer(as_traced(1.0), as_traced(1.0))
        ranges = (Answer(as_traced(each.low), as_traced(each.high)) for each in found)
        return (*ranges, yes, yes)

    return Form(
        arguments=tuple(map(part, spec.arguments)),
        results=tuple(Part(n, ()) for n in (*(law.__name__ for law in spec.laws), *OF_THE_SEED)),
        backward=False,
        call=call,
        answers=answers,
        values=lambda case: [case[a.name] for a in spec.arguments],
        returns=tuple(Part("what is drawn", output.axes) for output in spec.outputs),
    )


FORMS = {"draw": draw}


def measure(spec: Draw) -> Measure:
    """From replies of the worker's kind to such as have what the laws see."""

    def measured(calls: list[list[Any]], replies: list[list[Any]]) -> list[list[Any]]:
        settings = [_named(spec, values) for values in calls]
        draws = list(map(_drawn, replies))
        found = list(map(list, replies))
        for i, drawn in enumerate(draws):
            if drawn is not None:
                laws = [each.value for each in seen(spec, drawn, calls[i])]
                results = [*laws, *_of_the_seed(i, settings, draws)]
                found[i][1] = [np.asarray(each, dtype=float) for each in results]
        return found

    return measured


def _drawn(reply: list[Any]) -> Any:
    match reply:
        case ["returned", [np.ndarray() as drawn], bytes()]:
            return drawn
    return None


def _of_the_seed(i: int, settings: list[dict[str, Any]], draws: list[Any]) -> tuple[bool, bool]:
    """Whether draw i is that of all others with its seed, and of none that has another."""
    alike: dict[bool, list[bool]] = {True: [], False: []}
    mine = {**settings[i], "seed": None}
    for other, drawn in zip(settings, draws, strict=True):
        if drawn is not None and {**other, "seed": None} == mine:
            same_seed = other.get("seed") == settings[i].get("seed")
            alike[same_seed].append(np.array_equal(drawn, draws[i], equal_nan=True))
    return all(alike[True]), not any(alike[False])


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
