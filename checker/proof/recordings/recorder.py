"""Compute every operation and its gradients with torch on a device, and record the results.

`passes` says what is computed. The machine is recorded too (`environment`), because versions,
device and settings affect the last bits. What torch refuses is recorded with its reason.
"""

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from checker.numerics.equations import Array
from checker.proof import kinds
from checker.proof.oracles import deviations
from checker.proof.recordings import environment, golden_file, grid, passes, torch_variants
from checker.proof.recordings.golden_file import RecordingError, Store
from checker.proof.recordings.grid import Case
from checker.proof.recordings.passes import Pass
from reference.spec import Operation

Progress = Callable[[str], None]
Torch = Any


def record(
    path: Path, specs: dict[str, Operation], device: str, progress: Progress = lambda name: None
) -> int:
    """Record all that torch computes on the device, and return the number of results.

    `progress` is called with the name of each operation before it is computed. Raises
    RecordingError if a case makes the GPU unusable, for nothing after it would be right.
    """
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # read when CUDA starts
    import torch

    store, records = golden_file.store(), []
    for name, spec in specs.items():
        progress(name)
        if passes.is_recorded(spec):
            for case in grid.cases(spec):
                if wanted := passes.expected(case, device):
                    store.known.clear()  # only results of one case are compared
                    records.append(_record(torch, case, wanted, store))
    index = {
        "environment": environment.describe(torch, device, _switches(torch)),
        "cases": records,
        "arrays": store.kinds,
    }
    golden_file.write(path, index, store.chunks)
    return sum(isinstance(each, list) for r in records for each in r["passes"].values())


def _record(torch: Torch, case: Case, wanted: list[Pass], store: Store) -> dict[str, Any]:
    """The results of a case by pass, or in words why there are none."""
    found: dict[str, list[Array] | str] = {str(each): _ask(torch, case, each) for each in wanted}
    drawn = kinds.of(case.spec).RECORDING.of_draw is not None  # what follows needs all of a draw
    record: dict[str, Any] = {
        "operation": case.spec.name,
        "case": case.title,
        "inputs": case.fingerprint,
        "passes": {
            str(each): results
            if isinstance(results, str)
            else [store.add(r, each.arithmetic.dtype, whole=drawn) for r in results]
            for each in wanted
            for results in [found[str(each)]]
        },
    }
    single, tf32 = found.get("cuda float32"), found.get("cuda tf32")
    if isinstance(single, list) and isinstance(tf32, list):
        record["tf32_differs"] = _share(tf32, single)
    return record


def _ask(torch: Torch, case: Case, each: Pass) -> list[Array] | str:
    """The results of torch in a pass, or the exception that it raises."""
    name = case.spec.name
    asked = (name, "golden", f"{case.title}, {each.name}")
    if any(d.fatal and d.covers(*asked, each.device) for d in deviations.listed()):
        return "torch is not asked, because the error makes the GPU unusable"
    try:
        return _results(torch, case, each)
    except Exception as error:  # any exception of torch on this device
        reason = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
    if each.device == "cuda" and not _usable(torch):
        raise RecordingError(
            f"{name}, {case.title}, {each}: {reason}. The GPU is unusable after it. List the case "
            'in deviations.toml with oracle = "golden", device = "cuda", fatal = true, and record '
            "again."
        )
    return reason


def _usable(torch: Torch) -> bool:
    """Whether the GPU still computes: an assertion in a kernel ends it for the whole process."""
    try:
        return bool(torch.ones(2, device="cuda").sum().item() == 2)
    except Exception:
        return False


def _results(torch: Torch, case: Case, each: Pass) -> list[Array]:
    dtype = getattr(torch, each.arithmetic.dtype)
    spec = torch_variants.applied(case.spec, each.name)
    with _switched(torch, tf32=each.name == "tf32"), _on(torch, each.device):
        found = kinds.of(spec).RECORDING.ask(spec, case.inputs, dtype)
    return [np.asarray(array, dtype=float) for array in found]


def _on(torch: Torch, device: str) -> Any:
    """New tensors are on this device within the block."""
    return torch.device(device)


def _share(some: list[Array], others: list[Array]) -> float:
    """Which share of the entries differs."""
    different = sum(
        int(np.sum((a != b) & ~(np.isnan(a) & np.isnan(b))))
        for a, b in zip(some, others, strict=True)
    )
    return different / max(1, sum(a.size for a in some))


@contextmanager
def _switched(torch: Torch, *, tf32: bool) -> Iterator[None]:
    """Deterministic algorithms, and TensorFloat-32 on or off, until the end of the block."""
    before = _switches(torch)
    torch.use_deterministic_algorithms(True, warn_only=True)
    torch.backends.cuda.matmul.allow_tf32 = tf32
    # A context, because the imported tests of torch forbid to set these flags permanently.
    flags = torch.backends.cudnn.flags(
        enabled=True, benchmark=False, deterministic=True, allow_tf32=tf32
    )
    try:
        with flags, warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")  # an algorithm that is not deterministic, for example
            yield
    finally:
        torch.use_deterministic_algorithms(before["use_deterministic_algorithms"])
        torch.backends.cuda.matmul.allow_tf32 = before["matmul.allow_tf32"]


def _switches(torch: Torch) -> dict[str, bool]:
    return {
        "use_deterministic_algorithms": torch.are_deterministic_algorithms_enabled(),
        "cudnn.benchmark": torch.backends.cudnn.benchmark,
        "cudnn.deterministic": torch.backends.cudnn.deterministic,
        "cudnn.allow_tf32": torch.backends.cudnn.allow_tf32,
        "matmul.allow_tf32": torch.backends.cuda.matmul.allow_tf32,
    }
