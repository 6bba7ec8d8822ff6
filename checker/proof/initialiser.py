"""What is checked of an initialiser: torch fed the same noise, and its laws."""

from functools import partial
from typing import Any

import numpy as np

from checker.equations import Array, Equation, bound, rounded, traced
from checker.inputs import Case
from checker.proof.function import Oracle, as_array, as_tensor, in_single, laws
from checker.rounding import Traced
from reference.spec import Initialiser

NOISE_SEED = 7


def oracles(spec: Initialiser) -> dict[str, Oracle]:
    found: dict[str, Oracle] = {"float32": partial(single_precision, spec)}
    if callable(spec.torch):
        found["torch float64"] = partial(against_torch, spec, dtype=np.float64)
        found["torch float32"] = partial(against_torch, spec, dtype=np.float32)
    return found | laws(spec.forward, spec.laws)


def results(spec: Initialiser, case: Case) -> tuple[Any, ...]:
    return (spec.forward(**case),)


def against_torch(spec: Initialiser, case: Case, dtype: Any) -> list[Equation]:
    noise, theirs = torch_draws(spec, case, dtype)
    _, mine = replayed(spec, case, [noise])
    return [Equation("weights", mine.value, theirs, bound(mine, dtype))]


def torch_draws(spec: Initialiser, case: Case, dtype: Any) -> list[Array]:
    """torch draws its noise twice from one seed: once bare, once inside its initialiser."""
    import torch

    settings = _settings(case)
    weight = as_tensor(torch, _stored(case["noise"], **settings), dtype)
    seeded = torch.Generator(weight.device).manual_seed(NOISE_SEED)
    bare = weight.clone()
    draw = {"standard_normal": bare.normal_, "random": bare.uniform_}[spec.noise]
    draw(generator=seeded)
    seeded = torch.Generator(weight.device).manual_seed(NOISE_SEED)
    spec.torch(torch, weight, seeded, **settings)
    return [_stored(as_array(tensor), **settings) for tensor in (bare, weight)]


def recorded(spec: Initialiser, case: Case) -> list[Array]:
    """The noise, which another device draws otherwise, and the weights."""
    return torch_draws(spec, case, np.float32)


def replayed(spec: Initialiser, case: Case, arrays: list[Array]) -> list[Traced]:
    noise = Traced(arrays[0].astype(float))
    return [noise, spec.forward(noise, **_settings(case))]


def _settings(case: Case) -> dict[str, Any]:
    return {name: value for name, value in case.items() if name != "noise"}


def single_precision(spec: Initialiser, case: Case) -> list[Equation]:
    """float32 in, float32 out, and as right as float32 can be."""
    case = {name: rounded(value, np.float32) for name, value in case.items()}
    single = {**case, "noise": case["noise"].astype(np.float32)}
    return [in_single("weights", spec.forward(**single), spec.forward(**traced(case)))]


def _stored(weight: Any, layout: str = "in_out", **_: Any) -> Any:
    """From our order of axes to torch's, or back."""
    return weight if layout == "out_in" else weight.T
