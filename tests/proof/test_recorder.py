"""What torch computes is recorded in each of its passes, on the CPU and on a GPU.

The CPU plays the GPU: everything but CUDA itself is tested.
"""

import inspect

import pytest
from recording_files import GPU, named, rows

from checker.proof.oracles import deviations
from checker.proof.oracles.deviations import Deviation
from checker.proof.recordings import environment, golden_file, recorder, torch_variants
from checker.proof.recordings.golden_file import RecordingError
from reference.catalogue import operation

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

pytestmark = pytest.mark.usefixtures("short_axes")


def test_the_variants_are_those_of_the_installed_torch():
    for variant, known in torch_variants.VARIANTS.items():
        for name in ("NAdam", "LBFGS", "Muon", "Adadelta", "Adafactor", "Adamax", *known):
            parameters = inspect.signature(getattr(torch.optim, name)).parameters
            assert (variant in parameters) == (name in known) or name == "NAdam"


def test_what_the_tests_of_torch_leave_behind_does_not_stop_a_recording(tmp_path):
    """Importing them forbids everybody to set the flags of cuDNN for good."""
    import torch.testing._internal.common_utils

    assert torch.testing._internal.common_utils
    assert recorder.record(tmp_path / "x.golden", {"relu": operation("relu")}, "cpu") > 0
    assert not torch.are_deterministic_algorithms_enabled()


def test_an_equal_repetition_is_stored_once(original):
    index, _ = golden_file.read(original[0])
    dense = next(case for case in index["cases"] if case["operation"] == "dense")
    assert dense["passes"]["cpu float32"] == dense["passes"]["cpu repeated"]


def test_a_gpu_has_passes_of_its_own_and_those_of_the_cpu(played):
    found = rows(played, "dense", "sgd")
    assert [row.failure for row in found.values()] == [None] * 3
    assert found["all recorded"].counts["cases that TensorFloat-32 changes"] == "1"
    index, _ = golden_file.read(played)
    long = next(c for c in named(index, "dense") if c["case"] == "axes of 64")
    names = ("float32", "float64", "float16", "bfloat16")
    both = {f"{device} {name}" for device in ("cpu", "cuda") for name in names}
    assert long["passes"].keys() == both | {"cuda repeated", "cuda tf32"}
    assert long["tf32_differs"] > 0.9
    small = next(c for c in named(index, "dense") if c["case"] == "size 1")
    assert "tf32_differs" not in small
    assert golden_file.device(played) == "cuda"


def test_a_case_that_ends_the_gpu_ends_the_recording(tmp_path, monkeypatch):
    def asserted(torch, case, each):
        raise RuntimeError("CUDA error: device-side assert triggered\nlong text")

    monkeypatch.setattr(recorder, "_results", asserted)
    monkeypatch.setattr(recorder, "_usable", lambda torch: False)
    monkeypatch.setattr(environment, "_gpu", lambda torch: GPU)
    path = tmp_path / "x.golden"
    with pytest.raises(RecordingError, match=r"relu, size 1, cuda float32: .* The GPU is unusable"):
        recorder.record(path, {"relu": operation("relu")}, "cuda")
    assert not path.exists()
    known = Deviation("relu", "golden", "*", "it ends the GPU", device="cuda", fatal=True)
    monkeypatch.setattr(deviations, "listed", lambda version="": (known,))
    recorder.record(path, {"relu": operation("relu")}, "cuda")
    reasons = {
        reason
        for case in golden_file.read(path)[0]["cases"]
        for name, reason in case["passes"].items()
        if name.startswith("cuda")
    }
    assert reasons == {"torch is not asked, because the error makes the GPU unusable"}
