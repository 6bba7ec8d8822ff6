"""Pictures of networks, tensors, images, graphs and the plane show what they are given."""

from itertools import pairwise

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Circle, Polygon, Rectangle

from reference.activations import sigmoid
from reference.autodiff import Variable, exp, log, sin
from reference.data import blobs, two_moons
from reference.models import Dense, Dropout, Sequential, With
from reference.networks import two_neurons
from reference.pictures import (
    backpropagation_steps,
    border,
    decision_boundary,
    filters,
    graph_drawing,
    graph_steps,
    images,
    matrix_product,
    network_drawing,
    neuron_chain,
    points,
    representations,
    tensor_boxes,
    training_scheme,
)
from reference.pictures._drawing import Drawing, columns
from reference.pictures._graph_layout import layout
from reference.pictures._network import planned, side_by_side
from reference.pictures._points import class_numbers
from reference.pictures._style import COLOURS, INK, SOFT

BLUE, RED, GREEN = COLOURS[:3]
MOONS = two_moons.run(examples=40, noise=0.1)


def texts(axes):
    return [text.get_text() for text in axes.texts if text.get_text()]


def circles(axes):
    return [patch for patch in axes.patches if isinstance(patch, Circle)]


def segments(axes):
    """All lines between units, as pairs of points."""
    return np.concatenate([each.get_segments() for each in axes.collections])


def colour_of(axes, words):
    (colour,) = {text.get_color() for text in axes.texts if text.get_text() == words}
    return colour


def built(*layers, inputs=2, seed=0):
    model = Sequential(layers, seed=seed)
    model.build((inputs,))
    return model


# networks


def test_units_and_weights_of_plain_sizes_have_names():
    (axes,) = network_drawing([2, 3, 1], bias=True, labels=True).axes
    weights = [f"$w_{{{i},{j}}}$" for i in range(3) for j in range(1, 4)]
    last = [f"$w_{{{i}}}$" for i in range(4)]
    units = ["$x_{1}$", "$x_{2}$", "$h_{1}$", "$h_{2}$", "$h_{3}$", "$o$"]
    around = ["input", "output", "9 weights, 4 biases"]
    assert sorted(texts(axes)) == sorted([*weights, *last, *units, *around, "1", "1"])


def test_no_line_goes_into_a_bias_node():
    (axes,) = network_drawing([2, 3, 1], bias=True).axes
    assert len(circles(axes)) == 8
    lines = segments(axes)
    assert len(lines) == 3 * 3 + 4
    ends = {tuple(line[1]) for line in lines.tolist()}
    bias = [text.get_position() for text in axes.texts if text.get_text() == "1"]
    assert len(bias) == 2
    assert len(ends) == 3 + 1
    assert not ends & set(bias)


@pytest.mark.parametrize("sizes", [[2, 3, 1], [4, 2, 5], [1, 1, 1]])
def test_the_names_of_weights_are_equally_far_apart(sizes):
    (axes,) = network_drawing(sizes, bias=True, labels=True).axes
    named = [text.get_position() for text in axes.texts if text.get_text().startswith("$w_")]
    for x in {x for x, _ in named}:
        heights = np.sort([height for at, height in named if at == x])
        gaps = np.diff(heights)
        np.testing.assert_allclose(gaps, gaps[0], rtol=1e-9)
        assert gaps[0] > 0.15  # inches: more than the height of letters of 8.5 points


def test_a_unit_is_split_into_its_sum_and_its_function():
    (axes,) = network_drawing([2, 3, 1], bias=True, activation=True).axes
    inside = [text for text in texts(axes) if text[1:2] in "zfgxo"]
    assert inside[-8:] == ["$z_{1}$", "$f$", "$z_{2}$", "$f$", "$z_{3}$", "$f$", "$z$", "$g$"]
    upright = [line for line in axes.lines if line.get_xdata()[0] == line.get_xdata()[1]]
    assert len(upright) == 4


@pytest.mark.parametrize("sigmoid", [True, False])
def test_the_last_function_is_g_or_sigma(sigmoid):
    (plain,) = network_drawing([2, 1], activation=True, sigmoid=sigmoid).axes
    (model,) = network_drawing(
        built(Dense(1, "sigmoid" if sigmoid else "tanh")), activation=True
    ).axes
    for axes in (plain, model):
        assert ("$\\sigma$" in texts(axes)) == sigmoid
        assert ("$g$" in texts(axes)) != sigmoid


def test_activations_are_blue_and_the_prediction_is_orange():
    (axes,) = network_drawing([2, 3, 1], outputs=True).axes
    for i in range(1, 4):
        assert colour_of(axes, f"$a_{{{i}}}$") == BLUE
    assert colour_of(axes, "$\\hat{y}$") == RED
    (axes,) = network_drawing([2, 2], outputs=True).axes
    assert colour_of(axes, "$\\hat{y}_{2}$") == RED


@pytest.mark.parametrize(
    ("sizes", "count"),
    [
        ([4, 1], "4 weights, 1 bias"),
        ([1, 1], "1 weight, 1 bias"),
        ([2, 4, 4, 1], "28 weights, 9 biases"),
        ([784, 512, 512, 10], "668672 weights, 1034 biases"),
    ],
)
def test_weights_and_biases_are_counted_apart(sizes, count):
    for bias in (True, False):
        assert count in texts(network_drawing(sizes, bias=bias).axes[0])
    first, *units = sizes
    model = built(*(Dense(size) for size in units), inputs=first)
    assert count in texts(network_drawing(model).axes[0])


def test_a_weight_is_blue_if_positive_and_a_thicker_line_if_larger():
    model = built(Dense(1), inputs=3)
    model.set_weights({"dense/weight": np.array([[2.0], [-4.0], [0.0]]), "dense/bias": np.ones(1)})
    (axes,) = network_drawing(model, bias=True).axes
    strong = axes.collections[1]
    assert [to_hex(colour) for colour in strong.get_colors()] == [BLUE, BLUE, RED, RED]
    widths = strong.get_linewidths()  # of the bias, then of the weights
    np.testing.assert_allclose(widths, [0.65, 1.2, 2.3, 0.1], rtol=1e-12)


def test_a_thick_line_means_the_same_in_neighbouring_panels():
    small, large = built(Dense(1), inputs=1), built(Dense(1), inputs=1)
    for model, weight in ((small, 1.0), (large, 10.0)):
        weights = {"dense/weight": np.array([[weight]]), "dense/bias": np.zeros(1)}
        model.set_weights(weights)
    page = side_by_side({"small": planned(small), "large": planned(large)})
    assert [axes.get_title() for axes in page.axes] == ["small", "large"]
    widths = [float(axes.collections[1].get_linewidths()[0]) for axes in page.axes]
    np.testing.assert_allclose(widths, [0.32, 2.3], rtol=1e-12)


def test_dropped_units_are_crossed_out_and_have_no_weights():
    layers = [Dense(6), Dropout(0.5), Dense(2)]
    (axes,) = network_drawing(built(*layers, inputs=3), seed=1).axes
    dropped = np.flatnonzero(np.random.default_rng(1).random(6) < 0.5)
    assert 0 < len(dropped) < 6
    heights = [list(columns(Drawing((3, 6, 2)))[1].values())[unit] for unit in dropped]
    assert len(axes.lines) == 2 * len(dropped)
    middles = {round(float(np.mean(line.get_ydata())), 9) for line in axes.lines}
    assert middles == {round(height, 9) for height in heights}
    faint, strong, faint_2, strong_2 = (each.get_segments() for each in axes.collections)
    left = 6 - len(dropped)
    assert [len(each) for each in (faint, strong, faint_2, strong_2)] == [
        18,
        3 * left,
        12,
        2 * left,
    ]
    assert not {float(line[1][1]) for line in strong} & set(heights)
    assert not {float(line[0][1]) for line in strong_2} & set(heights)


@pytest.mark.parametrize(("rate", "crossed"), [(0.0, 0), (0.999999, 4)])
def test_as_many_units_are_crossed_out_as_the_rate_says(rate, crossed):
    (axes,) = network_drawing(built(Dense(4), Dropout(rate), Dense(1))).axes
    assert len(axes.lines) == 2 * crossed


# backpropagation


def test_two_neurons_show_the_numbers_of_lecture_004():
    (axes,) = neuron_chain(0.05, [(0.1, -0.1), (0.3, 0.3)], target=0.01).axes
    assert {"-0.095  |  0.476", "0.443  |  0.609", "0.05", "$y$ = 0.01"} <= set(texts(axes))
    names = {"$w_1$ = 0.1", "$b_1$ = -0.1", "$w_2$ = 0.3", "$b_2$ = 0.3", "$z_2$", "$a_2$"}
    assert names <= set(texts(axes))
    assert "$\\partial L / \\partial w_2$ = 0.0679" in texts(axes)


def test_the_gradients_of_a_chain_are_those_of_two_neurons():
    arguments = (0.7, 1.5, -0.2, -0.8, 0.4)
    a2 = two_neurons.forward(*arguments)[-1]
    slopes = two_neurons.backward((0.0, 0.0, 0.0, a2 - 1.0), *arguments)
    (axes,) = neuron_chain(0.7, [(1.5, -0.2), (-0.8, 0.4)], target=1.0).axes
    names = ("w_1", "b_1", "w_2", "b_2")
    for name, slope in zip(names, slopes, strict=True):
        assert f"$\\partial L / \\partial {name}$ = {slope:.3g}" in texts(axes)


def test_without_a_target_a_chain_has_no_gradients():
    (axes,) = neuron_chain(1.0, [(1.0, 0.0)] * 3).axes
    assert len(circles(axes)) == 4
    assert not [text for text in texts(axes) if "partial" in text]


def test_each_step_of_backpropagation_colours_what_it_computes():
    panels = backpropagation_steps(hidden=3).axes
    assert [axes.get_title(loc="left")[0] for axes in panels] == list("123456")
    seen = [
        (
            [to_hex(circle.get_edgecolor()) for circle in circles(axes)],
            [to_hex(each.get_colors()[0]) for each in axes.collections],
        )
        for axes in panels
    ]

    def step(first, hidden, last, *lines):
        return [first] * 2 + [hidden] * 3 + [last], list(lines)

    assert seen == [
        step(BLUE, SOFT, SOFT, SOFT, SOFT),
        step(BLUE, BLUE, BLUE, BLUE, BLUE),
        step(SOFT, SOFT, RED, SOFT, SOFT),
        step(SOFT, RED, RED, SOFT, RED),
        step(SOFT, RED, RED, RED, RED),
        step(SOFT, SOFT, SOFT, GREEN, GREEN),
    ]


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


# graphs


def example():
    x1, x2 = Variable(2.0), Variable(5.0)
    return log(x1) + x1 * x2 - sin(x2), {"x1": x1, "x2": x2}


def test_a_graph_shows_values_forwards_and_derivatives_backwards():
    output, names = example()
    (axes,) = graph_drawing(output, names).axes
    boxes = [
        text.get_text()
        for text in axes.texts
        if text.get_fontsize() == 10 and text.get_bbox_patch()
    ]
    assert sorted(boxes) == sorted(["x1", "x2", "log", "sin", "$\\times$", "+", "$-$"])
    coloured = {
        colour: sorted(t.get_text() for t in axes.texts if t.get_text() and t.get_color() == colour)
        for colour in (BLUE, SOFT, RED)
    }
    assert coloured[BLUE] == sorted(["2", "5", "0.6931", "-0.9589", "10", "10.69", "11.65"])
    assert coloured[RED] == sorted(["5.5", "1.716", "1", "-1", "1", "1", "1"])
    assert coloured[SOFT] == sorted(["0.5", "5", "2", "0.2837", "1", "1", "1", "-1"])


def test_a_value_stands_under_its_node():
    output, names = example()
    (axes,) = graph_drawing(output, names).axes
    places = {text.get_text(): text.get_position() for text in axes.texts}
    for box, value, slope in (("x1", "2", "5.5"), ("x2", "5", "1.716"), ("$-$", "11.65", "1")):
        x, _ = places[box]
        under = [t.get_text() for t in axes.texts if t.get_position()[0] == x]
        assert value in under
        assert slope in under
    assert places["11.65"][1] < places["$-$"][1]


def test_three_panels_show_the_graph_then_values_then_derivatives():
    page = graph_steps(*example())
    assert [axes.get_title(loc="left") for axes in page.axes] == ["graph", "forwards", "backwards"]
    shown = [{text.get_color() for text in axes.texts if text.get_text()} for axes in page.axes]
    assert shown == [{INK}, {INK, BLUE}, {INK, BLUE, SOFT, RED}]


def test_the_chain_rule_is_a_product_along_the_graph():
    x = Variable(0.5)
    v = exp(x)
    y = sin(v)
    (axes,) = graph_drawing(y, {"x": x, "v": v, "y": y}).axes
    slopes = [np.cos(np.exp(0.5)), np.exp(0.5)]
    assert {f"{slope:.4g}" for slope in slopes} <= set(texts(axes))
    assert f"{slopes[0] * slopes[1]:.4g}" in texts(axes)


def test_a_node_used_twice_by_one_node_has_one_edge_with_the_sum():
    x = Variable(3.0, "x")
    (axes,) = graph_drawing(x * x).axes
    assert [
        text.get_text() for text in axes.texts if text.get_color() == SOFT and text.get_text()
    ] == ["6"]


def test_a_variable_alone_is_a_graph():
    (axes,) = graph_drawing(Variable(2.5, "x")).axes
    assert texts(axes) == ["x", "2.5", "1"]


def test_large_arrays_are_shown_by_their_shapes():
    weight, x = Variable(np.ones((3, 2)), "W"), Variable(np.array([1.0, 2.0, 3.0]), "x")
    (axes,) = graph_drawing((x @ weight).sum()).axes
    assert "shape (3, 2)" in texts(axes)
    assert "[1. 2. 3.]" in texts(axes)
    assert "12" in texts(axes)


def long_edges():
    x = Variable(1.0)
    y = x
    for _ in range(5):
        y = sin(y) * x
    return y


@pytest.mark.parametrize("output", [example()[0], long_edges(), Variable(1.0)])
def test_edges_go_to_the_right_and_cross_no_node(output):
    places = layout(output)
    taken = list(places.nodes.values())
    assert len(set(taken)) == len(taken)
    assert max(taken)[0] == places.nodes[id(output)][0]
    for (start, end), stops in places.edges.items():
        assert (stops[0], stops[-1]) == (places.nodes[start], places.nodes[end])
        assert [x for x, _ in np.diff(stops, axis=0)] == [1] * (len(stops) - 1)
        assert not set(stops[1:-1]) & set(taken)


# the plane


def test_points_have_the_colours_of_their_classes():
    x, labels = blobs.run(examples=20, classes=3)
    (axes,) = points(x, labels).axes
    assert len(axes.collections) == 3
    for c, dots in enumerate(axes.collections):
        assert np.array_equal(dots.get_offsets(), x[labels == c])
        assert to_hex(dots.get_facecolor()[0]) == COLOURS[c]
    (alone,) = points(x).axes
    assert np.array_equal(alone.collections[0].get_offsets(), x)
    assert to_hex(alone.collections[0].get_facecolor()[0]) == INK


@pytest.mark.parametrize(
    "labels",
    [
        np.array([[1], [0], [1]]),
        np.array([1.0, 0.0, 1.0]),
        np.array([[0.0, 1.0], [1.0, 0.0], [0.2, 0.8]]),
        np.array([1, -1, 1]),
        np.array([[0.9], [0.2], [0.7]]),
        [True, False, True],
    ],
)
def test_labels_of_any_form_are_class_numbers(labels):
    found = class_numbers(labels)
    assert found.tolist() == [1, 0, 1]
    assert found.dtype.kind == "i"


def on_the_border(axes):
    """All points of the lines."""
    lines = [each for each in axes.collections if type(each).__name__ == "QuadContourSet"]
    return [path.vertices for each in lines for path in each.get_paths()]


def test_a_border_is_where_a_number_reaches_the_level():
    x, labels = MOONS
    for level, offset in ((0.0, 0.0), (0.5, 0.5)):
        (axes,) = border(lambda p: p[:, 0] - 2 * p[:, 1], x, labels, level=level).axes
        (line,) = on_the_border(axes)
        np.testing.assert_allclose(line[:, 0] - 2 * line[:, 1], offset, atol=1e-6)


def test_a_border_may_be_that_of_classes_or_of_a_model_or_none():
    x, labels = blobs.run(examples=30, classes=3)
    centres = np.array([x[labels == c].mean(axis=0) for c in range(3)])

    def nearest(p):
        return np.abs(p[:, None] - centres).sum(axis=2).argmin(axis=1)

    (axes,) = border(nearest, x, labels).axes
    step = np.ptp(axes.get_xlim()) / 100
    for line in on_the_border(axes):
        around = line[:, None] + step * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]])
        kinds = nearest(around.reshape(-1, 2)).reshape(-1, 4)
        assert (kinds != kinds[:, :1]).any(axis=1).all()
    assert len(on_the_border(axes)) >= 3
    (model,) = border(built(Dense(3, "softmax")), x, labels).axes
    assert on_the_border(model)
    (nothing,) = border(None, x, labels).axes
    assert on_the_border(nothing) == []
    assert len(nothing.collections) == 3


def test_a_function_is_drawn_like_the_model_that_it_is():
    x, labels = MOONS
    model = built(Dense(3, "tanh"), Dense(1, "sigmoid"))
    weights = model.get_weights()

    def function(p):
        hidden = np.tanh(p @ weights["dense/weight"] + weights["dense/bias"])
        return sigmoid.forward(hidden @ weights["dense_1/weight"] + weights["dense_1/bias"])[:, 0]

    one, other = (decision_boundary(f, x, labels).axes[0].images[0] for f in (model, function))
    np.testing.assert_allclose(one.get_array(), other.get_array(), rtol=1e-12)


@pytest.mark.parametrize(
    "form", [lambda y: y[:, None], lambda y: y.astype(float), lambda y: np.eye(2)[y]]
)
def test_a_decision_boundary_takes_labels_of_any_form(form):
    x, labels = MOONS
    (axes,) = decision_boundary(lambda p: p[:, 0] > 0.5, x, form(labels)).axes
    dots = [each.get_offsets() for each in axes.collections[-2:]]
    for c in (0, 1):
        assert np.array_equal(dots[c], x[labels == c])


def test_classes_without_a_probability_are_drawn_as_certain():
    x, labels = MOONS
    picture = decision_boundary(lambda p: (p[:, 0] > 0.5) * 2 - 1, x, labels).axes[0].images[0]
    colours = np.unique(np.reshape(picture.get_array(), (-1, 3)), axis=0)
    assert len(colours) == 2


def test_each_panel_shows_what_the_layers_make_of_the_points():
    x, labels = MOONS
    layers = [Dense(2, "tanh"), Dense(2, "tanh"), Dense(1, "sigmoid")]
    model = built(*layers)
    model.compile(loss="binary_cross_entropy", optimiser=With("adam", learning_rate=0.05))
    model.fit(x, labels[:, None].astype(float), epochs=40, seed=0)
    panels = representations(model, x, labels).axes
    assert [axes.get_title(loc="left") for axes in panels] == [
        "inputs",
        "after layer 1",
        "after layer 2",
    ]
    for k, axes in enumerate(panels):
        seen = Sequential(model.layers[:k]).predict(x)
        dots = axes.collections[-2:]
        for c in (0, 1):
            np.testing.assert_allclose(dots[c].get_offsets(), seen[labels == c])
        assert len(axes.collections[0].get_segments()) == 42
    last = Sequential(model.layers[2:])
    (line,) = on_the_border(panels[-1])
    weight, bias = (last.layers[0].weights[name] for name in ("weight", "bias"))
    # The sigmoid of a sum of 0 is 1/2; the contour interpolates it between places of the grid.
    np.testing.assert_allclose(line @ weight + bias, 0, atol=1e-3)


def test_a_layer_that_is_no_plane_is_refused():
    model = built(Dense(3), Dense(1))
    with pytest.raises(ValueError, match="after layer 1 there are 3 numbers; a plane has two"):
        representations(model, *MOONS)


# training


def test_training_goes_round_until_it_stops():
    (axes,) = training_scheme().axes
    places = {text.get_text().split("\n")[0]: text.get_position() for text in axes.texts}
    arrows = {(text.xyann, text.xy) for text in axes.texts if getattr(text, "arrow_patch", None)}
    order = [
        "training data",
        "batch of examples",
        "forward pass",
        "loss",
        "backward pass",
        "update",
        "stop?",
        "trained network",
    ]
    along = {(places[a], places[b]) for a, b in pairwise(order)}
    again = (places["stop?"], places["batch of examples"])
    start = (places["random initial weights"], places["forward pass"])
    assert arrows == {*along, again, start}
    assert "no: next batch" in places
