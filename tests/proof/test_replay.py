"""What torch computed elsewhere is compared whole, and nothing in the file is believed."""

import dataclasses

import numpy as np
import pytest
from recording_files import NAMES, chunks, falsified, named, play, rows

from checker.proof.recordings import golden_file
from reference.catalogue import operation

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

pytestmark = pytest.mark.usefixtures("short_axes")


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


# Files that are whole, with a right digest, and false.


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


# Files of a GPU, which the CPU plays.


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
