"""Where torch departs is listed, for one device or for all, and must occur there."""

import dataclasses

import pytest
from recording_files import falsified, named, rows

from checker.proof.oracles import deviations
from checker.proof.oracles.deviations import Deviation
from checker.proof.report import summary

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

pytestmark = pytest.mark.usefixtures("short_axes")


def test_what_torch_refuses_must_be_listed_for_the_device(recording, monkeypatch):
    reason = "RuntimeError: not implemented"
    falsified(
        recording,
        lambda i: [c["passes"].update({"cpu float16": reason}) for c in named(i, "relu")],
    )
    entry = Deviation("relu", "golden", "*, float16", "there is no such kernel", device="cpu")
    for device, passed in (("cpu", True), ("", True), ("cuda", False)):
        known = dataclasses.replace(entry, device=device)
        monkeypatch.setattr(deviations, "listed", lambda version="", known=known: (known,))
        row = rows(recording)["relu"]
        assert row.passed == passed
        assert row.deviations == ((str(known),) if passed else ())


def test_a_deviation_of_recordings_must_occur(recording, monkeypatch):
    known = Deviation("relu", "golden", "size 1, float16", "there is no such kernel")
    monkeypatch.setattr(deviations, "listed", lambda version="": (known,))
    assert "no longer occurs" in rows(recording)["relu"].failure
    known = dataclasses.replace(known, case="size 7, float16")
    monkeypatch.setattr(deviations, "listed", lambda version="": (known,))
    failure = rows(recording)["all recorded"].failure
    assert failure.startswith("no case of the recording needs the deviation (relu, golden, size 7")


def test_deviations_know_their_device():
    here, there = (Deviation("f", "edges", "nan*", "why", device=d) for d in ("cpu", "cuda"))
    assert here.covers("f", "edges", "nan in x")
    assert not there.covers("f", "edges", "nan in x")
    assert there.covers("f", "edges", "nan in x", "cuda")
    with torch.device("meta"):
        assert not here.covers("f", "edges", "nan in x")
    assert str(there).endswith("on cuda")


def test_a_full_run_needs_no_deviation_of_another_device_or_of_recordings(monkeypatch):
    known = (
        Deviation("f", "edges", "a", "why", device="cuda"),
        Deviation("f", "golden", "a", "why"),
    )
    monkeypatch.setattr(deviations, "listed", lambda: known)
    assert summary.unmatched([]) == []
    assert [row.oracle for row in summary.unmatched([], "cuda")] == ["edges"]


def test_torch_is_not_asked_for_a_fatal_case(monkeypatch):
    from checker.proof import verify

    known = Deviation("f", "edges", "nan", "it ends the GPU", device="cpu", fatal=True)
    monkeypatch.setattr(deviations, "listed", lambda: (known,))
    row = verify.go_through("f", "edges", {"nan": lambda: pytest.fail("torch was asked")})
    assert row.passed
    assert row.deviations == (str(known),)
