"""Which passes a recording must hold for each case, worked out from the declarations alone.

A pass is an arithmetic on a device: float32 with deterministic settings, the same again, float64,
float16, bfloat16, and TensorFloat-32 on a GPU. An optimiser also has the variants of torch that
update all parameters at once. A recording of a GPU holds the results of the same wheel on the CPU.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from checker.proof import kinds
from checker.proof.recordings.grid import Case
from reference.spec import Operation

DEVICES = ("cpu", "cuda")
TF32_LEAST = 64  # the length of axes from which products run in TensorFloat-32


@dataclass(frozen=True)
class Arithmetic:
    """Numbers of `dtype`, whose factors are rounded to `roundoff`.

    `smallest` and `largest` are the smallest normal and the largest number.
    """

    dtype: str
    roundoff: float
    smallest: float
    largest: float


def _of_numpy(dtype: Any, roundoff: float = 0.0) -> Arithmetic:
    limits = np.finfo(dtype)
    name, eps = np.dtype(dtype).name, float(limits.eps)
    return Arithmetic(name, roundoff or eps / 2, float(limits.tiny), float(limits.max))


FLOAT32 = _of_numpy(np.float32)
ARITHMETICS = {
    "float32": FLOAT32,
    "repeated": FLOAT32,
    "float64": _of_numpy(np.float64),
    "float16": _of_numpy(np.float16),
    # bfloat16 has the exponents of float32 and 8 bits.
    "bfloat16": Arithmetic("bfloat16", 2.0**-8, FLOAT32.smallest, (2 - 2.0**-7) * 2.0**127),
    # TensorFloat-32 rounds the factors of a product to 11 bits before the multiplication.
    "tf32": _of_numpy(np.float32, 2.0**-11),
    "foreach": FLOAT32,
    "fused": FLOAT32,
}


@dataclass(frozen=True)
class Pass:
    """An arithmetic on a device, in the index "cuda float32"."""

    device: str
    name: str

    def __str__(self) -> str:
        return f"{self.device} {self.name}"

    @property
    def arithmetic(self) -> Arithmetic:
        return ARITHMETICS[self.name]


def expected(case: Case, device: str) -> list[Pass]:
    """The passes of a case in a recording of this device. None if torch has no such setting."""
    recording: kinds.Recording = kinds.of(case.spec).RECORDING
    names = recording.passes(case.spec, case.arguments)
    own = [Pass(device, name) for name in names]
    if names and device == "cuda":
        if case.long >= TF32_LEAST:
            own += [Pass(device, name) for name in recording.on_long_axes]
        own += [Pass("cpu", name) for name in names if name != "repeated"]
    return own


def is_recorded(spec: Operation) -> bool:
    """Whether torch computes this operation, and recordings know its kind."""
    return callable(spec.torch) and hasattr(kinds.of(spec), "RECORDING")
