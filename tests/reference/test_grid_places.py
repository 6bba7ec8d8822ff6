"""Grid sampling on pixels, at mirrors and far outside, where every choice is that of PyTorch."""

import itertools

import numpy as np
import pytest

from reference.resampling import grid_sample
from reference.resampling.affine_grid import forward as affine_grid

PLACES = np.array([-1.0, 0.0, 1.0, 0.5, -0.5, -3.0, 3.0, 2.0, -7.0, 1e9])
SETTINGS = [
    dict(zip(("mode", "padding_mode", "align_corners"), values, strict=True))
    for values in itertools.product(grid_sample.MODES, grid_sample.PADDINGS, (False, True))
]


# Only PyTorch can say what PyTorch chooses.
@pytest.mark.parametrize("lengths", [(3, 4), (1, 5), (2, 3, 2)], ids=str)
@pytest.mark.parametrize("settings", SETTINGS, ids=lambda s: " ".join(map(str, s.values())))
def test_ties_are_decided_as_in_pytorch(settings, lengths):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    if settings["mode"] == "bicubic" and len(lengths) == 3:
        with pytest.raises(ValueError, match="three axes with bicubic"):
            grid_sample.forward(np.ones((1, 1, 2, 3, 2)), np.ones((1, 1, 1, 1, 3)), **settings)
        return
    rng = np.random.default_rng(len(lengths))
    x = rng.normal(size=(2, 3, *lengths))
    grid = rng.choice(PLACES, size=(2, *[4] * len(lengths), len(lengths)))
    grad = rng.normal(size=(2, 3, *[4] * len(lengths)))
    tensors = [torch.tensor(each, requires_grad=True) for each in (x, grid)]
    y = torch.nn.functional.grid_sample(*tensors, **settings)
    theirs = [y, *torch.autograd.grad(y, tensors, torch.tensor(grad))]
    ours = [grid_sample.forward(x, grid, **settings)]
    ours += grid_sample.backward(grad, x, grid, **settings)
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, other.detach().numpy(), atol=1e-12)


def test_the_grid_of_the_identity_gives_the_image():
    x = np.random.default_rng(0).normal(size=(2, 1, 4, 5))
    theta = np.broadcast_to(np.eye(2, 3), (2, 2, 3))
    for align_corners in (False, True):
        grid = affine_grid(theta, size=(4, 5), align_corners=align_corners)
        for mode in grid_sample.MODES:
            y = grid_sample.forward(x, grid, mode=mode, align_corners=align_corners)
            np.testing.assert_allclose(y, x, atol=1e-12)


@pytest.mark.parametrize("place", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("mode", grid_sample.MODES)
def test_a_place_that_is_no_number_gives_none(mode, place):
    x, grid = np.ones((1, 1, 3, 3)), np.full((1, 1, 2, 2), 0.1)
    grid[0, 0, 0, 1] = place
    with np.errstate(invalid="ignore"):
        y = grid_sample.forward(x, grid, mode=mode)[0, 0, 0]
    assert np.isnan(y[0])
    assert np.isfinite(y[1])


@pytest.mark.parametrize(
    ("grid", "settings", "says"),
    [
        ((1, 2, 3), {}, "no grid of shape"),
        ((2, 2, 2, 2), {}, "no grid of shape"),
        ((1, 2, 2, 2), {"mode": "linear"}, "no mode 'linear'"),
        ((1, 2, 2, 2), {"padding_mode": "reflect"}, "padding_mode 'reflect'"),
    ],
)
def test_what_does_not_match_is_refused(grid, settings, says):
    with pytest.raises(ValueError, match=says):
        grid_sample.forward(np.ones((1, 1, 3, 3)), np.zeros(grid), **settings)
