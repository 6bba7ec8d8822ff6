"""Recorded results of torch on any device, and their comparison with the reference.

A recording is one file: eight bytes with the length of the index, the index in JSON, and all
numbers as little-endian float32. For each result, the index gives the operation, the case of
`grid.cases` and the pass; it also describes the machine. Comparing a recording needs only numpy.
Nothing is skipped: a result that cannot be compared is a failure.
"""

import json
import struct
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from checker.numerics.equations import HEADROOM, Array, Equation
from checker.proof.recordings import grid
from checker.proof.verify import ProofRow
from reference import catalogue
from reference.spec import Operation

RECORDINGS_FOLDER = Path(__file__).parent
FORMAT_VERSION = 1

# TensorFloat-32 rounds the factors of a product to 11 bits before the multiplication.
UNIT_ROUNDOFFS = {"float32": 2.0**-24, "repeated": 2.0**-24, "tf32": 2.0**-11}
TINY = float(np.finfo(np.float32).tiny)

Index = dict[str, Any]


class RecordingError(ValueError):
    """A file that is not a recording."""


def recorded() -> list[Path]:
    """The recordings in the repository."""
    return sorted(RECORDINGS_FOLDER.glob("*.golden"))


def write(path: Path, index: Index, arrays: list[Array]) -> None:
    """Write a recording. The offset and shape of each array are added to the index."""
    places, offset = [], 0
    for array in arrays:
        places.append([offset, list(array.shape)])
        offset += array.size
    text = json.dumps(
        {**index, "format": FORMAT_VERSION, "arrays": places}, sort_keys=True
    ).encode()
    body = b"".join(array.astype("<f4").tobytes() for array in arrays)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def read(path: Path) -> tuple[Index, list[Array]]:
    """The index and the arrays of a recording. Raises RecordingError if the file is not one."""
    data = path.read_bytes()
    try:
        (size,) = struct.unpack_from("<Q", data)
        index = json.loads(data[8 : 8 + size])
        numbers = np.frombuffer(data, dtype="<f4", offset=8 + size)
        if index["format"] != FORMAT_VERSION:
            raise RecordingError(f"{path}: format {index['format']} is not {FORMAT_VERSION}")
        arrays = [
            numbers[at : at + int(np.prod(shape))].reshape(shape) for at, shape in index["arrays"]
        ]
    except (struct.error, ValueError, KeyError, TypeError) as error:
        raise RecordingError(f"{path} is not a recording: {error}") from error
    return index, arrays


def device(path: Path) -> str:
    """The device of a recording: cpu or cuda."""
    return str(read(path)[0]["environment"]["device"])


def replay(path: Path) -> Iterator[ProofRow]:
    """Compare the reference with a recording.

    Yield one row for each operation, and one for the total, which fails unless every recorded
    result was compared. Raises RecordingError if the file is not a recording.
    """
    index, arrays = read(path)
    title = f"golden {path.stem}"
    known, compared = catalogue.names(), 0
    for name in dict.fromkeys(record["operation"] for record in index["records"]):
        records = [r for r in index["records"] if r["operation"] == name]
        if name not in known:
            yield ProofRow(name, title, 0, 0, 0.0, "the reference no longer has this operation")
            continue
        row = _compare(name, title, records, arrays)
        compared += row.cases
        yield row
    count = index["count"]
    failure = (
        None
        if compared == count
        else f"only {compared} of {count} recorded results could be compared"
    )
    yield ProofRow("all recorded", title, compared, 0, 0.0, failure)


def _compare(name: str, title: str, records: list[Index], arrays: list[Array]) -> ProofRow:
    operation = catalogue.operation(name)
    cases = dict(grid.cases(operation))
    worst, equations, compared, failure = 0.0, 0, 0, ""
    for record in records:
        about = f"{record['case']}, {record['pass']}"
        case = cases.get(record["case"])
        if case is None or grid.fingerprint(case) != record["inputs"]:
            failure = failure or f"{about}: it was recorded with other inputs"
            continue
        try:
            checked = list(_equations(operation, case, record, arrays))
        except Exception as crash:
            failure = failure or f"{about}: {type(crash).__name__}: {crash}"
            continue
        compared, equations = compared + 1, equations + len(checked)
        largest = max(checked, key=lambda equation: equation.ratio)
        worst = max(worst, largest.ratio)
        if largest.ratio > 1:
            failure = failure or f"{about}: {largest}"
    return ProofRow(name, title, compared, equations, worst, failure or None)


def _equations(
    operation: Operation, case: Any, record: Index, arrays: list[Array]
) -> Iterator[Equation]:
    kind = import_module(f"checker.proof.kinds.{operation.kind}")
    stored = [arrays[at].astype(float) for at in record["results"]]
    replayed = kind.replayed(operation, case, stored)
    for i, (mine, other) in enumerate(zip(replayed, stored, strict=True)):
        bound = HEADROOM * (
            UNIT_ROUNDOFFS[record["pass"]] * (mine.error + np.abs(mine.value)) + TINY
        )
        yield Equation(f"result {i}", mine.value, other, bound)
