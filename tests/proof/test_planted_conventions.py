"""Planted faults about what is refused, the ends of settings, labels, and numbers with a name.

As in `test_planted_faults`: a right operation passes the oracle by which a wrong one is noticed.
"""

import numpy as np
import pytest
from planting import Fault, failure, passes, planted, when

from reference.catalogue import operation
from reference.losses import cross_entropy
from reference.models import frozen_training, sequential_training
from reference.optimisers import muon
from reference.regularisation import alpha_dropout
from reference.tensors import batched_matmul

# --- labels of small integer types, and labels that do not exist


def overflowing(right, scores, labels, **settings):
    return right(scores, labels * 100 // 100, **settings)


def one_less(right, scores, labels, **settings):
    """Below zero, an unsigned label is huge, which the last class is taken for."""
    last = np.shape(scores)[1] - 1
    return right(scores, np.where(labels - 1 > last, last, labels), **settings)


def whole(labels, count):
    return labels.astype(int) % count


LABELS = [
    Fault("labels times 100", "softmax_cross_entropy", "forward", overflowing, "layouts",
          "not in range"),
    Fault("labels minus one", "sparse_cross_entropy", "forward", one_less, "layouts",
          "labels of type uint"),
    Fault("indices times 100", "embedding", "forward", overflowing, "layouts"),
    Fault("from the end", "one_hot", "run", lambda right, labels, *, classes: right(
        whole(labels, classes), classes=classes), "edges", "below 0 in labels"),
    Fault("from the end", "sparse_cross_entropy", "forward", lambda right, p, labels, **s: right(
        p, whole(labels, p.shape[1]), **s), "edges", "below 0 in labels"),
    Fault("from the end", "embedding", "backward", lambda right, grad, table, at, **s: right(
        grad, table, whole(at, len(table)), **s), "edges", "gradient where torch raises"),
    Fault("halves", "softmax_cross_entropy", "forward", lambda right, logits, labels, **s: right(
        logits, labels.astype(int), **s), "edges", "halves in labels"),
]  # fmt: skip

# --- inputs that torch refuses


def shortened(right, x, *, factor):
    """Channels that make no square are left out."""
    return right(x[..., : x.shape[-3] // factor**2 * factor**2, :, :], factor=factor)


def in_order(right, x, *, start, end):
    ends = start % max(x.ndim, 1), end % max(x.ndim, 1)
    return right(x, start=min(ends), end=max(ends))


def less_padding(right, x, *, before, after, mode, value):
    """An image of n entries is mirrored by n - 1 of them, where n are asked."""
    least = min(x.shape[2:], default=1) - 1
    if mode == "reflect" and type(before) is int:
        before = min(before, least)
    return right(x, before=before, after=after, mode=mode, value=value)


REFUSED = [
    Fault("channels too many", "pixel_shuffle", "forward", shortened, "edges", "of x longer"),
    Fault("ends in any order", "flatten", "forward", in_order, "edges", "start="),
    Fault("too much to mirror", "padding", "forward", less_padding, "edges", "mode=reflect"),
    Fault("nothing refused any more", "instance_norm", "forward", lambda right, x, *rest, **s: (
        right(x, *rest, **s) if x.shape[1] else x[:, 0]), "edges", "no longer occurs"),
]  # fmt: skip

# --- settings that are not listed, and what only two special values show together


def without(name, value, other):
    """A setting that is taken for another one where it has this value."""

    def wrong(right, *arguments, **settings):
        same = type(settings.get(name)) is type(value) and settings[name] == value
        return right(*arguments, **{**settings, **({name: other} if same else {})})

    return wrong


def nan_of_one_is_lost(right, grad, logits, labels, **settings):
    (found,) = right(grad, logits, labels, **settings)
    return (np.where(np.isnan(found), 0, found) if logits.shape[1] == 1 else found,)


def returns_the_upstream(right, grad, x, *, scale, offset):
    return (grad,) if scale == 1 else right(grad, x, scale=scale, offset=offset)


def late(step):
    """A gradient is copied, as at the first step, once more at a later one."""

    def wrong(right, grad, state, param, **settings):
        again = state.step == step and settings["first_step"] == "copy_grad"
        return right((1 + 1e-6 * again) * grad, state, param, **settings)

    return wrong


def rounded_at_zero(right, *arguments, at_zero):
    return right(*arguments, at_zero=round(at_zero))


SETTINGS = [
    Fault("no scale", "scaled_dot_product_attention", "forward", without("scale", 0.0, None),
          "edges", "scale=0.0, which is not listed"),
    Fault("no memory", "adam", "update", without("beta2", 0.0, 0.9), "edges", "beta2=0.0"),
    Fault("None", "rms_norm", "forward", without("epsilon", None, 2.0**-23), "edges",
          "epsilon=None"),
    Fault("a default", "adafactor", "update", without("epsilon1", None, 0.5), "edges",
          "epsilon1=None"),
    Fault("nan of one class", "softmax_cross_entropy", "backward", nan_of_one_is_lost, "edges",
          "size-1 axes, nan in logits"),
    Fault("a factor of one", "rescaling", "backward", returns_the_upstream, "untouched",
          "shares memory"),
    Fault("no upstream", "l2", "backward", lambda right, grad, weight, **s: (
        right(grad, weight, **s) if np.any(grad != 0) else (1 * weight,)),
        "property linear_in_the_upstream", "of no upstream"),
    Fault("a choice at zero", "perceptron", "run", rounded_at_zero, "torch float64"),
    Fault("a later step", "momentum", "update", late(25), "torch float64"),
    Fault("over 256", "softmax", "backward", when(lambda grad, x: 256 < max((0, *x.shape)) < 500),
          "torch float64"),
]  # fmt: skip


@pytest.mark.parametrize(
    "fault",
    [*LABELS, *REFUSED, *SETTINGS],
    ids=lambda f: f"{f.operation}: {f.about}, {f.oracle}",
)
def test_a_planted_fault_is_noticed(fault):
    assert passes(fault.operation, fault.oracle)
    found = failure(planted(fault), fault.oracle)
    assert found is not None
    assert fault.words in found


NUMBERS = [  # a number with a name, which torch's side and the properties must not use as well
    ("alpha_dropout", alpha_dropout, "SATURATED", alpha_dropout.SATURATED * (1 + 1e-11)),
    ("feature_alpha_dropout", alpha_dropout, "SATURATED", alpha_dropout.SATURATED * (1 + 1e-11)),
    ("sequential_training", sequential_training, "EPOCHS", 3),
    ("frozen_training", frozen_training, "STEPS", 3),
]


@pytest.mark.parametrize(("name", "module", "number", "wrong"), NUMBERS, ids=lambda v: str(v)[:24])
def test_a_wrong_number_is_noticed_by_torch(monkeypatch, name, module, number, wrong):
    monkeypatch.setattr(module, number, wrong)
    assert failure(operation(name), "torch float64") is not None


def test_a_property_notices_what_torch_computes_too_roughly(monkeypatch):
    title = "property longer_where_there_are_more_rows"
    assert passes("muon", title)
    monkeypatch.setattr(muon, "_scale", lambda shape, adjustment: (shape[0] // shape[1]) ** 0.5)
    assert failure(operation("muon"), title) is not None


def test_a_property_notices_another_limit_of_a_gradient(monkeypatch):
    title = "property gradients_are_limited"
    assert passes("cross_entropy", title)
    monkeypatch.setattr(cross_entropy, "LEAST_DIVISOR", 1e-13)
    assert failure(operation("cross_entropy"), title) is not None


def test_a_property_notices_a_gradient_of_a_shared_matrix(monkeypatch):
    title = "property one_matrix_for_all"
    assert passes("batched_matmul", title)
    right = batched_matmul.backward

    def wrong(grad, a, b):
        da, db = right(grad, a, b)
        return (1.5 * da if a.ndim > b.ndim else da), db

    monkeypatch.setattr(batched_matmul, "backward", wrong)
    assert failure(operation("batched_matmul"), title) is not None
