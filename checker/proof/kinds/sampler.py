"""The oracles of a sampler: statistical properties of samples of the reference and of torch.

One sample is too small to notice a deviation that is 2 % too large. The properties are therefore
asked of many samples together as well, which are joined along their first axis. What no single
sample can show is asked of them apart: whether samples of different seeds, and the entries of one
sample, are independent. With x = log(2 / CHANCE), the bounds are

    a mean of n products of two independent numbers of variance 1     sqrt(2 x / n) + x / n
    a mean of n squares of such numbers                               2 sqrt(x / n) + 2 x / n

which hold for normal numbers (Laurent and Massart 2000, lemma 1), and for numbers of lighter tails.
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from checker.numerics.equations import Array, Equation
from checker.proof.kinds.procedure import another_seed
from checker.proof.oracle import CaseOracle, Oracle
from checker.proof.oracles.torch_agreement import as_array
from checker.proof.trial import Trial
from reference.spec import Argument, Function, Sampler

CHANCE = 1e-9  # of each test, that right samples fail it
ENTRIES = 400_000  # of all samples of one setting together
SEEDS = 1500
SMALL = 4  # the length of axes whose samples are small, so that they are many
FEW = 120  # orders, which can be counted one by one
DIFFERENT = 100  # entries, of which two samples that are equal by chance have fewer


def oracles(spec: Sampler) -> dict[str, Oracle]:
    """The oracles of this sampler by name."""
    by_name: dict[str, Oracle] = {
        f"property {prop.__name__}": CaseOracle(partial(_of_reference, spec, prop))
        for prop in spec.properties
    }
    by_name["another seed"] = another_seed(spec)
    by_name["many seeds"] = {
        title: partial(many_seeds, spec, settings) for title, settings in _settings(spec)
    }
    if callable(spec.torch):
        by_name["torch float64"] = CaseOracle(partial(against_torch, dtype=np.float64))
    return by_name


def complete(spec: Sampler, case: Mapping[str, Any], number: int) -> dict[str, Any]:
    return dict(case)


def results(spec: Sampler, inputs: Mapping[str, Any]) -> tuple[Any, ...]:
    """The sample of a case, as a tuple of one."""
    return (spec.run(**inputs),)


def names(spec: Sampler, inputs: Mapping[str, Any], count: int) -> list[str]:
    return ["sample"]


def sizes(spec: Sampler, inputs: Mapping[str, Any], results: tuple[Any, ...]) -> list[Array]:
    """The size of each entry, whose rounding is allowed besides that of the inputs."""
    return [np.abs(np.asarray(result, dtype=float)) for result in results]


def holds(prop: Function, sample: Array, case: Mapping[str, Any]) -> list[Equation]:
    """Check that the statistic of a property lies between its bounds.

    As an equation: it equals the midpoint of the bounds, with half their distance as tolerance.
    """
    statistic = prop(sample, **case)
    low, high = np.asarray(statistic.low, dtype=float), np.asarray(statistic.high, dtype=float)
    tolerance = (high - low) / 2 + np.finfo(float).tiny
    value = np.asarray(statistic.value, dtype=float)
    return [Equation(prop.__name__, value, (low + high) / 2, tolerance)]


def _of_reference(spec: Sampler, prop: Function, trial: Trial) -> list[Equation]:
    return holds(prop, spec.run(**trial.case), trial.case)


def against_torch(trial: Trial, dtype: Any) -> list[Equation]:
    """Check all properties on a sample of torch's own generator."""
    spec: Any = trial.spec
    sample = call_torch(spec, trial.case, dtype)
    return [e for prop in spec.properties for e in holds(prop, sample, trial.case)]


def call_torch(spec: Sampler, case: Mapping[str, Any], dtype: Any) -> Array:
    """A sample of torch."""
    import torch

    return as_array(spec.torch(torch, **case))


def _settings(spec: Sampler) -> Iterator[tuple[str, dict[str, Any]]]:
    """The settings of the samples that are joined: without a seed."""
    arguments = [a for a in spec.arguments if a.name != "seed"]
    yield "first values", {a.name: a.tried[0] for a in arguments}
    yield "last values", {a.name: a.tried[-1] for a in arguments}
    yield "small samples", {a.name: _least(a) for a in arguments}


def _least(argument: Argument) -> Any:
    if argument.range is None or not isinstance(argument.tried[0], int):
        return argument.tried[0]
    return max(int(argument.range.low), SMALL)


def many_seeds(spec: Sampler, settings: Mapping[str, Any]) -> list[Equation]:
    """Check the samples of many seeds together."""
    count = ENTRIES // max(1, np.size(spec.run(**settings, seed=0)))
    drawn = [spec.run(**settings, seed=seed) for seed in range(min(max(count, 2), SEEDS))]
    samples = np.stack(drawn).astype(float)
    joined = np.reshape(samples, (-1, *samples.shape[2:]))
    _, *others = spec.properties  # the first is the shape, which joined samples do not have
    equations = [e for prop in others for e in holds(prop, joined, {**settings, "seed": 0})]
    if samples[0].size >= DIFFERENT:
        different = len({sample.tobytes() for sample in samples})
        equations.append(_near("different samples", different, len(samples), 0))
    return equations + list(_independent(samples)) + list(_orders(samples))


def _independent(samples: Array) -> Iterator[Equation]:
    """Compare moments of the samples, of axes (seed, ...), with those of independent numbers.

    A row that always has the same entries, in another order, has no moments of its own, and its
    entries have the correlation -1 / (n - 1).
    """
    seeds, n = len(samples), samples.shape[-1]
    fixed = _same_entries(samples) and n > 1
    within = -1 / (n - 1) if fixed else 0.0
    wider = 1 - within  # the variance of a mean of products of rows in random order
    z = (samples - samples.mean()) / samples.std()
    square = z**2 - 1
    for about, (one, other) in _pairs(samples.ndim):
        row = within if about in ("neighbours in a row", "ends of a row") else 0.0
        products = z[one] * z[other]
        yield _near(f"correlation of {about}", products.mean(), row, wider * _reach(products.size))
        if not fixed and square.std() > 0.1:  # a mask that keeps one half has no magnitudes
            products = square[one] * square[other] / square.var()
            bound = 2 * _reach(products.size)  # their tails are heavier
            yield _near(f"correlation of magnitudes of {about}", products.mean(), 0, bound)
    entries = z[0].size
    means = z.mean(axis=0)
    bound = wider * _reach(seeds, entries)
    yield _near("mean of each place", means, np.zeros(means.shape), bound)
    spread = (z**2).mean(axis=0)
    bound = _reach_of_squares(seeds, entries)
    yield _near("mean square of each place", spread, np.ones(spread.shape), bound)
    if not fixed:
        sums = (z.mean(axis=tuple(range(1, z.ndim))) ** 2).mean() * entries
        yield _near("variance of the mean", sums, 1.0, _reach_of_squares(seeds))


def _pairs(axes: int) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Pairs of entries of samples with this number of axes, of which the first is the seed."""
    everything = (slice(None),) * axes
    later, before = slice(1, None), slice(None, -1)
    for axis in range(axes):
        about = "neighbours in a row" if axis == axes - 1 else f"neighbours along axis {axis - 1}"
        names = "samples of following seeds" if axis == 0 else about
        rest = everything[axis + 1 :]
        yield names, ((*everything[:axis], later, *rest), (*everything[:axis], before, *rest))
    if axes > 1:
        yield "ends of a row", ((..., 0), (..., -1))
    yield "samples of every second seed", ((slice(2, None),), (slice(None, -2),))


def _same_entries(samples: Array) -> bool:
    """Whether all rows have the same entries, in any order."""
    rows = np.sort(samples, axis=-1).reshape(-1, samples.shape[-1])
    return bool((rows == rows[0]).all())


def _orders(samples: Array) -> Iterator[Equation]:
    """Short rows of the same entries have every order equally often."""
    orders = list(itertools.permutations(np.sort(samples.reshape(-1, samples.shape[-1])[0])[:6]))
    if not _same_entries(samples) or not 2 <= len(orders) <= FEW:
        return
    rows = samples.reshape(-1, samples.shape[-1])
    seen = Counter(map(tuple, rows.tolist()))
    found = np.array([seen[tuple(map(float, order))] for order in orders])
    mean = len(rows) / len(orders)
    x = np.log(2 * len(orders) / CHANCE)
    yield _near("each order", found, np.full(len(orders), mean), x / 3 + np.sqrt(2 * x * mean + x))


def _near(about: str, value: Any, right: Any, bound: Any) -> Equation:
    found, wanted = np.asarray(value, dtype=float), np.asarray(right, dtype=float)
    return Equation(about, found, wanted, np.asarray(bound) + np.finfo(float).tiny)


def _reach(count: int, tests: int = 1) -> float:
    """The bound of a mean of products, for `tests` of them at the same time."""
    x = np.log(2 * max(tests, 1) / CHANCE)
    return float(np.sqrt(2 * x / count) + x / count)


def _reach_of_squares(count: int, tests: int = 1) -> float:
    """The bound of a mean of squares."""
    x = np.log(2 * max(tests, 1) / CHANCE)
    return float(2 * np.sqrt(x / count) + 2 * x / count)
