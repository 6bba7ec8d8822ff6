"""The oracles of a sampler: statistical properties of samples of the reference and of torch.

One sample is too small to notice a deviation that is 2 % too large. The properties are therefore
asked of many samples together as well, which are joined along their first axis. What no single
sample can show is asked of them apart: whether samples of different seeds, and the entries of one
sample, are independent (checker/numerics/independence.py).
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from checker.numerics import independence
from checker.numerics.equations import Array, Equation
from checker.proof.kinds import Recording
from checker.proof.kinds.procedure import another_seed
from checker.proof.oracle import CaseOracle, Oracle
from checker.proof.oracles.torch_agreement import as_array
from checker.proof.trial import Trial
from reference.spec import Argument, Function, Sampler

ENTRIES = 400_000  # of all samples of one setting together
SEEDS = 1500
SMALL = 4  # the length of axes whose samples are small, so that they are many


def oracles(spec: Sampler) -> dict[str, Oracle]:
    """The oracles of this sampler by name."""
    by_name: dict[str, Oracle] = {
        f"property {prop.__name__}": CaseOracle(partial(_of_reference, prop))
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


def _all_hold(spec: Sampler, case: Mapping[str, Any], sample: Array) -> list[Equation]:
    return [e for prop in spec.properties for e in holds(prop, sample, case)]


def _of_reference(prop: Function, trial: Trial) -> list[Equation]:
    (sample,) = trial.results
    return holds(prop, sample, trial.case)


def against_torch(trial: Trial, dtype: Any) -> list[Equation]:
    """Check all properties on a sample of torch's own generator."""
    spec: Any = trial.spec
    return _all_hold(spec, trial.case, call_torch(spec, trial.case, dtype))


def call_torch(spec: Sampler, case: Mapping[str, Any], dtype: Any) -> Array:
    """A sample of torch."""
    import torch

    return as_array(spec.torch(torch, **case))


RECORDING = Recording(
    passes=lambda spec, arguments: ("float64",),  # a sample has no dtype, and each draw is another
    ask=lambda spec, arguments, dtype: (call_torch(spec, arguments, dtype),),
    of_draw=_all_hold,
    settings_left_out=("seed",),
)


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
    if samples[0].size >= independence.DIFFERENT:
        different = len({sample.tobytes() for sample in samples})
        equations.append(_near("different samples", different, len(samples), 0))
    equations.append(_near("shuffles", independence.same_entries(samples), spec.shuffles, 0))
    measured = independence.measured(samples, spec.shuffles).items()
    return equations + [_near(about, units, 0, 1) for about, units in measured]


def _near(about: str, value: Any, right: Any, bound: Any) -> Equation:
    found, wanted = np.asarray(value, dtype=float), np.asarray(right, dtype=float)
    return Equation(about, found, wanted, np.asarray(bound) + np.finfo(float).tiny)
