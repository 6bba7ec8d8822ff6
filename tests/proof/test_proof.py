"""The proof notices faults: each line of the reference changed below turns it red."""

import dataclasses
import warnings

import pytest

from checker.proof.verify import oracles, verify
from reference.catalogue import module, operation, operations

MUTATIONS = [
    ("identity", "1 * x", "(1 + 1e-9) * x"),
    ("step", "x > 0, 1.0", "x > 1, 1.0"),
    ("sigmoid", "(1 + decay) ** 2", "(1 + decay) ** 3"),
    ("sigmoid", "x > 0) / (1 + decay)", "x > 0) / (2 + decay)"),
    ("tanh", "(1 + decay) ** 2", "(1 + decay)"),
    ("relu", "grad * ~(x <= 0)", "1.0001 * grad * ~(x <= 0)"),
    ("relu", "np.maximum(np.zeros_like(x), x)", "np.maximum(1e-6 * x, x)"),
    ("leaky_relu", "negative_slope * np.minimum", "0.01 * np.minimum"),
    ("softmax", "np.vecdot(grad, p)[", "grad.sum(-1)["),
    ("softmax", "dx *= p ", "dx *= p * (1 - p) "),
    ("dense", "x.T @ grad", "1.0000001 * x.T @ grad"),
    ("dense", "grad.sum(axis=0)", "grad.mean(axis=0)"),
    ("dense", "grad.sum(axis=0)", "grad"),
    ("dense", "x @ weight + bias", "x @ weight"),
    ("mse", "each * 2 *", "each *"),
    ("sse", "grad * 2 *", "grad *"),
    ("half_rss", ".sum() / 2", ".sum()"),
    ("binary_cross_entropy", "(1 - target) * other", "(1 - target) * one"),
    ("cross_entropy", "-each * target", "each * target"),
    ("softmax_cross_entropy", "nothing - gap.sum(", "nothing + gap.sum("),
    ("two_neurons", "da1 + dz2 * w2", "dz2 * w2"),
    ("two_neurons_loss", "grad * (a2 - y)", "grad * (y - a2)"),
    ("two_layer", "sigmoid.backward(dhidden, z1)", "sigmoid.backward(dhidden, hidden)"),
    ("sgd", "param - learning_rate * grad", "param - learning_rate * grad * grad"),
    ("normal", "mean + std * noise", "mean + std**2 * noise"),
    ("glorot_normal", "2 / (fan_in + fan_out)", "2 / fan_in"),
    ("glorot_uniform", "6 / (fan_in + fan_out)", "3 / (fan_in + fan_out)"),
    ("he_normal", "max(fan_in, 1)", "(fan_in + 1)"),
    ("he_uniform", "2 * noise - 1", "2 * noise"),
    ("adam", "for beta in (beta1, beta2))", "for beta in (beta1, beta1))"),
    ("adam", "epsilon / grown2**0.5", "epsilon"),
    ("batch_norm_train", "dx -= normal", "dx += normal"),
    ("dropout_inverted", "/ (1 - rate)", "/ rate"),
    ("prelu", "np.minimum(np.zeros_like(x), x)", "2 * np.minimum(np.zeros_like(x), x)"),
    ("standardise", "** 2).mean(axis=0)", "** 2).sum(axis=0)"),
    ("layer_norm", "dnormal -= normal", "dnormal += normal"),
    ("momentum", "momentum * state.velocity - inside", "momentum * state.velocity - 2 * inside"),
    ("argmax_decision", "np.argmax(scores", "np.argmin(scores"),
    ("unflatten", "x.shape[at] // known", "x.shape[free] // known"),
]


@pytest.mark.parametrize(("name", "right", "wrong"), MUTATIONS)
def test_a_fault_in_the_reference_is_noticed(name, right, wrong, monkeypatch):
    """The file with one expression changed, checked as the file is."""
    monkeypatch.setattr("checker.proof.verify.SHRINKING_EXAMPLES", 1)
    original = module(name)
    with open(original.__file__, encoding="utf-8") as file:
        text = file.read()
    assert text.count(right) >= 1
    mutated = {"__name__": original.__name__}
    exec(compile(text.replace(right, wrong), "mutated.py", "exec"), mutated)
    assert not all(row.passed for row in verify({name: mutated["SPEC"]}))


def test_a_crash_is_a_failure_and_not_the_end():
    def broken(grad, x):
        raise ZeroDivisionError("planted")

    spec = dataclasses.replace(operation("tanh"), backward=broken)
    rows = list(verify({"tanh": spec, "sigmoid": operation("sigmoid")}, only=("derivative",)))
    assert [row.operation for row in rows] == ["tanh", "sigmoid"]
    assert "ZeroDivisionError: planted" in rows[0].failure
    assert rows[1].passed


@pytest.mark.parametrize("name", [n for n, s in operations().items() if s.kind == "function"])
def test_every_operation_with_a_derivative_is_checked_by_it_and_for_its_accuracy(name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        titles = oracles(operation(name)).keys()
    wanted = {"derivative", "property linear_in_the_upstream", "accuracy float64"}
    wanted |= {"accuracy float32", "untouched", "layouts"}
    if callable(operation(name).torch):
        wanted |= {"torch float64", "torch float32", "edges"}
    assert wanted <= titles


@pytest.mark.parametrize("name", ["sgd", "he_normal", "standardise", "dropout_mask", "one_hot"])
def test_operations_of_other_kinds_keep_the_call_contract_too(name):
    assert {"untouched", "layouts"} <= oracles(operation(name)).keys()


def test_the_first_row_says_what_the_cases_cover():
    first, *others = verify({"tanh": operation("tanh")})
    assert first.oracle == "cases"
    assert first.counts["ranks"] == "0, 1, 2, 3, 4"
    assert not any(row.counts for row in others)
    (alone,) = verify({"tanh": operation("tanh")}, only=("derivative",))
    assert alone.oracle == "derivative"


def test_an_operation_whose_cases_cannot_be_made_is_a_row_that_fails():
    def impossible(x):
        raise ValueError("planted")

    spec = dataclasses.replace(operation("tanh"), possible=impossible)
    (row,) = verify({"tanh": spec})
    assert row.failure == "ValueError: planted"
