"""Pictures draw the numbers of the reference, touch no global state, and need matplotlib alone."""

import subprocess
import sys

import matplotlib.image as matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from reference.activations import sigmoid
from reference.data import blobs, two_moons
from reference.descent import toy_surface
from reference.models import Dense, History, Sequential, With, gradient_sizes
from reference.pictures import (
    activation_curves,
    decision_boundary,
    gradient_falls,
    loss_curves,
    network_drawing,
    optimiser_paths,
)
from reference.pictures._activations import NAMES
from reference.pictures._style import COLOURS, spaced

GIVEN = History([0, 1, 2], {"loss": [3.0, 2.0, 1.0], "val_loss": [3.0, 1.5, 2.0]})


def classifier(classes=2):
    model = Sequential([Dense(8, "tanh"), Dense(1 if classes == 2 else classes, "sigmoid")])
    model.build((2,))
    return model


def two_blobs():
    x, labels = blobs.run(examples=60, classes=2)
    model = Sequential([Dense(1, "sigmoid")])
    model.compile(loss="mse", optimiser=With("sgd", learning_rate=1.0))
    model.fit(x, labels.astype(float), epochs=20)
    return model, x, labels


PICTURES = {
    "activations": activation_curves,
    "losses": lambda: loss_curves(GIVEN, log=True),
    "boundary": lambda: decision_boundary(classifier(), *two_moons.run(examples=30)),
    "three classes": lambda: decision_boundary(classifier(3), *blobs.run(examples=30)),
    "network": lambda: network_drawing(classifier()),
    "paths": lambda: optimiser_paths({"sgd": With("sgd", learning_rate=0.01)}, steps=5),
    "gradients": lambda: gradient_falls(
        {"a": classifier(), "b": classifier()}, np.ones((4, 2)), np.ones((4, 1))
    ),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_a_figure_that_can_be_written_down(name, tmp_path):
    path = tmp_path / "picture.png"
    PICTURES[name]().savefig(path)
    pixels = matplotlib.imread(path)[..., :3]
    blank = (pixels == 1).all(axis=2).mean()
    assert 1 - blank > 0.01
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 10


def test_only_the_pictures_need_matplotlib_and_they_leave_pyplot_alone():
    code = """
import sys
import reference.autodiff, reference.data, reference.models
assert not {name for name in sys.modules if name.split(".")[0] in ("matplotlib", "torch")}
from reference.pictures import activation_curves
activation_curves()
assert "matplotlib.pyplot" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_activations_are_drawn_with_the_derivative_of_their_backward():
    panel = activation_curves(["sigmoid"]).axes[0]
    slope, value = (line for line in panel.lines if len(line.get_xdata()) > 2)
    x = value.get_xdata()
    assert np.array_equal(value.get_ydata(), sigmoid.forward(x))
    assert np.array_equal(slope.get_ydata(), sigmoid.backward(np.ones_like(x), x)[0])


def test_a_jump_is_left_open():
    panel = activation_curves(["relu"]).axes[0]
    slope, value = (line.get_ydata() for line in panel.lines if len(line.get_xdata()) > 2)
    assert np.isnan(slope).sum() == 1
    assert not np.isnan(value).any()


def test_every_activation_has_its_panel():
    titles = [axes.get_title(loc="left") for axes in activation_curves().axes]
    assert titles == [name.replace("_", " ") for name in NAMES]
    assert activation_curves([With("leaky_relu", negative_slope=0.1)]).axes[0].get_title(
        loc="left"
    ) == ("leaky relu, negative slope 0.1")


def test_the_best_epoch_is_marked_on_the_validation_curve():
    (panel,) = loss_curves(GIVEN).axes
    curves = [line.get_ydata() for line in panel.lines]
    assert [3.0, 2.0, 1.0] in [list(each) for each in curves]
    assert [3.0, 1.5, 2.0] in [list(each) for each in curves]
    texts = [text.get_text() for text in panel.texts]
    assert texts == ["training", "validation", "best: epoch 1"]


def test_each_place_has_the_colour_of_the_class_decided_for():
    model, x, labels = two_blobs()
    (panel,) = decision_boundary(model, x, labels).axes
    (image,) = panel.images
    picture = image.get_array()
    left, right, bottom, top = image.get_extent()
    for point in x[:10]:
        column = int((point[0] - left) / (right - left) * 299)
        row = int((point[1] - bottom) / (top - bottom) * 299)
        decided = int(model.predict(point[None])[0, 0] > 0.5)
        tint = 1 - np.array(picture[row, column])
        wanted, other = (1 - np.array(to_rgb(COLOURS[c])) for c in (decided, 1 - decided))
        assert cosine(tint, wanted) > cosine(tint, other)
    dots = [len(each.get_offsets()) for each in panel.collections[-2:]]
    assert dots == np.bincount(labels).tolist()


def cosine(a, b):
    return a @ b / np.sqrt((a @ a) * (b @ b))


def test_a_network_is_drawn_with_its_units_lines_and_parameters():
    model = Sequential([Dense(4, "sigmoid", input_shape=(2,)), Dense(30), Dense(1, "tanh")])
    (panel,) = network_drawing(model).axes
    texts = [text.get_text() for text in panel.texts]
    assert texts[:3] == ["inputs", "2", ""]
    assert texts[3:12] == ["sigmoid", "4", "12", "identity", "30", "150", "tanh", "1", "31"]
    lines = [
        len(each.get_segments()) for each in panel.collections if hasattr(each, "get_segments")
    ]
    assert lines == [8, 8, 32, 32, 8, 8]  # twice: faint, and by weight; 8 of the 30 are drawn


def test_a_network_without_weights_cannot_be_drawn():
    with pytest.raises(ValueError, match="before the layers have weights"):
        network_drawing(Sequential([Dense(2)]))


def test_paths_start_at_the_start_and_go_down():
    (panel,) = optimiser_paths({"sgd": With("sgd", learning_rate=0.01)}, steps=300).axes
    path = next(line for line in panel.lines if len(line.get_xdata()) > 2).get_xydata()
    assert path.shape == (301, 2)
    assert path[0].tolist() == [0.8, 1.6]
    heights = toy_surface.forward(*path.T)
    assert np.all(np.diff(heights) < 0)
    assert heights[-1] < 0.02


def test_gradient_sizes_are_drawn_layer_by_layer():
    x, y = np.ones((4, 2)), np.ones((4, 1))
    (panel,) = gradient_falls({"a": classifier()}, x, y).axes
    assert panel.lines[0].get_ydata().tolist() == gradient_sizes(classifier(), x, y)
    assert panel.get_yscale() == "log"


def test_names_are_kept_apart_and_moved_upwards_only():
    assert spaced([1.0, 1.1, 5.0, 1.05], 0.5) == [1.0, 2.0, 5.0, 1.5]
