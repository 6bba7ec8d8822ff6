"""What `check verify` does: a proof, a recording, or the replay of one, with a progress bar."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from checker.proof import golden, parallel, recorder, summary
from checker.proof.verify import Row
from reference import catalogue

Bar = Callable[[int], AbstractContextManager[Any]]


def verify(only: tuple[str, ...], oracles: tuple[str, ...], bar: Bar) -> list[Row]:
    """The rows, in the order of the catalogue. Raises LookupError where a name means nothing.

    What a selection leaves out is not judged: that no deviation is superfluous, and that stored
    recordings still hold, is asked where everything is.
    """
    names = list(dict.fromkeys(only)) or list(catalogue.names())
    for name in only:
        catalogue.module(name)  # which says what it could have been
    found = {}
    with bar(len(names)) as shown:
        for name, rows in parallel.verified(names, oracles):
            found[name] = rows
            shown.update(1)
    rows = [row for name in names for row in found[name]]
    if not rows:
        raise LookupError(f"there is no oracle {' or '.join(oracles)}. `--json` names them all.")
    if only or oracles:
        return rows
    stored = [row for path in golden.recorded() for row in golden.replay(path)]
    return rows + stored + summary.unmatched(rows)


def replay(path: Path) -> list[Row]:
    return list(golden.replay(path))


def record(path: Path, only: tuple[str, ...], device: str, bar: Bar) -> str:
    """Raises ValueError where there is no such device."""
    import torch

    if device == "cuda" and not torch.cuda.is_available():
        raise ValueError("torch finds no GPU here: --device cuda needs one, and its drivers")
    specs = {name: catalogue.operation(name) for name in only or catalogue.names()}
    with bar(len(specs)) as shown:
        count = recorder.record(path, specs, device, lambda name: shown.update(1))
    return f"{count} results of torch {torch.__version__} on {device} are in {path}."
