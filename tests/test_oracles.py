"""What each oracle of the proof is there to notice, it notices; and it says what is wrong where."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from checker.__main__ import course
from checker.equations import Equation
from checker.proof import (
    adjoint,
    derivative,
    deviations,
    edges,
    golden,
    kinks,
    page,
    recorder,
    summary,
    verify,
    versions,
)
from checker.proof.grid import SplitMix64
from checker.proof.verify import Row
from reference.catalogue import operation


def only(spec, oracle):
    (row,) = verify.verify({spec.name: spec}, only=(oracle,))
    return row


def changed(name, **fields):
    return dataclasses.replace(operation(name), **fields)


def test_a_forward_that_drops_the_imaginary_part_is_differentiated_by_differences():
    def blind(x):
        return np.tanh(x.real)

    blind.__annotations__ = operation("tanh").forward.__annotations__
    blind.__module__ = "reference.activations.tanh"
    spec = changed("tanh", forward=blind)
    assert not derivative.complex_safe(spec)
    row = only(spec, "differences")
    assert row.passed
    assert row.cases >= 30
    assert not only(dataclasses.replace(spec, backward=lambda g, x: (g,)), "differences").passed


@pytest.mark.parametrize("name", ["dense", "softmax", "binary_cross_entropy", "relu"])
def test_the_differences_stay_within_their_bound(name):
    spec = operation(name)
    for case in derivative.series(spec.arguments, spec.possible, 20):
        equations = derivative.derivative(spec, derivative.differences, case)
        assert max(equation.ratio for equation in equations) < 1


def test_a_wrong_gradient_is_reported_by_coordinate():
    def backward(grad, x, weight, bias):
        dx, dweight, dbias = operation("dense").backward(grad, x, weight, bias)
        dweight = np.where(np.arange(dweight.size).reshape(dweight.shape) == 0, 0, 1) * dweight
        return dx, dweight, dbias

    failure = only(changed("dense", backward=backward), "complex step").failure
    assert failure.startswith("gradient of weight[0, 0]: got ")
    assert "want " in failure
    assert "bound " in failure


def test_arguments_that_enter_linearly_are_found():
    assert adjoint.affine(operation("dense")) == ("x", "weight", "bias")
    assert adjoint.affine(operation("two_layer")) == ()
    assert adjoint.affine(operation("tanh")) == ()


def test_an_operation_that_writes_into_its_argument_is_noticed():
    def backward(grad, x):
        if isinstance(x, np.ndarray):
            x *= 1 + 1e-9
        return operation("tanh").backward(grad, x)

    assert "x after the call" in only(changed("tanh", backward=backward), "untouched").failure


def test_an_operation_that_looks_at_memory_is_noticed():
    def backward(grad, x):
        if isinstance(x, np.ndarray) and x.ndim > 1 and not x.flags.c_contiguous:
            return (0 * grad,)
        return operation("tanh").backward(grad, x)

    assert "arguments " in only(changed("tanh", backward=backward), "layouts").failure


def test_the_other_side_of_a_kink_is_noticed():
    right = operation("relu")

    def backward(grad, x, *, at_zero=1.0):
        return right.backward(grad, x, at_zero=at_zero)

    backward.__annotations__ = right.backward.__annotations__
    wrong = dataclasses.replace(right, backward=backward)
    assert only(right, "kinks").passed
    assert "at a kink" in only(wrong, "kinks").failure


def test_a_convention_of_one_torch_version_is_followed(monkeypatch):
    entry = {"operation": "relu", "setting": "at_zero", "value": 1.0}
    monkeypatch.setattr(kinks, "table", lambda: (entry,))
    assert not only(operation("relu"), "kinks").passed


@pytest.mark.parametrize(
    ("entry", "holds"),
    [
        ({}, True),
        ({"since": "2.0"}, True),
        ({"since": "99.0"}, False),
        ({"until": "2.0"}, False),
        ({"since": "1.0", "until": "99"}, True),
    ],
)
def test_versions_are_compared_as_numbers(entry, holds):
    assert versions.holds(entry) == holds


def test_a_wrong_infinity_is_noticed_at_the_edges():
    def forward(x):
        return np.where(x > 1e300, 1.0, operation("tanh").forward(x))

    def odd(x):
        return np.where(x < -1e300, 1.0, operation("tanh").forward(x))

    for function in (forward, odd):
        function.__annotations__ = operation("tanh").forward.__annotations__
        function.__module__ = "reference.activations.tanh"
    assert only(changed("tanh", forward=forward), "edges").passed
    assert "-inf in x: output[0, 0]: got" in only(changed("tanh", forward=odd), "edges").failure


def test_where_torch_refuses_the_reference_must_refuse(monkeypatch):
    monkeypatch.setattr(deviations, "listed", tuple)

    def refusing(torch, x):
        raise RuntimeError("not today")

    row = only(changed("tanh", torch=refusing), "edges")
    assert "we answer, and torch: RuntimeError: not today" in row.failure


def test_edges_cover_what_they_promise():
    titles = " ".join(edges.oracle(operation("dense"), None))
    for wanted in ("empty batch", "size-1 axes", "nan", "-inf", "-0.0", "subnormal", "ties"):
        assert wanted in titles
    assert "lowest in probability" in edges.oracle(operation("binary_cross_entropy"), None)
    assert "huge in logits, float32" in edges.oracle(operation("softmax_cross_entropy"), None)


LISTED = {
    "alike": lambda: [Equation("y", np.array(1.0), np.array(1.0), np.array(0.1))],
    "apart": lambda: [Equation("y", np.array(1.0), np.array(9.0), np.array(0.1))],
}


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (None, "apart: y: got"),
        ("apart", None),
        ("a*", "alike: the deviation (f, edges, a*) no longer"),
    ],
)
def test_deviations_excuse_what_they_name_and_nothing_else(monkeypatch, case, message):
    known = (deviations.Deviation("f", "edges", case, "because"),) if case else ()
    monkeypatch.setattr(deviations, "listed", lambda: known)
    row = verify.go_through("f", "edges", LISTED)
    assert (row.failure or "").startswith(message or "")
    assert row.passed == (message is None)


def test_a_deviation_that_excuses_nothing_is_a_failure(monkeypatch):
    known = deviations.Deviation("nobody", "edges", "*", "because")
    monkeypatch.setattr(deviations, "listed", lambda: (known,))
    (row,) = summary.unmatched([])
    assert not row.passed
    assert "no case of any operation needs it" in row.failure


def test_every_deviation_gives_a_reason():
    assert all(len(deviation.reason.split()) > 5 for deviation in deviations.listed())


def test_splitmix_gives_the_numbers_of_its_authors():
    generator = SplitMix64(1234567)
    assert [generator.next() for _ in range(3)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
    ]


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "here.golden"
    count = recorder.record(path, {n: operation(n) for n in ("dense", "relu", "sgd")}, "cpu")
    return path, count


def test_a_recording_is_replayed_whole(recording):
    path, count = recording
    rows = {row.operation: row for row in golden.replay(path)}
    assert all(row.passed for row in rows.values())
    assert rows["all recorded"].cases == count == rows["dense"].cases + rows["relu"].cases > 0
    index, _ = golden.read(path)
    assert index["environment"]["torch"]
    assert set(index["refused"]) == {"sgd"}
    assert all(record["repeats_within_ulps"] == 0 for record in index["records"])


def test_a_recording_notices_a_wrong_reference(recording, monkeypatch):
    def averaged(grad, x, weight, bias):
        return grad @ weight.T, x.T @ grad, grad.mean(axis=0)

    wrong = changed("dense", backward=averaged)
    right = operation("relu")
    monkeypatch.setattr(
        "reference.catalogue.operation", lambda name: wrong if name == "dense" else right
    )
    rows = {row.operation: row for row in golden.replay(recording[0])}
    assert "result 3[1]: got" in rows["dense"].failure
    assert rows["relu"].passed


def test_what_was_recorded_and_cannot_be_compared_fails(recording):
    path, _ = recording
    index, arrays = golden.read(path)
    index["records"][0]["inputs"] = "other"
    golden.write(path, {k: v for k, v in index.items() if k != "arrays"}, arrays)
    rows = {row.operation: row for row in golden.replay(path)}
    assert "other inputs" in rows[index["records"][0]["operation"]].failure
    assert "compared of" in rows["all recorded"].failure


def test_no_recording_is_no_recording(tmp_path):
    path = tmp_path / "text"
    path.write_text("this is no recording of anything")
    with pytest.raises(golden.RecordingError, match="is not a recording"):
        list(golden.replay(path))


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
    rows = [Row("f", "edges", 1, 1, 0.5)]
    monkeypatch.setattr(golden, "recorded", list)
    assert "No GPU results are recorded yet" in summary.table(rows).splitlines()[-2]
    monkeypatch.setattr(golden, "recorded", lambda: [Path("h100.golden")])
    monkeypatch.setattr(golden, "device", lambda path: "cuda")
    assert "No GPU" not in summary.table(rows)


def test_a_bound_that_is_hardly_used_is_loose_and_equal_bits_are_not():
    assert Row("f", "edges", 1, 1, 0.009).loose
    assert not Row("f", "edges", 1, 1, 0.02).loose
    assert not Row("f", "edges", 1, 1, 0.0).loose
    assert "Loose" in summary.table([Row("f", "edges", 1, 1, 0.009)])


def test_the_page_shows_every_row_and_escapes_what_it_shows():
    rows = [
        Row("f", "edges", 1, 1, 0.009),
        Row("f", "law a", 1, 1, 0.0),
        Row("g", "edges", 1, 1, 9.0, "got <b> & want <i>"),
    ]
    text = page.page(rows)
    assert "got &lt;b&gt; &amp; want &lt;i&gt;" in text
    assert "<script" not in text
    assert text.count('<div class="scale">') == len(rows)
    assert "exact" in text
