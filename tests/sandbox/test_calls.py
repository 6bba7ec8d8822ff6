"""The arguments of calls as one message: they come back alike, and every change of them is seen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from checker.sandbox import calls, wire

SHAPES = arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)
ARRAYS = arrays.arrays(st.sampled_from([np.float64, np.float32, np.int64, np.bool_]), SHAPES)
SINGLE = st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.floats(), st.text(max_size=5))
VALUES = st.recursive(
    ARRAYS | ARRAYS.map(np.asfortranarray) | SINGLE,
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)
CALLS = st.lists(st.lists(VALUES, max_size=4), max_size=5)


def received(packed):
    """What a worker makes of the message."""
    layout, numbers, others = wire.decode(packed.encoded)
    return calls.unpack(layout, numbers, others), numbers


def as_tuples(value):
    return tuple(map(as_tuples, value)) if isinstance(value, list) else value


def alike(one, other):
    if isinstance(one, tuple):
        return isinstance(other, tuple) and len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, np.ndarray):
        same_bytes = one.tobytes() == other.tobytes()
        same_order = wire.by_columns(one) == wire.by_columns(other)
        return (one.dtype, one.shape) == (other.dtype, other.shape) and same_bytes and same_order
    return repr(one) == repr(other) and type(one) is type(other)


@given(CALLS)
def test_arguments_come_back_alike_and_unchanged(values):
    packed = calls.pack(values)
    got, numbers = received(packed)
    assert packed.count == len(values)
    assert all(map(alike, [as_tuples(call) for call in values], map(tuple, got)))
    assert packed.changed(numbers) == [False] * len(values)


@given(CALLS, st.data())
def test_a_change_is_seen_in_its_call_and_in_no_other(values, data):
    packed = calls.pack(values)
    got, numbers = received(packed)
    places = [
        (k, a) for k, call in enumerate(got) for a in call if isinstance(a, np.ndarray) and a.size
    ]
    if not places:
        return
    number, array = data.draw(st.sampled_from(places))
    array.ravel("K").view(np.uint8)[data.draw(st.integers(0, array.nbytes - 1))] ^= 1
    assert packed.changed(numbers) == [k == number for k in range(len(values))]


@pytest.mark.parametrize(
    "numbers", [np.zeros(3, np.uint8), np.zeros((2, 8)), np.zeros(16, np.int8)]
)
def test_other_bytes_than_were_sent_are_a_change_of_all(numbers):
    packed = calls.pack([[np.ones(1)], [np.ones(1)]])
    assert packed.changed(numbers) == [True, True]


def test_what_cannot_be_sent_is_refused():
    with pytest.raises(ValueError, match="not in tuple"):
        calls.pack([[np.array([None])]])
