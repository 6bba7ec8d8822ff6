"""Mutants of a path with momentum down the toy surface."""

import numpy as np

from checker.library.marks import convention
from reference.descent import toy_surface


def never_ahead(start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100):
    """The gradient is always taken where the parameter is: plain momentum, even with nesterov.

    Where would the old velocity alone bring you, and what is the slope there?
    """
    return _walk(start, learning_rate, momentum, steps, lambda w, v: w)


def always_ahead(start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100):
    """The gradient is always taken ahead, even without nesterov.

    What does the argument `nesterov` decide?
    """
    return _walk(start, learning_rate, momentum, steps, lambda w, v: w + momentum * v)


def looks_back(start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100):
    """The gradient is taken behind the parameter, at w - momentum v.

    In which direction does the velocity carry you?
    """
    reach = -momentum if nesterov else 0
    return _walk(start, learning_rate, momentum, steps, lambda w, v: w + reach * v)


def one_coordinate_after_the_other(
    start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100
):
    """The slope along y is taken after x has moved; both are to be taken at one point.

    At which point are the two partial derivatives taken?
    """
    w, v, path = np.array(start), 0 * start, [start]
    for _ in range(steps):
        for axis in (0, 1):
            v = v.copy()
            at = w + momentum * v if nesterov else w
            v[axis] = momentum * v[axis] - learning_rate * _slope(at)[axis]
            w = w.copy()
            w[axis] += v[axis]
        path.append(w)
    return np.stack(path)


def looks_too_far(start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100):
    """The look ahead goes to w + v, without the factor momentum.

    How much of the old velocity is left in the next step?
    """
    return _walk(start, learning_rate, momentum, steps, lambda w, v: w + v if nesterov else w)


def stays_ahead(start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100):
    """The parameter itself is moved to the point ahead, and the step is taken from there.

    From which point does the step start: the one you look from, or the one you look at?
    """
    w, v, path = start, 0 * start, [start]
    for _ in range(steps):
        w = w + momentum * v if nesterov else w
        v = momentum * v - learning_rate * _slope(w)
        w = w + v
        path.append(w)
    return np.stack(path)


def velocity_updated_twice(start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100):
    """The look ahead uses a velocity that has had its gradient already.

    How often is the velocity updated in one step?
    """
    w, v, path = start, 0 * start, [start]
    for _ in range(steps):
        new = momentum * v - learning_rate * _slope(w)
        v = momentum * new - learning_rate * _slope(w + momentum * new) if nesterov else new
        w = w + v
        path.append(w)
    return np.stack(path)


def looks_a_step_ahead(start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100):
    """The look ahead includes a gradient step: it is to follow the old velocity alone.

    Is the slope where you stand needed before you look?
    """

    def point(w, v):
        return w + momentum * v - learning_rate * _slope(w) if nesterov else w

    return _walk(start, learning_rate, momentum, steps, point)


@convention
def path_of_the_points_ahead(
    start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100
):
    """With nesterov this is the path of the points ahead, as Keras and torch keep them.

    Which points are asked for: those where you stand, or those where you look?
    """
    w, v, path = start, 0 * start, [start]
    for _ in range(steps):
        v = momentum * v - learning_rate * _slope(w + momentum * v if nesterov else w)
        w = w + v
        path.append(w + momentum * v if nesterov else w)
    return np.stack(path)


def velocity_forgotten(start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100):
    """Every step starts with the velocity 0: this is gradient descent without momentum.

    Is the velocity made inside your loop or before it?
    """
    return _walk(start, learning_rate, 0.0, steps, lambda w, v: w)


@convention
def velocity_averaged(start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100):
    """The gradient enters the velocity with the factor 1 - momentum, as in lecture 002.

    Which of the forms of momentum does the text ask for?
    """
    rate = learning_rate * (1 - momentum)
    return _walk(start, rate, momentum, steps, lambda w, v: w + momentum * v if nesterov else w)


def moves_before_the_velocity(
    start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100
):
    """The parameter moves by the old velocity, before the velocity is updated.

    What is the first step if the velocity is still 0?
    """
    w, v, path = start, 0 * start, [start]
    for _ in range(steps):
        point = w + momentum * v if nesterov else w
        w, v = w + v, momentum * v - learning_rate * _slope(point)
        path.append(w)
    return np.stack(path)


def climbs(start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100):
    """The path goes uphill: the gradient is added to the velocity.

    Which sign has the gradient in the velocity?
    """

    def point(w, v):
        return w + momentum * v if nesterov else w

    return _walk(start, -learning_rate, momentum, steps, point)


def one_direction_first(start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100):
    """y moves by a gradient that already sees the new x.

    At which point do both partial derivatives have to be taken?
    """
    w, v, path = start, 0 * start, [start]
    for _ in range(steps):
        moved, old = np.array(w), v
        v = np.array(v)
        for i in range(2):
            point = moved + momentum * old if nesterov else moved
            v[i] = momentum * old[i] - learning_rate * _slope(point)[i]
            moved[i] = w[i] + v[i]
        w = moved
        path.append(w)
    return np.stack(path)


def start_left_out(start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100):
    """The start is missing from the path.

    How many points does a path of three steps have?
    """
    return _right(start, learning_rate, momentum, nesterov, steps)[1:]


def last_step_left_out(start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100):
    """The last step is missing: the start is counted as one of the steps.

    How many points does a path of three steps have?
    """
    return _right(start, learning_rate, momentum, nesterov, steps)[:-1]


def one_row_for_each_direction(
    start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100
):
    """The path lies on its side: one row for x and one for y.

    What does one row of the path hold?
    """
    return _right(start, learning_rate, momentum, nesterov, steps).T


def _slope(w):
    return np.stack(toy_surface.backward(np.array(1.0), w[0], w[1]))


def _walk(start, learning_rate, momentum, steps, point):
    w, v, path = start, 0 * start, [start]
    for _ in range(steps):
        v = momentum * v - learning_rate * _slope(point(w, v))
        w = w + v
        path.append(w)
    return np.stack(path)


def _right(start, learning_rate, momentum, nesterov, steps):
    reach = momentum if nesterov else 0
    return _walk(start, learning_rate, momentum, steps, lambda w, v: w + reach * v)
