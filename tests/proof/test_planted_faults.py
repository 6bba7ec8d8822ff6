"""Faults of every kind, planted in operations of every kind: each is noticed by its oracle.

A row of the table names an operation, the part of it that is wrong, and the oracle that has to
notice. A fault is a function of the right part and its arguments. The right operation has to pass
the same oracle, so that an alarm is one about the fault.
"""

import numpy as np
import pytest
from planting import (
    Fault,
    failure,
    little,
    longer_than,
    of_rank,
    on_results,
    passes,
    plain,
    planted,
    through,
    when,
)

from reference.activations import softmax
from reference.catalogue import operation
from reference.special import erf

# --- formulas that lose digits


def variance_by_squares(right, x, gamma, beta, *, epsilon=1e-5):
    axes = (0, *range(2, x.ndim))
    mean = x.mean(axis=axes, keepdims=True)
    variance = (x * x).mean(axis=axes, keepdims=True) - mean * mean
    shape = (-1,) + (1,) * (x.ndim - 2)
    normal = (x - mean) / np.sqrt(variance + epsilon)
    return np.reshape(gamma, shape) * normal + np.reshape(beta, shape)


def rows_by_squares(right, x, gamma, beta, *, axes=1, epsilon=1e-5):
    count = axes if gamma is None and beta is None else np.ndim(beta if gamma is None else gamma)
    last = tuple(range(-count, 0))
    mean = x.mean(axis=last, keepdims=True)
    normal = (x - mean) / np.sqrt((x * x).mean(axis=last, keepdims=True) - mean * mean + epsilon)
    normal = normal if gamma is None else normal * gamma
    return normal if beta is None else normal + beta


def log_of_one_plus(right, logits, target, *, reduction="mean"):
    zero = np.zeros_like(logits)
    rest = np.maximum(zero, logits) * (1 - target) + np.maximum(zero, -logits) * target
    costs = rest + np.log(1 + np.exp(-np.abs(logits)))
    return {"mean": lambda: costs.mean(), "sum": costs.sum, "none": lambda: costs}[reduction]()


def without_the_shift(right, x):
    weights = np.exp(x)
    return weights / weights.sum(axis=-1, keepdims=True)


def log_of_the_softmax(right, x):
    weights = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.log(weights / weights.sum(axis=-1, keepdims=True))


def one_minus_a_square(right, grad, x):
    return (grad * (1 - np.tanh(x) ** 2),)


def half_of_one_plus_erf(right, x, *, approximate="none"):
    return x * (1 + erf(x / np.sqrt(2 + 0 * x))) / 2 if approximate == "none" else right(x)


def rest_as_a_difference(right, grad, x):
    p, k = softmax.forward(x), softmax.likeliest(x)
    p_k, g_k = (np.take_along_axis(each, k, axis=-1) for each in (p, grad))
    others = grad.sum(axis=-1, keepdims=True) - g_k
    dx = grad - p * (g_k + others)
    np.put_along_axis(dx, k, g_k * (1 - p_k) - p_k * others, axis=-1)
    return (dx,)


UNSTABLE = [
    Fault("1 - p", "log_softmax", "backward", rest_as_a_difference, "f64"),
    Fault("variance as E[x^2] - E[x]^2", "batch_norm_train", "forward", variance_by_squares, "f64"),
    Fault("the same in single", "batch_norm_train", "forward", variance_by_squares, "f32"),
    Fault("variance of rows", "layer_norm", "forward", rows_by_squares, "f64"),
    Fault("log(1 + e^-x)", "binary_cross_entropy_with_logits", "forward", log_of_one_plus, "f64"),
    Fault("no shift by the maximum", "softmax", "forward", without_the_shift, "t64"),
    Fault("log of the softmax", "log_softmax", "forward", log_of_the_softmax, "f64"),
    Fault("slope as 1 - tanh^2", "tanh", "backward", one_minus_a_square, "f64"),
    Fault("1 + erf of a negative number", "gelu", "forward", half_of_one_plus_erf, "f64"),
]

# --- gradients that are wrong by one part in 10^15

A_LITTLE = [
    Fault("by 1e-15", name, "backward", little(1e-15), "derivative", "bound")
    for name in (
        *("dense", "sigmoid", "softmax", "mse", "batch_norm_train", "layer_norm", "convolution"),
        *("matmul", "l2", "scaled_dot_product_attention", "max_pooling", "embedding"),
        *("cross_entropy", "mlp", "dropout_inverted", "huber", "linear_resize"),
    )
]

# --- dtypes

SINGLE = [
    Fault("float32 inside", name, part, through(np.float32), "f64")
    for name, part in (
        *(("dense", "forward"), ("mse", "backward"), ("softmax", "backward")),
        *(("batch_norm_train", "forward"), ("standardise", "run"), ("he_normal", "forward")),
        *(("convolution", "forward"), ("cross_entropy", "forward"), ("sigmoid", "forward")),
    )
]
DOUBLE = [
    Fault(
        "float64 from float32",
        name,
        part,
        on_results(lambda g: g.astype(float) if plain(g, np.float32) else g),
        "f32",
        "which became float64",
    )
    for name, part in (("dense", "forward"), ("standardise", "run"), ("relu", "backward"))
]


def float32_average(right, grad, state, param, **settings):
    moved, after = right(grad, state, param, **settings)
    if plain(after.square):
        after = after._replace(square=after.square.astype(np.float32).astype(float))
    return moved, after


# --- memory and calls


def writes(right, grad, x):
    if plain(x):
        x *= 1 + 1e-9
    return right(grad, x)


def of_one_call_to_the_next():
    calls = []

    def wrong(right, x):
        calls.append(x)
        return right(x) * (1 + 1e-12 * (len(calls) % 2))

    return wrong


def by_memory_order(right, x, weight, bias):
    flat = np.reshape(x.ravel(order="K"), x.shape) if isinstance(x, np.ndarray) else x
    return right(flat, weight, bias)


def whole_numbers_only(right, x, *, negative_slope=0.01):
    result = np.empty_like(x)
    result[...] = right(x, negative_slope=negative_slope)
    return result


def by_address():
    """Remembers the result for an array by the place of it in memory."""
    known = {}

    def wrong(right, x, **settings):
        if not plain(x):
            return right(x, **settings)
        key = x.__array_interface__["data"][0], x.shape
        if key not in known:
            known.clear()
            known[key] = x, right(x, **settings)
        return known[key][1].copy()

    return wrong


def at_times(every):
    calls = []

    def wrong(right, *arguments, **settings):
        calls.append(1)
        factor = 1.5 if len(calls) % every == 0 else 1
        return on_results(lambda g: factor * g)(right, *arguments, **settings)

    return wrong


def one_array():
    known = {}
    return lambda right, **settings: known.setdefault(repr(settings), right(**settings))


def sets_the_seed(right, *, seed, **settings):
    np.random.seed(seed)
    return right(seed=seed, **settings)


def of_one_row(right, grad, x):
    return tuple(g * (1 + (plain(grad) and 0 in grad.strides)) for g in right(grad, x))


def wide_where_empty(right, grad, weight, indices, **settings):
    (found,) = right(grad, weight, indices, **settings)
    return (found.astype(float) if not indices.size and plain(found, np.float32) else found,)


CALLS = [
    Fault("remembers", "swish", "forward", by_address(), "untouched", "in the same arrays"),
    Fault("each hundredth call", "conv_lstm", "forward", at_times(100), ("torch float64", "edges")),
    Fault("one array", "k_fold", "run", one_array(), "untouched", "that of a second call"),
    Fault("two gradients in one array", "add", "backward", lambda right, grad, a, b: (
        right(grad, a, b)[1:] * 2 if a.shape == b.shape else right(grad, a, b)
    ), "untouched", "shares memory with result"),
    Fault("numpy's seed", "two_moons", "run", sets_the_seed, "untouched", "random numbers"),
    Fault("int32", "argmax_decision", "run", lambda right, x: right(x).astype(np.int32),
          "untouched", "of type int32"),
    Fault("one row for all", "softmax", "backward", of_one_row, "layouts", "of one row"),
    Fault("masks of bool", "dropout_inverted", "forward", lambda right, x, mask, **s: right(
        x, ~mask if mask.dtype == bool else mask, **s), "layouts", "mask of type bool"),
    Fault("float64 without entries", "embedding", "backward", wide_where_empty, "edges", "float64"),
    Fault("the argument", "identity", "forward", lambda right, x: x, "untouched", "shares memory"),
    Fault(
        "a view", "reshape", "run", lambda right, x, *, shape: np.reshape(x, (len(x), *shape)),
        "untouched", "shares memory with x",
    ),
    Fault("the upstream", "add", "backward", lambda right, grad, a, b: (
        grad if np.shape(grad) == np.shape(a) else right(grad, a, b)[0], right(grad, a, b)[1]
    ), "untouched", "shares memory with upstream 0"),
    Fault("what is divided by ones", "divide", "forward", lambda right, a, b: (
        a if np.all(b == 1) else right(a, b)
    ), "untouched", "shares memory with a"),
    Fault("writes into it", "tanh", "backward", writes, "untouched", "x after the call"),
    Fault("another result", "tanh", "forward", of_one_call_to_the_next(), "untouched", "second"),
    Fault("memory order", "dense", "forward", by_memory_order, "layouts", "Fortran"),
    Fault("integers", "leaky_relu", "forward", whole_numbers_only, "layouts", "of integers"),
]  # fmt: skip

# --- what only some sizes, settings and values show

LARGER = [
    Fault("a single row", "divide", "forward", when(
        lambda a, b: a.ndim == 2 and len(a) == 1 < a.shape[1]), "t64"),
    Fault("rank 4 alone", "tanh", "forward", when(of_rank(4)), "t64"),
    Fault("rank 4 alone", "sgd", "update", when(of_rank(4)), "t64"),
    Fault("rank 0 alone", "swish", "backward", when(of_rank(0)), "t64"),
    Fault("three axes of windows", "max_pooling", "forward", when(of_rank(5)), "t64"),
    Fault("over 64", "dense", "forward", when(longer_than(64)), "t64"),
    Fault("over 64", "softmax", "backward", when(longer_than(64)), "t64"),
    Fault("over 64", "adam", "update", when(longer_than(64)), "t64"),
    Fault("over 64", "argmax_decision", "run",
          lambda right, scores: right(scores[..., :64]), "t64"),
    Fault("over 1024", "dense", "forward", when(longer_than(1024)), "t64"),
    Fault("over 1024", "softmax_cross_entropy", "backward", when(longer_than(1024)), "t64"),
    Fault("over 1024", "he_normal", "forward", when(longer_than(1024)), "t64"),
    Fault("over 1024", "adam", "update", when(longer_than(1024)), "t64"),
    Fault("over 1024", "sgd", "update", when(longer_than(1024)), "t64"),
    Fault(
        "over 1024, in float32", "sigmoid", "forward",
        when(longer_than(1024), lambda g: g.astype(np.float16).astype(float) if plain(g) else g),
        "f64",
    ),
]  # fmt: skip


def beside(name, *listed):
    return lambda *arguments, **settings: settings[name] not in listed


def tenths(right, *arguments, weight_decay, **settings):
    return right(*arguments, weight_decay=0.1 if weight_decay else 0.0, **settings)


SETTINGS = [
    Fault("norms beyond those listed", "embedding", "forward", when(
        lambda *_, max_norm=None, norm_type=2.0, **__: max_norm and 2 < norm_type < 99), "t64"),
    Fault("same, and a dilation of 3", "convolution", "forward", when(
        lambda *_, padding=0, dilation=1, **__: (padding, dilation) == ("same", 3)), "t64"),
    Fault("beta1", "adam", "update", when(beside("beta1", 0.9, 0.5)), "first"),
    Fault("beta2", "adamax", "update", when(beside("beta2", 0.999, 0.9)), "first"),
    Fault("weight_decay", "adam", "update", tenths, "t64"),
    Fault("epsilon", "batch_norm_train", "forward", when(beside("epsilon", 1e-5, 1e-3)), "t64"),
    Fault("rate", "dropout_inverted", "backward", when(beside("rate", 0.5, 0.0, 0.3)), "t64"),
    Fault("delta", "huber", "forward", when(beside("delta", 1.0, 0.5, 2.0)), "t64"),
    Fault("strength", "l2", "forward", when(beside("strength", 0.01, 0.5)), "t64"),
    Fault("std", "normal", "forward", when(beside("std", 0.05, 1.0)), "t64"),
    Fault("threshold", "threshold_decision", "run",
          lambda right, x, *, threshold: right(x, threshold=round(threshold, 1)), "t64"),
    Fault(
        "two settings at once", "adam", "update",
        when(lambda *_, **s: s["decoupled"] and s["weight_decay"] == 0.1), "t64",
    ),
    Fault(
        "stride of two axes", "convolution", "forward",
        when(lambda *_, stride=1, **s: isinstance(stride, tuple) and len(set(stride)) > 1),
        "t64",
    ),
]  # fmt: skip


def large(x):
    return np.max(np.abs(np.asarray(x, dtype=float)), initial=0) > 30


def several_extremes(right, logits, target, **settings):
    """Wrong for large logits whose targets are at the ends of their domain."""
    ends = np.asarray(np.minimum(target, 1 - target), dtype=float)
    result = right(logits, target, **settings)
    return 2 * result if large(logits) and np.max(ends, initial=0) <= 0.1 else result


def zeros_without_sign(right, x):
    return right(x) + 0.0


VALUES = [
    Fault(
        "large logits and sure targets", "binary_cross_entropy_with_logits", "forward",
        several_extremes, "t64",
    ),
    Fault("sign of zero", "tanh", "forward", zeros_without_sign, "edges", "sign of a zero"),
    Fault("sign of zero", "relu", "forward", zeros_without_sign, "edges", "sign of a zero"),
    Fault(
        "tiny inputs", "softmax", "backward",
        when(lambda grad, x: 0 < np.max(np.abs(np.asarray(x, dtype=float)), initial=0) < 1e-7),
        "t64",
    ),
    Fault("huge inputs", "tanh", "forward", when(lambda x: large(np.asarray(x) / 1e4)), "t64"),
    Fault(
        "equal entries", "log_softmax", "backward",
        when(lambda grad, x: x.size > 1 and np.unique(np.asarray(x, dtype=float)).size == 1),
        "t64",
    ),
    Fault(
        "nan is left out", "sigmoid", "forward",
        lambda right, x: np.where(np.isnan(x), 0.5, right(x)), "edges", "nan in x",
    ),
    Fault(
        "minus infinity", "tanh", "forward",
        lambda right, x: np.where(x < -1e300, 1.0, right(x)), "edges", "-inf in x",
    ),
    Fault("slope at the kink", "relu", "backward", lambda right, grad, x, *, at_zero=1.0: right(
        grad, x, at_zero=at_zero), "kinks", "at a kink"),
    Fault(
        "upstream is clipped", "dense", "backward",
        lambda right, grad, *rest: right(np.minimum(grad, 100), *rest),
        "property linear_in_the_upstream",
    ),
]  # fmt: skip

# --- optimisers: states, and errors that grow


class Shared:
    """A state that all parameters have in common, as one of the class would be."""

    def __init__(self):
        self.states = {}

    def __call__(self, right, grad, state, param, **settings):
        key = (np.shape(param), type(param), param.dtype, *map(repr, settings.items()))
        common = self.states.get(key, state)
        step = getattr(common, "step", 0)
        moved, after = right(grad, common if step < 5 else state, param, **settings)
        self.states[key] = after
        return moved, after


def in_place(right, grad, state, param, **settings):
    moved, after = right(grad, state, param, **settings)
    if plain(state.velocity) and state.velocity.size:
        state.velocity[...] = after.velocity
    return moved, after


def keeps_the_gradient(right, grad, state, param, **settings):
    moved, after = right(grad, state, param, **settings)
    return moved, after._replace(velocity=grad) if state.step == 0 else after


def drifts(by):
    """Plain positions are too large by this share after each step."""

    def wrong(right, grad, state, param, **settings):
        moved, after = right(grad, state, param, **settings)
        return (moved * (1 + by) if plain(moved) else moved), after

    return wrong


def counts_to(most):
    return lambda right, grad, state, *rest, **settings: right(
        grad, state._replace(step=min(state.step, most)), *rest, **settings
    )


OPTIMISERS = [
    Fault("state in common", "adam", "update", Shared(), "t64"),
    Fault("state in common", "momentum", "update", Shared(), "t64"),
    Fault("state in place", "momentum", "update", in_place, "state", "after later steps"),
    Fault("state of the gradient", "momentum", "update", keeps_the_gradient, "state", "gradient"),
    Fault("squares of float32", "adam", "update", float32_average, "f64"),
    Fault("float32 inside", "adam", "update", through(np.float32), "f64"),
    Fault("grows with the steps", "sgd", "update", drifts(1.2e-15), "f64"),
    Fault("grows with the steps", "momentum", "update", drifts(1.2e-15), "f64"),
    Fault("counts to ten", "adam", "update", counts_to(10), "t64"),
    Fault("counts to a hundred", "adam", "update", counts_to(100), "t64"),
    Fault("counts to a hundred", "adamax", "update", counts_to(100), "t64"),
    Fault("an update too late", "rmsprop", "update", lambda right, grad, state, param, **settings: (
        right(grad, state, param, **settings)[0], state), "t64"),
]  # fmt: skip

# --- decisions, random numbers and initial weights


KINDS = [
    Fault("sample variance", "standardise", "run", lambda right, train, x: (
        right(train, x) * np.sqrt(1 - 1 / (1 + len(train)))), "t64"),
    Fault("the last of equal scores", "argmax_decision", "run", lambda right, scores: (
        np.shape(scores)[-1] - 1 - right(scores[..., ::-1])), "t64"),
    Fault("one class too far", "one_hot", "run", lambda right, labels, *, classes: np.roll(
        right(labels, classes=classes), 1, axis=1), "property argmax_undoes_it"),
    Fault("a period too long", "cyclical", "run", lambda right, *step, step_size, **s: right(
        *step, step_size=step_size + 1, **s), "t64"),
    Fault("fan of the outputs", "he_normal", "forward", lambda right, noise, *, layout="in_out":
          right(noise.T, layout=layout).T, "t64"),
    Fault("a wrong factor", "glorot_uniform", "forward", little(1e-13), "t64"),
    Fault("no seed", "two_moons", "run", lambda right, *a, **s: right(*a, **{**s, "seed": 0}),
          "another seed"),
    Fault("one unit in two", "dropout_mask", "run", lambda right, **s: right(
        **{**s, "rate": s["rate"] * 1.02}), "many seeds"),
    Fault("two seeds", "split", "run", lambda right, *, seed, **s: right(seed=seed % 2, **s),
          "another seed"),
    Fault("no seed", "he_normal_weights", "run", lambda right, **s: right(**{**s, "seed": 0}),
          "another seed"),
    Fault("accepts what is invalid", "matmul_shape", "run", lambda right, *a, **s: np.zeros(2),
          "invalid inputs"),
]  # fmt: skip

SHORT = {  # of the oracles by which one fault is noticed, at least one
    "f64": ("accuracy float64", "torch float64"),
    "f32": ("accuracy float32",),
    "t64": ("torch float64",),
    "first": ("torch float64", "property first_step_is_the_sign"),
}
FAULTS = [
    fault._replace(
        oracle=fault.oracle
        if isinstance(fault.oracle, tuple)
        else SHORT.get(fault.oracle, (fault.oracle,))
    )
    for fault in (
        *UNSTABLE, *A_LITTLE, *SINGLE, *DOUBLE, *CALLS, *LARGER, *SETTINGS, *VALUES,
        *OPTIMISERS, *KINDS,
    )
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f"{f.operation}: {f.about}, {f.oracle[0]}")
def test_a_planted_fault_is_noticed(fault):
    assert all(passes(fault.operation, title) for title in fault.oracle)
    found = next(filter(None, (failure(planted(fault), title) for title in fault.oracle)), None)
    assert found is not None
    assert fault.words in found


def test_the_faults_are_in_operations_of_every_kind():
    assert len({fault.operation for fault in FAULTS}) >= 40
    kinds = {operation(fault.operation).kind for fault in FAULTS}
    assert kinds == {"function", "procedure", "optimiser", "initialiser", "sampler"}
