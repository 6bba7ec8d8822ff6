"""Nearest resizing where the first corner of a new pixel is that of an old one.

A factor such as 1.6 has no float: the one next to it is above 8/5, by which every eighth pixel of
an image would be a copy of the pixel before.
"""

import numpy as np
import pytest

from reference.resampling import nearest_resize

FACTORS = (1.6, 0.8, 1.1, 1.2, 0.7, 3.0, 0.535, 3.65, 2.5)


@pytest.mark.parametrize("factor", FACTORS)
def test_pixels_are_those_of_the_factor_as_it_is_written_and_of_pytorch(factor):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    line = np.arange(140.0).reshape(1, 1, -1)
    copied = nearest_resize.forward(line, scale_factor=factor)
    theirs = torch.nn.functional.interpolate(torch.tensor(line), scale_factor=factor)
    np.testing.assert_array_equal(copied, theirs.numpy())


def test_the_eighth_new_pixel_starts_where_the_fifth_old_one_does():
    line = np.arange(7.0).reshape(1, 1, -1)
    copied = nearest_resize.forward(line, scale_factor=1.6)
    assert copied.ravel().tolist() == [0, 0, 1, 1, 2, 3, 3, 4, 5, 5, 6]
