"""The proof notices faults: each line of the reference changed below turns it red."""

import dataclasses

import pytest

from checker.proof.verify import oracles, verify
from reference.catalogue import module, operation

MUTATIONS = [
    ("identity", "x + 0", "x + 1e-9"),
    ("step", "x.real > 0, 1.0", "x.real > 1, 1.0"),
    ("sigmoid", "grad * y * (1 - y)", "grad * y * (1 + y)"),
    ("sigmoid", "1, decay) / (1 + decay)", "1, decay) / (2 + decay)"),
    ("tanh", "1 - np.tanh(x) ** 2", "1 - np.tanh(x)"),
    ("relu", "at_zero * grad, grad)", "at_zero * grad, 1.0001 * grad)"),
    ("relu", "x.real <= 0, 0, x", "x.real <= 0, 1e-6 * x, x"),
    ("leaky_relu", "np.where(x < 0, negative_slope, middle)", "np.where(x < 0, 0.01, middle)"),
    ("softmax", "(grad * p).sum(axis=-1, keepdims=True)", "grad.sum(axis=-1, keepdims=True)"),
    ("softmax", "return (p * (grad", "return (grad * p * (1 - p) + 0 * p * (grad"),
    ("dense", "x.T @ grad", "1.0000001 * x.T @ grad"),
    ("dense", "grad.sum(axis=0)", "grad.mean(axis=0)"),
    ("dense", "grad.sum(axis=0)", "grad"),
    ("dense", "x @ weight + bias", "x @ weight"),
    ("mse", "each * 2 *", "each *"),
    ("sse", "grad * 2 *", "grad *"),
    ("half_rss", ".sum() / 2", ".sum()"),
    (
        "binary_cross_entropy",
        "(1 - target) * _log(1 - probability)",
        "(1 - target) * _log(probability)",
    ),
    ("cross_entropy", "-each * target", "each * target"),
    ("softmax_cross_entropy", "(logits) - truth", "(logits) * truth"),
    ("two_neurons", "da1 + dz2 * w2", "dz2 * w2"),
    ("two_neurons_loss", "grad * (a2 - y)", "grad * (y - a2)"),
    ("two_layer", "sigmoid.backward(dhidden, z1)", "sigmoid.backward(dhidden, hidden)"),
    ("sgd", "param - learning_rate * grad", "param - learning_rate * grad * grad"),
    ("normal", "mean + std * noise", "mean + std**2 * noise"),
    ("glorot_normal", "2 / (fan_in + fan_out)", "2 / fan_in"),
    ("glorot_uniform", "6 / (fan_in + fan_out)", "3 / (fan_in + fan_out)"),
    ("he_normal", "2 / fan_in", "2 / (fan_in + 1)"),
    ("he_uniform", "2 * noise - 1", "2 * noise"),
    ("adam", "1 - beta2**step)", "1 - beta2)"),
    ("adam", "math.sqrt(grown2)", "grown2"),
    ("batch_norm_train", "dnormal - level - normal * tilt", "dnormal - level"),
    ("dropout_inverted", "/ (1 - rate)", "/ rate"),
    ("prelu", "x > 0, 0, x)", "x > 0, 0, 2 * x)"),
]


@pytest.mark.parametrize(("name", "right", "wrong"), MUTATIONS)
def test_a_fault_in_the_reference_is_noticed(name, right, wrong):
    """The file with one expression changed, checked as the file is."""
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
    rows = list(verify({"tanh": spec}))
    assert any("planted" in (row.failure or "") for row in rows)
    assert any(row.passed for row in rows)


def test_every_operation_with_a_derivative_is_checked_by_complex_step_and_torch():
    assert {"complex step", "torch float64", "torch float32"} <= oracles(operation("dense")).keys()
