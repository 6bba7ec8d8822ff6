"""The small examples in the texts are what a right solution computes, to the digits printed."""

import importlib.util
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from checker.course.course import SHIPPED

COURSE = Path(__file__).parents[1] / "solutions"
ONE = np.array([1.0])
GRADS = np.array([[2.0], [2.0], [-1.0]])
COASTS = np.array([[2.0], [2.0], [0.0]])
TURNING = np.array([[2.0], [2.0], [-1.0], [-1.0], [-1.0]])
NEARER = np.array([[4.0], [1.0], [-0.5], [0.5]])
RATES = np.array([0.1, 0.1, 0.01])
BOWL = np.array([4.0, 3.0]), np.diag([1.0, 2.0]), np.array([0.0, 2.0])
HILL = np.array([2.0, 1.0]), np.array([[-1.0, 0], [0, 1], [-1, -1]]), np.eye(2)
DATA = np.array([[1.0, 0], [0, 1], [1, 1]]), np.array([2.0, -1, 0]), np.zeros(2)
ORDERS = np.array([[2, 0, 1], [0, 1, 2]])
LOSSES = np.array([5, 3, 3.5, 3.4, 3.39, 3.39])
TOP = np.array([0.8, 1.6])
NET = np.array([[1.0, 2]]), np.array([[[1.0, 0], [0, -1]], [[1, 1], [2, 0]]]), np.zeros((2, 2))
TWO_UNITS = np.array([[1.0]]), np.array([0.0]), np.array([[0.5, 0]]), np.array([1.0, -1])

ROW = np.array([[1.0, 2, 3], [4, 5, 6]]), np.array([[10.0, 20, 30]])
BATCHES = np.arange(1.0, 13).reshape(2, 2, 3), np.arange(13.0, 25).reshape(2, 3, 2)
AND = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 0, 0, 1]), np.zeros(2), 0.0, 1.0
CURVE = np.array([-4.0, -1, 0, 1, 4])
DOG = np.array([[0.1, 0.7, 0.2]]), np.array([[0.0, 1, 0]])
WEIGHTS = np.array([3.0, -1])
SURE = np.array([[0.0, 1, 0, 0]])
RISE = np.array([1.0, 2, 4, 8, 5]), np.array([-1.0, 0, 1])
SQUARE = np.array([[[[1.0, 2, 4], [0, 1, 0], [3, 0, 2]]]])
CORNERS = np.array([[[[1.0, 0], [0, -1]]]]), np.array([10.0])
FLAT = np.array([[[[1.0, 2, 4, 0], [8, 1, 0, 0]]]])
IN_GROUPS = np.array([[1.0, 3, 10, 90]]), np.ones(4), np.zeros(4), 2, 1e-9

TENSORS = [
    (lambda f: f.add(*ROW)[0], "11 22 33"),
    (lambda f: f.add_by_loops(*ROW)[1], "14 25 36"),
    (lambda f: f.broadcast_shape((8, 1, 6, 1), (7, 1, 5)), "together 8 7 6 5"),
    (lambda f: f.broadcast_shape((2, 3, 4), (4,)), "8 7 6 5 2 3 4"),
    (lambda f: f.batched_matmul(*BATCHES)[:, 0], "94 100 508 532"),
    (lambda f: f.batched_matmul(*BATCHES)[:, 1], "229 244 697 730"),
    (lambda f: f.matmul_shape((5, 1, 2, 3), (4, 3, 2)), "(4, 3, 2) give (5, 4, 2, 2)"),
    (lambda f: f.label_encoding(np.array([3, 7, 7, 4])), "codes 0 2 2 1"),
    (lambda f: f.one_hot(np.array([2, 0]), 4), "classes 4 0 0 1 0 1 0 0 0"),
]
NEURON = [
    (lambda f: np.r_[f.perceptron_rule(*AND)], "1 1 1 -1 0 1 1 0"),
    (lambda f: f.sigmoid(CURVE), "sigmoid 0.018 0.269 0.500 0.731 0.982"),
    (lambda f: f.leaky_relu(CURVE, 0.1), "leaky_relu, 0.1 -0.400 -0.100 0.000 1.000 4.000"),
    (lambda f: f.swish(CURVE), "swish -0.072 -0.269 0.000 0.731 3.928"),
    (lambda f: f.swish(np.linspace(-2, 0, 2001)).min(), "-0.278"),
    (lambda f: f.softmax(np.array([1.0, 2, 3])), "becomes (0.090, 0.245, 0.665)"),
    (lambda f: f.parameter_counts((2, 4, 4, 1)), "2-4-4-1 12, 20, 5"),
    (lambda f: sum(f.parameter_counts((2, 4, 4, 1))), "12, 20, 5 37"),
    (lambda f: f.parameter_counts((784, 512, 512, 10)), "10 401920, 262656, 5130"),
    (lambda f: sum(f.parameter_counts((784, 512, 512, 10))), "5130 669706"),
]
LOSSES_AND_DECISIONS = [
    (
        lambda f: [f.binary_cross_entropy(p * ONE, ONE) for p in (1, 0.9, 0.5, 0.1, 0.01)],
        "0 0.105 0.693 2.303 4.605",
    ),
    (lambda f: f.cross_entropy(*DOG), "-log 0.7 = 0.357"),
    (lambda f: f.sparse_cross_entropy(DOG[0], np.array([1])), "-log 0.7 = 0.357"),
    (lambda f: f.label_smoothing(SURE, 0.1), "becomes (0.025, 0.925, 0.025, 0.025)"),
]
DESCENT = [
    (lambda f: f.bowl_path(*BOWL, 0.25, 3), "(4, 3) (3, 1) (2.25, 1) (1.6875, 1)"),
    (lambda f: f.bowl_path(*BOWL, 0.6, 3), "(4, 3) (1.6, -1.8) (0.64, 4.92) (0.256, -4.488)"),
    (lambda f: f.bowl_path(np.array([4.0]), np.eye(1), ONE, 0.5, 3), "4 2.5 1.75 1.375"),
    (lambda f: f.hill_path(*HILL, 1.0)[1], "try (-1, 0) (1, 1)"),
    (lambda f: f.hill_path(*HILL, 1.0)[2], "try ( 0, 1) (1, 1)"),
    (lambda f: f.hill_path(*HILL, 1.0)[3], "try (-1, -1) (0, 0)"),
    (lambda f: np.concatenate(f.batches(np.array([3, 0, 4, 1, 2]), 2)), "(3, 0) (4, 1) (2)"),
    (lambda f: f.train(*DATA, ORDERS, 0.5, 2)[0], "(0.5, -0.5)"),
    (lambda f: f.train(*DATA, ORDERS, 0.5, 2)[1], "(0.75, -0.75)"),
    (lambda f: [f.epochs_until_rest(LOSSES, t) for t in (1, 0.5, 0.05, 0)], "3 4 5 6"),
    (lambda f: f.epochs_in_time(np.ones(4), np.inf, 2.5), "no `most` 3"),
    (lambda f: f.epochs_in_time(np.ones(4), np.inf, 2), "no `most` 2"),
    (lambda f: f.epochs_in_time(np.ones(4), 1, 2), "and most 1 1"),
]
OPTIMISERS = [
    (lambda f: f.surface_gradient(*TOP), "44.88 and 83.77"),
    (lambda f: f.momentum_path(ONE, GRADS, 0.1, 0.5), "0.8 0.5 0.45"),
    (lambda f: f.momentum_in_three_forms(ONE, COASTS, RATES, 0.5, "outside"), "0.8 0.5 0.485"),
    (lambda f: f.momentum_in_three_forms(ONE, COASTS, RATES, 0.5, "inside"), "0.8 0.5 0.35"),
    (lambda f: f.momentum_in_three_forms(ONE, COASTS, RATES, 0.5, "average"), "0.9 0.75 0.7425"),
    (lambda f: f.nesterov_path(ONE, GRADS, 0.1, 0.5), "0.7 0.35 0.425"),
    (
        lambda f: f.surface_path(TOP, 0.005, 0.9, False, 3),
        "(0.8, 1.6) (0.5756, 1.1812) (0.3415, 0.6891) (0.1622, 0.2200)",
    ),
    (
        lambda f: f.surface_path(TOP, 0.005, 0.9, True, 3),
        "(0.8, 1.6) (0.5756, 1.1812) (0.3957, 0.7684) (0.2817, 0.3873)",
    ),
    (lambda f: f.adagrad_path(ONE, GRADS, 0.1, 1e-8), "0.9 0.829289 0.862623"),
    (lambda f: f.rmsprop_path(ONE, GRADS, 0.1, 0.5, 1e-8, 0.0), "0.858579 0.743109 0.813819"),
    (lambda f: f.rmsprop_path(ONE, GRADS, 0.1, 0.5, 1e-8, 0.5), "0.858579 0.672398 0.650018"),
    (lambda f: f.adadelta_path(ONE, GRADS, 1.0, 0.5, 0.01), "0.858931 0.696106 0.814619"),
    (lambda f: f.adam_path(ONE, GRADS, 0.1, 0.5, 0.5, 1e-8), "0.9 0.8 0.781102"),
    (lambda f: f.adamax_path(ONE, GRADS, 0.1, 0.5, 0.5, 1e-8), "0.9 0.8 0.771429"),
    (lambda f: f.rprop_path(ONE, TURNING, 0.1, 1.2, 0.5, 1e-6, 50.0), "0.9 0.78 0.78 0.84 0.912"),
    (lambda f: f.quickprop_path(ONE, NEARER, 0.1, 1.75), "0.6 0.366667 0.444444 0.405556"),
    (lambda f: f.marquardt_step(np.ones(2), np.array([1.0, 2]), BOWL[1], 1.0), "(0.5, 0.2)"),
]
SCHEDULES = [
    (lambda f: [f.exponential(s, 0.1, 0.5) for s in range(4)], "0.1 0.060653 0.036788 0.022313"),
    (lambda f: [f.inverse_time(s, 0.1, 0.5) for s in range(4)], "0.1 0.066667 0.05 0.04"),
    (lambda f: f.inverse_time(99, 0.1, 0.5), "0.00198"),
    (
        lambda f: [f.exponential_decay(s, 0.02, 0.5, 4, False) for s in range(0, 9, 2)],
        "0.02 0.014142 0.01 0.007071 0.005",
    ),
    (
        lambda f: [f.exponential_decay(s, 0.02, 0.5, 4, True) for s in range(0, 9, 2)],
        "0.02 0.02 0.01 0.01 0.005",
    ),
    (
        lambda f: [f.cyclical(s, 0.1, 0.5, 4) for s in range(10)],
        "0.1 0.2 0.3 0.4 0.5 0.4 0.3 0.2 0.1 0.2",
    ),
    (
        lambda f: [f.warm_restarts(s, 0, 1, 2, 2) for s in range(8)],
        "1 0.5 | 1 0.853553 0.5 0.146447 | 1 0.96194",
    ),
    (
        lambda f: [f.rising_momentum(e, 0.8, 10) for e in (0, 9, 10, 20, 30)],
        "0.5 0.5 0.75 0.8 0.8",
    ),
    (lambda f: f.fans(np.zeros((3, 3, 8, 16)))[0], "9 * 8 = 72"),
    (lambda f: f.fans(np.zeros((3, 3, 8, 16)))[1], "9 * 16 = 144"),
    (lambda f: f.glorot_normal(np.ones((4, 2)))[0, 0], "std 0.57735"),
    (lambda f: f.glorot_uniform(np.ones((4, 2)))[0, 0], "limit 1"),
    (
        lambda f: [g(np.ones((4, 2)))[0, 0] for g in (f.he_normal, f.he_uniform)],
        "He 0.707107 and 1.224745",
    ),
    (lambda f: f.gradient_sizes(*NET, "relu"), "0.75 0.25"),
    (lambda f: f.distance_of_units(*TWO_UNITS, 1.0, 1), "0.5 0.325548"),
]
REGULARISATION = [
    (
        lambda f: np.r_[f.l2_penalty(WEIGHTS, 0.5), f.l2_gradient(WEIGHTS, 0.5)],
        "L2 is 5, with the gradient (3, -1)",
    ),
    (
        lambda f: np.r_[f.l1_penalty(WEIGHTS, 0.5), f.l1_gradient(WEIGHTS, 0.5)],
        "L1 is 2, with the gradient (0.5, -0.5)",
    ),
    (
        lambda f: f.early_stopping(np.array([5.0, 3, 4, 4, 2]), 2, 0, 1),
        "training ends after epoch 4, and epoch 2",
    ),
    (
        lambda f: f.early_stopping(np.array([5.0, 6, 4, 5, 3]), 2, 0, 1)[1],
        "(5, 6, 4, 5, 3) it goes on to the end, and epoch 5",
    ),
]
TRAINING = [
    (lambda f: f.summary((2, 4, 4, 1), True), "(2, 4, 4, 1) has 12, 20 and 5"),
    (
        lambda f: sum(f.summary((784, 512, 512, 10), True)),
        "401920, 262656 and 5130, together 669706",
    ),
    (lambda f: list(map(len, f.batches(np.arange(5), 2))), "batches of 2 make 2, 2 and 1"),
    (lambda f: f.history(np.array([[1.0, 2, 6]]), np.array([4, 4, 2])), "the loss 6 make 2.4"),
    (lambda f: f.history(np.array([[1.0, 2, 6]]), np.ones(3)), "mean of the three is 3"),
]
SELECTION = [
    (lambda f: f.take(range(10), 0.3)[0], "ten places these are 1, 4 and 8"),
    (lambda f: len(f.settings(np.arange(3), np.arange(4))), "4 numbers of units make 12"),
    (lambda f: f.random_rates(np.array([0.5]), 0.0001, 1), "root of low times high: 0.01"),
    (lambda f: f.count_weights((2, 4, 4, 1)), "(2, 4, 4, 1) has 12, 20 and 5"),
    (lambda f: f.count_weights((784, 512, 512, 10)), "counts 401920, 262656 and 5130"),
]
CONVOLUTION = [
    *(
        (lambda f, j=j: f.correlate(*RISE)[j], words)
        for j, words in enumerate(("-1 + 4 = 3", "-2 + 8 = 6", "-4 + 5 = 1"))
    ),
    (lambda f: f.convolve(*RISE), "make -1 -2 -3 -6 -1 8 5"),
    (lambda f: f.correlate_backward(np.array([1.0, 0, 2]), *RISE)[0], "dL/dx is -1 0 -1 0 2"),
    (lambda f: f.correlate_backward(np.array([1.0, 0, 2]), *RISE)[1], "dL/dw is 9 18 14"),
    (lambda f: f.output_size(28, 5, 1, 0, 1), "28 5 1 0 1 24"),
    (lambda f: f.output_size(28, 3, 1, 1, 1), "28 3 1 1 1 28"),
    (lambda f: f.output_size(28, 3, 2, 1, 1), "28 3 2 1 1 14"),
    (lambda f: f.output_size(7, 3, 1, 0, 2), "7 3 1 0 2 3"),
    (
        lambda f: f.convolve_images(SQUARE, *CORNERS, 1, 0, 1)[0, 0, 0],
        "1 - 1 + 10 2 - 0 + 10 10 12",
    ),
    (lambda f: f.convolve_images(SQUARE, *CORNERS, 1, 0, 1)[0, 0, 1], "1 - 2 + 10 10 9"),
    (
        lambda f: np.r_[f.max_pool(FLAT, 2, 2)[0, 0, 0], f.max_pool(FLAT, 2, 1)[0, 0, 0]],
        "8 1 0 0 8 4 8 4 4",
    ),
    (lambda f: f.receptive_field((3, 2, 3, 2), (1, 2, 1, 2)), "1 2 1 2 these are 3 4 8 10"),
    (lambda f: f.receptive_field((3, 3, 3), (1, 1, 1))[2], "with a stride of 1 see 7"),
    (lambda f: f.count_parameters((1, 16, 32), (3, 3), True), "kernels of 3 have 160 and 4640"),
    (lambda f: f.normalise_groups(*IN_GROUPS), "in two groups, becomes -1 1 -1 1"),
]
CASES = [
    *(("01_tensors", *case) for case in TENSORS),
    *(("02_neuron", *case) for case in NEURON),
    *(("03_losses", *case) for case in LOSSES_AND_DECISIONS),
    *(("06_descent", *case) for case in DESCENT),
    *(("07_optimisers", *case) for case in OPTIMISERS),
    *(("08_schedules", *case) for case in SCHEDULES),
    *(("09_regularisation", *case) for case in REGULARISATION),
    *(("10_training", *case) for case in TRAINING),
    *(("11_selection", *case) for case in SELECTION),
    *(("13_convolution", *case) for case in CONVOLUTION),
]


@cache
def solution(name):
    spec = importlib.util.spec_from_file_location(f"solution_{name}", COURSE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("name", "compute", "printed"), CASES, ids=[case[2] for case in CASES])
def test_a_text_prints_what_is_right(name, compute, printed):
    text = (SHIPPED / name / "task.md").read_text(encoding="utf-8")
    assert printed in " ".join(text.split())
    computed = np.ravel(compute(solution(name)))
    digits = re.findall(r"-?\d+\.?\d*", printed)[-len(computed) :]
    assert len(digits) == len(computed)
    for number, value in zip(digits, computed, strict=True):
        decimals = len(number.partition(".")[2])
        assert abs(float(number) - value) <= 0.5001 * 10.0**-decimals, number
