"""The oracles of an initialiser: torch with the same noise, its properties and float32."""

from functools import partial
from typing import Any

import numpy as np

from checker.numerics.equations import Array, Equation, bound, bounded, rounded
from checker.numerics.error_bounds import ErrorBounded
from checker.numerics.inputs import NamedInputs
from checker.proof.oracles import exact_arithmetic
from checker.proof.oracles.properties import Oracle, properties
from checker.proof.oracles.single_precision import in_single
from checker.proof.oracles.torch_results import as_array, as_tensor
from reference.spec import Initialiser

NOISE_SEED = 7


def oracles(spec: Initialiser) -> dict[str, Oracle]:
    """The oracles of this initialiser by name."""
    by_name: dict[str, Oracle] = {"float32": partial(single_precision, spec)}
    if callable(spec.torch):
        by_name["torch float64"] = partial(against_torch, spec, dtype=np.float64)
        by_name["torch float32"] = partial(against_torch, spec, dtype=np.float32)
    by_name |= exact_arithmetic.oracles(spec, results)
    return by_name | properties(spec.forward, spec.properties)


def results(spec: Initialiser, case: NamedInputs) -> tuple[Any, ...]:
    """The weights of a case, as a tuple of one."""
    return (spec.forward(**case),)


def against_torch(spec: Initialiser, case: NamedInputs, dtype: Any) -> list[Equation]:
    """Compare the weights with torch's, made from the noise that torch sampled."""
    noise, theirs = torch_draws(spec, case, dtype)
    _, mine = replayed(spec, case, [noise])
    return [Equation("weights", mine.value, theirs, bound(mine, dtype))]


def torch_draws(spec: Initialiser, case: NamedInputs, dtype: Any) -> list[Array]:
    """The noise of torch and the weights that it makes from it.

    torch samples the noise twice from the same seed: once alone, once in its initialiser.
    """
    import torch

    settings = _settings(case)
    weight = as_tensor(torch, _stored(case["noise"], **settings), dtype)
    seeded = torch.Generator(weight.device).manual_seed(NOISE_SEED)
    noise = weight.clone()
    sample = {"standard_normal": noise.normal_, "random": noise.uniform_}[spec.noise]
    sample(generator=seeded)
    seeded = torch.Generator(weight.device).manual_seed(NOISE_SEED)
    spec.torch(torch, weight, seeded, **settings)
    return [_stored(as_array(tensor), **settings) for tensor in (noise, weight)]


def recorded(spec: Initialiser, case: NamedInputs) -> list[Array]:
    """The noise, which differs between devices, and the weights, both of torch in float32."""
    return torch_draws(spec, case, np.float32)


def replayed(spec: Initialiser, case: NamedInputs, arrays: list[Array]) -> list[ErrorBounded]:
    """The recorded noise, and the weights that the reference makes from it."""
    noise = ErrorBounded(arrays[0].astype(float))
    return [noise, spec.forward(noise, **_settings(case))]


def _settings(case: NamedInputs) -> dict[str, Any]:
    return {name: value for name, value in case.items() if name != "noise"}


def single_precision(spec: Initialiser, case: NamedInputs) -> list[Equation]:
    """Check that float32 inputs give float32 results within the error bound of float32."""
    case = {name: rounded(value, np.float32) for name, value in case.items()}
    single = {**case, "noise": case["noise"].astype(np.float32)}
    return [in_single("weights", spec.forward(**single), spec.forward(**bounded(case)))]


def _stored(weight: Any, layout: str = "in_out", **_: Any) -> Any:
    """Convert a weight between the order of axes of the reference and that of torch."""
    return weight if layout == "out_in" else weight.T
