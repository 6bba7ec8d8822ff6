"""The pictures of activations, surfaces and trainings show what their captions say."""

import re
from pathlib import Path

import numpy as np
import pytest

from checker.course import assignment
from checker.handout.gallery import PICTURES, activations, surfaces, training
from reference import experiments
from reference.activations import softmax
from reference.descent import toy_path, toy_surface
from reference.models import With
from reference.pictures._descent import descent
from reference.pictures._style import COLOURS

MODULES = (activations, surfaces, training)
OURS = [picture for module in MODULES for picture in module.PICTURES]
LECTURE = {
    "sgd": {"learning_rate": 0.01},
    "momentum": {"learning_rate": 0.005, "momentum": 0.9, "lr_inside": True},
    "nesterov": {"learning_rate": 0.005, "momentum": 0.9},
    "adagrad": {
        "learning_rate": 0.4,
        "epsilon": 1e-7,
        "epsilon_mode": "inside",
        "initial_accumulator": 0.1,
    },
    "rmsprop": {
        "learning_rate": 0.1,
        "epsilon": 1e-7,
        "epsilon_mode": "inside",
        "lr_inside": True,
    },
    "adam": {"learning_rate": 0.2, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
}
IN_THE_TEXT = {"SGD": "gradient descent"}


def titles(page):
    return [panel.get_title(loc="left") for panel in page.axes]


def names(page):
    return [text.get_text() for text in page.legends[0].get_texts()]


def paths(panel):
    """The lines with as many points as a path of a hundred steps, by their name."""
    return {
        line.get_label(): line.get_xydata() for line in panel.lines if len(line.get_xdata()) == 101
    }


def dots(panel, shape="o"):
    marked = [line for line in panel.lines if line.get_marker() == shape]
    return [line.get_xydata()[0] for line in marked if line.get_color() in COLOURS]


@pytest.mark.parametrize("picture", OURS, ids=lambda picture: picture.__name__)
def test_a_picture_has_a_caption_and_is_drawn_without_a_warning(picture):
    assert PICTURES[picture.__name__] is picture
    caption = picture.__doc__.splitlines()[0]
    assert caption.endswith(".")
    picture().draw_without_rendering()


def test_no_picture_has_the_name_of_an_experiment():
    taken = {path.stem for folder in experiments.__path__ for path in Path(folder).glob("*.py")}
    assert not taken & {picture.__name__ for picture in OURS}


def test_the_leaky_activations_are_seen_to_leak():
    page = activations.activations()
    assert titles(page) == [
        *("step", "identity", "sigmoid", "tanh", "relu"),
        *("leaky relu, negative slope 0.1", "prelu, slope 0.25", "swish"),
    ]
    lowest = [panel.lines[-1].get_ydata()[0] for panel in page.axes[5:7]]
    assert lowest == pytest.approx([-0.6, -1.5])


def test_softmax_of_the_output_layer_is_not_a_flat_line():
    page = activations.output_activations()
    assert titles(page) == ["sigmoid", "softmax"]
    assert [len(panel.lines) for panel in page.axes] == [3, 3]  # the axes and the values
    drawn = page.axes[1].lines[-1].get_ydata()
    assert np.array_equal(drawn, softmax.forward(np.linspace(-6, 6, 9)))
    assert drawn[-1] > 0.7


def test_sigmoid_saturates_on_both_sides_and_relu_on_one():
    sigmoid, tanh, relu = activations.saturation().axes
    shaded = [len(panel.collections[0].get_paths()) for panel in (sigmoid, tanh, relu)]
    assert shaded == [2, 2, 1]
    left, right = (path.vertices[:, 0] for path in sigmoid.collections[0].get_paths())
    # p (1 - p) = 0.05 at p = (1 +- sqrt(0.8)) / 2
    edge = np.log((1 + np.sqrt(0.8)) / (1 - np.sqrt(0.8)))
    assert (left.max(), right.min()) == pytest.approx((-edge, edge), abs=0.01)


def test_the_gradient_of_sigmoids_vanishes_towards_the_first_layer():
    (panel,) = activations.gradients().axes
    falls = {line.get_ydata()[-1] / line.get_ydata()[0] for line in panel.lines}
    assert len(falls) == 3
    assert panel.lines[0].get_ydata()[0] < 1e-4 * panel.lines[0].get_ydata()[-1]
    assert min(panel.lines[2].get_ydata()) > 0.01


# Optimisers


def test_the_eight_optimisers_have_the_settings_of_the_lecture():
    assert list(surfaces.ZOO) == [
        *("sgd", "sgd_decay", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "sgd_cyclic")
    ]
    for name, settings in LECTURE.items():
        assert surfaces.ZOO[name].operation.name == name
        assert surfaces.ZOO[name].settings == settings
    decay, cyclic = (surfaces.ZOO[name] for name in ("sgd_decay", "sgd_cyclic"))
    assert decay.operation.name == cyclic.operation.name == "sgd"
    assert [decay.at(step)["learning_rate"] for step in (0, 50, 100)] == pytest.approx(
        [0.02, 0.02 * 0.96**0.5, 0.0192]
    )
    assert [cyclic.at(step)["learning_rate"] for step in (0, 50, 100)] == pytest.approx(
        [1e-4, 0.05005, 0.1]
    )


def test_every_one_of_the_eight_paths_ends_in_sight():
    page = surfaces.optimisers()
    (panel,) = page.axes
    drawn = paths(panel)
    assert list(drawn) == names(page) == list(surfaces.ZOO)
    assert np.allclose(dots(panel), [path[-1] for path in drawn.values()])
    (inset,) = panel.child_axes
    low, high = np.transpose([inset.get_xlim(), inset.get_ylim()])
    assert len(dots(inset)) == 8
    assert all((low < dot).all() and (dot < high).all() for dot in dots(inset))
    momentum = toy_path.run(np.array(toy_surface.START), steps=100)
    assert np.allclose(drawn["momentum"], momentum)


def test_eight_learning_rates_are_compared_and_the_largest_diverges():
    page = surfaces.learning_rate_paths()
    assert names(page) == [
        *("0.005", "0.01", "0.015", "0.02", "0.025", "0.03", "0.035", "0.04: diverges")
    ]
    (panel,) = page.axes
    reached = toy_surface.forward(*np.transpose(dots(panel)))
    assert np.all(np.diff(reached) < 0)
    assert len(reached) == 7
    assert len(dots(panel, "X")) == 1


@pytest.mark.parametrize(
    ("picture", "groups"),
    [
        (surfaces.schedule_paths, [["sgd_decay"], ["sgd_cyclic"]]),
        (surfaces.momentum_paths, [["sgd", "momentum"], ["momentum", "nesterov"]]),
        (
            surfaces.adaptive_paths,
            [["sgd", "adagrad", "rmsprop"], ["rmsprop", "rmsprop_mom"]],
        ),
        (surfaces.adam_paths, [["sgd", "adam"]]),
    ],
)
def test_the_groups_of_the_lecture_are_drawn_side_by_side(picture, groups):
    page = picture()
    zoo = {**surfaces.ZOO, "rmsprop_mom": With(surfaces.RMSPROP, momentum=0.9)}
    assert titles(page) == [", ".join(group) for group in groups]
    for panel, group in zip(page.axes, groups, strict=True):
        drawn = paths(panel)
        assert list(drawn) == group
        for name, path in drawn.items():
            expected = descent(zoo[name], toy_surface.forward, toy_surface.START, 100)
            assert np.array_equal(path, expected)


def test_momentum_changes_the_path_of_rmsprop():
    plain, fast = paths(surfaces.adaptive_paths().axes[1]).values()
    assert np.abs(plain - fast).max() > 0.5


def test_the_race_of_assignment_07_ends_at_the_heights_of_its_text():
    text = assignment.find("optimisers").text
    table = re.findall(r"^    (\w+) +(\S+) +(\S+) +\S+$", text.split("## Who wins")[1], re.M)
    heights = {IN_THE_TEXT.get(name, name): float(height) for name, _, height in table}
    heights.pop("Rprop")  # not in the picture
    assert set(heights) == set(surfaces.OPTIMISERS)
    for name, optimiser in surfaces.OPTIMISERS.items():
        path = descent(optimiser, toy_surface.forward, toy_surface.START, 100)
        reached = toy_surface.forward(*path[-1])
        assert float(f"{reached:.2g}") == heights[name]


def test_the_way_over_hills_ends_in_a_minimum_that_is_not_the_lowest():
    (panel,) = surfaces.hills().axes
    path = np.array(panel.lines[0].get_data_3d()).T
    assert np.all(np.diff(path[:, 2]) < 0)
    assert np.abs(path[-1] - path[-2]).max() < 0.01
    assert panel.zz_dataLim.intervalx[0] < path[-1, 2] - 0.2


@pytest.mark.parametrize("picture", [surfaces.loss_surface, surfaces.first_guess, surfaces.valley])
def test_the_way_in_three_dimensions_goes_down(picture):
    (panel,) = picture().axes
    heights = panel.lines[0].get_data_3d()[2]
    lowest, highest = panel.zz_dataLim.intervalx
    assert np.all(np.diff(heights) < 0)
    assert heights[-1] - lowest < 0.05 * (highest - lowest)


def test_the_first_guess_is_led_to_the_line_that_made_the_points():
    (panel,) = surfaces.first_guess().axes
    start, *_, end = np.array(panel.lines[0].get_data_3d()).T
    assert start[:2].tolist() == [-1.5, 3.5]
    assert end[:2] == pytest.approx([2, 1], abs=0.15)


def test_descent_on_a_curve_comes_closer_to_the_valley_with_each_step():
    (panel,) = surfaces.descent_on_a_curve().axes
    (points,) = [line for line in panel.lines if line.get_marker() == "o"]
    assert len(points.get_ydata()) == 5
    assert np.all(np.diff(points.get_ydata()) < 0)


def test_climbing_keeps_some_tries_and_rejects_others():
    (panel,) = surfaces.climbing_on_a_curve().axes
    tries = {line.get_label(): len(line.get_xdata()) for line in panel.lines}
    assert (tries["start"], tries["kept"], tries["rejected"]) == (1, 4, 4)


def test_the_regression_line_leaves_residuals_that_add_up_to_zero():
    (panel,) = surfaces.residuals().axes
    segments = np.array(panel.collections[0].get_segments())
    above = segments[:, 1, 1] - segments[:, 0, 1]
    assert len(above) == 12
    assert above.sum() == pytest.approx(0, abs=1e-12)
    assert panel.get_title(loc="left") == f"RSS = {(above**2).sum() / 2:.3f}"


# Training


def test_the_training_loss_falls_on_and_the_validation_loss_turns_up():
    (panel, accuracy) = training.losses().axes
    training_loss, validation = (
        line.get_ydata() for line in panel.lines if len(line.get_xdata()) > 2
    )
    best = int(np.argmin(validation))
    assert 10 < best < len(validation) / 2
    assert training_loss[-1] < training_loss[best] / 2
    assert validation[-1] > 1.5 * validation[best]
    assert validation[-1] > 3 * training_loss[-1]
    assert panel.get_title(loc="left") == f"loss, lowest {validation[best]:.4f}"
    assert accuracy.get_title(loc="left").startswith("accuracy, highest 0.")
