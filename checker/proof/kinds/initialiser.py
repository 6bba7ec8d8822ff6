"""The oracles of an initialiser: torch with the same noise, its properties and its accuracy."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from checker.numerics.equations import Array, Equation
from checker.proof.kinds import PLAIN, Recording
from checker.proof.oracle import CaseOracle, Oracle
from checker.proof.oracles import exact, torch_agreement
from checker.proof.oracles.torch_agreement import as_array, as_tensor
from checker.proof.trial import Trial
from reference.spec import Initialiser

NOISE_SEED = 7
CERTAIN = 7.0  # standard deviations, which no draw exceeds


def oracles(spec: Initialiser) -> dict[str, Oracle]:
    """The oracles of this initialiser by name."""
    by_name: dict[str, Oracle] = {**exact.accuracy()}
    if callable(spec.torch):
        for name, dtype in (("float64", np.float64), ("float32", np.float32)):
            by_name[f"torch {name}"] = CaseOracle(partial(against_torch, dtype=dtype))
    return by_name | exact.properties(spec.forward, spec.properties)


def complete(spec: Initialiser, case: Mapping[str, Any], number: int) -> dict[str, Any]:
    return dict(case)


def results(spec: Initialiser, inputs: Mapping[str, Any]) -> tuple[Any, ...]:
    """The weights of a case, as a tuple of one."""
    return (spec.forward(**inputs),)


def names(spec: Initialiser, inputs: Mapping[str, Any], count: int) -> list[str]:
    return ["weights"]


def sizes(spec: Initialiser, inputs: Mapping[str, Any], results: tuple[Any, ...]) -> list[Array]:
    """The size of each entry, whose rounding is allowed besides that of the inputs."""
    return [np.abs(np.asarray(result, dtype=float)) for result in results]


def against_torch(trial: Trial, dtype: Any) -> list[Equation]:
    """Compare the weights with torch's, made from the noise that torch sampled."""
    spec: Any = trial.spec
    noise, weights = torch_draws(spec, trial.case, dtype)
    return torch_agreement.compared(Trial(spec, {**trial.case, "noise": noise}), (weights,), dtype)


def torch_draws(spec: Initialiser, case: Mapping[str, Any], dtype: Any) -> tuple[Array, Array]:
    """The noise of torch and the weights that it makes from it.

    torch samples the noise twice from the same seed: once alone, once in its initialiser.
    """
    import torch

    settings = {name: value for name, value in case.items() if name != "noise"}
    weight = as_tensor(torch, _stored(case["noise"], **settings), dtype)
    noise = weight.clone()
    sample = {"standard_normal": noise.normal_, "random": noise.uniform_}[spec.noise]
    sample(generator=torch.Generator(weight.device).manual_seed(NOISE_SEED))
    seeded = torch.Generator(weight.device).manual_seed(NOISE_SEED)
    spec.torch(torch, weight, seeded, **settings)
    return _stored(as_array(noise), **settings), _stored(as_array(weight), **settings)


call_torch = torch_draws


def _is_drawn(spec: Initialiser, case: Mapping[str, Any], noise: Array) -> list[Equation]:
    """That noise is a draw: its mean, its spread, and for uniform noise its range."""
    uniform = spec.noise == "random"
    middle, width, fourth = (0.5, 1 / 12, 1 / 180) if uniform else (0.0, 1.0, 2.0)
    away = noise - middle
    measured = np.array([np.mean(away), np.mean(away**2) - width]) if noise.size else np.zeros(2)
    if uniform and noise.size and (noise.min() < 0 or noise.max() > 1):
        measured = np.full(2, np.inf)
    bound = CERTAIN * np.sqrt(np.array([width, fourth]) / max(1, noise.size))
    return [Equation("mean and variance of the noise", measured, np.zeros(2), bound)]


RECORDING = Recording(
    passes=lambda spec, arguments: PLAIN,
    ask=torch_draws,
    most_entries=lambda spec: 600,  # the noise is recorded whole
    of_draw=_is_drawn,
    draw="noise",
)


def _stored(weight: Any, layout: str = "in_out", **_: Any) -> Any:
    """Convert a weight between the order of axes of the reference and that of torch."""
    return weight if layout == "out_in" else weight.T
