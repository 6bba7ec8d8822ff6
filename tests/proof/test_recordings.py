"""What torch computed elsewhere is compared whole, or it is said what could not be."""

import dataclasses
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.__main__ import course
from checker.proof.recordings import golden_file, recorder
from checker.proof.recordings.grid import SplitMix64
from checker.proof.report import summary
from checker.proof.verify import ProofRow
from reference.catalogue import operation


def changed(name, **fields):
    return dataclasses.replace(operation(name), **fields)


def test_splitmix_gives_the_numbers_of_its_authors():
    generator = SplitMix64(1234567)
    assert [generator.next() for _ in range(3)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
    ]


def test_what_the_tests_of_torch_leave_behind_does_not_stop_a_recording(tmp_path):
    """Importing them forbids everybody to set the flags of cuDNN for good."""
    import torch.testing._internal.common_utils

    assert torch.testing._internal.common_utils
    assert recorder.record(tmp_path / "x.golden", {"relu": operation("relu")}, "cpu") > 0


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "here.golden"
    count = recorder.record(
        path, {n: operation(n) for n in ("dense", "relu", "sgd", "he_normal", "k_fold")}, "cpu"
    )
    return path, count


def test_a_recording_is_replayed_whole(recording):
    path, count = recording
    rows = {row.operation: row for row in golden_file.replay(path)}
    assert all(row.passed for row in rows.values())
    each = [row.cases for name, row in rows.items() if name != "all recorded"]
    assert rows["all recorded"].cases == count == sum(each)
    assert set(rows) == {"dense", "relu", "sgd", "he_normal", "all recorded"}
    assert all(each)
    index, _ = golden_file.read(path)
    assert index["environment"]["torch"]
    assert set(index["refused"]) == {"k_fold"}
    assert all(record["repeats_within_ulps"] == 0 for record in index["records"])


def test_a_recording_notices_a_wrong_reference(recording, monkeypatch):
    def averaged(grad, x, weight, bias):
        return grad @ weight.T, x.T @ grad, grad.mean(axis=0)

    wrong = changed("dense", backward=averaged)
    he = changed("he_normal", forward=lambda noise, layout="in_out": noise / len(noise) ** 0.5)
    specs = {name: operation(name) for name in ("relu", "sgd")} | {"dense": wrong, "he_normal": he}
    monkeypatch.setattr("reference.catalogue.operation", specs.__getitem__)
    rows = {row.operation: row for row in golden_file.replay(recording[0])}
    assert "result 3[1]: got" in rows["dense"].failure
    assert not rows["he_normal"].passed
    assert rows["relu"].passed
    assert rows["sgd"].passed


def test_settings_that_torch_lacks_are_listed_and_functions_go_by_their_names(tmp_path):
    path = tmp_path / "x.golden"
    recorder.record(path, {n: operation(n) for n in ("adamax", "cyclical")}, "cpu")
    index, _ = golden_file.read(path)
    assert "torch has no such setting" in index["refused"]["adamax, size 1, epsilon_mode=add"]
    assert any("scale=triangular2" in record["case"] for record in index["records"])
    assert all(row.passed for row in golden_file.replay(path))


def test_what_was_recorded_and_cannot_be_compared_fails(recording):
    path, _ = recording
    index, arrays = golden_file.read(path)
    index["records"][0]["inputs"] = "other"
    golden_file.write(path, {k: v for k, v in index.items() if k != "arrays"}, arrays)
    rows = {row.operation: row for row in golden_file.replay(path)}
    assert "other inputs" in rows[index["records"][0]["operation"]].failure
    assert "recorded results could be compared" in rows["all recorded"].failure


def test_no_recording_is_no_recording(tmp_path):
    path = tmp_path / "text"
    path.write_text("this is no recording of anything")
    with pytest.raises(golden_file.RecordingError, match="is not a recording"):
        list(golden_file.replay(path))


def run(*words):
    return CliRunner().invoke(course, ["verify", *map(str, words)])


def test_results_are_recorded_and_replayed_from_the_command_line(tmp_path):
    path = tmp_path / "x.golden"
    done = run("--only", "dense", "--record", path)
    assert "results of torch" in done.stdout
    done = run("--replay", path)
    assert done.exit_code == 0
    assert "all recorded" in done.stdout


def test_an_oracle_can_be_chosen_and_misspelt():
    rows = json.loads(run("--only", "dense", "--oracle", "torch*", "--json").stdout)
    assert {row["oracle"][:5] for row in rows} == {"torch"}
    done = run("--only", "dense", "--oracle", "tarot")
    assert done.exit_code == 2
    assert "there is no oracle tarot" in done.output


def test_it_is_said_that_no_gpu_was_seen(monkeypatch):
    rows = [ProofRow("f", "edges", 1, 1, 0.5)]
    monkeypatch.setattr(golden_file, "recorded", list)
    assert "No GPU results are recorded yet" in summary.table(rows).splitlines()[-2]
    monkeypatch.setattr(golden_file, "recorded", lambda: [Path("h100.golden")])
    monkeypatch.setattr(golden_file, "device", lambda path: "cuda")
    assert "No GPU" not in summary.table(rows)
