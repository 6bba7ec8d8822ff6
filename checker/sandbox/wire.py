"""The binary format of messages between the grader and a worker, and of stored case sets.

A message is one value: None, True or False, an integer, a float, text, bytes, an array, or a list
of values. Each value starts with one letter; sizes are fixed-width integers; an array is a header
and its raw bytes, and its letter says whether they are in the order of rows or of columns. Decoding
executes nothing, and every size is checked against the number of bytes that are left before it is
used. Few bytes can make many values, so their number has a limit too.
"""

import math
import struct
from typing import Any

import numpy as np

DTYPES = ("<f8", "<f4", "<f2", "<i8", "<i4", "<i2", "|i1", "<u8", "<u4", "<u2", "|u1", "|b1")
ARRAY_DTYPES = tuple(map(np.dtype, DTYPES))
DTYPE_CODES = {number: code for code, number in enumerate(ARRAY_DTYPES)}
DEEPEST_NESTING = 8
MOST_VALUES = 2**20  # far more than any case set has
MOST_AXES = 32
TRUTH = DTYPES.index("|b1")
ARRAY_HEADERS = [struct.Struct(f"<BB{axes}Q") for axes in range(MOST_AXES + 1)]
INT64, FLOAT64 = struct.Struct("<q"), struct.Struct("<d")
LENGTH_FIELD = struct.Struct("<Q")


class BadMessageError(ValueError):
    """The bytes are not a message."""


class Encoded(bytes):
    """A value that is encoded already."""


def encode(value: Any) -> bytes:
    """Encode a value; a tuple becomes a list.

    Raises ValueError for a value that a message cannot contain, struct.error for an integer of more
    than 64 bits.
    """
    if type(value) is np.ndarray:  # first, because most values are arrays
        return _encode_array(value)
    if isinstance(value, Encoded):
        return value
    if value is None:
        return b"N"
    if isinstance(value, str):
        text = value.encode("utf-8", "replace")
        return b"S" + LENGTH_FIELD.pack(len(text)) + text
    if isinstance(value, bytes):
        return b"B" + LENGTH_FIELD.pack(len(value)) + value
    if isinstance(value, bool):
        return b"T" if value else b"U"
    if isinstance(value, int):
        return b"I" + INT64.pack(value)
    if isinstance(value, float):
        return b"F" + FLOAT64.pack(value)
    if isinstance(value, list | tuple):
        return b"L" + LENGTH_FIELD.pack(len(value)) + b"".join(map(encode, value))
    return _encode_array(np.asarray(value))


def _encode_array(array: Any) -> bytes:
    array = sendable(array)
    code, axes = DTYPE_CODES[array.dtype], array.ndim
    header = ARRAY_HEADERS[axes].pack(code, axes, *array.shape)
    if by_columns(array):
        return b"C" + header + array.tobytes("F")
    return b"A" + header + array.tobytes()


def by_columns(array: Any) -> bool:
    """Whether an array lies in memory as a transpose does: its first axis changes fastest."""
    return bool(array.flags.fnc)


def sendable(array: Any) -> Any:
    """The array with a dtype that has a code. Raises ValueError if its dtype has none."""
    if array.dtype in DTYPE_CODES:
        return array
    return array.astype(DTYPES[DTYPES.index(array.dtype.newbyteorder("<").str)])


def decode(
    data: bytes, most_values: int = MOST_VALUES, deepest_nesting: int = DEEPEST_NESTING
) -> Any:
    """Decode a message. Raises BadMessageError for any other bytes.

    A message of more values than `most_values`, or of lists that are nested deeper than
    `deepest_nesting`, is an error too: it would take more time and memory than its bytes do.
    """
    try:
        value, end = _decode(memoryview(data), 0, deepest_nesting, [most_values])
    except (struct.error, IndexError, ValueError, OverflowError) as error:
        raise BadMessageError(str(error)) from error
    if end != len(data):
        raise BadMessageError(f"{len(data) - end} bytes are left over")
    return value


def _decode(data: memoryview, at: int, depth: int, left: list[int]) -> tuple[Any, int]:
    """A value, and where it ends. `left` holds the number of values that may still follow."""
    kind, at = chr(data[at]), at + 1
    match kind:
        case "A" | "C":
            return _decode_array(data, at, kind)
        case "L" if depth > 0:
            return _decode_list(data, at, depth, left)
        case "F":
            return FLOAT64.unpack_from(data, at)[0], at + 8
        case "I":
            return INT64.unpack_from(data, at)[0], at + 8
        case "N":
            return None, at
        case "T" | "U":
            return kind == "T", at
        case "S" | "B":
            raw, at = _take(data, at + 8, LENGTH_FIELD.unpack_from(data, at)[0])
            return (raw.tobytes().decode() if kind == "S" else raw.tobytes()), at
    raise BadMessageError(f"unknown type of value {kind!r}")


def _decode_list(data: memoryview, at: int, depth: int, left: list[int]) -> tuple[list[Any], int]:
    (count,) = LENGTH_FIELD.unpack_from(data, at)
    at += 8
    if count > len(data) - at:
        raise BadMessageError(f"a list of {count} values does not fit into {len(data)} bytes")
    left[0] -= count
    if left[0] < 0:
        raise BadMessageError("it has too many values")
    values = []
    for _ in range(count):
        value, at = _decode(data, at, depth - 1, left)
        values.append(value)
    return values, at


def _decode_array(data: memoryview, at: int, order: str) -> tuple[Any, int]:
    code, axes = data[at], data[at + 1]
    if code >= len(DTYPES) or axes > MOST_AXES:
        raise BadMessageError(f"invalid array: dtype {code}, {axes} axes")
    _, _, *shape = ARRAY_HEADERS[axes].unpack_from(data, at)
    dtype = ARRAY_DTYPES[code]
    start = at + 2 + 8 * axes
    raw, at = _take(data, start, math.prod(shape) * dtype.itemsize)
    # ValueError if no array can have this shape
    array = np.ndarray(shape, dtype, raw, order="C" if order == "A" else "F").copy("K")
    if code == TRUTH:
        array = np.asarray(array.view(np.uint8) != 0)  # any byte but 0 and 1 would confuse numpy
    return array, at


def _take(data: memoryview, at: int, size: int) -> tuple[memoryview, int]:
    if size > len(data) - at:
        raise BadMessageError(f"{size} bytes are expected and {len(data) - at} are available")
    return data[at : at + size], at + size
