"""Kernels of a convolution, and the maps that they make of images.

Blue is positive and orange negative, in kernels and maps. A map is as dark as it is far from 0.

Source: Zeiler and Fergus 2014.
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from reference.pictures._filters import SIGNS, frame
from reference.pictures._style import INK, figure
from reference.spec import Real


def feature_maps(images: Real, kernels: Real, maps: Real, names: Sequence[str] = ()) -> Figure:
    """A table of images (n, height, width) by kernels (k, height, width), with n x k maps."""
    rows, columns = len(images), len(kernels)
    page, panels = figure(
        1.0 * columns + 1.2, 1.0 * rows + 1.1, nrows=rows + 1, ncols=columns + 1, squeeze=False
    )
    panels[0, 0].set_axis_off()
    for j, kernel in enumerate(kernels):
        most = np.abs(kernel).max()
        panels[0, j + 1].imshow(kernel, cmap=SIGNS, vmin=-most, vmax=most)
        title = names[j] if names else f"kernel {j + 1}"
        panels[0, j + 1].set_title(title, fontsize=8.5, color=INK)
    for i, image in enumerate(images):
        panels[i + 1, 0].imshow(image, cmap="Greys")
        for j in range(columns):
            most = np.abs(maps[:, j]).max() or 1
            panels[i + 1, j + 1].imshow(maps[i, j], cmap=SIGNS, vmin=-most, vmax=most)
    for axes in panels.flat:
        frame(axes)
    return page
