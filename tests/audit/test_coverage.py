"""The coverage of a case set counts what its cases have, and names what is missing."""

from dataclasses import replace

import pytest

from checker.audit.coverage import coverage
from checker.cases import generation
from checker.course.assignment import find, names


def task_of(assignment, function):
    return next(t for t in find(assignment).tasks if t.function == function)


def test_numbers_of_axes_lengths_and_sizes_are_those_of_the_cases():
    task = task_of("regularisation", "batch_norm")
    found = coverage(task, generation.generate_for(task, ()))
    assert found.ranks == [1, 2, 3, 4, 5]
    assert {1, 2, 3, 8, 24} <= set(found.lengths)
    assert found.smallest < 1e-4
    assert found.largest > 100
    assert found.words.startswith("arrays with 1 to 5 axes of length 1 to")


def test_a_side_that_no_case_reaches_is_named():
    task = task_of("neuron", "relu_backward")
    whole = generation.generate_for(task, ())
    assert not coverage(task, whole).missing
    positive = [c for c in whole.cases if (c.arguments[1] > 0).all()]
    found = coverage(task, replace(whole, cases=positive))
    assert any(missing.endswith("x == 0: never equal") for missing in found.missing)
    assert found.reached < coverage(task, whole).reached


@pytest.mark.parametrize("name", names())
def test_few_sides_of_a_course_are_not_reached(name):
    """What is left over cannot be reached, or only by chance."""
    for task in find(name).tasks[::4]:
        found = coverage(task, generation.generate_for(task, ()))
        assert len(found.missing) <= max(2, found.reached // 4), task.function
