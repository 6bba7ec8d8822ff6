"""Recorded results of torch, on whatever device, and their comparison with the reference.

A recording is one file: eight bytes that give the length of an index in JSON, the index, and all
numbers as little-endian float32, one after another. The index says for each result which operation,
which case of checker/proof/grid.py and which pass it belongs to, and what it was recorded on.
Replaying needs numpy alone. What is in the index is compared or the replay fails: nothing is
skipped.
"""

import json
import struct
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from checker.equations import HEADROOM, Array, Equation
from checker.proof import grid
from checker.proof.verify import Row
from reference import catalogue
from reference.spec import Operation

FOLDER = Path(__file__).with_suffix("")
FORMAT = 1

# TensorFloat-32 rounds the factors of a product to 11 bits before it multiplies them.
UNITS = {"float32": 2.0**-24, "repeated": 2.0**-24, "tf32": 2.0**-11}
TINY = float(np.finfo(np.float32).tiny)

Index = dict[str, Any]


class RecordingError(ValueError):
    """A file that is not a recording."""


def recorded() -> list[Path]:
    """The recordings that the repository holds."""
    return sorted(FOLDER.glob("*.golden"))


def write(path: Path, index: Index, arrays: list[Array]) -> None:
    """The index gains the place of each array, in order."""
    places, offset = [], 0
    for array in arrays:
        places.append([offset, list(array.shape)])
        offset += array.size
    text = json.dumps({**index, "format": FORMAT, "arrays": places}, sort_keys=True).encode()
    body = b"".join(array.astype("<f4").tobytes() for array in arrays)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def read(path: Path) -> tuple[Index, list[Array]]:
    data = path.read_bytes()
    try:
        (size,) = struct.unpack_from("<Q", data)
        index = json.loads(data[8 : 8 + size])
        numbers = np.frombuffer(data, dtype="<f4", offset=8 + size)
        if index["format"] != FORMAT:
            raise RecordingError(f"{path}: format {index['format']} is not {FORMAT}")
        arrays = [
            numbers[at : at + int(np.prod(shape))].reshape(shape) for at, shape in index["arrays"]
        ]
    except (struct.error, ValueError, KeyError, TypeError) as error:
        raise RecordingError(f"{path} is not a recording: {error}") from error
    return index, arrays


def device(path: Path) -> str:
    """cpu or cuda."""
    return str(read(path)[0]["environment"]["device"])


def replay(path: Path) -> Iterator[Row]:
    """One row for each operation, and one that counts: compared is recorded, or it fails."""
    index, arrays = read(path)
    title = f"golden {path.stem}"
    known, compared = catalogue.names(), 0
    for name in dict.fromkeys(record["operation"] for record in index["records"]):
        records = [r for r in index["records"] if r["operation"] == name]
        if name not in known:
            yield Row(name, title, 0, 0, 0.0, "it was recorded, and there is no such operation")
            continue
        row = _compare(name, title, records, arrays)
        compared += row.cases
        yield row
    wanted = index["count"]
    failure = None if compared == wanted else f"{compared} compared of {wanted} recorded"
    yield Row("all recorded", title, compared, 0, 0.0, failure)


def _compare(name: str, title: str, records: list[Index], arrays: list[Array]) -> Row:
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
            found = list(_equations(operation, case, record, arrays))
        except Exception as crash:
            failure = failure or f"{about}: {type(crash).__name__}: {crash}"
            continue
        compared, equations = compared + 1, equations + len(found)
        loudest = max(found, key=lambda equation: equation.ratio)
        worst = max(worst, loudest.ratio)
        if loudest.ratio > 1:
            failure = failure or f"{about}: {loudest}"
    return Row(name, title, compared, equations, worst, failure or None)


def _equations(
    operation: Operation, case: Any, record: Index, arrays: list[Array]
) -> Iterator[Equation]:
    kind = import_module(f"checker.proof.{operation.kind}")
    theirs = [arrays[at].astype(float) for at in record["results"]]
    ours = kind.replayed(operation, case, theirs)
    for i, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
        bound = HEADROOM * (UNITS[record["pass"]] * (mine.error + np.abs(mine.value)) + TINY)
        yield Equation(f"result {i}", mine.value, other, bound)
