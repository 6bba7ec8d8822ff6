"""Regularisation as torch's own modules run it, with their masks and their running averages."""

import numpy as np
import pytest

from reference.optimisers import sgd
from reference.regularisation import (
    batch_norm_inference,
    batch_norm_running,
    dropout_inverted,
    l2,
)

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

RNG = np.random.default_rng(0)


def agree(mine, other):
    np.testing.assert_allclose(mine, other.detach().numpy(), rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize("rate", [0.1, 0.5])
def test_inverted_dropout_is_torch_dropout_with_the_mask_that_torch_drew(rate):
    x = RNG.normal(size=(8, 9))
    torch.manual_seed(3)
    mask = torch.nn.functional.dropout(torch.ones(8, 9, dtype=torch.double), rate) > 0
    torch.manual_seed(3)
    theirs = torch.nn.functional.dropout(torch.tensor(x), rate)
    agree(dropout_inverted.forward(x, mask.numpy().astype(int), rate=rate), theirs)


def test_three_batches_leave_the_averages_that_torch_keeps():
    layer = torch.nn.BatchNorm1d(3, dtype=torch.double)
    kept = np.zeros(3), np.ones(3)
    for _ in range(3):
        x = RNG.normal(2.0, 3.0, size=(6, 3))
        layer(torch.tensor(x))
        kept = batch_norm_running.run(x, *kept)
    agree(kept[0], layer.running_mean)
    agree(kept[1], layer.running_var)
    ours = batch_norm_inference.forward(x, np.ones(3), np.zeros(3), *kept)
    agree(ours, layer.eval()(torch.tensor(x)))


def test_the_half_penalty_is_what_torch_calls_weight_decay():
    weight = RNG.normal(size=5)
    (grad,) = l2.backward(np.array(1.0), weight, strength=0.3, half=True)
    moved, _ = sgd.update(grad, sgd.init(weight), weight, learning_rate=0.1)
    theirs = torch.tensor(weight, requires_grad=True)
    theirs.grad = torch.zeros(5, dtype=torch.double)
    torch.optim.SGD([theirs], lr=0.1, weight_decay=0.3).step()
    agree(moved, theirs)
