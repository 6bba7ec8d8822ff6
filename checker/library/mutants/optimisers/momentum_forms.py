"""Mutants of the three forms of momentum."""

import numpy as np


def always_outside(start, grads, rates, *, momentum=0.9, velocity="outside"):
    """The rate always stands outside the velocity, also where it belongs inside.

    What does the form `inside` put into the velocity?
    """
    form = "outside" if velocity == "inside" else velocity
    return _walk(start, grads, rates, momentum, form)


def always_inside(start, grads, rates, *, momentum=0.9, velocity="outside"):
    """The rate always stands inside the velocity, also where it belongs outside.

    When the rate drops, does the old velocity drop with it?
    """
    form = "inside" if velocity == "outside" else velocity
    return _walk(start, grads, rates, momentum, form)


def forms_exchanged(start, grads, rates, *, momentum=0.9, velocity="outside"):
    """The forms `inside` and `outside` are exchanged.

    What stands inside or outside of what?
    """
    form = {"inside": "outside", "outside": "inside"}.get(velocity, velocity)
    return _walk(start, grads, rates, momentum, form)


def average_is_a_sum(start, grads, rates, *, momentum=0.9, velocity="outside"):
    """In the form `average` the gradient has no factor 1 - momentum.

    Do the two weights of an average add up to 1?
    """
    return _walk(start, grads, rates, momentum, "outside" if velocity == "average" else velocity)


def always_an_average(start, grads, rates, *, momentum=0.9, velocity="outside"):
    """The gradient has the factor 1 - momentum in every form.

    Which of the three forms takes an average?
    """
    return _walk(start, (1 - momentum) * grads, rates, momentum, _without_average(velocity))


def average_holds_the_rate(start, grads, rates, *, momentum=0.9, velocity="outside"):
    """In the form `average` the rate stands inside the average.

    By what is the average multiplied when the parameter moves?
    """
    if velocity == "average":
        return _walk(start, (1 - momentum) * grads, rates, momentum, "inside")
    return _walk(start, grads, rates, momentum, velocity)


def first_rate_kept(start, grads, rates, *, momentum=0.9, velocity="outside"):
    """All steps use the first rate.

    Which entry of `rates` belongs to the second step?
    """
    return _walk(start, grads, np.full_like(rates, rates[0]), momentum, velocity)


def rates_one_step_late(start, grads, rates, *, momentum=0.9, velocity="outside"):
    """Each step uses the rate of the step before it.

    Which entry of `rates` belongs to the second step?
    """
    late = np.concatenate([rates[:1], rates[:-1]])
    return _walk(start, grads, late, momentum, velocity)


def rate_twice(start, grads, rates, *, momentum=0.9, velocity="outside"):
    """The rate stands both inside and outside the velocity.

    How often does the rate occur in one step?
    """
    return _walk(start, rates[:, None] * grads, rates, momentum, velocity)


def velocity_forgotten(start, grads, rates, *, momentum=0.9, velocity="outside"):
    """Every step starts with the velocity 0.

    Is the velocity made inside your loop or before it?
    """
    scale = 1 - momentum if velocity == "average" else 1.0
    return _walk(start, scale * grads, rates, 0.0, "outside")


def moves_before_the_velocity(start, grads, rates, *, momentum=0.9, velocity="outside"):
    """The parameter moves by the old velocity, before the gradient has entered it.

    What is the first step if the velocity is still 0?
    """
    outside, scale = _scales(momentum, velocity)
    w, v, path = start, 0 * start, []
    for grad, rate in zip(grads, rates, strict=True):
        w = w + (rate if outside else 1) * v
        v = momentum * v - (scale if outside else rate) * grad
        path.append(w)
    return np.stack(path)


def average_climbs(start, grads, rates, *, momentum=0.9, velocity="outside"):
    """In the form `average` the path goes uphill: there the velocity points uphill.

    In which of the three forms is the velocity subtracted?
    """
    return _walk(start, -grads if velocity == "average" else grads, rates, momentum, velocity)


def start_in_front(start, grads, rates, *, momentum=0.9, velocity="outside"):
    """The start stands in front; the parameter after each step is asked for.

    How many rows does the result of three steps have?
    """
    return np.concatenate([start[None], _walk(start, grads, rates, momentum, velocity)])


def velocities_returned(start, grads, rates, *, momentum=0.9, velocity="outside"):
    """These are the steps, not the points where they lead.

    What do you get when you add up all the steps and the start?
    """
    path = np.concatenate([start[None], _walk(start, grads, rates, momentum, velocity)])
    return path[1:] - path[:-1]


def _without_average(velocity):
    return "outside" if velocity == "average" else velocity


def _scales(momentum, velocity):
    return velocity != "inside", 1 - momentum if velocity == "average" else 1.0


def _walk(start, grads, rates, momentum, velocity):
    outside, scale = _scales(momentum, velocity)
    w, v, path = start, 0 * start, []
    for grad, rate in zip(grads, rates, strict=True):
        v = momentum * v - (scale if outside else rate) * grad
        w = w + (rate if outside else 1) * v
        path.append(w)
    return np.stack(path)
