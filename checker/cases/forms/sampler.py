"""The form of a sampler: statistical tests measure the returned sample.

The results of a case are not the sample but what each test measures. The case set holds, for each
test, the interval that a correct sample leaves with a probability below 1e-9, so measurements are
compared like any other numbers. Two more tests compare several samples with each other: the same
seed must give the same sample, and another seed another sample.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from checker.cases.forms import Answer, Form, Kind, Measure, Part
from checker.cases.forms.arguments import part
from checker.sandbox.messages import Reply, Returned
from reference.spec import Sampler, Statistic

SEED_TESTS = {
    "same_for_same_seed": "The same seed gives the same sample.",
    "other_for_other_seed": "Another seed gives another sample.",
}
UNDEFINED = Statistic(np.nan, np.nan, np.nan)  # the test cannot be applied to the sample


def sample(spec: Sampler) -> Form:
    """f(*settings, seed) returns a sample; the results are what each test measures."""

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        measured = statistics(spec, function(**_named(spec, values)), values)
        return (*(statistic.value for statistic in measured), 1.0, 1.0)

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        measured = statistics(spec, spec.run(**_named(spec, values)), values)
        yes = Answer(1.0, 1.0, measured=True)
        ranges = (Answer(s.low, s.high, measured=True) for s in measured)
        return (*ranges, yes, yes)

    tests = {test.__name__: _first_line(test) for test in spec.properties} | SEED_TESTS
    return Form(
        arguments=tuple(map(part, spec.arguments)),
        results=tuple(Part(name, (), sentence) for name, sentence in tests.items()),
        reference=spec.run,
        call=call,
        answers=answers,
        values=lambda case: [case[a.name] for a in spec.arguments],
        returns=tuple(Part("a sample", output.axes) for output in spec.outputs),
        continuous=True,
        repeated=True,
        measure=measure(spec),
    )


KIND = Kind({"sample": sample}, lambda _: ("sample",))


def measure(spec: Sampler) -> Measure:
    """Return a function that replaces each returned sample by what the tests measure on it."""

    def measured(calls: list[list[Any]], replies: list[Reply]) -> list[Reply]:
        settings = [_named(spec, values) for values in calls]
        samples = list(map(_sample, replies))
        converted = list(replies)
        for i, reply in enumerate(replies):
            if isinstance(reply, Returned) and samples[i] is not None:
                values = [s.value for s in statistics(spec, samples[i], calls[i])]
                values += _of_the_seed(i, settings, samples)
                arrays = [np.asarray(value, dtype=float) for value in values]
                converted[i] = Returned(arrays, reply.checksum)
        return converted

    return measured


def _first_line(test: Callable[..., Statistic]) -> str:
    return (test.__doc__ or "").partition("\n")[0]


def _sample(reply: Reply) -> Any:
    """The array of a reply with a single array; None for any other reply."""
    match reply:
        case Returned(results=[np.ndarray() as sample]):
            return sample
    return None


def _of_the_seed(i: int, settings: list[dict[str, Any]], samples: list[Any]) -> tuple[bool, bool]:
    """The results of the two seed tests for sample i.

    Whether it is equal to all samples with the same seed, and to none with another seed.
    """
    equal: dict[bool, list[bool]] = {True: [], False: []}
    without_seed = {**settings[i], "seed": None}
    for other, array in zip(settings, samples, strict=True):
        if array is not None and {**other, "seed": None} == without_seed:
            same_seed = other.get("seed") == settings[i].get("seed")
            equal[same_seed].append(np.array_equal(array, samples[i], equal_nan=True))
    return all(equal[True]), not any(equal[False])


def statistics(spec: Sampler, sample: Any, values: list[Any]) -> list[Statistic]:
    """What each test measures on a sample. An empty sample gets only the first test, its shape."""
    array, settings = np.asarray(sample), _named(spec, values)
    with np.errstate(all="ignore"):
        first, *others = spec.properties
        rest = [_measured(test, array, settings) if array.size else UNDEFINED for test in others]
        return [_measured(first, array, settings), *rest]


def _measured(test: Callable[..., Statistic], sample: Any, settings: dict[str, Any]) -> Statistic:
    try:
        return test(sample, **settings)
    except (TypeError, ValueError):  # the sample has no numbers
        return UNDEFINED


def _named(spec: Sampler, values: list[Any]) -> dict[str, Any]:
    return dict(zip((a.name for a in spec.arguments), values, strict=True))
