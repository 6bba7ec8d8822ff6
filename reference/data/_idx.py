"""The IDX file format, in which MNIST and similar data sets are distributed.

    2 bytes 0, 1 byte type, 1 byte number of axes, 4 bytes for the length of each axis, numbers

Lengths and numbers are big-endian. The file may be compressed by gzip, which is recognised by its
first two bytes.

Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits".
"""

import gzip
import math
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
GZIP = b"\x1f\x8b"


def read_idx(path: Path | str) -> NDArray[Any]:
    """The array in a file.

    Raises FileNotFoundError if there is no such file, and ValueError if it is damaged or not IDX.
    """
    path = Path(path)
    content = _unpacked(path)
    if len(content) < 4:
        raise ValueError(f"{path} ends within its header")
    zeros, code, axes = content[:2], content[2], content[3]
    if zeros != b"\0\0" or code not in TYPES:
        raise ValueError(f"{path} is not an IDX file: it begins with {content[:4].hex(' ')}")
    start = 4 + 4 * axes
    if len(content) < start:
        raise ValueError(f"{path} ends within its header")
    shape = tuple(int(n) for n in np.frombuffer(content, ">u4", axes, offset=4))
    dtype = np.dtype(TYPES[code])
    wanted, got = math.prod(shape) * dtype.itemsize, len(content) - start
    if got != wanted:
        raise ValueError(f"{path} should hold {wanted} bytes for shape {shape}, but holds {got}")
    numbers = np.frombuffer(content, dtype, offset=start).reshape(shape)
    return numbers.astype(dtype.newbyteorder("="))


def _unpacked(path: Path) -> bytes:
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {path}")
    content = path.read_bytes()
    if not content.startswith(GZIP):
        return content
    try:
        return gzip.decompress(content)
    except (EOFError, OSError, zlib.error) as broken:
        raise ValueError(f"{path} is a damaged or incomplete gzip file: {broken}") from broken
