"""What torch computed elsewhere is compared whole, and nothing in the file is believed."""

import dataclasses
import inspect
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from click.testing import CliRunner

from checker.__main__ import course
from checker.proof.oracles import deviations
from checker.proof.oracles.deviations import Deviation
from checker.proof.recordings import environment, golden_file, grid, passes, recorder, replay
from checker.proof.recordings.golden_file import RecordingError
from checker.proof.recordings.grid import SplitMix64
from checker.proof.report import summary
from checker.proof.row import ProofRow
from reference import catalogue
from reference.catalogue import operation

ROOT = Path(__file__).parents[2]
OF_RECORDINGS = grid.LONG
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


@pytest.fixture(autouse=True, scope="module")
def _short():
    """One length of long axes is enough here; recordings have all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grid, "LONG", (64,))
        yield


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    path = tmp_path_factory.mktemp("recordings") / "here.golden"
    count = recorder.record(path, {n: operation(n) for n in NAMES}, "cpu")
    return path, count


@pytest.fixture
def recording(original, tmp_path):
    """A copy of a recording, which a test may falsify."""
    path = tmp_path / "here.golden"
    path.write_bytes(original[0].read_bytes())
    return path


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


def test_splitmix_gives_the_numbers_of_its_authors():
    published = [6457827717110365317, 3203168211198807973, 9817491932198370423]
    assert SplitMix64(1234567).next(3).tolist() == published
    generator = SplitMix64(1234567)
    assert [int(generator.next()[0]) for _ in range(3)] == published


def test_the_inputs_of_long_cases_have_more_bits_than_tensor_float_has(monkeypatch):
    monkeypatch.setattr(grid, "LONG", (1032,))
    cases = {case.title: case for case in grid.cases(operation("matmul"))}
    case = cases["axes of 1032"]
    assert {a.shape for a in case.arguments.values()} == {(64, 1032), (1032, 64)}
    bits = case.arguments["a"].astype("<f4").view("<u4")
    assert np.any(bits & 0x1FFF)
    assert all(np.array_equal(a.astype("<f4"), a) for a in case.arguments.values())
    assert "cuda tf32" in map(str, passes.expected(case, "cuda"))
    assert "cuda tf32" not in map(str, passes.expected(cases["size 1"], "cuda"))


def test_bfloat16_is_rounded_as_torch_rounds_it():
    values = np.concatenate([np.random.default_rng(0).normal(size=999), [1 + 2**-8, 1 + 3 * 2**-8]])
    values = np.append(values, 1e30).astype(np.float32).astype(float)
    theirs = torch.tensor(values).to(torch.bfloat16).double().numpy()
    mine = replay._rounded(values, "bfloat16")
    assert np.array_equal(mine, theirs)
    store = golden_file.store()
    store.add(mine, "bfloat16")
    _, encode, decode = golden_file.STORED["bfloat16"]
    assert store.kinds[0][0] == "bfloat16"
    assert np.array_equal(decode(encode(mine)), mine)


def test_the_variants_are_those_of_the_installed_torch():
    for variant, known in passes.VARIANTS.items():
        for name in ("NAdam", "LBFGS", "Muon", "Adadelta", "Adafactor", "Adamax", *known):
            parameters = inspect.signature(getattr(torch.optim, name)).parameters
            assert (variant in parameters) == (name in known) or name == "NAdam"


def test_what_the_tests_of_torch_leave_behind_does_not_stop_a_recording(tmp_path):
    """Importing them forbids everybody to set the flags of cuDNN for good."""
    import torch.testing._internal.common_utils

    assert torch.testing._internal.common_utils
    assert recorder.record(tmp_path / "x.golden", {"relu": operation("relu")}, "cpu") > 0
    assert not torch.are_deterministic_algorithms_enabled()


def test_a_recording_is_replayed_whole(original):
    path, count = original
    found = rows(path, *NAMES)
    assert [row.failure for row in found.values()] == [None] * len(found)
    assert set(found) == {*NAMES, "all recorded"}
    own = [row.cases for name, row in found.items() if name != "all recorded"]
    assert all(own)
    assert found["all recorded"].cases == sum(own) == count
    assert "repetitions that differ" not in found["all recorded"].counts
    index, results = golden_file.read(path)
    assert index["environment"]["torch"] == torch.__version__
    passes_of = {n: set() for n in NAMES}
    for case in index["cases"]:
        passes_of[case["operation"]] |= case["passes"].keys()
    halves = {"cpu float16", "cpu bfloat16"}
    plain = {"cpu float32", "cpu repeated", "cpu float64"}
    assert passes_of == {
        "dense": plain | halves,
        "relu": plain | halves,
        "sgd": plain | {"cpu foreach", "cpu fused"},
        "he_normal": plain,
        "dropout_mask": {"cpu float64"},
    }
    assert any(result.sampled for result in results)


def test_an_equal_repetition_is_stored_once(original):
    index, _ = golden_file.read(original[0])
    dense = next(case for case in index["cases"] if case["operation"] == "dense")
    assert dense["passes"]["cpu float32"] == dense["passes"]["cpu repeated"]


def test_a_recording_notices_a_wrong_reference(recording, monkeypatch):
    def averaged(grad, x, weight, bias):
        return grad @ weight.T, x.T @ grad, grad.mean(axis=0)

    def forward(noise, layout="in_out"):
        return noise / len(noise) ** 0.5

    forward.__annotations__ = operation("he_normal").forward.__annotations__
    forward.__module__ = operation("he_normal").forward.__module__
    specs = {name: operation(name) for name in NAMES}
    specs["dense"] = dataclasses.replace(specs["dense"], backward=averaged)
    specs["he_normal"] = dataclasses.replace(specs["he_normal"], forward=forward)
    monkeypatch.setattr("reference.catalogue.operation", specs.__getitem__)
    found = rows(recording, *NAMES)
    assert "gradient of bias" in found["dense"].failure
    assert "weights" in found["he_normal"].failure
    assert found["relu"].passed
    assert found["sgd"].passed


# Files that are damaged.


def test_what_is_no_recording_is_not_read(tmp_path):
    path = tmp_path / "text"
    path.write_text("this is no recording of anything")
    with pytest.raises(RecordingError, match="is not a recording: it does not begin with GOLDEN"):
        rows(path)
    path.write_bytes(b"GOLDEN01" + bytes(100))
    with pytest.raises(RecordingError, match="the format b'GOLDEN01' is not"):
        rows(path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data + b"\0", r"has \d+ bytes and should have \d+"),
        (lambda data: data[:-1], "cut off or added to"),
        (lambda data: data[:-40] + b"\1" + data[-39:], "does not have the digest at the end"),
        (lambda data: data[:200].replace(b"a", b"b") + data[200:], "does not have the digest"),
    ],
)
def test_bytes_that_are_added_cut_off_or_changed_are_refused(recording, change, message):
    recording.write_bytes(change(recording.read_bytes()))
    with pytest.raises(RecordingError, match=message):
        rows(recording)


def test_numbers_that_no_index_describes_are_refused(recording):
    index, arrays = chunks(recording)
    golden_file.write(recording, index, [*arrays, bytes(8)])
    with pytest.raises(RecordingError, match=r"describes \d+ bytes of numbers, the file has"):
        rows(recording)
    golden_file.write(recording, index, arrays[:-1])
    with pytest.raises(RecordingError, match="bytes of numbers"):
        rows(recording)
    index["arrays"].append(["float16", [4], ""])
    golden_file.write(recording, index, [*arrays, bytes(8)])
    assert "belong to a case" in rows(recording)["all recorded"].failure


@pytest.mark.parametrize(
    "change",
    [
        lambda index: index.pop("cases"),
        lambda index: index.pop("environment"),
        lambda index: index["cases"].append("relu"),
        lambda index: index["cases"][0]["passes"].update({"cpu float32": [10**6]}),
        lambda index: index["cases"][0]["passes"].update({"cpu float32": 3}),
        lambda index: index["arrays"].__setitem__(0, ["float32", [-1], ""]),
        lambda index: index["arrays"].__setitem__(0, ["float128", [1], ""]),
        lambda index: index["arrays"].__setitem__(0, ["float32", [4], "0" * 64]),
    ],
)
def test_a_damaged_index_is_refused(recording, change):
    falsified(recording, change)
    with pytest.raises(RecordingError, match=r"the index is damaged: .*Record it again"):
        rows(recording)


# Files that are whole, with a right digest, and false.


def named(index, name):
    return [case for case in index["cases"] if case["operation"] == name]


def dropped(name):
    def change(index):
        index["cases"] = [case for case in index["cases"] if case["operation"] != name]

    return change


@pytest.mark.parametrize(
    ("change", "where", "message"),
    [
        (lambda index: index["cases"].clear(), "relu", "relu is missing from the recording"),
        (dropped("sgd"), "sgd", "sgd is missing from the recording"),
        (lambda i: i["cases"].remove(named(i, "relu")[1]), "relu", "size 2: the case is missing"),
        (
            lambda i: named(i, "relu")[0]["passes"].pop("cpu repeated"),
            "relu",
            "size 1: the pass cpu repeated is missing",
        ),
        (
            lambda i: named(i, "relu")[0]["passes"].update({"cuda float32": [0]}),
            "relu",
            "the pass cuda float32 should not be recorded",
        ),
        (
            lambda i: named(i, "relu")[0].update(case="size 3"),
            "relu",
            "size 3: this is no case of the grid",
        ),
        (
            lambda i: named(i, "relu")[0].update(inputs="0" * 32),
            "relu",
            "size 1: it was recorded with other inputs",
        ),
        (
            lambda i: named(i, "dense")[0]["passes"].update({"cpu float32": []}),
            "dense",
            "0 results are recorded, and should be 4",
        ),
        (
            lambda i: named(i, "dense")[0]["passes"].update(
                {"cpu float32": named(i, "dense")[1]["passes"]["cpu float32"]}
            ),
            "dense",
            "should be",
        ),
        (
            lambda i: named(i, "relu")[0]["passes"].update({"cpu float16": "RuntimeError: no"}),
            "relu",
            "torch refused it on cpu: RuntimeError: no. List it in deviations.toml",
        ),
        (
            lambda i: i["cases"].append({**named(i, "relu")[0], "operation": "tarot"}),
            "all recorded",
            "tarot is recorded, which the reference does not have",
        ),
        (
            lambda i: i["cases"].append({**named(i, "relu")[0], "operation": "k_fold"}),
            "all recorded",
            "k_fold is recorded, which torch does not compute",
        ),
        (
            lambda i: i["cases"].append(named(i, "relu")[0]),
            "all recorded",
            "relu, size 1 is recorded twice",
        ),
    ],
)
def test_what_is_missing_or_too_much_is_a_failure(recording, change, where, message):
    falsified(recording, change)
    asked = ("relu",) if where == "all recorded" else (where,)
    assert message in rows(recording, *asked)[where].failure


def test_changed_numbers_are_noticed(recording):
    index, arrays = chunks(recording)
    at = named(index, "dense")[0]["passes"]["cpu float64"][0]
    form = golden_file.STORED[index["arrays"][at][0]][0]
    arrays[at] = (np.frombuffer(arrays[at], form) + 1).astype(form).tobytes()
    golden_file.write(recording, index, arrays)
    assert "float64 on cpu: output" in rows(recording, "dense")["dense"].failure


def test_noise_that_is_no_draw_is_noticed(recording):
    index, arrays = chunks(recording)
    for case in named(index, "he_normal"):
        for noise, weights in case["passes"].values():
            for at in (noise, weights):
                arrays[at] = bytes(len(arrays[at]))
    golden_file.write(recording, index, arrays)
    assert "mean and variance of the noise" in rows(recording, "he_normal")["he_normal"].failure


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"device": "cuda"}, "the device is a GPU without a name"),
        ({"device": "tpu"}, "the device is 'tpu'"),
        ({"gpu": "NVIDIA H100"}, "the device is the CPU, but there is also gpu"),
        ({"torch": "2.12.0+cpu"}, "torch 2.12.0 is not known here: add its commit"),
        ({"torch": "new"}, "'new' is no version of torch"),
        ({"torch_git": "0" * 40}, "was not built from the commit '000"),
        ({"torch_config": ""}, "the configuration of torch is not that of version 2.13.0"),
        ({"recorder": 1}, "recorder 1 made it, and this one is 2"),
    ],
)
def test_a_machine_that_does_not_fit_together_is_a_failure(recording, fields, message):
    falsified(recording, lambda index: index["environment"].update(fields))
    failure = rows(recording)["all recorded"].failure
    assert failure.startswith("the machine does not fit together: ")
    assert message in failure


def test_another_version_of_torch_needs_its_own_commit(monkeypatch):
    monkeypatch.setitem(environment.COMMITS, "2.12.0", "1" * 40)
    commit = environment.COMMITS["2.13.0"]
    machine = {"device": "cpu", "recorder": environment.RECORDER, "torch_git": commit}
    wrong = list(environment.problems({**machine, "torch": "2.12.0"}))
    assert any("torch 2.12.0 was not built from the commit" in each for each in wrong)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, None),
        ({"gpu": ""}, "without a name"),
        ({"capability": "9.0"}, "should be two numbers"),
        ({"driver": "13000.x"}, "no version of a driver"),
        ({"driver_cuda": 12080}, "too old for 13.0"),
        ({"cuda": None}, "was torch built for the CPU alone"),
        ({"cuda": "12.8"}, "torch was built for cu130, but the version of CUDA is 12.8"),
        ({"cudnn": None}, "no version of cuDNN"),
        ({"torch_config": "TORCH_VERSION=2.13.0, USE_CUDA=0, "}, "without CUDA"),
    ],
)
def test_a_gpu_has_a_name_a_capability_and_drivers(fields, message):
    commit = environment.COMMITS["2.13.0"]
    machine = {"recorder": environment.RECORDER, "torch_git": commit, **GPU, **fields}
    found = list(environment.problems(machine))
    assert any(message in each for each in found) if message else not found


# A GPU, played by the CPU: everything but CUDA itself.


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


@pytest.fixture(scope="module")
def played_once(tmp_path_factory):
    path = tmp_path_factory.mktemp("played") / "h100.golden"
    play(path, 2**-12)
    return path.read_bytes()


@pytest.fixture
def played(played_once, tmp_path):
    path = tmp_path / "h100.golden"
    path.write_bytes(played_once)
    return path


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


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda p: p.pop("cpu float32"), "the pass cpu float32 is missing"),
        (lambda p: p.pop("cuda float16"), "the pass cuda float16 is missing"),
    ],
)
def test_a_gpu_without_a_pass_fails(played, change, message):
    def everywhere(index):
        for case in named(index, "dense"):
            if "cuda tf32" in case["passes"]:
                change(case["passes"])

    falsified(played, everywhere)
    assert message in rows(played, "dense")["dense"].failure


def test_a_gpu_on_which_tensor_float_changes_nothing_did_not_use_it(tmp_path):
    path = tmp_path / "h100.golden"
    play(path, 0.0)
    assert "TensorFloat-32 changed no result" in rows(path, "dense")["all recorded"].failure


def test_the_share_that_tensor_float_changes_must_be_a_share(played):
    falsified(played, lambda i: [case.pop("tf32_differs", None) for case in i["cases"]])
    assert "is no share of entries" in rows(played, "dense", "sgd")["all recorded"].failure


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


# Deviations.


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


# The repository's recordings.


@pytest.fixture
def folder(recording, monkeypatch):
    monkeypatch.setattr(golden_file, "RECORDINGS_FOLDER", recording.parent)
    known = {name: catalogue.names()[name] for name in NAMES}
    monkeypatch.setattr(catalogue, "names", lambda: known)
    monkeypatch.setattr(deviations, "listed", lambda version="": ())
    return recording.parent


def test_a_recording_of_the_repository_is_listed_with_its_digest(folder, recording):
    (total,) = [row for row in replay.replay_all() if row.operation == "all recorded"]
    assert "digests.txt does not list its digest" in total.failure
    line = f"{golden_file.digest(recording)}  {recording.name}\n"
    (folder / "digests.txt").write_text("# digests\n" + line)
    assert all(row.passed for row in replay.replay_all())
    assert golden_file.stranger(recording) == ""
    falsified(recording, lambda index: index["environment"].update(numpy="1.0"))
    assert not all(row.passed for row in replay.replay_all())
    recording.write_bytes(b"GOLDEN02")
    assert "is not a recording" in next(replay.replay_all()).failure
    assert golden_file.device(recording) == ""
    recording.unlink()
    (row,) = replay.replay_all()
    assert "digests.txt lists here.golden, which is not there" in row.failure


def test_the_repository_lists_what_it_has():
    assert set(golden_file.listed()) == {path.name for path in golden_file.recorded()}


# The command line.


def run(*words):
    return CliRunner().invoke(course, ["verify", *map(str, words)])


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
from checker.__main__ import course
course()
"""


def test_a_replay_needs_neither_torch_nor_hypothesis(tmp_path, monkeypatch):
    monkeypatch.setattr(grid, "LONG", OF_RECORDINGS)
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
