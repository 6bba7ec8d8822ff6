"""The form of a sampler: statistical tests measure the returned samples.

The results of a case are not the sample but what each test measures. The case set holds, for each
test, the interval that a correct sample leaves with a probability below 1e-9, so measurements are
compared like any other numbers. The tests come in four sorts:

    properties       of one sample, which the operation declares
    seed             the same seed gives the same sample, and another seed another one
    many samples     the same properties of all samples with the same settings, joined
    independence     of the samples with the same settings (checker/numerics/independence.py)

Samples that are equal for different seeds fail the tests of the seed alone. What only many samples
show is measured in units of what chance allows, so the interval is -1 to 1. A case whose settings
no other case has passes these tests.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from checker.cases.forms import Answer, Call, Form, Kind, Measure, Part
from checker.cases.forms.arguments import part
from checker.cases.sample_plan import plan
from checker.numerics import independence
from checker.sandbox.messages import Reply, Returned
from reference.spec import Sampler, Statistic

SEED_TESTS = {
    "same sample for the same seed": "The same seed gives the same sample.",
    "other sample for another seed": "Another seed gives another sample.",
}
UNDEFINED = Statistic(np.nan, np.nan, np.nan)  # the test cannot be applied to the sample
OF_MANY = "{}, of many samples"
IN_UNITS = "1 is the most that chance allows."


class Measured(tuple[Any, ...]):
    """What the tests measure on one sample, and the sample itself."""

    sample: Any


def sample(spec: Sampler) -> Form:
    """f(*settings, seed) returns a sample; the results are what each test measures."""
    tests = sentences(spec)
    _, others = _sorts(spec)

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        drawn = function(**_named(spec, values))
        own = [statistic.value for statistic in statistics(spec, drawn, values)]
        measured = Measured((*own, 1.0, 1.0, *(0.0 for _ in others)))
        measured.sample = drawn
        return measured

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        measured = statistics(spec, spec.run(**_named(spec, values)), values)
        yes, units = Answer(1.0, 1.0, measured=True), Answer(-1.0, 1.0, measured=True)
        ranges = (Answer(s.low, s.high, measured=True) for s in measured)
        return (*ranges, yes, yes, *(units for _ in others))

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
        chosen=lambda first: plan(spec, first),
    )


KIND = Kind({"sample": sample}, lambda _: ("sample",))


def sentences(spec: Sampler) -> dict[str, str]:
    """The name of each test in words, and what it asks."""
    own, others = _sorts(spec)
    return own | SEED_TESTS | others


def _sorts(spec: Sampler) -> tuple[dict[str, str], dict[str, str]]:
    """The tests of one sample, and those of all samples with the same settings."""
    own = {test.__name__.replace("_", " "): _first_line(test) for test in spec.properties}
    _, *names = own  # the first is the shape, which joined samples do not have
    others = {OF_MANY.format(name): f"Many samples together: {own[name]}" for name in names}
    others |= independence.TESTS
    return own, {name: f"{sentence} {IN_UNITS}" for name, sentence in others.items()}


def measure(spec: Sampler) -> Measure:
    """Return a function that replaces each returned sample by what the tests measure on it."""

    def measured(calls: list[list[Any]], replies: list[Reply]) -> list[Reply]:
        samples = list(map(_sample, replies))
        together = of_many(spec, calls, samples)
        converted = list(replies)
        for i, reply in enumerate(replies):
            if isinstance(reply, Returned) and samples[i] is not None:
                values = [s.value for s in statistics(spec, samples[i], calls[i])]
                arrays = [np.asarray(value, dtype=float) for value in (*values, *together[i])]
                converted[i] = Returned(arrays, reply.mutated)
        return converted

    return Measure(measured, of_known=partial(_of_known, spec))


def _of_known(spec: Sampler, call: Call, calls: list[list[Any]]) -> list[Any]:
    """What all tests measure on the samples of a mutant; None where it fails."""
    found: list[Any] = []
    for values in calls:
        try:
            found.append(call(list(values)))
        except Exception:  # a mutant may fail for some settings
            found.append(None)
    return joined(spec, calls, found)


def joined(spec: Sampler, calls: list[list[Any]], measured: list[Any]) -> list[Any]:
    """The measurements with those of many samples together, which prepared ones have already."""
    if not any(isinstance(each, Measured) for each in measured):
        return measured
    samples = [None if each is None else np.asarray(each.sample) for each in measured]
    rows = of_many(spec, calls, samples)
    own = len(spec.properties)
    return [
        None if each is None else (*each[:own], *row)
        for each, row in zip(measured, rows, strict=True)
    ]


def of_many(spec: Sampler, calls: list[list[Any]], samples: list[Any]) -> list[list[float]]:
    """What the tests that compare several samples measure, for each sample."""
    _, others = _sorts(spec)
    found: list[list[float]] = [[1.0, 1.0] + [0.0] * len(others) for _ in calls]
    for at in _groups(spec, calls):
        there = [i for i in at if samples[i] is not None]
        seeds = [_named(spec, calls[i])["seed"] for i in there]
        drawn = [samples[i] for i in there]
        different = {_contents(each): k for k, each in reversed(list(enumerate(drawn)))}
        by_seed = sorted(different.values(), key=lambda k: (seeds[k], k))
        stack = independence.stacked([drawn[k] for k in by_seed], len(spec.outputs[0].axes))
        joint = [0.0] * len(others)
        if stack is not None:
            joint = _of_stack(spec, calls[at[0]], stack)
        for i, of_seed in zip(there, _of_the_seed(seeds, drawn), strict=True):
            found[i] = [*of_seed, *joint]
    return found


def _groups(spec: Sampler, calls: list[list[Any]]) -> list[list[int]]:
    """The calls with the same settings, apart from the seed."""
    groups: dict[str, list[int]] = {}
    for i, values in enumerate(calls):
        settings = {**_named(spec, values), "seed": None}
        groups.setdefault(repr(settings), []).append(i)
    return list(groups.values())


def _of_stack(spec: Sampler, values: list[Any], stack: Any) -> list[float]:
    joined = stack.reshape(-1, *stack.shape[2:])
    with np.errstate(all="ignore"):
        _, *tests = spec.properties
        ours = [_measured(test, joined, _named(spec, values)) for test in tests]
        others = independence.measured(stack, spec.shuffles)
        return [*(in_units(*each) for each in ours), *others.values()]


def in_units(value: Any, low: Any, high: Any) -> float:
    """Where a measurement lies in its interval: from -1 to 1."""
    low, high = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    away = np.asarray(value, dtype=float) - (low + high) / 2
    with np.errstate(over="ignore"):  # an exact value, as of a shape, has no width
        units = away / np.maximum((high - low) / 2, np.finfo(float).tiny)
    return float(units.flat[np.abs(units).argmax()])


def _first_line(test: Callable[..., Statistic]) -> str:
    return (test.__doc__ or "").partition("\n")[0]


def _sample(reply: Reply) -> Any:
    """The array of a reply with a single array; None for any other reply."""
    match reply:
        case Returned(results=[np.ndarray() as sample]):
            return sample
    return None


def _contents(sample: Any) -> tuple[Any, bytes]:
    return sample.shape, sample.tobytes()


def _of_the_seed(seeds: list[Any], samples: list[Any]) -> list[list[float]]:
    """The results of the two seed tests for samples with the same settings.

    Whether each is equal to all with the same seed, and to none with another seed, if it is so
    large that this does not happen by chance.
    """
    kinds = list(map(_contents, samples))
    same: dict[Any, set[Any]] = {}
    other: dict[Any, set[Any]] = {}
    for seed, kind in zip(seeds, kinds, strict=True):
        same.setdefault(seed, set()).add(kind)
        other.setdefault(kind, set()).add(seed)
    return [
        [
            float(len(same[seed]) == 1),
            float(sample.size < independence.DIFFERENT or len(other[kind]) == 1),
        ]
        for seed, kind, sample in zip(seeds, kinds, samples, strict=True)
    ]


def statistics(spec: Sampler, sample: Any, values: list[Any]) -> list[Statistic]:
    """What each property measures on a sample. An empty sample gets only the first, its shape."""
    array, settings = np.asarray(sample), _named(spec, values)
    with np.errstate(all="ignore"):
        first, *others = spec.properties
        rest = [_measured(test, array, settings) if array.size else UNDEFINED for test in others]
        return [_measured(first, array, settings), *rest]


def _measured(test: Callable[..., Statistic], sample: Any, settings: dict[str, Any]) -> Statistic:
    try:
        return test(sample, **settings)
    except (TypeError, ValueError, IndexError, ArithmeticError):  # it has no numbers
        return UNDEFINED


def _named(spec: Sampler, values: list[Any]) -> dict[str, Any]:
    return dict(zip((a.name for a in spec.arguments), values, strict=True))
