"""Mutants of central differences."""

import numpy as np

from reference.autodiff._tape import record


def _end(tape, inputs):
    return record(tape, inputs)[-1]


def _steps(h):
    return h * np.eye(3)


def one_sided(inputs, *, h, tape):
    """The difference is taken to the right only: (f(x + h) - f(x)) / h.

    Its error shrinks like h, that of the central one like h squared. Which points does that take?
    """
    return np.array([(_end(tape, inputs + e) - _end(tape, inputs)) / h for e in _steps(h)])


def one_sided_to_the_left(inputs, *, h, tape):
    """The difference is taken to the left only: (f(x) - f(x - h)) / h.

    Its error shrinks like h, that of the central one like h squared. Which points does that take?
    """
    return np.array([(_end(tape, inputs) - _end(tape, inputs - e)) / h for e in _steps(h)])


def divided_by_h(inputs, *, h, tape):
    """The difference is divided by h, though the two points are 2h apart.

    How far is it from x - h to x + h?
    """
    return np.array([(_end(tape, inputs + e) - _end(tape, inputs - e)) / h for e in _steps(h)])


def inputs_not_moved_back(inputs, *, h, tape):
    """An input that was moved is not moved back before the next one moves.

    Where are the other two inputs while you move the third?
    """
    steps = np.cumsum(_steps(h), axis=0)
    return np.array([(_end(tape, inputs + e) - _end(tape, inputs - e)) / (2 * h) for e in steps])


def not_divided(inputs, *, h, tape):
    """The difference of the two values is not divided by anything.

    A slope is a difference per what?
    """
    return np.array([_end(tape, inputs + e) - _end(tape, inputs - e) for e in _steps(h)])


def halved_instead_of_divided(inputs, *, h, tape):
    """The difference is divided by 2 and multiplied by h: brackets are missing.

    How does Python read a / 2 * h?
    """
    return np.array([(_end(tape, inputs + e) - _end(tape, inputs - e)) / 2 * h for e in _steps(h)])


def wrong_way_round(inputs, *, h, tape):
    """The value on the left comes first, so that every sign is turned.

    Where f rises, should the result be positive?
    """
    return np.array(
        [(_end(tape, inputs - e) - _end(tape, inputs + e)) / (2 * h) for e in _steps(h)]
    )


def all_inputs_at_once(inputs, *, h, tape):
    """All inputs are moved together, so all three derivatives come out the same.

    A partial derivative lets one input move. What do the others do?
    """
    slope = (_end(tape, inputs + h) - _end(tape, inputs - h)) / (2 * h)
    return np.full(3, slope)


def not_moved_back(inputs, *, h, tape):
    """An input is not put back before the next one is moved.

    Print the inputs before each difference. Are they what they were?
    """
    moved, slopes = np.array(inputs), []
    for e in _steps(h):
        right = _end(tape, moved + e)
        moved = moved - e
        slopes.append((right - _end(tape, moved)) / (2 * h))
    return np.array(slopes)
