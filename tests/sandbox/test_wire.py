"""What is encoded is decoded to the same; bytes that are no message are an error and do no harm."""

import contextlib
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from checker.sandbox import wire

ARRAYS = hnp.arrays(
    st.sampled_from(wire.DTYPES), hnp.array_shapes(min_dims=0, min_side=0, max_side=4)
)
WHOLE = st.booleans() | st.integers(-(2**63), 2**63 - 1)
LEAVES = st.none() | WHOLE | st.text() | st.binary() | ARRAYS
MESSAGES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4), max_leaves=8)


def same(a, b):
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    return type(a) is type(b) and a == b


@given(MESSAGES)
def test_a_message_survives_the_journey(message):
    assert same(message, wire.decode(wire.encode(message)))


@given(st.floats())
def test_a_number_survives_bit_for_bit(number):
    assert struct.pack("<d", wire.decode(wire.encode(number))) == struct.pack("<d", number)


@pytest.mark.parametrize("order", ["C", "F"])
def test_an_array_survives_however_it_lies_in_memory(order):
    array = np.array([[1, 2, 3], [4, 5, 6]], dtype=">i4", order=order)[:, ::2]
    assert wire.decode(wire.encode(array)).tolist() == [[1, 3], [4, 6]]
    whole = np.zeros((2, 3, 4), order=order)
    assert wire.decode(wire.encode(whole)).strides == whole.strides


@given(st.binary(max_size=200))
def test_random_bytes_are_no_message_or_a_harmless_one(data):
    with contextlib.suppress(wire.BadMessageError):
        wire.decode(data)
        assert len(data) > 1 or data in (b"N", b"T", b"U")


@given(MESSAGES, st.data())
def test_a_message_cut_short_is_an_error(message, data):
    whole = wire.encode(message)
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(wire.BadMessageError):
        wire.decode(whole[:cut])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Z",
        b"NN",
        b"L" + struct.pack("<Q", 2**60),
        b"S" + struct.pack("<Q", 2**63),
        b"A\x00\x02" + struct.pack("<QQ", 2**40, 2**40),
        b"A\xff\x00",
        b"A\x00\xff",
        (b"L" + struct.pack("<Q", 1)) * 1000 + b"N",
    ],
)
def test_sizes_are_checked_before_they_are_believed(data):
    with pytest.raises(wire.BadMessageError):
        wire.decode(data)
