"""The oracles of an optimiser: the paths of two parameters that are updated in turn.

The second parameter starts later and gets other gradients, so that a state which is shared shows.
A few paths have 300 steps, for errors that grow; others have constant or sparse gradients.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from checker.numerics.derivative import lifted
from checker.numerics.equations import DOUBLE, Array, Equation
from checker.proof.kinds import PLAIN, Recording
from checker.proof.oracle import NO_SETTING, CaseOracle, NotComparedError, Oracle
from checker.proof.oracles import exact, torch_agreement
from checker.proof.oracles.torch_agreement import as_array, as_tensor
from checker.proof.recordings import torch_variants
from checker.proof.trial import Trial
from reference.spec import Function, Optimiser

# The gradient of each step as a multiple of the case's gradient, over and over.
PATTERNS = (
    (1.0, -0.5, 2.0, 0.0, 1.0, -3.0),
    (1.0,),  # constant
    (0.0, 0.0, 0.0, 1.0, 0.0, 0.0, -2.0),  # sparse
    (1.0, 4.0, -16.0, 64.0, 0.25),
)
LENGTHS = (6, 12, 20, 30)
LONG, LONG_EVERY = 300, 30  # one case in thirty has so many steps
LATER = 2  # the step at which the second parameter starts
ADDS = True  # a step is added to a position: no product of inputs cancels
UPDATES = 3  # of an optimiser that evaluates a closure
LOST = 8  # roundings of an objective, which is a sum of many terms
OBJECTIVE = {  # the ranges of its numbers
    "curvature": (0.5, 2.0),
    "centre": (-1.0, 1.0),
    "rounding": (1 - 1e-12, 1 + 1e-12),  # no two are equal, as equal numbers are moved alike
}


def oracles(spec: Optimiser) -> dict[str, Oracle]:
    """The oracles of this optimiser by name."""
    by_name: dict[str, Oracle] = {
        **exact.accuracy(),
        "state": CaseOracle(states_unchanged),
    }
    if callable(spec.torch):
        by_name |= torch_agreement.oracles()
    return by_name | {
        f"property {prop.__name__}": CaseOracle(
            partial(law_holds, spec, prop), exact.for_properties, exact.PROPERTY_CASES
        )
        for prop in spec.properties
    }


def complete(spec: Optimiser, case: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The case with a second parameter and the gradients of all steps, or with an objective."""
    param = case["param"]
    if spec.closure:
        rng = np.random.default_rng(number)
        made = {
            name: rng.uniform(low, high, param.shape) for name, (low, high) in OBJECTIVE.items()
        }
        return {**case, **made}
    factors, length = PATTERNS[number % len(PATTERNS)], LENGTHS[number // 4 % len(LENGTHS)]
    settings = _settings(case)
    if number % LONG_EVERY == LONG_EVERY - 1:
        length = LONG
        if number < LONG_EVERY:  # with the defaults, whose means forget most slowly
            settings = {a.name: a.default for a in spec.arguments if a.tried}
    grad = case["grad"]
    grads = [np.roll(factors[t % len(factors)] * grad, t // len(factors)) for t in range(length)]
    second = np.asarray(param + grad)
    return {"param": param, "second": second, "grads": np.stack(grads), **settings}


def results(spec: Optimiser, inputs: Mapping[str, Any]) -> tuple[Any, ...]:
    """The positions of each parameter after each step."""
    if spec.closure:
        return (np.stack(list(_descent(spec, inputs))),)
    settings = _settings(inputs)
    first, second = inputs["param"], inputs["second"]
    state, later = spec.init(first), None
    paths: tuple[list[Any], list[Any]] = ([], [])
    for t, grad in enumerate(inputs["grads"]):
        first, state = spec.update(grad, state, first, **settings)
        paths[0].append(first)
        if t >= LATER:
            later = spec.init(second) if later is None else later
            second, later = spec.update(-2 * grad, later, second, **settings)
            paths[1].append(second)
    return np.stack(paths[0]), np.stack(paths[1])


def _descent(spec: Optimiser, inputs: Mapping[str, Any]) -> Any:
    """The positions of an optimiser that evaluates the objective itself."""
    settings, param = _settings(inputs), inputs["param"]
    objective = _Objective(*(inputs[name] for name in OBJECTIVE))
    state = spec.init(param)
    for _ in range(UPDATES):
        param, state = spec.update(objective, state, param, **settings)
        yield param


@dataclass
class _Objective:
    """A convex function that is not quadratic, and its gradient.

    Each evaluation is multiplied by another `rounding`, which is 1 to the last digits. It moves as
    all inputs do, and shows what a line search decides if the objective is rounded.
    """

    curvature: Any
    centre: Any
    rounding: Any
    evaluations: int = field(default=0, init=False)

    def __call__(self, param: Any) -> tuple[Any, Any]:
        away, roundings = param - self.centre, self.rounding.reshape(-1)
        factor = roundings[self.evaluations % len(roundings)] ** LOST if len(roundings) else 1.0
        self.evaluations += 1
        loss = (self.curvature * away**2 / 2 + away**4 / 4).sum()
        return loss * factor, (self.curvature * away + away**3) * factor


def names(spec: Optimiser, inputs: Mapping[str, Any], count: int) -> list[str]:
    """The name of each result, an array with one position for each step."""
    return ["parameter", "second parameter"][:count]


def sizes(spec: Optimiser, inputs: Mapping[str, Any], results: tuple[Any, ...]) -> list[Array]:
    """Every step rounds what is the largest position so far, so errors grow like a random walk."""
    return [
        np.maximum.accumulate(np.abs(np.asarray(path, dtype=float)), axis=0)
        * np.sqrt(1.0 + np.arange(len(path))).reshape(-1, *[1] * (path.ndim - 1))
        for path in results
    ]


def their_losses(
    spec: Optimiser, inputs: Mapping[str, Any], results: tuple[Any, ...]
) -> list[Array]:
    """What torch loses in all steps so far, as the operation declares it."""
    if spec.lost is None:
        return [np.zeros(np.shape(path)) for path in results]
    unit = DOUBLE * spec.lost(**_settings(inputs))
    starts = (inputs["param"], inputs["second"])
    return [
        unit * np.cumsum(np.abs(np.diff(path, axis=0, prepend=start[None])), axis=0)
        for path, start in zip(results, starts, strict=True)
    ]


def torch_results(spec: Optimiser, inputs: Mapping[str, Any], dtype: Any) -> tuple[Array, ...]:
    """The positions of both parameters in torch, which updates them in one step."""
    import torch

    settings = _settings(inputs)
    starts = [inputs["param"]] if spec.closure else [inputs["param"], inputs["second"]]
    tensors = [as_tensor(torch, start, dtype).requires_grad_() for start in starts]
    optimiser = spec.torch(torch, tensors, **settings)
    if optimiser is None:
        raise NotComparedError(NO_SETTING)
    if spec.closure:
        return (_torch_descent(torch, optimiser, tensors[0], inputs, dtype),)
    paths: tuple[list[Array], list[Array]] = ([], [])
    for t, grad in enumerate(inputs["grads"]):
        tensors[0].grad = as_tensor(torch, grad, dtype)
        tensors[1].grad = as_tensor(torch, -2 * grad, dtype) if t >= LATER else None
        optimiser.step()
        paths[0].append(as_array(tensors[0]))
        if t >= LATER:
            paths[1].append(as_array(tensors[1]))
    return np.stack(paths[0]), np.stack(paths[1])


against_torch = torch_agreement.agree


def call_torch(spec: Optimiser, case: Mapping[str, Any], dtype: Any) -> Any:
    """One step of torch, which may raise an exception where the reference does."""
    import torch

    tensor = as_tensor(torch, case["param"], dtype).requires_grad_()
    settings = {name: value for name, value in case.items() if name not in ("grad", "param")}
    optimiser = spec.torch(torch, [tensor], **settings)
    if optimiser is None:
        raise NotComparedError(NO_SETTING)
    if spec.closure:
        return _torch_descent(torch, optimiser, tensor, complete(spec, case, 0), dtype)
    tensor.grad = as_tensor(torch, case["grad"], dtype)
    return optimiser.step()


def _torch_descent(
    torch: Any, optimiser: Any, param: Any, inputs: Mapping[str, Any], dtype: Any
) -> Array:
    objective = _Objective(*(as_tensor(torch, inputs[name], dtype) for name in OBJECTIVE))

    def closure() -> Any:
        loss, gradient = objective(param.detach())
        param.grad = gradient
        return loss

    positions = []
    for _ in range(UPDATES):
        optimiser.step(closure)
        positions.append(as_array(param))
    return np.stack(positions)


def _settings(inputs: Mapping[str, Any]) -> dict[str, Any]:
    data = ("param", "grad", "second", "grads", *OBJECTIVE)
    return {name: value for name, value in inputs.items() if name not in data}


def _passes(spec: Optimiser, arguments: Mapping[str, Any]) -> tuple[str, ...]:
    """Those of each arithmetic and each variant that torch has, if it has the setting."""
    settings = {a.name: arguments[a.name] for a in spec.arguments if a.tried}
    name = torch_variants.class_name(spec, settings)
    return () if name is None else (*PLAIN, *torch_variants.of_class(name))


# An optimiser that evaluates its objective divides by differences of gradients: with many entries
# float32 loses more in them than the inputs lose when they are rounded.
RECORDING = Recording(
    passes=_passes,
    ask=torch_results,
    most_entries=lambda spec: 1_000 if spec.closure else 170_000,
    ranges=OBJECTIVE,
)


def states_unchanged(trial: Trial) -> list[Equation]:
    """No update changes a state that it was given, or keeps the memory of a gradient.

    From copies of all that it is given it does the same: it knows nothing else of earlier steps.
    """
    spec: Any = trial.spec
    inputs = trial.inputs
    settings, param = _settings(inputs), inputs["param"].copy()
    given, state = [], spec.init(param)
    exactly, equations = np.array(0.0), []
    objective = _Objective(*(inputs.get(name) for name in OBJECTIVE))
    for t, grad in enumerate([objective] * UPDATES if spec.closure else inputs["grads"]):
        before = [np.array(value) for value in _arrays(state)]
        given.append((_arrays(state), before))
        there = param.copy(), deepcopy(state)
        param, state = spec.update(grad, state, param, **settings)
        if not spec.closure:
            moved, _ = spec.update(grad, there[1], there[0], **settings)
            about = f"parameter after step {t + 1} from a copy of the state"
            equations.append(Equation(about, np.asarray(moved), np.asarray(param), exactly))
        # An update may keep the parameter that it was given, but not the array of a gradient.
        kept = (np.asarray(param), *_arrays(state))
        shared = isinstance(grad, np.ndarray) and any(np.shares_memory(grad, x) for x in kept)
        about = f"memory of the gradient that step {t + 1} keeps"
        equations.append(Equation(about, exactly + shared, exactly, exactly))
    return equations + [
        Equation(
            f"state {i} of step {t + 1} after later steps", np.asarray(x, dtype=float), y, exactly
        )
        for t, (states, copies) in enumerate(given)
        for i, (x, y) in enumerate(zip(states, copies, strict=True))
    ]


def _arrays(state: Any) -> list[Array]:
    """The arrays of a state of any structure."""
    if isinstance(state, np.ndarray):
        return [state] if state.dtype.kind in "fiub" else []
    if isinstance(state, Mapping):
        state = tuple(state.values())
    return [a for part in state for a in _arrays(part)] if isinstance(state, tuple | list) else []


def law_holds(spec: Optimiser, prop: Function, trial: Trial) -> list[Equation]:
    """Check a property of the update in exact arithmetic."""
    case = lifted(dict(trial.case))
    param = case.pop("param")
    if spec.closure:
        inputs = lifted(trial.inputs)
        grad: Any = _Objective(inputs["curvature"], inputs["centre"], np.ones(1))
    else:
        grad = case.pop("grad")
    compute: Callable[[], Any] = partial(prop, spec.update, grad, spec.init(param), param, **case)
    return exact.sides(prop, compute, trial)
