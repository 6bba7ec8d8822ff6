"""Images in rows, with their labels and with what a network predicts.

A wrong prediction is orange.

Source: Vanschoren (001), "Neural networks in practice".
"""

import numpy as np
from matplotlib.figure import Figure

from reference.pictures._points import class_numbers
from reference.pictures._style import COLOURS, INK, bare, figure
from reference.spec import Index, Real

MOST = 10  # images in a row


def images(pixels: Real, labels: Real | None = None, predictions: Real | None = None) -> Figure:
    """Images of shape (n, height, width), or (n, height, width, 3) for colours from 0 to 1.

    Labels and predictions are names or class numbers, or one row of probabilities for each image.
    """
    columns = min(MOST, len(pixels))
    rows = -(-len(pixels) // columns)
    page, panels = figure(1.1 * columns, 1.5 * rows, nrows=rows, ncols=columns, squeeze=False)
    for axes in panels.flat:
        bare(axes)
    span = {"vmin": pixels.min(), "vmax": pixels.max()}
    for axes, image in zip(panels.flat, pixels, strict=False):
        axes.imshow(image, cmap="Greys", **span)
    for axes, (text, colour) in zip(panels.flat, _texts(labels, predictions), strict=False):
        axes.set_title(text, fontsize=9, color=colour, pad=3)
    return page


def _texts(labels: Real | None, predictions: Real | None) -> list[tuple[str, str]]:
    """The text over each image and its colour."""
    if labels is None or predictions is None:
        given = labels if predictions is None else predictions
        return [] if given is None else [(str(name), INK) for name in _names(given)]
    return [
        (f"predicted {found}\ntrue {name}", INK if found == name else COLOURS[1])
        for name, found in zip(_names(labels), _names(predictions), strict=True)
    ]


def _names(labels: Real) -> Index:
    labels = np.asarray(labels)
    return labels if labels.dtype.kind in "US" else class_numbers(labels)
