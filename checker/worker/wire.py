"""Data between the parent and the process that runs a submission, and in the files of a bank.

A message is one value: None, True or False, an integer, a number, text, an array, or a list of
values. Each starts with one letter; sizes are fixed-width integers; an array is a header and its
raw bytes. There is nothing in it to execute, and every size is checked against what is there before
it is believed.
"""

import math
import struct
from typing import Any

import numpy as np

DTYPES = ("<f8", "<f4", "<f2", "<i8", "<i4", "<i2", "|i1", "<u8", "<u4", "<u2", "|u1", "|b1")
NUMBERS = tuple(map(np.dtype, DTYPES))
CODES = {number: code for code, number in enumerate(NUMBERS)}
DEEPEST = 8
MOST_AXES = 32
HEADERS = [struct.Struct(f"<BB{axes}Q") for axes in range(MOST_AXES + 1)]
WHOLE, REAL = struct.Struct("<q"), struct.Struct("<d")
SIZE = struct.Struct("<Q")


class BadMessageError(ValueError):
    """The bytes are not a message."""


class Encoded(bytes):
    """A value that was encoded before."""


def encode(value: Any) -> bytes:
    if type(value) is np.ndarray:  # first, because most values are arrays
        return _encode_array(value)
    if isinstance(value, Encoded):
        return value
    if value is None:
        return b"N"
    if isinstance(value, str):
        text = value.encode("utf-8", "replace")
        return b"S" + SIZE.pack(len(text)) + text
    if isinstance(value, bytes):
        return b"B" + SIZE.pack(len(value)) + value
    if isinstance(value, bool):
        return b"T" if value else b"U"
    if isinstance(value, int):
        return b"I" + WHOLE.pack(value)
    if isinstance(value, float):
        return b"F" + REAL.pack(value)
    if isinstance(value, list | tuple):
        return b"L" + SIZE.pack(len(value)) + b"".join(map(encode, value))
    return _encode_array(np.asarray(value))


def _encode_array(array: Any) -> bytes:
    code = CODES.get(array.dtype)
    if code is None:
        code = DTYPES.index(array.dtype.newbyteorder("<").str)
        array = array.astype(DTYPES[code])
    axes = array.ndim
    return b"A" + HEADERS[axes].pack(code, axes, *array.shape) + array.tobytes()


def decode(data: bytes) -> Any:
    """The value of a message. Raises BadMessageError whatever else the bytes may be."""
    try:
        value, end = _decode(memoryview(data), 0, 0)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise BadMessageError(str(error)) from error
    if end != len(data):
        raise BadMessageError(f"{len(data) - end} bytes too many")
    return value


def _decode(data: memoryview, at: int, depth: int) -> tuple[Any, int]:
    kind, at = chr(data[at]), at + 1
    match kind:
        case "A":
            return _decode_array(data, at)
        case "L" if depth < DEEPEST:
            return _decode_list(data, at, depth)
        case "F":
            return REAL.unpack_from(data, at)[0], at + 8
        case "I":
            return WHOLE.unpack_from(data, at)[0], at + 8
        case "N":
            return None, at
        case "T" | "U":
            return kind == "T", at
        case "S" | "B":
            raw, at = _take(data, at + 8, SIZE.unpack_from(data, at)[0])
            return (raw.tobytes().decode() if kind == "S" else raw.tobytes()), at
    raise BadMessageError(f"no value starts with {kind!r}")


def _decode_list(data: memoryview, at: int, depth: int) -> tuple[list[Any], int]:
    (count,) = SIZE.unpack_from(data, at)
    at += 8
    if count > len(data) - at:
        raise BadMessageError(f"a list of {count} values does not fit into {len(data)} bytes")
    values = []
    for _ in range(count):
        value, at = _decode(data, at, depth + 1)
        values.append(value)
    return values, at


def _decode_array(data: memoryview, at: int) -> tuple[Any, int]:
    code, axes = data[at], data[at + 1]
    if code >= len(DTYPES) or axes > MOST_AXES:
        raise BadMessageError(f"no array has dtype {code} and {axes} axes")
    _, _, *shape = HEADERS[axes].unpack_from(data, at)
    dtype = NUMBERS[code]
    start = at + 2 + 8 * axes
    raw, at = _take(data, start, math.prod(shape) * dtype.itemsize)
    return np.ndarray(shape, dtype, raw).copy(), at


def _take(data: memoryview, at: int, size: int) -> tuple[memoryview, int]:
    if size > len(data) - at:
        raise BadMessageError(f"{size} bytes are announced and {len(data) - at} are there")
    return data[at : at + size], at + size
