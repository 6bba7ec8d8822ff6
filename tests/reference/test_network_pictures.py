"""Pictures of networks, of backpropagation and of training show what they are given."""

from itertools import pairwise

import numpy as np
import pytest
from figure_parts import built, circles, texts
from matplotlib.colors import to_hex

from reference.models import Dense, Dropout
from reference.networks import two_neurons
from reference.pictures import backpropagation_steps, network_drawing, neuron_chain, training_scheme
from reference.pictures._drawing import Drawing, columns
from reference.pictures._network import planned, side_by_side
from reference.pictures._style import COLOURS, SOFT

BLUE, RED, GREEN = COLOURS[:3]


def segments(axes):
    """All lines between units, as pairs of points."""
    return np.concatenate([each.get_segments() for each in axes.collections])


def colour_of(axes, words):
    (colour,) = {text.get_color() for text in axes.texts if text.get_text() == words}
    return colour


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
