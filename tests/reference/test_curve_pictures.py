"""Pictures of curves, trainings and surfaces show the numbers that the operations compute."""

from itertools import pairwise

import numpy as np
import pytest
from matplotlib.colors import LogNorm, to_rgba
from matplotlib.contour import ContourSet
from matplotlib.quiver import Quiver

from reference.activations import leaky_relu, softmax, swish
from reference.descent import toy_path, toy_surface
from reference.losses import half_rss
from reference.models import Dense, History, Sequential, With
from reference.pictures import (
    Scene,
    activation_curves,
    compared_paths,
    descent_on_a_curve,
    gradient_falls,
    hill_climbing_on_a_curve,
    line_chart,
    loss_curves,
    nesterov_step,
    optimiser_paths,
    relief,
    residuals,
    training_curves,
)
from reference.pictures._descent import descent
from reference.pictures._lines import LABEL_HEIGHT
from reference.pictures._style import COLOURS

SGD = With("sgd", learning_rate=0.01)
WITH_VALIDATION = History([0, 1, 2], {"loss": [3.0, 2.0, 1.0], "val_loss": [3.0, 1.5, 2.0]})
WITHOUT = History([0, 1], {"loss": [4.0, 0.5]})


def texts(panel):
    return [text.get_text() for text in panel.texts]


def title(panel):
    return panel.get_title(loc="left")


def curves(panel):
    """The lines of a panel that have as many as two numbers, as lists."""
    return [
        (list(line.get_xdata()), list(line.get_ydata()))
        for line in panel.lines
        if len(line.get_xdata()) > 1
    ]


def lines_of(panel, colour):
    return [line for line in panel.lines if line.get_color() == colour]


# Several lines in one plot


def test_each_line_is_drawn_with_its_numbers_and_its_name():
    given = {"one": ([1, 2, 3], [5, 6, 4]), "two": ([1, 4], [0, 1])}
    (panel,) = line_chart(given, x="size", y="error", title="Errors").axes
    assert curves(panel) == list(given.values())
    assert texts(panel) == ["one", "two"]
    assert [text.xy[0] for text in panel.texts] == [3, 4]
    assert (panel.get_xlabel(), panel.get_ylabel(), title(panel)) == ("size", "error", "Errors")


@pytest.mark.parametrize(
    ("log", "scales"),
    [
        (False, ("linear", "linear")),
        (True, ("linear", "log")),
        (("x",), ("log", "linear")),
        (("x", "y"), ("log", "log")),
    ],
)
def test_log_is_the_y_axis_or_names_the_axes(log, scales):
    (panel,) = line_chart({"one": ([1, 10], [1, 100])}, log=log).axes
    assert (panel.get_xscale(), panel.get_yscale()) == scales


@pytest.mark.parametrize("log", [False, True])
def test_names_of_curves_that_end_in_one_point_do_not_overlap(log):
    given = {name: ([0, 1], [5.0, 1.0]) for name in "abcd"}
    (panel,) = line_chart({**given, "e": ([0, 1], [1, 9.0])}, log=log).axes
    heights = sorted(text.xy[1] for text in panel.texts)
    assert np.diff(heights).min() > LABEL_HEIGHT - 1e-12


def test_a_curve_is_named_at_its_last_finite_point():
    given = {"diverges": ([0, 1, 2], [1.0, 2.0, np.inf]), "falls": ([0, 1, 2], [1.0, 0.5, 0.0])}
    (panel,) = line_chart(given).axes
    assert [text.xy[0] for text in panel.texts] == [1, 2]
    with pytest.raises(ValueError, match="at least one finite value"):
        line_chart({"nothing": ([0, 1], [np.nan, np.inf])})


def test_a_curve_that_ends_at_0_is_named_at_the_bottom_of_a_logarithmic_plot():
    (panel,) = line_chart({"falls": ([0, 1, 2], [1.0, 0.1, 0.0])}, log=True).axes
    assert panel.texts[0].xy == (2, 0)


def test_a_few_points_are_dots_and_many_are_a_plain_line():
    (panel,) = line_chart({"few": ([1], [2]), "many": (range(50), range(50))}).axes
    assert [line.get_marker() for line in panel.lines] == ["o", ""]


def test_a_training_is_solid_and_its_validation_dotted_in_the_same_colour():
    (panel,) = training_curves({"a": WITH_VALIDATION, "b": WITHOUT}).axes
    assert [(line.get_linestyle(), line.get_color()) for line in panel.lines] == [
        ("-", COLOURS[0]),
        (":", COLOURS[0]),
        ("-", COLOURS[1]),
    ]
    assert [y for _, y in curves(panel)] == [[3, 2, 1], [3, 1.5, 2], [4, 0.5]]
    assert texts(panel) == ["a", "b"]
    assert panel.get_xlabel() == "epoch (solid: training, dotted: validation)"
    assert training_curves({"b": WITHOUT}).axes[0].get_xlabel() == "epoch"


def test_an_epoch_is_marked_on_the_validation_curve():
    (panel,) = training_curves({"a": WITH_VALIDATION}, marks={"a": 1}).axes
    (dot,) = [line for line in panel.lines if line.get_marker() == "o"]
    assert dot.get_xydata().tolist() == [[1, 1.5]]
    assert texts(panel) == ["epoch 1", "a"]


def test_another_number_of_the_history_can_be_drawn():
    run = History([0, 1], {"loss": [1.0, 2.0], "val_accuracy": [0.5, 0.6], "accuracy": [0.7, 0.8]})
    (panel,) = training_curves({"a": run}, of="accuracy").axes
    assert [y for _, y in curves(panel)] == [[0.7, 0.8], [0.5, 0.6]]
    assert title(panel) == "accuracy"
    with pytest.raises(ValueError, match="there is no 'mse' in the history, but loss, val_acc"):
        training_curves({"a": run}, of="mse")


# One training


def test_the_title_gives_the_best_value_and_an_error_is_best_where_it_is_lowest():
    run = {"loss": [2.0, 1.0, 0.5], "accuracy": [0.1, 0.2, 0.3], "mse": [0.9, 0.4, 0.1]}
    validation = {"val_loss": [2.0, 1.25, 3.0], "val_accuracy": [0.5, 0.4, 0.9123]}
    history = History([0, 1, 2], {**run, **validation, "val_mse": [0.5, 0.4, 0.7]})
    assert [title(panel) for panel in loss_curves(history).axes] == [
        "loss, lowest 1.2500",
        "accuracy, highest 0.9123",
        "mse, lowest 0.4000",
    ]
    assert title(loss_curves(WITHOUT).axes[0]) == "loss"


def test_a_training_that_diverges_is_drawn_as_far_as_it_goes():
    values = [2.0, 1.0, 4.0, np.inf, np.nan]
    page = loss_curves(History(list(range(5)), {"loss": values, "val_loss": values}))
    (panel,) = page.axes
    assert title(panel) == "loss, lowest 1.0000"
    assert [text.xy[0] for text in panel.texts] == [2, 2, 1]
    page.draw_without_rendering()


@pytest.mark.parametrize("best", [0, 1, 7, 14])
def test_the_best_epoch_is_written_clear_of_the_title_and_of_the_curves(best):
    values = [1.0 + abs(epoch - best) for epoch in range(15)]
    history = History(list(range(15)), {"loss": values, "val_loss": values})
    page = loss_curves(history)
    (panel,) = page.axes
    page.draw_without_rendering()
    (label,) = [text for text in panel.texts if text.get_text() == f"best: epoch {best}"]
    box = label.get_window_extent()
    assert not box.overlaps(panel._left_title.get_window_extent())
    assert box.y0 > panel.transData.transform((0, max(values)))[1]
    assert panel.bbox.x0 <= box.x0 < box.x1 <= panel.bbox.x1


# Activations


def test_softmax_is_drawn_for_nine_numbers_that_are_one_vector():
    derivative, value = activation_curves(["softmax"]).axes[0].lines[-2:]
    p = softmax.forward(np.linspace(-6, 6, 9))
    assert value.get_xdata().tolist() == np.linspace(-6, 6, 9).tolist()
    assert value.get_ydata().tolist() == p.tolist()
    assert value.get_marker() == "o"
    assert np.allclose(derivative.get_ydata(), p * (1 - p), rtol=1e-12, atol=0)
    assert value.get_ydata().sum() == pytest.approx(1)


def test_only_the_values_are_drawn_without_the_derivative():
    (panel,) = activation_curves(["sigmoid"], columns=1, derivative=False).axes
    assert len(curves(panel)) == 3  # two axes and the value
    assert texts(panel) == []
    assert panel.get_ylim() == pytest.approx((-0.1, 1.1), abs=0.01)


@pytest.mark.parametrize("name", ["mse", "softmax_jacobian"])
def test_what_is_not_an_activation_is_refused_in_a_sentence(name):
    with pytest.raises(ValueError, match=f"{name} is not an activation"):
        activation_curves([name])


@pytest.mark.parametrize("name", ["prelu", "prelu_shared"])
def test_prelu_is_drawn_with_a_slope(name):
    (panel,) = activation_curves([name], columns=1, slope=0.4).axes
    derivative, value = panel.lines[-2:]
    x = value.get_xdata()
    assert value.get_ydata().tolist() == leaky_relu.forward(x, negative_slope=0.4).tolist()
    assert derivative.get_ydata()[0] == 0.4
    assert title(panel) == f"{name.replace('_', ' ')}, slope 0.4"


def test_a_function_is_drawn_with_the_derivative_that_autodiff_finds():
    (panel,) = activation_curves([lambda x: x / (1 + np.exp(-x))], columns=1).axes
    derivative, value = panel.lines[-2:]
    x = value.get_xdata()
    assert np.allclose(value.get_ydata(), swish.forward(x))
    assert np.allclose(derivative.get_ydata(), swish.backward(np.ones_like(x), x)[0])


def test_a_derivative_that_is_nearly_zero_is_shaded():
    (panel,) = activation_curves(["relu"], columns=1, flat=0.05).axes
    (shade,) = panel.collections
    across = shade.get_paths()[0].vertices[:, 0]
    assert (across.min(), across.max()) == (-6, 0)
    assert not activation_curves(["relu"], columns=1).axes[0].collections


# Paths on a surface


def parts(panel, kind):
    return [each for each in panel.collections if isinstance(each, kind)]


def ends(panel):
    """The last points in the order of the paths, which are the dots without the start."""
    dots = [line for line in panel.lines if len(line.get_xdata()) == 1]
    return [line for line in dots if line.get_marker() in "oX" and line.get_color() != "white"]


def test_the_surface_of_the_lecture_has_its_contours_and_its_window():
    (panel,) = optimiser_paths({"sgd": SGD}).axes
    (contours,) = parts(panel, ContourSet)
    assert np.array_equal(contours.levels, np.logspace(-0.5, 5, 25))
    assert isinstance(contours.norm, LogNorm)
    assert panel.get_xlim() + panel.get_ylim() == (-2, 3.5, -3.5, 2)


def test_each_step_is_an_arrow_and_the_last_point_is_marked():
    momentum = With("momentum", learning_rate=0.005, momentum=0.9)
    (panel,) = optimiser_paths({"momentum": momentum}).axes
    path = toy_path.run(np.array(toy_surface.START))
    (arrows,) = parts(panel, Quiver)
    assert np.allclose(arrows.get_offsets(), path[:-1])
    assert np.allclose(np.stack([arrows.U, arrows.V], axis=1), np.diff(path, axis=0))
    (end,) = ends(panel)
    assert np.allclose(end.get_xydata(), path[-1:])
    stars = [line.get_xydata().tolist() for line in panel.lines if line.get_marker() == "*"]
    assert stars == [[[3, 0.5]]]


def test_the_lookahead_form_of_nesterov_takes_its_gradients_ahead():
    optimiser = With("nesterov", learning_rate=0.005, momentum=0.9, form="lookahead")
    path = toy_path.run(np.array(toy_surface.START), nesterov=True)
    assert np.allclose(descent(optimiser, toy_surface.forward, toy_surface.START, 100), path)


def test_last_points_in_the_same_place_can_all_be_seen():
    (panel,) = optimiser_paths(dict.fromkeys("abcdefgh", SGD), steps=3).axes
    dots = ends(panel)
    assert len({tuple(dot.get_xydata()[0]) for dot in dots}) == 1
    assert [dot.get_color() for dot in dots] == list(COLOURS)
    for before, dot in pairwise(dots):  # a ring is left, of more than the white edge
        assert before.get_markersize() > dot.get_markersize() + 2 * dot.get_markeredgewidth()


@pytest.mark.parametrize("steps", [4, 5, 100])  # far away, further away, infinite
def test_a_path_that_diverges_ends_with_a_cross_in_the_window_and_without_a_warning(steps):
    runs = {"too fast": With("sgd", learning_rate=0.04), "sgd": SGD}
    page = optimiser_paths(runs, steps=steps)
    (panel,) = page.axes
    cross, dot = ends(panel)
    assert (cross.get_marker(), dot.get_marker()) == ("X", "o")
    x, y = cross.get_xydata()[0]
    assert -2 < x < 3.5
    assert -3.5 < y < 2
    assert [text.get_text() for text in page.legends[0].get_texts()] == [
        "too fast: diverges",
        "sgd",
    ]
    assert np.abs(parts(panel, Quiver)[0].get_offsets()).max() < 560
    page.draw_without_rendering()


def test_a_cross_stands_at_the_start_if_the_whole_path_is_out_of_the_window():
    fast = With("sgd", learning_rate=0.04)
    (panel,) = optimiser_paths({"sgd": fast}, x=(5, 6), y=(5, 6)).axes
    assert ends(panel)[0].get_xydata()[0].tolist() == [0.8, 1.6]


def test_a_closeup_shows_the_ends_that_are_in_its_window():
    window = ((2.2, 3.3), (0.1, 0.6))
    runs = {"sgd": SGD, "slow": With("sgd", learning_rate=1e-4)}
    page = optimiser_paths(runs, closeup=window)
    (inset,) = page.axes[0].child_axes
    assert (inset.get_xlim(), inset.get_ylim()) == window
    assert len(ends(inset)) == 1
    assert len(ends(page.axes[0])) == 2
    assert len(page.legends[0].get_texts()) == 2


def test_a_name_has_one_colour_in_all_panels():
    fast = With("sgd", learning_rate=0.02)
    page = compared_paths({"left": {"a": SGD, "b": fast}, "right": {"b": fast}})
    left, right = page.axes
    assert [dot.get_color() for dot in ends(left)] == list(COLOURS[:2])
    assert [dot.get_color() for dot in ends(right)] == [COLOURS[1]]
    assert [title(panel) for panel in page.axes] == ["left", "right"]


def test_a_surface_below_zero_has_contours_of_its_own():
    scene = Scene(lambda x, y: x**2 + y**2 - 5, (1.0, 1.0), None, (-2, 2), (-2, 2), steps=4)
    (panel,) = compared_paths({"sgd": {"sgd": SGD}}, scene=scene).axes
    (contours,) = parts(panel, ContourSet)
    assert sum(len(path.vertices) > 0 for path in contours.get_paths()) > 12
    assert ends(panel)[0].get_xydata()[0] == pytest.approx([0.98**4, 0.98**4])
    assert not [line for line in panel.lines if line.get_marker() == "*"]


def arrows_by_name(panel):
    return {
        each.get_label(): (each.get_offsets()[0], np.array([each.U[0], each.V[0]]))
        for each in parts(panel, Quiver)
    }


def test_the_parts_of_a_step_add_up_to_it():
    plain, looking = map(arrows_by_name, nesterov_step().axes)
    for arrows, gradient in ((plain, "gradient step"), (looking, "lookahead gradient step")):
        assert list(arrows) == ["previous update", "momentum step", gradient, "actual step"]
        assert np.allclose(arrows["momentum step"][1], 0.9 * arrows["previous update"][1])
        assert np.allclose(
            arrows["actual step"][1], arrows["momentum step"][1] + arrows[gradient][1]
        )
        where, step = arrows[gradient]
        assert np.allclose(step, -0.015 * toy_surface.gradient(where))
    assert np.allclose(plain["gradient step"][0], [0.2, 0.2])
    assert np.allclose(looking["lookahead gradient step"][0], [1.1, 1.397])


@pytest.mark.parametrize("nesterov", [False, True])
def test_the_actual_step_is_the_next_one_of_the_path(nesterov):
    path = toy_path.run(np.array([0.8, 1.6]), steps=6, nesterov=nesterov)
    before, here, after = path[-3:]
    page = nesterov_step(point=here, velocity=here - before, learning_rate=0.005)
    arrows = arrows_by_name(page.axes[nesterov])
    assert np.allclose(arrows["actual step"][1], after - here)
    assert np.allclose(arrows["previous update"][0], before)


# One dimension


def valley(v):
    return (v - 1) ** 2


def test_descent_on_a_curve_draws_a_tangent_and_an_arrow_for_each_step():
    (panel,) = descent_on_a_curve(valley, 3.0, (-2, 4), learning_rate=0.25, steps=3).axes
    (dots,) = [line for line in panel.lines if line.get_marker() == "o"]
    assert dots.get_xydata().tolist() == [[3, 4], [2, 1], [1.5, 0.25], [1.25, 0.0625]]
    tangents = [line.get_xydata() for line in lines_of(panel, COLOURS[1]) if len(line.get_xdata())]
    slopes = [(end[1] - start[1]) / (end[0] - start[0]) for start, end in tangents]
    assert slopes == pytest.approx([4, 2, 1])
    steps = [(text.xyann, text.xy) for text in panel.texts]
    assert steps == [((3, 4), (2, 4)), ((2, 1), (1.5, 1)), ((1.5, 0.25), (1.25, 0.25))]
    assert title(panel) == "gradient descent, learning rate 0.25"


def test_hill_climbing_keeps_the_tries_that_lead_lower_and_rejects_the_others():
    (panel,) = hill_climbing_on_a_curve(valley, 3.0, (-4, 6), steps=9, seed=3).axes
    kept = next(line for line in panel.lines if line.get_label() == "kept").get_xydata()
    rejected = next(line for line in panel.lines if line.get_label() == "rejected").get_xydata()
    numbered = {int(text.get_text()): text.xy for text in panel.texts}
    assert list(numbered) == list(range(1, 10))
    assert len(kept)
    assert len(rejected)
    lowest, passed = valley(3.0), {"kept": [], "rejected": []}
    for place, height in numbered.values():
        assert height == valley(place)
        passed["kept" if height < lowest else "rejected"].append([place, height])
        lowest = min(lowest, height)
    assert passed == {"kept": kept.tolist(), "rejected": rejected.tolist()}


# Regression


def test_residuals_lead_from_the_line_to_the_points():
    x, y = np.array([0.0, 1.0, 2.0]), np.array([0.0, 0.0, 3.0])
    (panel,) = residuals(x, y).axes
    (lines,) = panel.collections
    assert np.allclose(
        lines.get_segments(), [[[0, -0.5], [0, 0]], [[1, 1], [1, 0]], [[2, 2.5], [2, 3]]]
    )
    assert title(panel) == "RSS = 0.750"


def test_no_other_line_has_a_smaller_sum_of_squares():
    x, y = np.array([0.0, 1.0, 2.0]), np.array([0.0, 0.0, 3.0])
    other = residuals(x, y, line=(1.0, 0.0)).axes[0]
    rss = half_rss.forward(x[:, None], y[:, None])
    assert title(other) == f"RSS = {rss:.3f}" == "RSS = 1.000"


# Three dimensions


def bowl(x, y):
    return x**2 + 3 * y**2 - 1


def test_a_relief_has_the_heights_of_the_surface_and_of_the_path():
    path = np.array([[2.0, 1.0], [1.0, 0.5], [0.0, 0.0]])
    (panel,) = relief(bowl, (-2, 2), (-1, 1), path, names=("w", "b", "loss"), title="bowl").axes
    line, start, end = (np.array(line.get_data_3d()).T for line in panel.lines)
    assert line.tolist() == [[2, 1, 6], [1, 0.5, 0.75], [0, 0, -1]]
    assert (start.tolist(), end.tolist()) == ([[2, 1, 6]], [[0, 0, -1]])
    low, high = panel.get_zlim()
    assert low < -0.99
    assert high > 6
    assert (panel.get_xlabel(), panel.get_ylabel(), panel.get_zlabel()) == ("w", "b", "loss")
    assert title(panel) == "bowl"


def test_a_relief_without_a_path_is_the_surface_alone():
    (panel,) = relief(bowl, (-2, 2), (-1, 1)).axes
    assert not panel.lines
    assert len(panel.collections) == 1
    assert panel.xy_dataLim.get_points().tolist() == [[-2, -1], [2, 1]]
    low, high = panel.zz_dataLim.intervalx
    assert (low, high) == pytest.approx((-1, 6), abs=0.01)


def test_a_surface_is_darker_where_it_is_lower():
    (contours,) = parts(optimiser_paths({"sgd": SGD}).axes[0], ContourSet)
    shades = contours.get_edgecolor()[:, :3].mean(axis=1)
    assert np.all(np.diff(shades) > 0)


def test_the_gradient_of_each_layer_is_named_at_its_curve():
    networks = {}
    for name in ("tanh", "relu"):
        networks[name] = Sequential([Dense(4, name), Dense(1)])
        networks[name].build((2,))
    (panel,) = gradient_falls(networks, np.ones((3, 2)), np.ones((3, 1))).axes
    assert texts(panel) == ["tanh", "relu"]
    assert [to_rgba(text.get_color()) for text in panel.texts] == [
        to_rgba(line.get_color()) for line in panel.lines
    ]
