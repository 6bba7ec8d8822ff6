"""Mutants of a step of Adafactor."""

import numpy as np

from checker.library.marks import convention
from reference.optimisers.adafactor import State, init

SETTINGS = {
    "learning_rate": 0.01,
    "beta2_decay": -0.8,
    "epsilon1": None,
    "epsilon2": 0.001,
    "clip": 1.0,
    "weight_decay": 0.0,
}


def columns_ignored(grad, state, param, **settings):
    """V is R alone: all entries of a row share one mean square.

    What is the other average of the state for?
    """

    def factors(rows, columns):
        return rows + 0 * columns

    return _step(grad, state, param, settings, factors=factors)


def mean_of_both(grad, state, param, **settings):
    """V is the mean of R and C; it has to be their product, divided by the mean of R.

    If g^2 is the product of a column and a row, how do you find it from their means?
    """

    def factors(rows, columns):
        return (rows + columns) / 2

    return _step(grad, state, param, settings, factors=factors)


def not_divided_by_the_mean(grad, state, param, **settings):
    """V is R C: the division by the mean of R is missing.

    Which power of g does R C have?
    """
    return _step(grad, state, param, settings, factors=lambda rows, columns: rows * columns)


def divided_by_the_sum(grad, state, param, **settings):
    """R C is divided by the sum of R; here R and C are means, so it must be the mean.

    If all entries of g are 1, what are R, C and V?
    """

    def factors(rows, columns):
        return rows * columns / np.sum(rows, axis=-2, keepdims=True)

    return _step(grad, state, param, settings, factors=factors)


def not_clipped(grad, state, param, **settings):
    """The update is not clipped.

    How large may the rms of u be?
    """
    return _step(grad, state, param, {**settings, "clip": 1e30})


def always_scaled_to_the_limit(grad, state, param, **settings):
    """u is always scaled to the rms `clip`, even where its rms is smaller.

    What does max(1, ...) do in the divisor?
    """
    settings = {**SETTINGS, **settings}
    now, scaled = _scaled(grad, state, settings)
    scaled = settings["clip"] * scaled / np.maximum(_rms(scaled), 1e-30)
    return _moved(param, scaled, now.step, {**settings, "clip": 1e30}), now


def each_entry_clipped(grad, state, param, **settings):
    """Every entry of u is limited by itself; it has to be the rms of all.

    Should the direction of u change?
    """
    settings = {**SETTINGS, **settings}
    now, scaled = _scaled(grad, state, settings)
    scaled = np.clip(scaled, -settings["clip"], settings["clip"])
    return _moved(param, scaled, now.step, {**settings, "clip": 1e30}), now


def rate_not_relative(grad, state, param, **settings):
    """The rate is not multiplied by the rms of the parameter.

    Should weights that are ten times as large make steps that are ten times as long?
    """
    settings = {**SETTINGS, **settings}
    now, scaled = _scaled(grad, state, settings)
    rate = min(settings["learning_rate"], now.step**-0.5)
    shrunk = param * (1 - settings["learning_rate"] * settings["weight_decay"])
    return shrunk - rate * scaled / max(1.0, _rms(scaled) / settings["clip"]), now


def weight_constant(grad, state, param, **settings):
    """The weight of the new square does not fall with t, so that the averages forget faster.

    How much should the hundredth gradient count?
    """
    step = min(state.step, 1)
    moved, now = _step(grad, state._replace(step=step), param, settings)
    return moved, now._replace(step=state.step + 1)


def averages_forgotten(grad, state, param, **settings):
    """The averages start anew in every step.

    How many things does the state remember?
    """
    moved, _ = _step(grad, init(param), param, settings)
    return moved, state._replace(step=state.step + 1)


def one_average_for_all(grad, state, param, **settings):
    """All entries share one mean square, that of the whole gradient.

    How many means do R and C have?
    """
    shared = np.sqrt(np.mean(grad**2)) * np.ones_like(grad)
    settings = {**SETTINGS, **settings}
    now, _ = _scaled(grad, state, settings)
    scaled = grad / np.maximum(shared, _least(settings))
    return _moved(param, scaled, now.step, settings), now


def root_forgotten(grad, state, param, **settings):
    """The root is missing.

    If the loss is multiplied by 100, should the steps change?
    """
    settings = {**SETTINGS, **settings}
    now, _ = _scaled(grad, state, settings)
    scaled = grad / np.maximum(_spread(now, settings), _least(settings))
    return _moved(param, scaled, now.step, settings), now


def decay_in_the_gradient(grad, state, param, **settings):
    """Weight decay is added to the gradient; it has to shrink the parameter beside the step.

    Does the decay of a weight depend on the size of its gradients?
    """
    settings = {**SETTINGS, **settings}
    grad = grad + settings["weight_decay"] * param
    return _step(grad, state, param, {**settings, "weight_decay": 0.0})


def decay_without_the_rate(grad, state, param, **settings):
    """Weight decay is not multiplied by the learning rate.

    By which factor does the decay shrink the parameter?
    """
    settings = {**SETTINGS, **settings}
    moved, now = _step(grad, state, param, {**settings, "weight_decay": 0.0})
    return moved - settings["weight_decay"] * param, now


@convention
def epsilon_added(grad, state, param, **settings):
    """epsilon1 is added to each square, as in the paper and in Keras; here it is a lower limit.

    Does epsilon1 belong to the averages or to the divisor?
    """
    settings = {**SETTINGS, **settings}
    step, weight = state.step + 1, (state.step + 1) ** settings["beta2_decay"]
    now = _averaged(state, grad**2 + _least(settings), weight)
    scaled = grad / np.sqrt(_spread(now, {**settings, "epsilon1": 0.0}))
    return _moved(param, scaled, step, settings), now


def _least(settings):
    least = {**SETTINGS, **settings}["epsilon1"]
    return 2.0**-52 if least is None else least


def _rms(x):
    return np.sqrt(np.mean(x**2))


def _spread(now, settings, factors=None):
    rows, columns = now.squares, now.columns
    if columns is None:
        return rows
    if factors is not None:
        return factors(rows, columns)
    return rows * columns / np.maximum(rows.mean(axis=-2, keepdims=True), _least(settings))


def _averaged(state, new, weight):
    if state.columns is None:
        return State(state.step + 1, (1 - weight) * state.squares + weight * new, None)
    rows = (1 - weight) * state.squares + weight * new.mean(axis=-1, keepdims=True)
    columns = (1 - weight) * state.columns + weight * new.mean(axis=-2, keepdims=True)
    return State(state.step + 1, rows, columns)


def _scaled(grad, state, settings, factors=None):
    weight = (state.step + 1) ** {**SETTINGS, **settings}["beta2_decay"]
    now = _averaged(state, grad**2, weight)
    return now, grad / np.maximum(np.sqrt(_spread(now, settings, factors)), _least(settings))


def _moved(param, scaled, step, settings):
    settings = {**SETTINGS, **settings}
    rate = min(settings["learning_rate"], step**-0.5) * max(settings["epsilon2"], _rms(param))
    shrunk = param * (1 - settings["learning_rate"] * settings["weight_decay"])
    return shrunk - rate * scaled / max(1.0, _rms(scaled) / settings["clip"])


def _step(grad, state, param, settings, factors=None):
    now, scaled = _scaled(grad, state, settings, factors)
    return _moved(param, scaled, now.step, settings), now
