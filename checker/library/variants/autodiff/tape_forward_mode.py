"""Right ways to move along a tape."""

import numpy as np

from checker.library.variants.autodiff import tape_gradient
from checker.library.variants.autodiff.tape_slopes import case_by_case


def as_a_product_with_the_gradient(inputs, direction, *, tape):
    return tape_gradient.walked_back(inputs, tape=tape) @ np.asarray(direction)


def as_a_matrix(inputs, direction, *, tape):
    """Each step as a row of slopes by all numbers before it."""
    moves = np.concatenate([direction, np.zeros(len(tape))])
    for k, row in enumerate(case_by_case(inputs, tape=tape)):
        weights = np.zeros(len(moves))
        np.add.at(weights, list(tape[k][1:]), row[: len(tape[k]) - 1])
        moves[len(inputs) + k] = weights @ moves
    return np.array([moves[-1]])
