"""Losses at the ends of their domains, and put together as frameworks put them together."""

import numpy as np
import pytest

from reference.activations import softmax
from reference.losses import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    cross_entropy,
    label_smoothing,
    sparse_cross_entropy,
)

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

SURE = np.array([[0.0, 1.0], [1.0, 0.0]])


@pytest.mark.parametrize("wrong", [False, True])
def test_cross_entropies_and_gradients_are_finite_at_probabilities_zero_and_one(wrong):
    target = SURE[::-1] if wrong else SURE
    labels = target.argmax(axis=1)
    costs = 100.0 if wrong else 0.0
    for loss, truth in [(cross_entropy, target), (sparse_cross_entropy, labels)]:
        assert loss.forward(SURE, truth, reduction="none").tolist() == [costs, costs]
        assert np.isfinite(loss.backward(np.array(1.0), SURE, truth)[0]).all()
    assert binary_cross_entropy.forward(SURE, target) == costs
    assert np.isfinite(binary_cross_entropy.backward(np.array(1.0), SURE, target)[0]).all()


def test_logits_of_any_size_keep_their_gradient():
    logits = np.array([[1e4, -1e4]])
    assert binary_cross_entropy_with_logits.forward(logits, SURE[:1]) == 1e4
    (grad,) = binary_cross_entropy_with_logits.backward(np.array(1.0), logits, SURE[:1])
    assert grad.tolist() == [[0.5, -0.5]]


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 0.5])
def test_cross_entropy_of_smoothed_targets_is_what_torch_calls_label_smoothing(smoothing):
    logits = np.random.default_rng(0).normal(size=(4, 3))
    labels = np.array([0, 2, 1, 1])
    smooth = label_smoothing.forward(np.eye(3)[labels], smoothing=smoothing)
    ours = cross_entropy.forward(softmax.forward(logits), smooth)
    theirs = torch.nn.functional.cross_entropy(
        torch.tensor(logits), torch.tensor(labels), label_smoothing=smoothing
    )
    assert abs(ours - theirs.item()) <= 1e-15 * 8
