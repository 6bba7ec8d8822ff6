"""The running averages of PyTorch's normalising modules, over several batches."""

import numpy as np
import pytest

from reference.regularisation import batch_norm_running as batch
from reference.regularisation import batch_norm_train, instance_norm
from reference.regularisation import instance_norm_running as instance
from reference.regularisation.batch_norm_inference import forward as in_use


@pytest.fixture
def torch():
    return pytest.importorskip("torch", reason="PyTorch is not installed")


@pytest.fixture
def batches():
    return 2 + np.random.default_rng(0).normal(size=(4, 3, 2, 4, 5))


def trained(torch, module, batches):
    """What the module returns for each batch, and its averages afterwards."""
    found = [module(torch.tensor(x)).detach().numpy() for x in batches]
    return found, (module.running_mean.numpy(), module.running_var.numpy())


def agree(ours, theirs):
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-12, atol=1e-12)


def test_without_a_momentum_all_batches_weigh_the_same(torch, batches):
    """And without `affine`, gamma is 1 and beta 0."""
    module = torch.nn.BatchNorm2d(2, momentum=None, affine=False, dtype=torch.float64)
    outputs, averages = trained(torch, module, batches)
    kept, one, zero = (np.zeros(2), np.ones(2)), np.ones(2), np.zeros(2)
    for k, (x, output) in enumerate(zip(batches, outputs, strict=True)):
        kept = batch.run(x, *kept, batches=k + 1)
        agree([batch_norm_train.forward(x, one, zero)], [output])
    agree(kept, averages)
    theirs = module.eval()(torch.tensor(batches[0])).numpy()
    agree([in_use(batches[0], one, zero, *kept)], [theirs])


def test_with_a_momentum_later_batches_weigh_more(torch, batches):
    module = torch.nn.BatchNorm2d(2, momentum=0.3, dtype=torch.float64)
    kept = np.zeros(2), np.ones(2)
    for x in batches:
        kept = batch.run(x, *kept, momentum=0.3)
    agree(kept, trained(torch, module, batches)[1])


@pytest.mark.parametrize("momentum", [0.1, 0.7])
def test_instance_normalisation_averages_the_images(torch, batches, momentum):
    settings = {"momentum": momentum, "track_running_stats": True, "dtype": torch.float64}
    module = torch.nn.InstanceNorm2d(2, **settings)
    outputs, averages = trained(torch, module, batches)
    kept = np.zeros(2), np.ones(2)
    for x, output in zip(batches, outputs, strict=True):
        kept = instance.run(x, *kept, momentum=momentum)
        agree([instance_norm.forward(x, None, None)], [output])
    agree(kept, averages)
    theirs = module.eval()(torch.tensor(batches[0])).numpy()
    agree([in_use(batches[0], np.ones(2), np.zeros(2), *kept)], [theirs])


def test_without_a_momentum_instance_normalisation_keeps_its_averages(torch, batches):
    settings = {"momentum": None, "track_running_stats": True, "dtype": torch.float64}
    _, averages = trained(torch, torch.nn.InstanceNorm2d(2, **settings), batches)
    agree((np.zeros(2), np.ones(2)), averages)


def test_one_place_has_no_unbiased_variance():
    with pytest.raises(ValueError, match="needs two places"):
        instance.run(np.ones((2, 3, 1)), np.zeros(3), np.ones(3))
