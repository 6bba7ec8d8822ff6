"""Pictures of tensors, of their products and of images show the numbers they are given."""

import numpy as np
import pytest
from figure_parts import texts
from matplotlib.colors import to_hex
from matplotlib.patches import Polygon, Rectangle

from reference.pictures import filters, images, matrix_product, tensor_boxes
from reference.pictures._style import COLOURS, INK

RED, GREEN = COLOURS[1:3]


# tensors

A, B = np.array([[1, 2, 3], [4, 5, -6]]), np.array([[7, 8], [9, 10], [11, 12]])


def test_each_entry_of_a_product_has_its_sum_of_products():
    panels = matrix_product(A, B).axes
    sums = [text for axes in panels for text in texts(axes) if text.startswith("$c_")]
    assert sums == [
        "$c_{11}$ = 1·7 + 2·9 + 3·11 = 58",
        "$c_{12}$ = 1·8 + 2·10 + 3·12 = 64",
        "$c_{21}$ = 4·7 + 5·9 + (-6)·11 = 7",
        "$c_{22}$ = 4·8 + 5·10 + (-6)·12 = 10",
    ]


def test_a_product_highlights_the_row_the_column_and_the_entry():
    panels = matrix_product(A, B).axes
    cells = [patch for patch in panels[2].patches if isinstance(patch, Rectangle)]
    bright = [to_hex(cell.get_facecolor()) != "#ffffff" for cell in cells]
    assert len(cells) == 6 + 6 + 4
    a, b, c = (
        np.reshape(bright[i:j], shape)
        for i, j, shape in ((0, 6, A.shape), (6, 12, B.shape), (12, 16, (2, 2)))
    )
    assert a.tolist() == [[False] * 3, [True] * 3]
    assert b.tolist() == [[True, False]] * 3
    assert c.tolist() == [[False, False], [True, False]]


def test_a_product_shows_the_entries_computed_so_far_and_the_shapes():
    for done, axes in enumerate(matrix_product(A, B).axes, start=1):
        right = [text for text in axes.texts if text.get_position()[0] > 6.9]
        numbers = [text.get_text() for text in right if len(text.get_text()) < 4]
        assert numbers == ["58", "64", "7", "10"][:done]
        shapes = {
            "A: 2 $\\times$ 3\n(a $\\times$ b)",
            "B: 3 $\\times$ 2\n(b $\\times$ c)",
            "C: 2 $\\times$ 2\n(a $\\times$ c)",
        }
        assert shapes <= set(texts(axes))


def test_the_panels_of_a_product_stand_as_its_entries():
    page = matrix_product(np.ones((3, 1)), np.ones((1, 2)))
    assert page.axes[0].get_gridspec().get_geometry() == (3, 2)


@pytest.mark.parametrize("shapes", [((2, 3), (2, 3)), ((3,), (3, 2)), ((2, 3), (3, 2, 1))])
def test_a_product_that_does_not_exist_is_refused(shapes):
    with pytest.raises(ValueError, match="as many columns as B has rows"):
        matrix_product(*map(np.ones, shapes))


def test_tensors_are_boxes_whose_edges_have_the_names_of_the_axes():
    panels = tensor_boxes().axes
    named = [texts(axes) for axes in panels]
    assert [set(names) for names in named] == [
        {"samples", "features"},
        {"samples", "timesteps", "features"},
        {"samples", "height", "width", "channels"},
        {"samples", "frames", "height", "width", "channels"},
    ]
    cells = [sum(isinstance(patch, Polygon) for patch in axes.patches) for axes in panels]
    box = 4 * 3 + 3 * 3 + 3 * 4  # the front, the top and the side
    assert cells == [12, box, 3 * box, 9 * box]
    assert panels[1].get_title() == "3-D: time series\n(samples, timesteps, features)"


@pytest.mark.parametrize("axes", [("a",), tuple("abcdef")])
def test_other_tensors_are_refused(axes):
    with pytest.raises(ValueError, match=f"has {len(axes)} axes; two to five"):
        tensor_boxes({"it": axes})


# images


def test_images_are_drawn_with_their_labels():
    pixels = np.arange(3 * 4).reshape(3, 2, 2)
    panels = images(pixels, np.array([2, 0, 1])).axes
    assert [axes.get_title() for axes in panels] == ["2", "0", "1"]
    for axes, image in zip(panels, pixels, strict=True):
        assert np.array_equal(axes.images[0].get_array(), image)
        assert axes.images[0].get_clim() == (0, 11)  # the same grey means the same number


def test_wrong_predictions_have_another_colour():
    pixels, labels = np.zeros((3, 2, 2)), np.array([2, 0, 1])
    found = np.array([[0.1, 0.2, 0.7], [0.1, 0.7, 0.2], [0.0, 1.0, 0.0]])
    titles = [axes.title for axes in images(pixels, labels, found).axes]
    assert [title.get_text() for title in titles] == [
        "predicted 2\ntrue 2",
        "predicted 1\ntrue 0",
        "predicted 1\ntrue 1",
    ]
    assert [title.get_color() for title in titles] == [INK, RED, INK]


def test_labels_may_be_words_and_predictions_may_stand_alone():
    pixels = np.zeros((2, 2, 2))
    words = np.array(["coat", "bag"])
    assert [axes.get_title() for axes in images(pixels, words).axes] == ["coat", "bag"]
    alone = images(pixels, predictions=np.eye(2)).axes
    assert [axes.get_title() for axes in alone] == ["0", "1"]
    assert [axes.get_title() for axes in images(pixels).axes] == ["", ""]


def test_ten_images_make_a_row():
    page = images(np.zeros((12, 2, 2)))
    assert page.axes[0].get_gridspec().get_geometry() == (2, 10)
    assert [len(axes.images) for axes in page.axes] == [1] * 12 + [0] * 8


def test_filters_show_weights_products_and_what_lights_up():
    rng = np.random.default_rng(0)
    pixels, weights = rng.random((2, 3, 3)), rng.standard_normal((4, 3, 3))
    activations = np.array([[0.0, 1.0, 2.0, 4.0], [1.0, 0.0, 0.0, 0.0]])
    panels = np.reshape(filters(pixels, weights, activations).axes, (3, 5))
    for j in range(4):
        assert np.array_equal(panels[0, j + 1].images[0].get_array(), weights[j])
        assert panels[0, j + 1].get_title() == f"unit {j + 1}"
    for i, j in np.ndindex(2, 4):
        axes = panels[i + 1, j + 1]
        assert np.array_equal(axes.images[0].get_array(), pixels[i] * weights[j])
        assert axes.get_xlabel() == f"{activations[i, j]:.1f}"
        lit = to_hex(axes.spines["top"].get_edgecolor()) == GREEN
        assert lit == (activations[i, j] > 0)
    widths = [axes.spines["top"].get_linewidth() for axes in panels[1, 2:]]
    assert widths == [1.25, 2.0, 3.5]
