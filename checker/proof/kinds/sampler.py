"""The oracles of a sampler: statistical properties of samples of the reference and of torch."""

from functools import partial
from typing import Any

import numpy as np

from checker.numerics.equations import Array, Equation
from checker.numerics.error_bounds import ErrorBounded
from checker.numerics.inputs import NamedInputs
from checker.proof.kinds.procedure import another_seed
from checker.proof.oracles.torch_results import as_array
from reference.spec import Function, Sampler


def oracles(spec: Sampler) -> dict[str, Any]:
    """The oracles of this sampler by name."""
    by_name: dict[str, Any] = {
        f"property {prop.__name__}": partial(_of_reference, spec, prop) for prop in spec.properties
    }
    by_name["another seed"] = another_seed(spec)
    if callable(spec.torch):
        by_name["torch float64"] = partial(against_torch, spec, dtype=np.float64)
    return by_name


def results(spec: Sampler, case: NamedInputs) -> tuple[Any, ...]:
    """The sample of a case, as a tuple of one."""
    return (spec.run(**case),)


def holds(prop: Function, sample: Array, case: NamedInputs) -> list[Equation]:
    """Check that the statistic of a property lies between its bounds.

    As an equation: it equals the midpoint of the bounds, with half their distance as tolerance.
    """
    statistic = prop(sample, **case)
    low, high = np.asarray(statistic.low, dtype=float), np.asarray(statistic.high, dtype=float)
    tolerance = (high - low) / 2 + np.finfo(float).tiny
    value = np.asarray(statistic.value, dtype=float)
    return [Equation(prop.__name__, value, (low + high) / 2, tolerance)]


def _of_reference(spec: Sampler, prop: Function, case: NamedInputs) -> list[Equation]:
    return holds(prop, spec.run(**case), case)


def against_torch(spec: Sampler, case: NamedInputs, dtype: Any) -> list[Equation]:
    """Check all properties on a sample of torch's own generator."""
    (sample,) = recorded(spec, case)
    return [equation for prop in spec.properties for equation in holds(prop, sample, case)]


def recorded(spec: Sampler, case: NamedInputs) -> list[Array]:
    """A sample of torch."""
    import torch

    return [as_array(spec.torch(torch, **case))]


def replayed(spec: Sampler, case: NamedInputs, arrays: list[Array]) -> list[ErrorBounded]:
    """The recorded sample if all properties hold, else nans.

    Samples of different generators cannot be compared entry by entry.
    """
    broken = [e for prop in spec.properties for e in holds(prop, arrays[0], case) if e.ratio > 1]
    return [ErrorBounded(arrays[0] if not broken else np.full(arrays[0].shape, np.nan))]
