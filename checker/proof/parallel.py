"""The proof on every core: one operation, or one database, is a piece of work, named, never sent.

Workers start afresh instead of being forked: torch has threads, and a fork would inherit their
locks. Few operations are not worth the start, and stay in this process.
"""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed

from checker.proof import verify
from checker.proof.verify import Row

WORTH_A_WORKER = 8  # operations


def verified(
    names: list[str], only: tuple[str, ...] = (), device: str = "cpu"
) -> Iterator[tuple[str, list[Row]]]:
    """The rows of each, in the order in which they are done, with torch on this device."""
    workers = min(os.cpu_count() or 1, len(names) // WORTH_A_WORKER)
    if workers < 2:
        import torch

        with torch.device(device):
            yield from ((name, rows(name, only)) for name in names)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=_alone, initargs=(device,)
    ) as pool:
        asked = {pool.submit(rows, name, only): name for name in names}
        for done in as_completed(asked):
            yield asked[done], done.result()


def rows(name: str, only: tuple[str, ...]) -> list[Row]:
    from checker.proof import opinions
    from reference import catalogue

    if name in opinions.DATABASES:
        return opinions.rows(name)
    return list(verify.verify({name: catalogue.operation(name)}, only=only))


def _alone(device: str) -> None:
    """The workers share the cores; threads of their own would only fight over them."""
    import torch

    torch.set_default_device(device)
    torch.set_num_threads(1)
