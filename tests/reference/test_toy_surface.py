"""On the toy surface of lecture 001, the optimisers follow the paths of PyTorch's."""

from typing import Any

import numpy as np
import pytest

from reference.catalogue import operation
from reference.descent import toy_surface

torch = pytest.importorskip("torch")

STEPS = 100

# The rates are those of the lecture, where it races the optimiser; but RMSProp at its 0.1 ends in
# flips to and fro, where torch parts even from itself once its start is moved by one last digit.
RUNS: dict[str, tuple[str, dict[str, Any]]] = {
    "sgd": ("sgd", {"learning_rate": 0.01}),
    "momentum": (
        "momentum",
        {
            "learning_rate": 0.005,
            "momentum": 0.9,
            "dampening": 0.0,
            "lr_inside": True,
            "first_step": "zero_init",
        },
    ),
    "momentum of averages": (
        "momentum",
        {
            "learning_rate": 0.01,
            "momentum": 0.9,
            "dampening": 0.9,
            "lr_inside": False,
            "first_step": "copy_grad",
        },
    ),
    "nesterov": ("nesterov", {"learning_rate": 0.005, "momentum": 0.9, "form": "shifted"}),
    "adagrad": (
        "adagrad",
        {
            "learning_rate": 0.4,
            "epsilon": 1e-7,
            "epsilon_mode": "inside",
            "initial_accumulator": 0.1,
        },
    ),
    "adadelta": ("adadelta", {"learning_rate": 1.0, "rho": 0.95, "epsilon": 1e-6}),
    "rmsprop": (
        "rmsprop",
        {
            "learning_rate": 0.02,
            "rho": 0.9,
            "epsilon": 1e-7,
            "epsilon_mode": "outside",
            "centred": False,
            "momentum": 0.0,
            "lr_inside": False,
        },
    ),
    "centred rmsprop with momentum": (
        "rmsprop",
        {
            "learning_rate": 0.01,
            "rho": 0.9,
            "epsilon": 0.01,
            "epsilon_mode": "outside",
            "centred": True,
            "momentum": 0.9,
            "lr_inside": True,
        },
    ),
    "adam": (
        "adam",
        {
            "learning_rate": 0.2,
            "beta1": 0.9,
            "beta2": 0.999,
            "epsilon": 1e-8,
            "epsilon_mode": "outside",
            "bias_correction": True,
            "weight_decay": 0.0,
            "decoupled": False,
        },
    ),
    "adamax": (
        "adamax",
        {
            "learning_rate": 0.5,
            "beta1": 0.9,
            "beta2": 0.999,
            "epsilon": 1e-8,
            "epsilon_mode": "in_max",
        },
    ),
    "rprop": (
        "rprop",
        {
            "learning_rate": 0.01,
            "variant": "iminus",
            "grow": 1.2,
            "shrink": 0.5,
            "smallest": 1e-6,
            "largest": 50.0,
        },
    ),
}


def ours(name: str, settings: dict[str, Any]) -> np.ndarray:
    spec = operation(name)
    point = np.array(toy_surface.START)
    state, path = spec.init(point), []
    for _ in range(STEPS):
        point, state = spec.update(toy_surface.gradient(point), state, point, **settings)
        path.append(point)
    return np.stack(path)


def theirs(name: str, settings: dict[str, Any]) -> np.ndarray:
    point = torch.tensor(toy_surface.START, dtype=torch.float64, requires_grad=True)
    optimiser, path = operation(name).torch(torch, [point], **settings), []
    for _ in range(STEPS):
        optimiser.zero_grad()
        toy_surface.SPEC.torch(torch, point[0], point[1]).backward()
        optimiser.step()
        path.append(point.detach().numpy().copy())
    return np.stack(path)


@pytest.mark.parametrize("run", RUNS)
def test_path_is_torchs_step_for_step(run: str) -> None:
    name, settings = RUNS[run]
    assert np.abs(ours(name, settings) - theirs(name, settings)).max() < 1e-10


@pytest.mark.parametrize("run", ["adagrad", "adam", "momentum", "rmsprop"])
def test_path_comes_nearer_to_the_minimum(run: str) -> None:
    path = ours(*RUNS[run])
    away = np.linalg.norm(path - toy_surface.MINIMUM, axis=1)
    assert away[-1] < away[0]
