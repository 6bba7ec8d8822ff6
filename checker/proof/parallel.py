"""The proof on every core: one operation is one piece of work, named, never sent.

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


def verified(names: list[str], only: tuple[str, ...] = ()) -> Iterator[tuple[str, list[Row]]]:
    """The rows of each operation, in the order in which they are done."""
    workers = min(os.cpu_count() or 1, len(names) // WORTH_A_WORKER)
    if workers < 2:
        yield from ((name, rows(name, only)) for name in names)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_alone) as pool:
        asked = {pool.submit(rows, name, only): name for name in names}
        for done in as_completed(asked):
            yield asked[done], done.result()


def rows(name: str, only: tuple[str, ...]) -> list[Row]:
    from reference import catalogue

    return list(verify.verify({name: catalogue.operation(name)}, only=only))


def _alone() -> None:
    """The workers share the cores; threads of their own would only fight over them."""
    import torch

    torch.set_num_threads(1)
