"""Mutants of forward mode."""

import numpy as np

from checker.library.mutants.autodiff._walks import slopes_of, tie, walked_back


def _moved(inputs, direction, tape, combine):
    moves = list(direction)
    for step, row in zip(tape, slopes_of(inputs, tape), strict=True):
        moves.append(combine(row, [moves[k] for k in step[1:]]))
    return moves[-1]


def direction_ignored(inputs, direction, *, tape):
    """All inputs are moved alike, whatever the direction says.

    What should come out for the direction (0, 0, 0)?
    """
    return _moved(inputs, np.ones(3), tape, np.dot)


def direction_made_short(inputs, direction, *, tape):
    """The direction is divided by its length first; it is meant as it is given.

    What should happen to the result when the direction is doubled?
    """
    length = np.linalg.norm(direction)
    return _moved(inputs, direction / length if length else direction, tape, np.dot)


def slopes_left_out(inputs, direction, *, tape):
    """The moves of the operands are added up without their slopes.

    If y = 5 a and a moves by 1, by how much does y move?
    """
    return _moved(inputs, direction, tape, lambda row, moves: sum(moves))


def only_the_first_operand_moves(inputs, direction, *, tape):
    """Only the move of the first operand is passed on.

    If y = a + b and only b moves, does y stay?
    """
    return _moved(inputs, direction, tape, lambda row, moves: row[0] * moves[0])


def moves_multiplied(inputs, direction, *, tape):
    """The contributions of two operands are multiplied; they are added.

    If y = a + b and both move by 3, by how much does y move?
    """
    return _moved(inputs, direction, tape, lambda row, moves: np.prod(np.multiply(row, moves)))


def gradient_instead(inputs, direction, *, tape):
    """The three derivatives are returned; asked for is their sum, weighted by the direction.

    The inputs all move at once. How many numbers say how the result moves?
    """
    return walked_back(inputs, tape)


def product_by_itself(inputs, direction, *, tape):
    """In a product each move is multiplied by its own factor; it is the other one.

    How much does a b grow when a grows by a little?
    """
    return walked_back(inputs, tape, multiply=lambda y, a, b: (a, b)) @ direction


def quotient_without_sign(inputs, direction, *, tape):
    """In a quotient the move of the denominator counts with the wrong sign.

    Does a / b grow or shrink when b grows?
    """
    return walked_back(inputs, tape, divide=lambda y, a, b: (1 / b, y / b)) @ direction


def cosine_without_sign(inputs, direction, *, tape):
    """The slope of a cosine lacks the minus sign.

    Just right of 0, does the cosine rise or fall?
    """
    return walked_back(inputs, tape, cos=lambda y, a: (np.sin(a),)) @ direction


def tie_to_neither(inputs, direction, *, tape):
    """Where the operands of a maximum are equal, neither gets any move.

    If both grow together, does the maximum stay where it is?
    """
    return walked_back(inputs, tape, maximum=tie(0.0, 0.0)) @ direction


def tie_to_both(inputs, direction, *, tape):
    """Where the operands of a maximum are equal, each gets the whole move.

    If both grow by 1, does the maximum grow by 2?
    """
    return walked_back(inputs, tape, maximum=tie(1.0, 1.0)) @ direction
