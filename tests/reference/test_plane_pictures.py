"""Pictures of the plane show points, borders and what layers make of the points."""

import numpy as np
import pytest
from figure_parts import built
from matplotlib.colors import to_hex

from reference.activations import sigmoid
from reference.data import blobs, two_moons
from reference.models import Dense, Sequential, With
from reference.pictures import border, decision_boundary, points, representations
from reference.pictures._points import class_numbers
from reference.pictures._style import COLOURS, INK

MOONS = two_moons.run(examples=40, noise=0.1)


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
