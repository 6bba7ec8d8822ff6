"""The docstrings of a starter."""

import pytest

from checker.course import assignment
from checker.handout import starter


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("regularisation", "Gradient of: L2 penalty"),
        ("regularisation", "Gradient of: inverted dropout"),
        ("optimisers", "Gradient of: Beale's function"),
        ("training", "whole numbers from 0 to 2\n"),
        ("training", "whole numbers from 0 to c - 1\n"),
    ],
)
def test_a_starter_describes_functions_as_people_write(name, words):
    assert words in starter.starter(assignment.find(name))
