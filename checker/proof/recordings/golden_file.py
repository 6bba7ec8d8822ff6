"""The file of a recording: what it holds, and that it is whole.

    8 bytes    GOLDEN and the version of the format
    16 bytes   the lengths of index and numbers
    index      JSON: the machine, the cases with the results of each pass, the types of the arrays
    numbers    all arrays, one after the other, little-endian
    32 bytes   SHA-256 of everything before

A result of more than 256 entries is stored as 64 of them (`grid.places`) and the digest of all. The
digest at the end only shows damage, because who changes the file can compute it again. Therefore
digests.txt lists the digests of the recordings of the repository.
"""

import hashlib
import json
import struct
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from checker.numerics.equations import Array
from checker.proof.recordings import grid

RECORDINGS_FOLDER = Path(__file__).parent
MAGIC = b"GOLDEN02"
HEAD = struct.Struct("<8sQQ")
DIGEST_LENGTH = hashlib.sha256().digest_size
WHOLE = 256  # a result of more entries is stored as a sample
SAMPLE = 64
AGAIN = "Record it again with `check verify --record FILE --device DEVICE`."

Index = dict[str, Any]


def _upper_half(values: Array) -> Array:
    return (values.astype("<f4").view("<u4") >> np.uint32(16)).astype("<u2")


def _from_upper_half(stored: Array) -> Array:
    return (stored.astype("<u4") << np.uint32(16)).view("<f4").astype(float)


def _plain(dtype: str) -> tuple[str, Callable[[Array], Array], Callable[[Array], Array]]:
    return dtype, lambda values: values.astype(dtype), lambda stored: stored.astype(float)


# For each dtype: how it is stored, and the conversion from and to float64.
STORED = {
    "float64": _plain("<f8"),
    "float32": _plain("<f4"),
    "float16": _plain("<f2"),
    "bfloat16": ("<u2", _upper_half, _from_upper_half),
}


class RecordingError(ValueError):
    """A file that is not a recording, or not a whole one."""


@dataclass(frozen=True)
class Result:
    """A result of torch: all of it, or a sample of its entries.

    `digest` is that of all entries, and is empty if all are here.
    """

    shape: tuple[int, ...]
    values: Array
    digest: str = ""

    @property
    def sampled(self) -> bool:
        return bool(self.digest)

    def of(self, array: Any) -> Array:
        """The entries of another array of the same shape that stand beside `values`."""
        other = np.broadcast_to(np.asarray(array), self.shape)
        return other.reshape(-1)[places(other.size)] if self.sampled else other


def places(size: int) -> Array:
    return grid.places(size, SAMPLE)


@dataclass
class Store:
    """The arrays of a recording that is being made. Equal arrays of a case are stored once."""

    kinds: list[list[Any]]
    chunks: list[bytes]
    known: dict[tuple[Any, ...], int]

    def add(self, values: Array, dtype: str, *, whole: bool = False) -> int:
        """Store a result exactly: in float16 if that can, or the dtype of its pass, or float64."""
        code = next(code for code in ("float16", dtype, "float64") if _fits(values, code))
        encode = STORED[code][1]
        with np.errstate(all="ignore"):
            everything = encode(np.asarray(values)).tobytes()
            digest = ""
            if values.size > WHOLE and not whole:
                digest = hashlib.sha256(everything).hexdigest()
                chunk = encode(values.reshape(-1)[places(values.size)]).tobytes()
            else:
                chunk = everything
        key = (code, values.shape, digest, chunk)
        if key not in self.known:
            self.known[key] = len(self.kinds)
            self.kinds.append([code, list(values.shape), digest])
            self.chunks.append(chunk)
        return self.known[key]


def store() -> Store:
    return Store([], [], {})


def _fits(values: Array, dtype: str) -> bool:
    _, encode, decode = STORED[dtype]
    with np.errstate(all="ignore"):
        return bool(np.array_equal(decode(encode(values)), values, equal_nan=True))


def write(path: Path, index: Index, chunks: list[bytes]) -> None:
    """Write a recording: the index, the numbers, and the digest of both."""
    text = json.dumps(index, sort_keys=True, separators=(",", ":")).encode()
    body = b"".join(chunks)
    data = HEAD.pack(MAGIC, len(text), len(body)) + text + body
    path.write_bytes(data + hashlib.sha256(data).digest())


def read(path: Path) -> tuple[Index, list[Result]]:
    """The index and the results of a recording.

    Raises RecordingError if the file is not a recording, has bytes too many or too few, or does not
    have its own digest.
    """
    index, body = _split(path)
    try:
        results, used = _results(index["arrays"], body)
    except (ValueError, KeyError, TypeError) as error:
        raise RecordingError(
            f"{path}: the index is damaged: {type(error).__name__}: {error}. {AGAIN}"
        ) from error
    if used != len(body):
        raise RecordingError(
            f"{path}: the index describes {used} bytes of numbers, the file has {len(body)}. "
            f"{AGAIN}"
        )
    return index, results


def _split(path: Path) -> tuple[Index, bytes]:
    data = path.read_bytes()
    if data[:6] != MAGIC[:6] or len(data) < HEAD.size:
        raise RecordingError(
            f"{path} is not a recording: it does not begin with GOLDEN. Files of `check verify "
            "--record` do."
        )
    magic, text, numbers = HEAD.unpack_from(data)
    if magic != MAGIC:
        raise RecordingError(f"{path}: the format {magic!r} is not {MAGIC!r}. {AGAIN}")
    length = HEAD.size + text + numbers + DIGEST_LENGTH
    if len(data) != length:
        raise RecordingError(
            f"{path} has {len(data)} bytes and should have {length}. It was cut off or added to: "
            f"fetch it again. {AGAIN}"
        )
    if hashlib.sha256(data[:-DIGEST_LENGTH]).digest() != data[-DIGEST_LENGTH:]:
        raise RecordingError(
            f"{path}: the content does not have the digest at the end. It was changed or damaged: "
            f"fetch it again. {AGAIN}"
        )
    body = data[HEAD.size + text : -DIGEST_LENGTH]
    try:
        index = json.loads(data[HEAD.size : HEAD.size + text])
    except ValueError as error:
        raise RecordingError(f"{path}: the index is not JSON: {error}. {AGAIN}") from error
    if not isinstance(index, dict):
        raise RecordingError(f"{path}: the index is not a table of names. {AGAIN}")
    return index, body


def _results(kinds: list[Any], body: bytes) -> tuple[list[Result], int]:
    """The results and how many bytes they take."""
    counts = []
    for _, shape, digest in kinds:
        if not all(type(n) is int and n >= 0 for n in shape):
            raise ValueError(f"the shape {shape} has something that is no length")
        size = int(np.prod(shape, dtype=np.int64))
        if digest and size <= WHOLE:
            raise ValueError(f"a result of {size} entries must be stored whole")
        counts.append(SAMPLE if digest else size)
    sizes = [
        count * np.dtype(STORED[code][0]).itemsize
        for count, (code, _, _) in zip(counts, kinds, strict=True)
    ]
    ends = np.cumsum([0, *sizes]).tolist()
    if ends[-1] > len(body):
        return [], ends[-1]
    results = []
    for (code, shape, digest), (start, end) in zip(kinds, pairwise(ends), strict=True):
        form, _, decode = STORED[code]
        values = decode(np.frombuffer(body[start:end], dtype=form))
        shaped = values if digest else values.reshape(shape)
        results.append(Result(tuple(shape), shaped, str(digest)))
    return results, ends[-1]


def recorded() -> list[Path]:
    """The recordings in the repository."""
    return sorted(RECORDINGS_FOLDER.glob("*.golden"))


def digest(path: Path) -> str:
    """The digest of a recording, which is its last 32 bytes. `read` checks that it is right."""
    return path.read_bytes()[-DIGEST_LENGTH:].hex()


def listed() -> dict[str, str]:
    """The names of the repository's recordings and their digests."""
    path = RECORDINGS_FOLDER / "digests.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = (line.split() for line in lines if line.strip() and not line.startswith("#"))
    return {name: known for known, name in pairs}


def stranger(path: Path) -> str:
    """Why a recording is not one of the repository's, or an empty text."""
    if digest(path) in listed().values():
        return ""
    line = f"{digest(path)}  {path.name}"
    return (
        f"{path.name} is not one of the repository's recordings: digests.txt does not list its "
        f"digest. If you trust who made it, put it into {RECORDINGS_FOLDER.name}/ and add the line "
        f"{line!r}."
    )


def device(path: Path) -> str:
    """The device of a recording, cpu or cuda, or an empty text if it cannot be read."""
    try:
        return str(dict(read(path)[0]["environment"]).get("device", ""))
    except (RecordingError, LookupError, TypeError, ValueError):  # a replay says what is wrong
        return ""
