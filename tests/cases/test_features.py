"""A case set has each feature several times, and each two that some candidate has together."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from checker.cases import generation
from checker.cases.case_set import Case
from checker.cases.features import features
from checker.cases.pool import pool
from checker.course.assignment import find


def task_of(assignment, function):
    return next(t for t in find(assignment).tasks if t.function == function)


def words(task, arguments, name):
    (found,) = features(task, [Case(arguments, [])])
    return {feature[1] for feature in found if feature[0] == name}


def test_the_features_of_an_array_say_what_stands_where():
    task = task_of("neuron", "softmax")
    assert words(task, [np.array([[2.0, 2.0, 0.0]])], "x") == {
        *("2 axes", "axis 0 of one entry", "axis 1 of several"),
        *("a zero", "above 0", "equal entries", "several largest"),
    }
    falling = words(task, [np.array([3.0, -1.0, -2.0])], "x")
    assert falling >= {"above 0 and below 0", "one largest", "largest first", "least last"}


def test_a_network_of_equal_layers_is_asked():
    task = task_of("neuron", "mlp")
    weights = np.array([np.eye(2), np.eye(2)])
    assert "equal rows" in words(task, [np.eye(2), weights, np.zeros((2, 2))], "weights")
    made = generation.generate(task)
    at = made.arguments.index("weights")
    layers = [case.arguments[at] for case in made.cases]
    assert sum(len(each) > 1 and bool((each == each[:1]).all()) for each in layers) >= 3


def test_numbers_and_two_arrays_of_one_shape_have_features():
    task = task_of("descent", "epochs_in_time")
    arguments = [np.array([1.0, 2.0]), np.inf, 0.5]
    assert words(task, arguments, task_names(task)[1]) == {"infinite"}
    assert words(task, arguments, task_names(task)[2]) == {"a fraction"}
    task = task_of("losses", "sse")
    prediction, target = task_names(task)
    pair = [np.array([1.0, 2.0]), np.array([1.0, 0.0])]
    assert words(task, pair, f"{prediction} and {target}") == {"an equal entry"}


def task_names(task):
    return generation.generate_for(task, ()).arguments


def test_the_sides_of_decisions_are_features():
    task = task_of("neuron", "relu_backward")
    (found,) = features(task, [Case([np.ones(2), np.array([0.0, 1.0])], [])])
    assert {f[2] for f in found if f[1] == "x == 0"} == {"equal", "above"}


@pytest.mark.parametrize(
    "name", ["descent.epochs_in_time", "losses.categorical_accuracy", "neuron.relu_backward"]
)
def test_a_case_set_has_all_features_and_pairs_of_its_candidates(name):
    task = task_of(*name.split("."))
    made = pool(task)
    distinct = {case.checksum: case for case in [*made.ordinary, *made.more]}
    possible = features(task, list(distinct.values()))
    kept = features(task, generation.generate_for(task, ()).cases)
    times, asked = (Counter(f for found in sets for f in found) for sets in (possible, kept))
    assert len(times) > 10
    for feature, count in times.items():
        assert asked[feature] >= min(count, generation.FEATURE), feature
    assert pairs(possible) <= pairs(kept)


def pairs(sets):
    return {frozenset(pair) for found in sets for pair in combinations(found, 2)}
