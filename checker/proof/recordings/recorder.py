"""Compute every operation and its gradients with torch on a device, and record the results.

There are three passes: float32 with the deterministic settings of torch; the same again, to record
by how many units in the last place a repetition differs; and, on a GPU, TensorFloat-32. The
environment is recorded too, because versions, device and settings affect the last bits.
"""

import datetime
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis.errors import UnsatisfiedAssumption

from checker.numerics.equations import Array
from checker.numerics.inputs import NamedInputs
from checker.proof.recordings import golden_file, grid
from reference.spec import Operation

Progress = Callable[[str], None]


@dataclass
class Recording:
    """The results recorded so far, and the cases that torch cannot compute, with the reasons."""

    records: list[golden_file.Index] = field(default_factory=list)
    arrays: list[Array] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    def add(
        self, operation: str, title: str, case: NamedInputs, passes: dict[str, list[Array]]
    ) -> None:
        """Add the results of a case, by pass. An identical repetition is not stored again."""
        ulps = _ulps(passes["float32"], passes["repeated"])
        places: list[int] = []
        for name, results in passes.items():
            if name != "repeated" or ulps > 0:
                places = list(range(len(self.arrays), len(self.arrays) + len(results)))
                self.arrays += results
            self.records.append(
                {
                    "operation": operation,
                    "case": title,
                    "pass": name,
                    "inputs": grid.fingerprint(case),
                    "results": places,
                    "repeats_within_ulps": ulps,
                }
            )


def record(
    path: Path, specs: dict[str, Operation], device: str, progress: Progress = lambda name: None
) -> int:
    """Record all that torch can compute on the device, and return the number of results.

    `progress` is called with the name of each operation before it is computed.
    """
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # read when CUDA starts
    import torch

    recording = Recording()
    for name, spec in specs.items():
        progress(name)
        if not callable(spec.torch):
            recording.refused[name] = f"nothing to record: {spec.torch}"
            continue
        for title, case in grid.cases(spec):
            try:
                recording.add(name, title, case, _passes(torch, spec, case, device))
            except UnsatisfiedAssumption:
                recording.refused[f"{name}, {title}"] = "torch has no such setting"
            except Exception as error:  # any exception of torch on this device
                recording.refused[f"{name}, {title}"] = f"{type(error).__name__}: {error}"
    index = {
        "environment": _environment(torch, device),
        "records": recording.records,
        "refused": recording.refused,
        "count": len(recording.records),
    }
    golden_file.write(path, index, recording.arrays)
    return len(recording.records)


def _passes(torch: Any, spec: Operation, case: Any, device: str) -> dict[str, list[Array]]:
    """The results of each pass of a case."""
    kind = import_module(f"checker.proof.kinds.{spec.kind}")

    def run(*, tf32: bool) -> list[Array]:
        torch.use_deterministic_algorithms(not tf32, warn_only=True)
        torch.backends.cuda.matmul.allow_tf32 = tf32
        # A context, because the imported tests of torch forbid to set these flags permanently.
        flags = torch.backends.cudnn.flags(
            enabled=True, benchmark=False, deterministic=not tf32, allow_tf32=tf32
        )
        with flags, torch.device(device):
            return [np.asarray(a, dtype=np.float32) for a in kind.recorded(spec, case)]

    before = _switches(torch)
    try:
        results = {"float32": run(tf32=False), "repeated": run(tf32=False)}
        return results | ({"tf32": run(tf32=True)} if device == "cuda" else {})
    finally:
        _restore(torch, before)


def _switches(torch: Any) -> dict[str, bool]:
    return {
        "use_deterministic_algorithms": torch.are_deterministic_algorithms_enabled(),
        "cudnn.benchmark": torch.backends.cudnn.benchmark,
        "cudnn.deterministic": torch.backends.cudnn.deterministic,
        "cudnn.allow_tf32": torch.backends.cudnn.allow_tf32,
        "matmul.allow_tf32": torch.backends.cuda.matmul.allow_tf32,
    }


def _restore(torch: Any, switches: dict[str, bool]) -> None:
    torch.use_deterministic_algorithms(switches["use_deterministic_algorithms"])
    torch.backends.cuda.matmul.allow_tf32 = switches["matmul.allow_tf32"]


def _ulps(first: list[Array], second: list[Array]) -> float:
    """The largest difference of a repetition in units in the last place."""
    with np.errstate(invalid="ignore"):
        differences = [
            float(
                np.max(
                    np.abs(a - b) / np.spacing(np.maximum(np.abs(a), golden_file.TINY)), initial=0
                )
            )
            for a, b in zip(first, second, strict=True)
        ]
    return max(differences, default=0.0)


def _environment(torch: Any, device: str) -> dict[str, Any]:
    """Everything that may affect the last bits of the results."""
    environment = {
        "device": device,
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "torch": str(torch.__version__),
        "torch_git": torch.version.git_version,
        "cuda": torch.version.cuda,
        "cudnn": torch.backends.cudnn.version(),
        "numpy": np.__version__,
        "recorder_sha256": hashlib.sha256(Path(__file__).read_bytes()).hexdigest(),
        "float32_matmul_precision": torch.get_float32_matmul_precision(),
        "cublas_workspace": os.environ["CUBLAS_WORKSPACE_CONFIG"],
        "threads": torch.get_num_threads(),
        "switches_outside_the_passes": _switches(torch),
        "reduced_precision_reduction": {
            kind: getattr(torch.backends.cuda.matmul, f"allow_{kind}_reduced_precision_reduction")
            for kind in ("fp16", "bf16")
        },
        "attention": {
            kind: getattr(torch.backends.cuda, f"{kind}_sdp_enabled")()
            for kind in ("flash", "mem_efficient", "math", "cudnn")
        },
        "cpu_capability": torch.backends.cpu.get_cpu_capability(),
    }
    if device == "cuda":
        environment["gpu"] = torch.cuda.get_device_name()
        environment["capability"] = list(torch.cuda.get_device_capability())
        environment["driver"] = torch._C._cuda_getDriverVersion()
    return environment
