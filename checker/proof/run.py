"""The work of `check verify`: run a proof, or record or replay results, with a progress bar."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from checker.proof import external, parallel
from checker.proof.recordings import golden_file, recorder
from checker.proof.report import summary
from checker.proof.verify import ProofRow
from reference import catalogue

Bar = Callable[[int], AbstractContextManager[Any]]


def verify(
    only: tuple[str, ...], oracles: tuple[str, ...], device: str, bar: Bar
) -> list[ProofRow]:
    """Run the proof with torch on this device and return its rows, in the order of the catalogue.

    `only` selects operations, `oracles` selects oracles by patterns. Only a full run replays the
    stored recordings and reports deviations that no case needs, and a selection of operations alone
    leaves out the external test suites. Raises LookupError for an unknown name, ValueError if the
    device is not available.
    """
    _check_device(device)
    names = list(dict.fromkeys(only)) or list(catalogue.names())
    for name in only:
        catalogue.module(name)  # raises LookupError with the nearest name
    selected = list(filter(_selects(oracles), external.DATABASES))
    databases = [] if only and not oracles else selected
    rows_of = {}
    with bar(len(names) + len(databases)) as progress:
        for name, rows in parallel.verified([*databases, *names], oracles, device):
            rows_of[name] = rows
            progress.update(1)
    rows = [row for name in names for row in rows_of[name]]
    rows += [r for d in databases for r in rows_of[d] if not only or r.operation in names]
    if not rows:
        raise LookupError(f"there is no oracle {' or '.join(oracles)}. `--json` names them all.")
    if only or oracles:
        return rows
    stored = [row for path in golden_file.recorded() for row in golden_file.replay(path)]
    return rows + stored + summary.unmatched(rows)


def _selects(oracles: tuple[str, ...]) -> Callable[[str], bool]:
    """Return a test whether a database matches one of the patterns; without patterns, all do."""
    patterns = oracles or ("*",)
    return lambda name: any(fnmatchcase(external.oracle(name), pattern) for pattern in patterns)


def _check_device(device: str) -> None:
    """Raise ValueError if the device is not available."""
    import torch

    if device == "cuda" and not torch.cuda.is_available():
        raise ValueError("torch finds no GPU here. --device cuda needs a GPU and its drivers.")


def replay(path: Path) -> list[ProofRow]:
    """Compare the reference with a recording. Raises RecordingError if the file is not one."""
    return list(golden_file.replay(path))


def record(path: Path, only: tuple[str, ...], device: str, bar: Bar) -> str:
    """Record what torch computes on this device, and say so in words.

    Raises LookupError for an unknown operation, ValueError if the device is not available.
    """
    import torch

    _check_device(device)
    specs = {name: catalogue.operation(name) for name in only or catalogue.names()}
    with bar(len(specs)) as progress:
        count = recorder.record(path, specs, device, lambda name: progress.update(1))
    return f"{count} results of torch {torch.__version__} on {device} are in {path}."
