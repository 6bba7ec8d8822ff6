"""Every operation agrees with every oracle it has; conventions and edges hold exactly."""

import math

import numpy as np
import pytest
from rows_without_torch import failures

from checker.proof.verify import verify
from reference.activations import leaky_relu, relu, sigmoid, softmax, step, tanh
from reference.catalogue import module, names, operation, operations
from reference.initialisers import glorot_normal, glorot_uniform, he_normal, he_uniform
from reference.losses import binary_cross_entropy, cross_entropy, mse, softmax_cross_entropy
from reference.networks import two_neurons, two_neurons_loss

every_operation = pytest.mark.parametrize("name", names())


@every_operation
def test_operation_agrees_with_every_oracle(name):
    wrong = failures(verify({name: operation(name)}))
    assert not wrong, "\n".join(wrong)


@every_operation
def test_operation_has_two_properties_a_formula_and_a_source(name):
    text = module(name).__doc__
    assert len(operation(name).properties) >= 2
    assert all(prop.__doc__ for prop in operation(name).properties)
    assert "\n    " in text
    assert "\nSource: " in text


def test_what_torch_cannot_check_says_why():
    for spec in operations().values():
        assert callable(spec.torch) or len(spec.torch.split()) > 3


@pytest.mark.parametrize("x", [-1e4, 1e4])
def test_sigmoid_and_tanh_saturate_without_warnings(x):
    x = np.array([x])
    assert sigmoid.forward(x) in (0.0, 1.0)
    assert abs(tanh.forward(x)) == 1.0
    assert sigmoid.backward(np.ones(1), x)[0] == 0.0


def test_sigmoid_keeps_the_digits_of_its_left_tail():
    assert sigmoid.forward(np.array(-700.0)) == pytest.approx(math.exp(-700), rel=1e-15)


def test_softmax_of_huge_logits_is_one_hot():
    assert softmax.forward(np.array([[1e4, -1e4, 0.0]])).tolist() == [[1.0, 0.0, 0.0]]


def test_cross_entropies_are_finite_when_certain_and_wrong():
    sure = np.array([[0.0, 1.0]])
    assert binary_cross_entropy.forward(sure, 1 - sure) == pytest.approx(100.0)
    assert binary_cross_entropy.forward(sure, sure) == 0.0
    assert cross_entropy.forward(sure, 1 - sure) == pytest.approx(100.0)
    assert np.isfinite(binary_cross_entropy.backward(np.float64(1), sure, 1 - sure)[0]).all()
    assert np.isfinite(cross_entropy.backward(np.float64(1), sure, 1 - sure)[0]).all()


def test_cross_entropy_of_huge_logits_is_the_gap():
    logits, wrong = np.array([[1e4, -1e4]]), np.array([1])
    assert softmax_cross_entropy.forward(logits, wrong) == 2e4


def test_certain_and_wrong_has_torchs_value_and_gradient():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")

    sure = torch.tensor([[0.0, 1.0]], dtype=torch.float64, requires_grad=True)
    target = torch.tensor([[1.0, 1.0]], dtype=torch.float64)
    loss = torch.nn.functional.binary_cross_entropy(sure, target)
    loss.backward()
    ours = np.array([[0.0, 1.0]]), np.array([[1.0, 1.0]])
    assert binary_cross_entropy.forward(*ours) == pytest.approx(loss.item(), rel=1e-15)
    gradient = binary_cross_entropy.backward(np.float64(1), *ours)[0]
    # torch keeps its floor of 1e-12 in float32, which is 4e-9 of it less.
    assert gradient == pytest.approx(sure.grad.numpy(), rel=4.1e-9)


def test_an_empty_batch_has_no_mean():
    with pytest.warns(RuntimeWarning):
        assert np.isnan(mse.forward(np.empty((0, 2)), np.empty((0, 2))))


@pytest.mark.parametrize(("at_zero", "slope"), [(0.0, 0.0), (0.25, 0.25), (1.0, 1.0)])
def test_relu_takes_the_chosen_subgradient_at_zero(at_zero, slope):
    assert relu.backward(np.ones(1), np.zeros(1), at_zero=at_zero)[0] == slope


def test_kinks_take_torchs_side_by_default():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")

    for ours, theirs in ((relu, torch.relu), (leaky_relu, torch.nn.functional.leaky_relu)):
        x = torch.zeros(1, dtype=torch.float64, requires_grad=True)
        theirs(x).backward()
        assert ours.backward(np.ones(1), np.zeros(1))[0] == x.grad.numpy()


def test_step_at_zero_is_a_setting():
    assert step.forward(np.zeros(1)) == 1.0
    assert step.forward(np.zeros(1), at_zero=0.5) == 0.5


def test_the_two_neurons_have_the_printed_numbers_of_lecture_004():
    inputs = dict(
        zip(
            ("x", "w1", "b1", "w2", "b2"), map(np.float64, (0.05, 0.1, -0.1, 0.3, 0.3)), strict=True
        )
    )
    printed = [f"{value:.3f}" for value in two_neurons.forward(**inputs)]
    assert printed == ["-0.095", "0.476", "0.443", "0.609"]
    gradient = two_neurons_loss.backward(np.float64(1), **inputs, y=np.float64(0.01))
    assert f"{gradient[2]:.4f}" == "0.0679"


@pytest.mark.parametrize(
    ("initialiser", "variance"),
    [
        (glorot_normal, 2 / (200 + 340)),
        (glorot_uniform, 2 / (200 + 340)),
        (he_normal, 2 / 200),
        (he_uniform, 2 / 200),
    ],
)
def test_sampled_weights_have_the_variance_of_the_paper(initialiser, variance):
    """Six standard errors of a variance from 68,000 samples: a false alarm once in 5e8 runs."""
    weights = initialiser.SPEC.sample(np.random.default_rng(0), (200, 340))
    assert abs(weights.var() / variance - 1) < 6 * math.sqrt(2 / weights.size)
    assert abs(weights.mean()) < 6 * math.sqrt(variance / weights.size)
