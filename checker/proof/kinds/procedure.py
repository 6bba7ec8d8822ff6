"""The oracles of a procedure: torch, its properties, its accuracy, its seed, and invalid inputs."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import combinations
from typing import Any, cast

import numpy as np

from checker.numerics.equations import Array, Equation, is_real, parts
from checker.numerics.inputs import NamedInputs, series
from checker.proof.kinds import PLAIN, Recording
from checker.proof.oracle import Oracle
from checker.proof.oracles import exact, torch_agreement
from checker.proof.oracles.torch_agreement import as_array, as_tensor
from reference.spec import Procedure, Sampler

SERIES_LENGTH = 60  # cases
SEEDS = (0, 1, 2, 3, 50, 1000, 2**31)


def oracles(spec: Procedure) -> dict[str, Oracle]:
    """The oracles of this procedure by name."""
    by_name: dict[str, Oracle] = {}
    if callable(spec.torch):
        by_name |= torch_agreement.oracles()
    if _turns_numbers_into_numbers(spec):
        by_name |= exact.accuracy()
    seeded = any(argument.name == "seed" for argument in spec.arguments)
    if seeded:
        by_name["another seed"] = another_seed(spec)
    if spec.rejects_invalid:
        by_name["invalid inputs"] = refused(spec)
    alone = not (callable(spec.torch) or seeded)  # many random numbers take their time
    return by_name | exact.properties(spec.run, spec.properties, alone=alone)


def _turns_numbers_into_numbers(spec: Procedure) -> bool:
    """Whether it takes real arrays and returns some, and not decisions alone."""
    case = next(series(spec.arguments, spec.possible, SERIES_LENGTH), None)
    if case is None or not any(map(is_real, case.values())):
        return False
    with np.errstate(all="ignore"):
        return any(np.asarray(result).dtype.kind == "f" for result in parts(spec.run(**case)))


def complete(spec: Procedure, case: Mapping[str, Any], number: int) -> dict[str, Any]:
    return dict(case)


def results(spec: Procedure, inputs: Mapping[str, Any]) -> tuple[Any, ...]:
    """The results, on arrays of any kind of number."""
    return parts(spec.run(**inputs))


def names(spec: Procedure, inputs: Mapping[str, Any], count: int) -> list[str]:
    return [f"result {i}" for i in range(count)]


def sizes(spec: Procedure, inputs: Mapping[str, Any], results: tuple[Any, ...]) -> list[Array]:
    """The size of each entry, whose rounding is allowed besides that of the inputs."""
    return [np.abs(np.asarray(result, dtype=float)) for result in results]


against_torch = torch_agreement.agree


def torch_results(spec: Procedure, inputs: Mapping[str, Any], dtype: Any) -> tuple[Array, ...]:
    """The results of torch as float64 arrays."""
    import torch

    tensors = {name: as_tensor(torch, value, dtype) for name, value in inputs.items()}
    outputs = parts(spec.torch(torch, **tensors))
    return tuple(
        as_array(output) if isinstance(output, torch.Tensor) else np.asarray(output, dtype=float)
        for output in outputs
    )


call_torch = torch_results

RECORDING = Recording(
    passes=lambda spec, arguments: PLAIN,
    ask=torch_results,
    most_entries=lambda spec: 6_000,  # many are loops
)


def another_seed(spec: Procedure | Sampler) -> dict[str, Callable[[], list[Equation]]]:
    """Check that each two seeds differ in each result of some case, and each repeats itself."""

    def compare() -> list[Equation]:
        pairs = list(combinations(range(len(SEEDS)), 2))
        differs = np.zeros((max(1, len(spec.outputs)), len(pairs)), dtype=bool)
        same = np.ones(len(SEEDS))
        for case in series(spec.arguments, getattr(spec, "possible", None), SERIES_LENGTH):
            drawn = [[_bytes(spec.run(**{**case, "seed": s})) for s in SEEDS] for _ in range(2)]
            same *= [one == other for one, other in zip(*drawn, strict=True)]
            by_result = list(zip(*drawn[0], strict=True))
            differs |= [[each[i] != each[k] for i, k in pairs] for each in by_result]
            if differs.all():
                break
        changed = differs.astype(float)
        return [
            Equation("changed by the seed", changed, np.ones(changed.shape), 0 * changed),
            Equation("the same for the same seed", same, np.ones(len(SEEDS)), 0 * same),
        ]

    return {"another result": compare}


def _bytes(results: Any) -> list[bytes]:
    return [np.asarray(result).tobytes() for result in parts(results)]


def refused(spec: Procedure) -> dict[str, Callable[[], list[Equation]]]:
    """Check that the reference and torch raise an exception for invalid inputs."""
    cases = series(
        spec.arguments, lambda **case: not cast(Any, spec.possible)(**case), SERIES_LENGTH
    )
    return {f"case {i}": partial(_rejected, spec, case) for i, case in enumerate(cases)}


def _rejected(spec: Procedure, case: NamedInputs) -> list[Equation]:
    ours = _raises(ValueError, lambda: spec.run(**case))
    theirs = _raises(RuntimeError, lambda: torch_results(spec, case, np.float64))
    raised = np.array([ours, theirs], dtype=float)
    return [
        Equation("invalid input raises in reference and torch", raised, np.ones(2), np.zeros(2))
    ]


def _raises(kind: type[Exception], call: Callable[[], object]) -> bool:
    try:
        call()
    except kind:
        return True
    return False
