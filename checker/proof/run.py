"""The work of `check verify`: run a proof, or record or replay results, with a progress bar."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from checker.proof.recordings import golden_file
from checker.proof.row import ProofRow
from reference import catalogue

# What needs torch or hypothesis is imported where it is used: a replay needs neither.

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
    from checker.proof import external, parallel
    from checker.proof.recordings.replay import replay_all
    from checker.proof.report import summary

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
    return [*rows, *replay_all(), *summary.unmatched(rows, device)]


def without_torch(only: tuple[str, ...], oracles: tuple[str, ...], bar: Bar) -> list[ProofRow]:
    """The proof of these operations where torch is not installed: by what else there is.

    Raises LookupError for an unknown name, or if no such oracle is left.
    """
    from checker.proof import verify

    specs = {name: catalogue.operation(name) for name in only}
    rows: list[ProofRow] = []
    with bar(len(specs)) as progress:
        for name, spec in specs.items():
            alone = replace(spec, torch="torch is not installed")
            rows += verify.verify({name: alone}, only=oracles)
            progress.update(1)
    if not rows:
        raise LookupError(f"without torch there is no oracle {' or '.join(oracles)}.")
    return rows


def _selects(oracles: tuple[str, ...]) -> Callable[[str], bool]:
    """Return a test whether a database matches one of the patterns; without patterns, all do."""
    from checker.proof import external

    patterns = oracles or ("*",)
    return lambda name: any(fnmatchcase(external.oracle(name), pattern) for pattern in patterns)


def _check_device(device: str) -> None:
    """Raise ValueError if the device is not available."""
    import torch

    if device == "cuda" and not torch.cuda.is_available():
        raise ValueError("torch finds no GPU here. --device cuda needs a GPU and its drivers.")


def replay(path: Path, only: tuple[str, ...] = ()) -> tuple[list[ProofRow], str]:
    """Compare the reference with a recording, which must hold all operations, or those in `only`.

    Return the rows, and in words whether the recording is one of the repository's. Raises
    RecordingError if the file is not one, LookupError for an unknown operation.
    """
    from checker.proof.recordings.replay import replay as replayed

    for name in only:
        catalogue.module(name)
    rows = list(replayed(path, only))
    return rows, golden_file.stranger(path) or f"{path.name} is one of the repository's recordings."


def record(path: Path, only: tuple[str, ...], device: str, bar: Bar) -> str:
    """Record what torch computes on this device, and say so in words.

    Raises LookupError for an unknown operation, ValueError if the device is not available,
    RecordingError if a case makes it unusable.
    """
    import torch

    from checker.proof.recordings import recorder

    _check_device(device)
    specs = {name: catalogue.operation(name) for name in only or catalogue.names()}
    with bar(len(specs)) as progress:
        count = recorder.record(path, specs, device, lambda name: progress.update(1))
    return (
        f"{count} results of torch {torch.__version__} on {device} are in {path}. Its line in "
        f"digests.txt is\n{golden_file.digest(path)}  {path.name}"
    )
