"""What `check verify` does: a proof, a recording, or the replay of one, with a progress bar."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from checker.proof import golden, opinions, parallel, recorder, summary
from checker.proof.verify import Row
from reference import catalogue

Bar = Callable[[int], AbstractContextManager[Any]]


def verify(only: tuple[str, ...], oracles: tuple[str, ...], device: str, bar: Bar) -> list[Row]:
    """The rows, in the order of the catalogue, with torch on this device.

    Raises LookupError where a name means nothing, ValueError where there is no such device.

    What a selection leaves out is not judged: that no deviation is superfluous, that stored
    recordings still hold, and what others would ask, is looked at where everything is.
    """
    _found(device)
    names = list(dict.fromkeys(only)) or list(catalogue.names())
    for name in only:
        catalogue.module(name)  # which says what it could have been
    others = [] if only and not oracles else list(filter(_asked(oracles), opinions.DATABASES))
    found = {}
    with bar(len(names) + len(others)) as shown:
        for name, rows in parallel.verified([*others, *names], oracles, device):
            found[name] = rows
            shown.update(1)
    rows = [row for name in names for row in found[name]]
    rows += [r for o in others for r in found[o] if not only or r.operation in names]
    if not rows:
        raise LookupError(f"there is no oracle {' or '.join(oracles)}. `--json` names them all.")
    if only or oracles:
        return rows
    stored = [row for path in golden.recorded() for row in golden.replay(path)]
    return rows + stored + summary.unmatched(rows)


def _asked(oracles: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether a database is meant; without patterns, all are."""
    patterns = oracles or ("*",)
    return lambda name: any(fnmatchcase(opinions.oracle(name), each) for each in patterns)


def _found(device: str) -> None:
    import torch

    if device == "cuda" and not torch.cuda.is_available():
        raise ValueError("torch finds no GPU here: --device cuda needs one, and its drivers")


def replay(path: Path) -> list[Row]:
    return list(golden.replay(path))


def record(path: Path, only: tuple[str, ...], device: str, bar: Bar) -> str:
    """Raises ValueError where there is no such device."""
    import torch

    _found(device)
    specs = {name: catalogue.operation(name) for name in only or catalogue.names()}
    with bar(len(specs)) as shown:
        count = recorder.record(path, specs, device, lambda name: shown.update(1))
    return f"{count} results of torch {torch.__version__} on {device} are in {path}."
