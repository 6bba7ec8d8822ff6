"""Weights that PyTorch rewrites: parametrisations over several calls, and fused layers."""

import copy

import numpy as np
import pytest

from reference.activations import channel_softmax
from reference.linear import dense
from reference.regularisation import batch_norm_fusion, spectral_norm, weight_norm
from reference.windows import convolution, transposed_convolution

CALLS = 3


@pytest.fixture
def torch():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    torch.manual_seed(0)
    return torch


def agree(ours, theirs, rtol=1e-12):
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, other.detach().numpy(), rtol=rtol, atol=1e-12)


def layers(torch):
    """A layer, its input, and the axis of its units."""
    double = {"dtype": torch.float64}
    yield torch.nn.Linear(4, 3, **double), torch.randn(2, 4, **double), 0
    yield torch.nn.Conv2d(2, 3, (3, 2), **double), torch.randn(2, 2, 5, 5, **double), 0
    yield torch.nn.ConvTranspose1d(2, 3, 4, **double), torch.randn(2, 2, 5, **double), 1


def test_spectral_norm_over_several_calls(torch):
    """The vectors go on from call to call; in use there are no iterations."""
    for layer, _, dim in layers(torch):
        layer = torch.nn.utils.parametrizations.spectral_norm(layer, n_power_iterations=2)
        inside = layer.parametrizations.weight[0]
        u, v = inside._u.numpy().copy(), inside._v.numpy().copy()
        weight = layer.parametrizations.weight.original.detach().numpy()
        for _ in range(CALLS):
            y, u, v = spectral_norm.forward(weight, u, v, iterations=2, dim=dim)
            agree([y], [layer.weight])
        agree([u, v], [inside._u, inside._v])
        used = spectral_norm.forward(weight, u, v, iterations=0, dim=dim)[0]
        agree([used], [layer.eval().weight])


@pytest.mark.filterwarnings("ignore::FutureWarning")  # it is deprecated
def test_the_older_spectral_norm_renews_v_first(torch):
    for layer, x, dim in layers(torch):
        layer = torch.nn.utils.spectral_norm(layer)
        u, v = layer.weight_u.numpy().copy(), layer.weight_v.numpy().copy()
        weight = layer.weight_orig.detach().numpy()
        for _ in range(CALLS):
            y, u, v = spectral_norm.forward(weight, u, v, dim=dim, first="v")
            layer(x)
            agree([y, u, v], [layer.weight, layer.weight_u, layer.weight_v])
        grad = torch.randn(layer.weight.shape, dtype=torch.float64)
        (theirs,) = torch.autograd.grad(layer.weight, layer.weight_orig, grad)
        settings = {"dim": dim, "first": "v", "iterations": 0}
        agree(spectral_norm.backward(grad.numpy(), weight, u, v, **settings), [theirs], 1e-9)


def test_many_iterations_find_the_singular_value():
    weight = np.random.default_rng(0).normal(size=(4, 3, 2))
    u, v = np.ones(4), np.ones(6)
    y, u, v = spectral_norm.forward(weight, u, v, iterations=200)
    assert np.linalg.norm(y.reshape(4, 6), 2) == pytest.approx(1, rel=1e-12)
    with pytest.raises(ValueError, match="no vectors of 4 and 5"):
        spectral_norm.forward(weight, u, v[:5])


@pytest.mark.parametrize("older", [False, True])
@pytest.mark.filterwarnings("ignore::FutureWarning")  # the older one is deprecated
def test_weight_norm_of_layers(torch, older):
    for layer, x, dim in layers(torch):
        if older:
            layer = torch.nn.utils.weight_norm(layer, dim=dim)
            g, v = layer.weight_g, layer.weight_v
        else:
            layer = torch.nn.utils.parametrizations.weight_norm(layer, dim=dim)
            g, v = vars(layer.parametrizations.weight)["_parameters"].values()
        g.data = torch.randn(g.shape, dtype=g.dtype)
        y = layer(x)
        ours = v.detach().numpy(), g.detach().numpy().ravel()
        agree([weight_norm.forward(*ours, dim=dim)], [layer.weight])
        grad = torch.randn(v.shape, dtype=torch.float64)
        dv, dg = torch.autograd.grad(layer.weight, [v, g], grad)
        agree(weight_norm.backward(grad.numpy(), *ours, dim=dim), [dv, dg.ravel()], 1e-9)
        assert y.isfinite().all()


def test_one_length_for_all_weights(torch):
    layer = torch.nn.utils.parametrizations.weight_norm(torch.nn.Linear(4, 3), dim=None)
    weights = layer.parametrizations.weight
    g, v = weights.original0.detach().numpy(), weights.original1.detach().numpy()
    np.testing.assert_allclose(
        weight_norm.forward(v[None], 2 * g.reshape(1))[0], 2 * layer.weight.detach(), rtol=1e-6
    )


def normalised(torch, module, count):
    """A batch normalisation in use, with numbers of its own."""
    norm = module(count, dtype=torch.float64).eval()
    for numbers in (norm.weight, norm.bias, norm.running_mean):
        numbers.data = torch.randn(count, dtype=torch.float64)
    norm.running_var = torch.rand(count, dtype=torch.float64)
    return norm


def test_fused_layers_are_those_of_torch_and_compute_the_same(torch):
    kinds = torch.nn.BatchNorm1d, torch.nn.BatchNorm2d, torch.nn.BatchNorm1d
    forwards = dense.forward, convolution.forward, transposed_convolution.forward
    for (layer, x, dim), kind, forward in zip(layers(torch), kinds, forwards, strict=True):
        layer, norm = copy.deepcopy(layer).eval(), normalised(torch, kind, 3)
        old = [layer.weight, layer.bias, norm.weight, norm.bias]
        old = [each.detach().numpy() for each in old]
        statistics = norm.running_mean.numpy(), norm.running_var.numpy()
        weight, bias = batch_norm_fusion.run(*old, *statistics, transpose=bool(dim))
        if kind is kinds[0] and x.ndim == 2:
            fused = torch.nn.utils.fuse_linear_bn_eval(layer, norm)
        else:
            fused = torch.nn.utils.fuse_conv_bn_eval(layer, norm, transpose=bool(dim))
        agree([weight, bias], [fused.weight, fused.bias])
        weight = weight.T if x.ndim == 2 else weight
        agree([forward(x.numpy(), weight, bias)], [norm(layer(x))], 1e-9)


def test_images_without_a_batch_have_channels_too(torch):
    for shape in ((2, 3, 4, 5), (3, 4, 5)):
        x = np.random.default_rng(0).normal(size=shape)
        agree([channel_softmax.forward(x)], [torch.nn.Softmax2d()(torch.tensor(x))])
    with pytest.raises(ValueError, match="channels, height and width"):
        channel_softmax.forward(np.ones((3, 4)))
