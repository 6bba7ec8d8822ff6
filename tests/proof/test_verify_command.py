"""The command verify: it records, replays, takes one oracle, and says what it has not seen."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.commands.program import course
from checker.proof.recordings import golden_file, recorder
from checker.proof.report import summary
from checker.proof.row import ProofRow
from reference.catalogue import operation

ROOT = Path(__file__).parents[2]


def run(*words):
    return CliRunner().invoke(course, ["verify", *map(str, words)])


@pytest.mark.usefixtures("short_axes")
def test_results_are_recorded_and_replayed_from_the_command_line(tmp_path):
    path = tmp_path / "x.golden"
    done = run("--only", "relu", "--record", path)
    assert "results of torch" in done.stdout
    assert f"{golden_file.digest(path)}  x.golden" in done.stdout
    done = run("--only", "relu", "--replay", path)
    assert done.exit_code == 0
    assert "all recorded" in done.stdout
    assert "x.golden is not one of the repository's recordings" in done.stderr
    assert run("--only", "dense", "--replay", path).exit_code == 1
    path.write_bytes(path.read_bytes() + b"\0")
    done = run("--only", "relu", "--replay", path)
    assert done.exit_code == 2
    assert "cut off or added to" in done.output


REPLAY = """
import sys

class Refused:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("torch", "hypothesis", "onnx"):
            raise ImportError(f"{name} must not be imported")

sys.meta_path.insert(0, Refused())
from checker.commands.program import course
course()
"""


def test_a_replay_needs_neither_torch_nor_hypothesis(tmp_path):
    names, path = ("relu", "adam", "he_normal", "dropout_mask"), tmp_path / "x.golden"
    recorder.record(path, {name: operation(name) for name in names}, "cpu")
    only = [word for name in names for word in ("--only", name)]
    command = [sys.executable, "-c", REPLAY, "verify", "--replay", str(path), *only]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert "all within their bounds" in done.stdout


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
