"""Mutants of grid sampling."""

import numpy as np

from checker.library.marks import convention
from reference.resampling.grid_sample import _corners, backward, forward
from reference.spec import settings_of

NOT_APPLICABLE = ("another_axis",)  # examples and channels are treated alike


def _reaches(x, align_corners):
    """For each coordinate, half the image in pixels: from the middle to where it is 1."""
    return (np.array(x.shape[:1:-1]) - align_corners) / 2


def _places(x, grid, align_corners):
    return grid * _reaches(x, align_corners) + (np.array(x.shape[:1:-1]) - 1) / 2


def _grid(x, places, align_corners):
    """The coordinates of places in units of pixels."""
    reaches = _reaches(x, align_corners)
    return (places - (np.array(x.shape[:1:-1]) - 1) / 2) / np.where(reaches > 0, reaches, 1)


@settings_of(forward)
def coordinates_exchanged(x, grid, **settings):
    """The first coordinate is taken along the first axis of the image; it is along the last.

    In the point (1, 0) of a picture, which of the two numbers is the row?
    """
    return forward(x, grid[..., ::-1], **settings)


@convention
@settings_of(forward)
def other_corners(x, grid, *, align_corners, **settings):
    """align_corners is the other way round.

    Is a pixel a point or a square? Where is the left edge of the image?
    """
    return forward(x, grid, align_corners=not align_corners, **settings)


@settings_of(forward)
def coordinates_are_pixels(x, grid, *, align_corners, **settings):
    """The coordinates are used as numbers of pixels; they go from -1 to 1.

    Which pixel is at coordinate 0 in an image that is 100 pixels wide?
    """
    return forward(x, _grid(x, grid, align_corners), align_corners=align_corners, **settings)


@settings_of(forward)
def coordinates_from_zero(x, grid, **settings):
    """The coordinates are taken to go from 0 to 1; they go from -1 to 1.

    Where is the middle of the image?
    """
    return forward(x, 2 * grid - 1, **settings)


@settings_of(forward)
def half_pixel_not_taken_back(x, grid, *, align_corners, **settings):
    """Half a pixel is not subtracted, so the result is shifted.

    Coordinate -1 is the outer edge of pixel 0. Where is its centre, in units of pixels?
    """
    places = _places(x, grid, align_corners) + (not align_corners) / 2
    return forward(x, _grid(x, places, align_corners), align_corners=align_corners, **settings)


@settings_of(forward)
def weights_exchanged(x, grid, *, align_corners, **settings):
    """The nearer of two pixels gets the smaller weight.

    If the place is 2.1, should pixel 2 or pixel 3 count more?
    """
    places = _places(x, grid, align_corners)
    places = 2 * np.floor(places) + 1 - places
    return forward(x, _grid(x, places, align_corners), align_corners=align_corners, **settings)


@settings_of(forward)
def rounded_down(x, grid, *, mode, align_corners, **settings):
    """With "nearest", the place is rounded down; the nearest pixel may be the next one.

    Which pixel is nearest to place 2.9?
    """
    if mode == "nearest":
        grid = _grid(x, np.floor(_places(x, grid, align_corners)), align_corners)
    return forward(x, grid, mode=mode, align_corners=align_corners, **settings)


@settings_of(forward)
def zero_beyond_the_last_pixels(x, grid, *, padding_mode, align_corners, **settings):
    """With "zeros", a place beyond the centres of the outermost pixels gives 0 at once.

    Half a pixel beyond the edge, what are the two pixels that are mixed?
    """
    y = forward(x, grid, padding_mode=padding_mode, align_corners=align_corners, **settings)
    places = _places(x, grid, align_corners)
    beyond = np.any((places < 0) | (places > np.array(x.shape[:1:-1]) - 1), axis=-1)
    return np.where(beyond[:, None] & (padding_mode == "zeros"), 0, y)


@settings_of(forward)
def wraps_around(x, grid, *, align_corners, **settings):
    """Beyond one edge, the image goes on with the opposite edge.

    What does index -1 of an array give in Python?
    """
    lengths = np.array(x.shape[:1:-1])
    wide = np.pad(x, ((0, 0), (0, 0), *((n, n) for n in x.shape[2:])), mode="wrap")
    places = _places(x, grid, align_corners) + lengths
    return forward(
        wide, _grid(wide, places, align_corners), align_corners=align_corners, **settings
    )


@settings_of(forward)
def mirror_at_the_other_place(x, grid, *, padding_mode, align_corners, **settings):
    """The mirror is at the centre of the outermost pixel, and with align_corners at its edge.

    Where is coordinate 1, and which pixel comes after the last one?
    """
    if padding_mode == "reflection":
        other = grid * _reaches(x, align_corners) / np.maximum(_reaches(x, not align_corners), 0.5)
        back = np.rint(other / 2) % 2 == 1
        other = np.where(back, 2 * np.rint(other / 2) - other, other - 2 * np.rint(other / 2))
        places = _places(x, other, not align_corners)
        places = np.clip(places, 0, np.array(x.shape[:1:-1]) - 1)
        grid = _grid(x, places, align_corners)
    settings |= {"padding_mode": padding_mode, "align_corners": align_corners}
    return forward(x, grid, **settings)


@settings_of(forward)
def place_moved_to_the_edge(x, grid, *, mode, padding_mode, align_corners):
    """With "bicubic" and "border", the place is moved to the edge, and not each of four pixels.

    A little beyond the edge, does the curve go on, or stop at once?
    """
    if (mode, padding_mode) == ("bicubic", "border"):
        places = np.clip(_places(x, grid, align_corners), 0, np.array(x.shape[:1:-1]) - 1)
        grid = _grid(x, places, align_corners)
    return forward(x, grid, mode=mode, padding_mode=padding_mode, align_corners=align_corners)


@settings_of(forward)
def slope_in_pixels(grad, x, grid, *, align_corners, **settings):
    """The gradient of the grid is the slope from pixel to pixel; the coordinates are no pixels.

    If a coordinate grows by 1, how many pixels does the place move?
    """
    dx, dgrid = backward(grad, x, grid, align_corners=align_corners, **settings)
    reaches = _reaches(x, align_corners)
    return dx, dgrid / np.where(reaches > 0, reaches, 1)


@settings_of(forward)
def gradient_of_the_grid_exchanged(grad, x, grid, **settings):
    """The gradient of the grid has its coordinates in the wrong order.

    Which coordinate moves the place along the last axis of the image?
    """
    dx, dgrid = backward(grad, x, grid, **settings)
    return dx, dgrid[..., ::-1]


@settings_of(forward)
def grid_is_data(grad, x, grid, **settings):
    """The grid has no gradient; a spatial transformer learns it.

    What happens to a bilinear result if a place moves a little?
    """
    dx, dgrid = backward(grad, x, grid, **settings)
    return dx, 0 * dgrid


@settings_of(forward)
def to_the_nearest_pixel(grad, x, grid, *, mode, **settings):
    """Each gradient goes to the nearest pixel as a whole.

    Which pixels does a sample depend on?
    """
    _, dgrid = backward(grad, x, grid, mode=mode, **settings)
    return backward(grad, x, grid, mode="nearest", **settings)[0], dgrid


@settings_of(forward)
def last_instead_of_sum(grad, x, grid, **settings):
    """Where several samples used one pixel, only one of them counts.

    What does a[i] += g do in numpy if i holds the same number twice?
    """
    dimage = np.zeros_like(np.moveaxis(x, 1, -1))
    for at, inside, corner in _corners(x, grid, *settings.values()):
        weight = np.prod([each.weight for each in corner], axis=0)[..., None]
        dimage[at] += np.where(inside, np.moveaxis(grad, 1, -1) * weight, 0)
    return np.moveaxis(dimage, -1, 1), backward(grad, x, grid, **settings)[1]


@settings_of(forward)
def mirror_without_a_sign(grad, x, grid, *, padding_mode, **settings):
    """In a mirror image, the gradient of the grid has the wrong sign.

    If you walk towards a mirror, where does your picture in it walk?
    """
    dx, dgrid = backward(grad, x, grid, padding_mode=padding_mode, **settings)
    turned = (np.rint(grid / 2) % 2 == 1) & (padding_mode == "reflection")
    return dx, np.where(turned, -dgrid, dgrid)


@settings_of(forward)
def still_rises_at_the_edge(grad, x, grid, *, padding_mode, align_corners, **settings):
    """A place that was moved to the edge still has a slope; there the image does not change.

    With "border", what happens beyond the edge if the place moves a little further?
    """
    settings |= {"padding_mode": padding_mode, "align_corners": align_corners}
    dx, dgrid = backward(grad, x, grid, **settings)
    last = np.array(x.shape[:1:-1]) - 1
    near = np.clip(_places(x, grid, align_corners), 1e-3, np.maximum(last - 1e-3, 1e-3))
    _, kept = backward(grad, x, _grid(x, near, align_corners), **settings)
    return dx, kept if padding_mode == "border" else dgrid


@settings_of(forward)
def one_channel_moves_the_grid(grad, x, grid, **settings):
    """The gradient of the grid comes from the first channel only; it is a sum over all channels.

    Which channels change if a place moves?
    """
    dx, _ = backward(grad, x, grid, **settings)
    return dx, backward(grad[:, :1], x[:, :1], grid, **settings)[1]
