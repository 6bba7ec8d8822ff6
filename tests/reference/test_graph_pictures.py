"""Pictures of graphs show values forwards and derivatives backwards, and no edge crosses a node."""

import numpy as np
import pytest
from figure_parts import texts

from reference.autodiff import Variable, exp, log, sin
from reference.pictures import graph_drawing, graph_steps
from reference.pictures._graph_layout import layout
from reference.pictures._style import COLOURS, INK, SOFT

BLUE, RED = COLOURS[:2]


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
