"""The form of an experiment: a training that students design themselves, judged by what it shows.

The results of a case are not what the function returns but what each property measures on it, as
for a sampler. The data come from a seed that no submission sees, and a part of them, such as the
labels of new examples, is for the measurements alone. The first data set is asked for twice with
the same seed, whose results must be the same, and once with another one. Another data set comes
with that seed, too: what is kept under the seed alone does not fit it.

A training may have bad luck with its start. Where luck has a part, a test is failed only if it
fails in most of the runs.
"""

import inspect
from typing import Any

import numpy as np

from checker.cases.checksum import checksum
from checker.cases.forms import Answer, Form, Kind, Measure, Part
from checker.cases.forms.arguments import names, part
from checker.numerics.equations import parts
from checker.sandbox.messages import Reply, Returned
from reference.spec import Experiment, Statistic

# The data set and the seed of each call, counted from 0.
RUNS = ((0, 0), (0, 0), (0, 1), (1, 0), (1, 2), (2, 3))
DATA_SETS, SEEDS = 3, 4
MOST_SEED = 10**4
SEED_TESTS = {
    "same results for the same seed": "The same data and the same seed give two different results.",
    "other results for another seed": "Another seed gives the very same results.",
}
UNDEFINED = Statistic(np.nan, np.nan, np.nan)


def show(spec: Experiment) -> Form:
    """f(*data, *settings) returns results; what is compared is what each test measures."""
    given = (*spec.given, *spec.arguments)

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        arguments = dict(zip((a.name for a in given), values, strict=False))
        results = list(map(np.asarray, parts(function(**arguments))))
        if words := misfit(spec, results, values):
            raise ValueError(words)
        return (*(s.value for s in statistics(spec, results, values)), 1.0, 1.0)

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        results = parts(spec.run(**dict(zip((a.name for a in given), values, strict=False))))
        ranges = (
            Answer(s.low, s.high, measured=True)
            for s in statistics(spec, list(map(np.asarray, results)), values)
        )
        yes = Answer(1.0, 1.0, measured=True)
        return (*ranges, yes, yes)

    return Form(
        arguments=tuple(map(part, given)),
        results=tuple(Part(name, (), says) for name, says in tests(spec).items()),
        reference=spec.run,
        call=call,
        answers=answers,
        values=lambda case: [case[a.name] for a in given],
        returns=tuple(Part(n, o.axes) for n, o in zip(names(spec), spec.outputs, strict=True)),
        continuous=True,
        measure=measure(spec),
        open=True,
        chosen=lambda first: chosen(spec, first),
    )


KIND = Kind({"show": show}, lambda _: ("show",))


def tests(spec: Experiment) -> dict[str, str]:
    """The name of each test in words, and what it says of a measurement."""
    return {t.__name__.replace("_", " "): paragraphs(t)[1] for t in spec.properties} | SEED_TESTS


def paragraphs(test: Any) -> list[str]:
    """The paragraphs of the docstring of a test, each on one line."""
    return [" ".join(text.split()) for text in (inspect.getdoc(test) or "").split("\n\n")]


def chosen(spec: Experiment, first: int) -> list[list[Any]]:
    """The arguments of each case, with data from `first` on, and what only the tests see."""
    sets = [spec.data(first * DATA_SETS + k) for k in range(DATA_SETS)]
    rng, count = np.random.default_rng(first), len(spec.given)
    seeds = rng.choice(MOST_SEED, SEEDS, replace=False).tolist()
    return [[*sets[k][:count], seeds[s], *sets[k][count:]] for k, s in RUNS]


def measure(spec: Experiment) -> Measure:
    """Replaces the results by what the properties measure on them, and the seeds."""

    def measured(calls: list[list[Any]], replies: list[Reply]) -> list[Reply]:
        found = [_results(spec, *pair) for pair in zip(calls, replies, strict=True)]
        seeds = _seeds(spec, calls, [None if isinstance(f, str) else f for f in found])
        rows = [
            None if isinstance(f, str) else statistics(spec, f, values)
            for f, values in zip(found, calls, strict=True)
        ]
        forgive_bad_luck(spec, calls, rows)
        converted = list(replies)
        for i, (reply, row) in enumerate(zip(replies, rows, strict=True)):
            if isinstance(reply, Returned):
                values = [found[i]] if row is None else [*(s.value for s in row), *seeds[i]]
                results = values if row is None else [np.asarray(v, dtype=float) for v in values]
                converted[i] = Returned(results, reply.mutated)
        return converted

    return Measure(measured, len(spec.given) + len(spec.arguments), len(spec.outputs))


def forgive_bad_luck(
    spec: Experiment, calls: list[list[Any]], rows: list[list[Statistic] | None]
) -> None:
    """Move failed measurements to their bounds where the test holds in most of the runs."""
    runs = list({checksum(values): i for i, values in enumerate(calls)}.values())
    for k, test in enumerate(spec.properties):
        failed = [i for i in runs if (row := rows[i]) is None or not _holds(row[k])]
        if test.__name__ in _by_luck(spec) and 2 * len(failed) < len(runs):
            for row in rows:
                if row is not None and not _holds(row[k]):
                    value = float(np.clip(np.nan_to_num(row[k].value), row[k].low, row[k].high))
                    row[k] = row[k]._replace(value=value)


def _holds(measured: Statistic) -> bool:
    return bool(measured.low <= measured.value <= measured.high)


def _by_luck(spec: Experiment) -> set[str]:
    return {test.__name__ for test in spec.by_luck}


def statistics(spec: Experiment, results: list[Any], values: list[Any]) -> list[Statistic]:
    """What each property measures on the results of a case."""
    data = named(spec, values)
    with np.errstate(all="ignore"):
        return [_measured(test, results, data) for test in spec.properties]


def named(spec: Experiment, values: list[Any]) -> dict[str, Any]:
    """All data of a case by name."""
    count, settings = len(spec.given), len(spec.arguments)
    data = [*values[:count], *values[count + settings :]]
    return dict(zip(spec.made, data, strict=True))


def misfit(spec: Experiment, results: list[Any], values: list[Any]) -> str:
    """What is wrong with the form of the results, or nothing.

    An axis that is named in the data has its length there, and any other one the same everywhere.
    """
    lengths = {
        axis: n
        for a, value in zip(spec.given, values, strict=False)
        for axis, n in zip(a.axes, np.shape(value), strict=False)
    }
    for name, output, result in zip(names(spec), spec.outputs, results, strict=True):
        if np.asarray(result).dtype.kind not in "fiub":
            return f"not of the right form: {name} is not made of numbers"
        wanted = [lengths.get(axis, int(axis) if axis.isdigit() else axis) for axis in output.axes]
        shape = np.shape(result)
        fits = len(shape) == len(wanted) and all(
            isinstance(want, str) or n == want for n, want in zip(shape, wanted, strict=False)
        )
        if not fits or 0 in shape:
            asked = f"({', '.join(map(str, wanted))}{',' if len(wanted) == 1 else ''})"
            return f"not of the right form: {name} has the shape {shape} and should have {asked}"
        lengths |= dict(zip(output.axes, shape, strict=True))
    return ""


def _results(spec: Experiment, values: list[Any], reply: Reply) -> list[Any] | str:
    """The arrays of a reply, or words if it has none that can be measured."""
    match reply:
        case Returned(results=results):
            arrays = [_array(result) for result in results]
            if len(arrays) == 1 and isinstance(results[0], list):
                arrays = [_array(result) for result in results[0]]
            count = len(spec.outputs)
            if len(arrays) != count:
                few = "one result" if len(arrays) == 1 else f"{len(arrays)} results"
                return f"{few} instead of {count}: {', '.join(names(spec))}"
            known = zip(names(spec), arrays, strict=True)
            strange = next(
                (f"not of the right form: {n} is {a}" for n, a in known if isinstance(a, str)), ""
            )
            return strange or misfit(spec, arrays, values) or arrays
    return "no answer"


def _array(result: Any) -> Any:
    """A result as an array if it is one, or a list of arrays of one shape; else words."""
    match result:
        case list([np.ndarray() as alone]):  # since numpy 2.5, [...] also fits an array
            return alone
        case list():
            arrays = all(isinstance(part, np.ndarray) for part in result)
            if arrays and len({part.shape for part in result}) == 1:
                return np.stack(result)
            return "a list whose parts have different shapes"
    return result


def _seeds(
    spec: Experiment, calls: list[list[Any]], found: list[list[Any] | None]
) -> list[tuple[float, float]]:
    """For each call, whether its results are those of the same seed, and of no other seed.

    Calls are compared if they have the same data.
    """
    at = len(spec.given)
    contents = [None if f is None else tuple(map(_contents, f)) for f in found]
    rows = []
    for values, own in zip(calls, contents, strict=True):
        same = different = True
        for others, theirs in zip(calls, contents, strict=True):
            if own is None or theirs is None or not _alike(values[:at], others[:at]):
                continue
            if values[at] == others[at]:
                same = same and own == theirs
            else:
                different = different and own != theirs
        rows.append((float(same), float(different)))
    return rows


def _alike(one: list[Any], other: list[Any]) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def _contents(result: Any) -> tuple[Any, bytes]:
    array = np.asarray(result, dtype=float)
    return array.shape, array.tobytes()


def _measured(test: Any, results: list[Any], data: dict[str, Any]) -> Statistic:
    try:
        found: Statistic = test(*results, **data)
        return found
    except (TypeError, ValueError, IndexError, ArithmeticError):  # the results have no such numbers
        return UNDEFINED
