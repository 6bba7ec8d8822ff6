"""Recordings for tests: how one is made as on a GPU, read, and falsified."""

import numpy as np
import pytest

from checker.proof.recordings import environment, golden_file, recorder, replay
from reference.catalogue import operation

NAMES = ("dense", "relu", "sgd", "he_normal", "dropout_mask")
GPU = {
    "device": "cuda",
    "torch": "2.13.0+cu130",
    "torch_config": "TORCH_VERSION=2.13.0, USE_CUDA=ON, ",
    "cuda": "13.0",
    "cudnn": 91700,
    "gpu": "NVIDIA H100 80GB HBM3",
    "capability": [9, 0],
    "driver": "580.95.05",
    "driver_cuda": 13000,
}


def rows(path, *only):
    return {row.operation: row for row in replay.replay(path, only or ("relu",))}


def chunks(path):
    """The index of a recording, and the bytes of its arrays."""
    index, body = golden_file._split(path)
    results, at = [], 0
    for code, shape, digest in index["arrays"]:
        count = golden_file.SAMPLE if digest else int(np.prod(shape))
        end = at + count * np.dtype(golden_file.STORED[code][0]).itemsize
        results.append(body[at:end])
        at = end
    return index, results


def falsified(path, change):
    """Change the index by hand, and compute the digest again as a forger would."""
    index, arrays = chunks(path)
    change(index)
    golden_file.write(path, index, arrays)


def named(index, name):
    return [case for case in index["cases"] if case["operation"] == name]


def play(path, tf32_changes):
    """Record as on a GPU, which is the CPU under another name. TF32 changes results by a factor."""
    real = recorder._results

    def results(torch, case, each):
        found = real(torch, case, each)
        return [a * (1 + tf32_changes) for a in found] if each.name == "tf32" else found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recorder, "_on", lambda torch, device: torch.device("cpu"))
        patch.setattr(environment, "_gpu", lambda torch: GPU)
        patch.setattr(recorder, "_results", results)
        recorder.record(path, {n: operation(n) for n in ("dense", "sgd")}, "cuda")
