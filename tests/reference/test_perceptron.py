"""What the perceptron rule reaches, and what it never does."""

import numpy as np

from reference.linear import perceptron, perceptron_rule

SQUARE = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def test_mistakes_are_bounded_by_novikoff_where_a_line_separates():
    rng = np.random.default_rng(0)
    direction = np.array([0.6, -0.8])
    x = rng.uniform(-1, 1, size=(200, 2))
    x = x[np.abs(x @ direction) > 0.1]
    target = (x @ direction > 0).astype(int)
    radius = np.square(np.c_[x, np.ones(len(x))]).sum(axis=1).max()
    mistakes, learned = _mistakes(x, target, passes=100)
    assert mistakes <= radius / 0.1**2
    assert (perceptron.run(x, *learned) == target).all()


def test_learns_and_but_never_exclusive_or():
    _, learned = _mistakes(SQUARE, np.array([0, 0, 0, 1]), passes=20)
    assert perceptron.run(SQUARE, *learned).tolist() == [0, 0, 0, 1]
    fewer, _ = _mistakes(SQUARE, np.array([0, 1, 1, 0]), passes=100)
    more, _ = _mistakes(SQUARE, np.array([0, 1, 1, 0]), passes=200)
    assert more >= fewer + 100


def _mistakes(x, target, passes):
    weight, bias, mistakes = np.zeros(2), np.array(0.0), 0
    for _ in range(passes):
        for n in range(len(x)):
            one = x[n : n + 1], target[n : n + 1], weight, bias
            mistakes += int(perceptron.run(x[n : n + 1], weight, bias)[0] != target[n])
            weight, bias = perceptron_rule.run(*one)
    return mistakes, (weight, bias)
