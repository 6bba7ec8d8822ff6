"""float16 and bfloat16, where torch has them: the reference in float64 against torch in halves.

numpy has no bfloat16, and nobody should train in numpy's float16; what is shown here is that the
bound itself, with u = 2^-11 and 2^-8, tells right from wrong in the arithmetic that networks are
trained in. Large inputs are left out, because float16 ends at 65,504.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from checker.equations import HEADROOM, Array, Equation, as_traced, is_real, parts, traced
from checker.inputs import Case, series
from checker.proof.function import torch_results
from checker.proof.upstream import backward, upstream
from checker.rounding import Traced
from reference.spec import Spec

TYPES = ("float16", "bfloat16")
LARGEST = 16.0


def oracles(spec: Spec) -> dict[str, Callable[[Case], list[Equation]]]:
    """None where a decision lies at a sum, whose rounding in halves would turn it."""
    if spec.possible is not None:
        return {}
    return {f"torch {name}": partial(compare, spec, name) for name in TYPES if _has(spec, name)}


def _has(spec: Spec, name: str) -> bool:
    import torch

    try:
        for case in series(spec.arguments, spec.possible, 2):
            torch_results(spec, case, getattr(torch, name))
    except (RuntimeError, NotImplementedError):  # not implemented for 'Half'
        return False
    return True


def compare(spec: Spec, name: str, case: Case) -> list[Equation]:
    import torch

    if any(np.max(np.abs(v), initial=0) > LARGEST for v in case.values() if is_real(v)):
        return []
    dtype = getattr(torch, name)
    limits = torch.finfo(dtype)

    def halved(value: Any) -> Any:
        return torch.tensor(value).to(dtype).double().numpy() if is_real(value) else value

    case = {name: halved(value) for name, value in case.items()}
    outputs, gradients = torch_results(spec, case, dtype)
    grads = tuple(Traced(halved(g)) for g in upstream(outputs))
    ours = (*parts(spec.forward(**traced(case))), *backward(spec, grads, traced(case)))
    pairs = zip(map(as_traced, ours), (*outputs, *gradients), strict=True)
    return [_equation(f"result {i}", *pair, limits) for i, pair in enumerate(pairs)]


def _equation(about: str, mine: Traced, other: Array, limits: Any) -> Equation:
    """What may be too large for the type, and so infinite, is not compared."""
    size = np.abs(mine.value)
    bound = HEADROOM * (limits.eps / 2 * (mine.error + size) + limits.tiny)
    return Equation(about, np.where(size + bound < limits.max, mine.value, other), other, bound)
