"""The pictures of networks and of the plane show what their captions say, and can be read."""

import re
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex

from checker.course import assignment
from checker.handout.gallery import PICTURES, networks, plane
from reference import experiments
from reference.data import digits, two_moons
from reference.pictures._style import COLOURS, INK

DRAWN = {draw.__name__: draw for module in (networks, plane) for draw in module.PICTURES}
BLUE, RED = COLOURS[:2]
every_picture = pytest.mark.parametrize("name", DRAWN)


@cache
def panels(name):
    return DRAWN[name]().axes


def texts(axes):
    return [text.get_text() for text in axes.texts if text.get_text()]


def border_of(axes):
    lines = [each for each in axes.collections if type(each).__name__ == "QuadContourSet"]
    return np.concatenate([path.vertices for each in lines for path in each.get_paths()])


def sides(line, dots):
    """1 for each point at the left of a straight line, and -1 for each at the right."""
    (a, b), (c, d) = line[0], line[-1]
    x, y = np.asarray(dots.get_offsets()).T
    return np.sign((c - a) * (y - b) - (d - b) * (x - a))


def test_all_pictures_of_these_rooms_are_in_the_gallery():
    assert set(DRAWN) >= {
        *("single_neuron", "network", "labelled_network", "deep_network", "two_outputs"),
        *("weight_updates", "dropped_units", "chain_of_neurons", "steps_of_backpropagation"),
        *("matrix_product", "tensor_shapes", "graph", "chain_rule", "training_process"),
        *("boundary", "points", "border_through_origin", "one_neuron", "hidden_plane"),
        *("relu_and_tanh", "images", "predictions", "filters"),
    }


@every_picture
def test_a_picture_has_a_caption_of_one_sentence(name):
    (caption,) = DRAWN[name].__doc__.splitlines()
    assert caption.endswith(".")
    assert caption[0].isupper()


@every_picture
def test_all_texts_can_be_read(name):
    """They lie within the page, and none lies over another."""
    page = panels(name)[0].figure
    renderer = FigureCanvasAgg(page).get_renderer()
    page.draw(renderer)
    found = [text for axes in page.axes for text in (*axes.texts, axes.title, axes._left_title)]
    found += [text for legend in page.legends for text in legend.get_texts()]
    found = [text for text in found if text.get_text() and text.get_visible()]
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in found]
    for text, box in boxes:
        assert page.bbox.contains(box.x0 + 1, box.y0 + 1), text  # a pixel less than the line
        assert page.bbox.contains(box.x1 - 1, box.y1 - 1), text
    for (one, a), (other, b) in combinations(boxes, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        up = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across < 2 or up < 4, (one, other)  # the white above and below small letters


def test_the_neuron_has_four_inputs_a_bias_a_sum_and_a_sigmoid():
    (axes,) = panels("single_neuron")
    inputs = {"1", "$x_{1}$", "$x_{2}$", "$x_{3}$", "$x_{4}$"}
    inside = {"$z$", "$\\sigma$", "$\\hat{y}$"}
    weights = {f"$w_{{{i}}}$" for i in range(5)}
    assert set(texts(axes)) == {*inputs, *inside, *weights, "input", "output", "4 weights, 1 bias"}


def test_the_labelled_network_is_drawn_twice_with_its_counts():
    left, right = panels("labelled_network")
    assert "9 weights, 4 biases" in texts(left)
    assert "9 weights, 4 biases" in texts(right)
    assert {"$h_{3}$", "$o$"} <= set(texts(left))
    assert {"$z_{3}$", "$f$", "$a_{3}$", "$z$", "$g$", "$\\hat{y}$"} <= set(texts(right))
    assert len(left.lines) == 0
    assert len(right.lines) == 4


@pytest.mark.parametrize(
    ("name", "sizes", "count"),
    [
        ("network", [2, 4, 4, 1], "28 weights, 9 biases"),
        ("deep_network", [3, 5, 5, 5, 5, 5, 3], "130 weights, 28 biases"),
        ("two_outputs", [2, 3, 3, 2], "21 weights, 8 biases"),
        ("weight_updates", [6, 5, 5, 3], "70 weights, 13 biases"),
    ],
)
def test_a_network_has_the_sizes_of_the_lecture(name, sizes, count):
    for axes in panels(name):
        found = texts(axes)
        assert count in found
        start = found.index("inputs")
        columns = np.reshape(found[start : start + 3 * len(sizes) - 1][2:], (-1, 3))
        assert [found[start + 1], *columns[:, 1]] == [str(size) for size in sizes]
        assert len(axes.patches) == sum(sizes) + (name == "two_outputs") * (len(sizes) - 1)


def test_two_outputs_are_split_into_z_and_f():
    (axes,) = panels("two_outputs")
    assert texts(axes).count("$f$") == 6
    assert texts(axes).count("$g$") == 2
    assert {"$\\hat{y}_{1}$", "$\\hat{y}_{2}$", "1"} <= set(texts(axes))


def test_training_changes_the_weights_that_are_drawn():
    before, soon, late = panels("weight_updates")
    assert [axes.get_title() for axes in (before, soon, late)] == list(networks.TRAININGS)

    def widths(axes):
        return np.concatenate([each.get_linewidths() for each in axes.collections[1::2]])

    first, second, third = map(widths, (before, soon, late))
    assert len(first) == 70
    assert abs(third - first).max() > abs(second - first).max() > 0.05
    np.testing.assert_allclose(max(*first, *second, *third), 2.3)


def test_units_are_dropped_in_training_only():
    testing, training = panels("dropped_units")
    assert (testing.get_title(), training.get_title()) == ("testing", "training")
    assert len(testing.lines) == 0
    assert len(training.lines) >= 4
    lines = [
        [len(each.get_segments()) for each in axes.collections] for axes in (testing, training)
    ]
    assert lines[0] == [24, 24, 36, 36, 12, 12]
    assert sum(lines[1][1::2]) < sum(lines[0][1::2])


def test_two_neurons_have_the_numbers_of_the_lecture():
    (axes,) = panels("chain_of_neurons")
    numbers = re.findall(r"-?\d\.\d+", " ".join(texts(axes)))
    assert {"0.05", "-0.095", "0.476", "0.443", "0.609", "0.01", "0.0679"} <= set(numbers)


def test_the_graph_has_the_derivatives_of_its_formula():
    backwards = panels("graph")[-1]
    slopes = {f"{1 / 2 + 5:.4g}", f"{2 - np.cos(5):.4g}"}
    assert slopes <= {text.get_text() for text in backwards.texts if text.get_color() == RED}
    assert {"$x_1$", "$x_2$"} <= set(texts(backwards))
    assert {"$x$", "$v = g(x)$", "$y = f(v)$"} <= set(texts(panels("chain_rule")[0]))


def test_a_neuron_without_bias_is_stuck_at_the_origin():
    (axes,) = panels("border_through_origin")
    line = border_of(axes)
    distance = np.hypot(*line.T).min()
    assert distance < 0.02  # of a window 4 wide: between two points of the line
    low, high = axes.get_xlim()[0], axes.get_ylim()[0]
    assert low < 0
    assert high < 0
    assert "(0, 0)" in texts(axes)


@pytest.mark.parametrize("name", ["one_neuron", "border_through_origin"])
def test_one_neuron_has_a_straight_border_with_points_on_the_wrong_sides(name):
    (axes,) = panels(name)
    line = border_of(axes)
    spread = np.linalg.svd(line - line.mean(axis=0), compute_uv=False)
    assert spread[1] < 1e-3 * spread[0]
    for each in axes.collections[-2:]:
        assert set(sides(line, each).tolist()) == {-1.0, 1.0}


def test_the_last_plane_has_a_straight_border_between_the_classes():
    first, *_, last = panels("hidden_plane")
    assert [axes.get_title(loc="left") for axes in (first, last)] == ["inputs", "after layer 3"]
    line = border_of(last)
    below, above = (set(sides(line, each).tolist()) for each in last.collections[-2:])
    assert len(below) == len(above) == 1
    assert below != above
    bent = border_of(first)
    spread = np.linalg.svd(bent - bent.mean(axis=0), compute_uv=False)
    assert spread[1] > 0.05 * spread[0]


def test_both_activations_are_drawn_with_accuracy_and_time():
    for axes, name in zip(panels("relu_and_tanh"), ("ReLU", "tanh"), strict=True):
        title = axes.get_title(loc="left")
        words = re.fullmatch(rf"{name}, accuracy ([01]\.\d\d), \d+\.\d\d s", title)
        assert words, title
        assert float(words[1]) > 0.8
        assert sum(len(each.get_offsets()) for each in axes.collections[-2:]) == 75
        assert len(border_of(axes)) > 20


def test_the_points_are_two_moons():
    x, labels = two_moons.run(examples=200, noise=0.15)
    (axes,) = panels("points")
    for c in (0, 1):
        assert np.array_equal(axes.collections[c].get_offsets(), x[labels == c])
        assert to_hex(axes.collections[c].get_facecolor()[0]) == COLOURS[c]


def test_five_digits_have_their_labels():
    pixels, labels = digits()
    found = panels("images")
    assert [axes.get_title() for axes in found] == [str(label) for label in labels[:5]]
    for axes, image in zip(found, pixels, strict=False):
        assert np.array_equal(axes.images[0].get_array(), image)


def test_three_predictions_are_wrong_and_these_are_orange():
    colours = []
    for axes in panels("predictions"):
        found, label = re.fullmatch(r"predicted (\d)\ntrue (\d)", axes.get_title()).groups()
        assert axes.title.get_color() == (INK if found == label else RED)
        colours.append(axes.title.get_color())
    assert [colours.count(colour) for colour in (INK, RED)] == [7, 3]


def test_filters_are_those_of_the_first_layer_of_a_trained_network():
    found = np.reshape(panels("filters"), (5, 9))
    pixels, _ = digits()
    for i in range(4):
        assert np.array_equal(found[i + 1, 0].images[0].get_array(), pixels[i] / 16)
    for i, j in np.ndindex(4, 8):
        filtered = found[0, j + 1].images[0].get_array() * pixels[i] / 16
        np.testing.assert_allclose(found[i + 1, j + 1].images[0].get_array(), filtered)
        shown = float(found[i + 1, j + 1].get_xlabel())
        # The bias is learned too, but it stays small beside the sums of 64 pixels.
        assert abs(shown - max(filtered.sum(), 0)) < 1


def test_no_picture_or_experiment_takes_the_name_of_a_task():
    """`check show NAME` draws a task over the right results."""
    asked = [task for name in assignment.names() for task in assignment.find(name).tasks]
    tasks = {name for task in asked for name in (task.function, task.operation)}
    assert not tasks & {*PICTURES, *experiments.names()}
