"""The settings in which torch tests its own optimisers (`optim_db`): the same path, step by step.

Where the reference leaves something to its caller, the caller does it here: a gradient is turned
round to climb, and the decay of the weights is added to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from checker.equations import Equation, bound
from checker.proof.function import as_array
from checker.proof.opinions.calls import NotMappedError
from checker.proof.opinions.question import NO_OPERATION, Question
from checker.proof.optimiser import STEPS
from checker.proof.upstream import direction
from checker.rounding import Traced
from reference import catalogue

Settings = dict[str, Any]
SHAPE = (3, 2)

# What torch calls each setting; torch's own default stands where the reference has another.
NAMES: dict[str, dict[str, str]] = {
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
}
# How torch goes about its work, and not what it computes.
MANNERS = ("foreach", "fused", "capturable", "differentiable", "maximize", "decoupled_weight_decay")


@dataclass(frozen=True)
class Steps:
    """`decay` and `sign` make the gradient that the reference is handed."""

    operation: str
    settings: Settings
    decay: float
    sign: int


def questions() -> Iterator[Question]:
    import torch
    from torch.testing._internal.common_optimizers import optim_db

    device = str(torch.get_default_device())
    for info in optim_db:
        kind: Any = info.optim_cls
        for given in info.optim_inputs_func(device=device):
            yield Question.of(f"{kind.__name__}, {given.desc}", partial(_ask, kind, given.kwargs))


def _ask(kind: Any, kwargs: Settings) -> tuple[Steps, Any]:
    import torch

    if kind.__name__ not in NAMES:
        raise NotMappedError(NO_OPERATION)
    param = torch.as_tensor(direction(SHAPE, 1)).requires_grad_()
    optimiser = kind([param], **kwargs)
    steps = _read(kind.__name__, dict(optimiser.defaults))
    return steps, partial(_compare, steps, optimiser, param)


def _read(name: str, given: Settings) -> Steps:
    """torch's settings in the reference's words; raises NotMappedError where it has no word."""
    sign = -1 if given.get("maximize") else 1
    settings = {ours: given.pop(theirs) for theirs, ours in NAMES[name].items()}
    settings["learning_rate"] = float(settings["learning_rate"])  # it may be a tensor
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
    if name == "SGD":
        operation, settings = _descent(settings, given.pop("nesterov"))
    lacking = [key for key, value in given.items() if key not in MANNERS and value]
    if lacking:
        raise NotMappedError(f"the setting {' and '.join(sorted(lacking))}")
    return Steps(operation, settings, decay, sign)


def _descent(settings: Settings, nesterov: bool) -> tuple[str, Settings]:
    """torch has one class for three optimisers."""
    if not settings["momentum"]:
        return "sgd", {"learning_rate": settings["learning_rate"]}
    if nesterov:
        del settings["dampening"]  # which torch wants to be 0 here
        return "nesterov", settings
    return "momentum", {**settings, "first_step": "copy_grad"}


def _compare(steps: Steps, optimiser: Any, param: Any) -> list[Equation]:
    import torch

    spec: Any = catalogue.operation(steps.operation)
    grad = direction(SHAPE, 2)
    mine = Traced(as_array(param))
    state, equations = spec.init(mine), []
    for t, factor in enumerate(STEPS):
        param.grad = torch.as_tensor(factor * grad)
        optimiser.step()
        pushed = steps.sign * factor * Traced(grad) + steps.decay * mine
        mine, state = spec.update(pushed, state, mine, **steps.settings)
        equations.append(Equation(f"step {t + 1}", mine.value, as_array(param), bound(mine)))
    return equations
