"""The oracles of an experiment: its properties, on the data of many seeds, and its own seed.

The arguments of a case are the settings alone. The data are made from the number of the case. The
properties are asked on all of them, and the call contract on the first rows, which take less time.
"""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

import numpy as np

from checker.numerics.equations import Array, Equation, largest, parts
from checker.proof.oracle import CaseOracle, Oracle
from checker.proof.trial import Trial
from reference.spec import Experiment, Function

Inputs = Mapping[str, Any]
Settings = tuple[tuple[str, Any], ...]
Trained = Callable[[int, Settings], tuple[Inputs, tuple[Any, ...]]]

CASES = 8  # of each oracle: each case is a training
ROWS = 12
GROWTH = 1e5  # of a rounding in a training, or in equations that are nearly singular


def oracles(spec: Experiment) -> dict[str, Oracle]:
    """The oracles of this experiment by name."""
    trained = cache(partial(_trained, spec))  # once for all properties
    by_name: dict[str, Oracle] = {
        f"property {prop.__name__}": CaseOracle(partial(_of_reference, prop, trained), most=CASES)
        for prop in spec.properties
    }
    by_name["another seed"] = {"another result": partial(_another_seed, spec)}
    return by_name


def complete(spec: Experiment, case: Inputs, number: int) -> dict[str, Any]:
    """The first rows of the data that the experiment is given, and the settings."""
    data = spec.data(number)[: len(spec.given)]
    return {**{n: part[:ROWS] for n, part in zip(spec.made, data, strict=False)}, **case}


def results(spec: Experiment, inputs: Inputs) -> tuple[Any, ...]:
    return parts(spec.run(**inputs))


def names(spec: Experiment, inputs: Inputs, count: int) -> list[str]:
    return [f"result {i}" for i in range(count)]


def sizes(spec: Experiment, inputs: Inputs, results: tuple[Any, ...]) -> list[Array]:
    """The size of each entry, whose rounding is allowed and may grow."""
    return [np.full(np.shape(result), GROWTH * largest(np.asarray(result))) for result in results]


def _trained(spec: Experiment, number: int, settings: Settings) -> tuple[Inputs, tuple[Any, ...]]:
    """The data of this number, and the results of the experiment on them."""
    data = dict(zip(spec.made, spec.data(number), strict=True))
    given = {name: data[name] for name in spec.made[: len(spec.given)]}
    return data, tuple(map(np.asarray, results(spec, {**given, **dict(settings)})))


def _of_reference(prop: Function, trained: Trained, trial: Trial) -> list[Equation]:
    """Check that what a property measures lies between its bounds."""
    data, found = trained(trial.number, tuple(trial.case.items()))
    value, low, high = prop(*found, **data)
    inside = np.asarray(float(low <= value <= high))
    return [Equation(prop.__name__, inside, np.ones(()), np.zeros(()))]


def _another_seed(spec: Experiment) -> list[Equation]:
    """Check that another seed gives other results."""
    given = complete(spec, {}, 0)
    one, other = (parts(spec.run(**given, seed=seed)) for seed in (0, 1))
    alike = all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
    return [Equation("changed by the seed", np.asarray(float(alike)), np.zeros(()), np.zeros(()))]
