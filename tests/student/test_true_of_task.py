"""A hint shows properties and an example that a student of this very task can use."""

import re

import numpy as np
import pytest

from checker.cases import case_cache
from checker.cases.forms import configured
from checker.course import assignment
from checker.handout.operation_page import explanation
from checker.student import true_of_task
from checker.student.hints import hints
from checker.student.progress import TaskProgress


def task_of(name, function):
    course = assignment.find(name)
    return course, next(task for task in course.tasks if task.function == function)


def properties(name, function):
    course, task = task_of(name, function)
    return true_of_task.properties(task, case_cache.load(course)[function].cases[0])


@pytest.mark.parametrize(
    ("name", "function", "word"),
    [
        ("optimisers", "nesterov_path", "form"),
        ("schedules", "cyclical", "scale"),
        ("schedules", "he_uniform", "layout"),
        ("regularisation", "l2_gradient", "half"),
        ("regularisation", "update_statistics", "unbiased"),
        ("project", "two_moons", "noise"),
    ],
)
def test_no_property_names_a_setting_that_the_task_leaves_out(name, function, word):
    _, task = task_of(name, function)
    assert word in configured(task).fixed
    told = explanation(task.operation)["properties"]
    assert any(re.search(rf"\b{word}\b", sentence) for sentence in told)
    left = properties(name, function)
    assert left
    assert not any(re.search(rf"\b{word}\b", sentence) for sentence in left)


@pytest.mark.parametrize(
    ("name", "function", "words"),
    [
        ("losses", "mse", "the mean is the sum divided by their number"),
        ("neuron", "perceptron", "swapping the answer at 0"),
        ("optimisers", "marquardt_step", "With diagonal damping"),
    ],
)
def test_no_property_compares_two_values_of_such_a_setting(name, function, words):
    _, task = task_of(name, function)
    assert words in " ".join(explanation(task.operation)["properties"])
    assert words not in " ".join(properties(name, function))


def test_a_setting_that_the_task_asks_for_may_be_named():
    told = properties("regularisation", "early_stopping")
    assert any("patience" in sentence for sentence in told)


def test_the_example_has_different_numbers_and_a_result():
    for name, function in (("neuron", "softmax"), ("losses", "argmax_decision")):
        course, task = task_of(name, function)
        shown = " ".join(hints(course, task, case_cache.load(course)[function], TaskProgress())[-1])
        inputs = re.findall(r"-?\d+\.?\d*", shown.partition("should be")[0])
        assert len(np.unique(inputs)) > 1


def test_a_worked_example_comes_first():
    course, task = task_of("losses", "cross_entropy")
    lines = hints(course, task, case_cache.load(course)["cross_entropy"], TaskProgress())[-1]
    assert "the worked example of lecture 003" in " ".join(lines)
