"""The settings in which torch tests its own optimisers (`optim_db`): the paths are compared.

Some settings of torch are the task of the caller in the reference: this module changes the sign of
the gradient for maximisation and adds the weight decay to it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from checker.numerics.conditioning import bound, moves
from checker.numerics.equations import DOUBLE, SINGLE, Equation
from checker.numerics.gradients import direction
from checker.proof.external.calls import NotMappedError
from checker.proof.external.test_input import NO_OPERATION, Question
from checker.proof.kinds.optimiser import PATTERNS
from checker.proof.oracles.torch_agreement import as_array, inside
from reference import catalogue

Settings = dict[str, Any]
PARAMETER_SHAPE = (3, 2)

# torch's names of the settings and those of the reference. torch's defaults are used.
SETTING_NAMES: dict[str, dict[str, str]] = {
    "SGD": {"lr": "learning_rate", "momentum": "momentum", "dampening": "dampening"},
    "Adagrad": {
        "lr": "learning_rate",
        "eps": "epsilon",
        "initial_accumulator_value": "initial_accumulator",
    },
    "Adadelta": {"lr": "learning_rate", "rho": "rho", "eps": "epsilon"},
    "Adam": {"lr": "learning_rate", "eps": "epsilon"},
    "AdamW": {"lr": "learning_rate", "eps": "epsilon"},
    "Adamax": {"lr": "learning_rate", "eps": "epsilon"},
    "RMSprop": {
        "lr": "learning_rate",
        "alpha": "rho",
        "eps": "epsilon",
        "centered": "centred",
        "momentum": "momentum",
    },
    "Rprop": {"lr": "learning_rate"},
    "Adafactor": {
        "lr": "learning_rate",
        "beta2_decay": "beta2_decay",
        "d": "clip",
        "weight_decay": "weight_decay",
    },
    "Muon": {
        "lr": "learning_rate",
        "weight_decay": "weight_decay",
        "momentum": "momentum",
        "nesterov": "nesterov",
        "ns_coefficients": "ns_coefficients",
        "eps": "epsilon",
        "ns_steps": "ns_steps",
    },
}
# Settings that affect how torch computes, or that are handled below.
IMPLEMENTATION_SETTINGS = (
    "foreach",
    "fused",
    "capturable",
    "differentiable",
    "maximize",
    "decoupled_weight_decay",
)


@dataclass(frozen=True)
class Steps:
    """A path of an optimiser of the reference.

    The gradient passed to the reference is `sign` times the gradient plus `decay` times the
    parameter.
    """

    operation: str
    settings: Settings
    decay: float
    sign: int


def questions() -> Iterator[Question]:
    """Yield one question for each optimiser and setting."""
    import torch
    from torch.testing._internal.common_optimizers import optim_db

    device = str(torch.get_default_device())
    for info in optim_db:
        kind: Any = info.optim_cls
        for test in info.optim_inputs_func(device=device):
            yield Question.of(f"{kind.__name__}, {test.desc}", partial(_ask, kind, test.kwargs))


def _ask(kind: Any, kwargs: Settings) -> tuple[Steps, Any]:
    """The steps of the reference and their comparison. Raises NotMappedError."""
    import torch

    if kind.__name__ == "LBFGS":
        raise NotMappedError("an objective in place of gradients")
    if kind.__name__ not in SETTING_NAMES:
        raise NotMappedError(NO_OPERATION)
    param = torch.as_tensor(direction(PARAMETER_SHAPE, 1)).requires_grad_()
    optimiser = kind([param], **kwargs)
    steps = _read(kind.__name__, dict(optimiser.defaults))
    return steps, partial(_compare, steps, optimiser, param)


def _read(name: str, given: Settings) -> Steps:
    """Translate torch's settings. Raises NotMappedError for one that the reference lacks."""
    sign = -1 if given.get("maximize") else 1
    settings = {ours: given.pop(theirs) for theirs, ours in SETTING_NAMES[name].items()}
    settings["learning_rate"] = float(settings["learning_rate"])  # torch also accepts a tensor
    decay = given.pop("weight_decay", 0.0)
    operation = name.lower()
    if name in ("Adam", "AdamW", "Adamax"):
        settings["beta1"], settings["beta2"] = given.pop("betas")
    if name in ("Adam", "AdamW"):
        operation = "adam"
        settings |= {"weight_decay": decay, "decoupled": name == "AdamW"}
        decay = 0.0
    if name == "Rprop":
        settings["shrink"], settings["grow"] = given.pop("etas")
        settings["smallest"], settings["largest"] = given.pop("step_sizes")
    if name == "Adafactor":
        settings["epsilon1"], settings["epsilon2"] = given.pop("eps")
    if name == "Muon":
        settings["adjustment"] = given.pop("adjust_lr_fn") or "original"
    if name == "SGD":
        operation, settings = _descent(settings, given.pop("nesterov"))
    missing = [key for key, value in given.items() if key not in IMPLEMENTATION_SETTINGS and value]
    if missing:
        raise NotMappedError(f"the setting {' and '.join(sorted(missing))}")
    return Steps(operation, settings, decay, sign)


def _descent(settings: Settings, nesterov: bool) -> tuple[str, Settings]:
    """Translate torch's SGD, which is one class for three optimisers of the reference."""
    if not settings["momentum"]:
        return "sgd", {"learning_rate": settings["learning_rate"]}
    if nesterov:
        del settings["dampening"]  # torch requires 0 here
        return "nesterov", settings
    return "momentum", {**settings, "first_step": "copy_grad"}


def _compare(steps: Steps, optimiser: Any, param: Any) -> list[Equation]:
    """Compare the paths of a parameter."""
    import torch

    grads = np.stack([factor * direction(PARAMETER_SHAPE, 2) for factor in PATTERNS[0]])
    inputs = {"start": as_array(param), "grads": grads}
    ours = _path(steps, inputs)
    roundoff = max(DOUBLE, inside(getattr(catalogue.operation(steps.operation), "inside", "")))
    at = max(roundoff, SINGLE)
    errors = moves(lambda changed: _path(steps, changed), inputs, ours, at)
    theirs = []
    for grad in grads:
        param.grad = torch.as_tensor(grad)
        optimiser.step()
        theirs.append(as_array(param))
    return [
        Equation(
            f"step {t + 1}", mine, other, bound(error * (roundoff / at), np.abs(mine), roundoff)
        )
        for t, (mine, other, error) in enumerate(zip(ours, theirs, errors, strict=True))
    ]


def _path(steps: Steps, inputs: Mapping[str, Any]) -> list[Any]:
    """The positions of the reference."""
    spec: Any = catalogue.operation(steps.operation)
    mine, positions = inputs["start"], []
    state = spec.init(mine)
    for grad in inputs["grads"]:
        gradient = steps.sign * grad + steps.decay * mine
        mine, state = spec.update(gradient, state, mine, **steps.settings)
        positions.append(mine)
    return positions
