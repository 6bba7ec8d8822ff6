"""Run the proof on all cores. A job is the name of an operation or of an external database.

Worker processes are spawned and not forked, because torch has threads and a fork would inherit
their locks. If there are only a few operations, they are checked in this process, because starting
workers would take longer.
"""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed

from checker.proof import verify
from checker.proof.row import ProofRow

OPERATIONS_PER_WORKER = 8  # the number that is worth starting a worker for


def verified(
    names: list[str], only: tuple[str, ...] = (), device: str = "cpu"
) -> Iterator[tuple[str, list[ProofRow]]]:
    """Yield each name with its rows, in order of completion, with torch on this device."""
    workers = min(os.cpu_count() or 1, len(names) // OPERATIONS_PER_WORKER)
    if workers < 2:
        import torch

        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            with torch.device(device):
                yield from ((name, rows(name, only)) for name in names)
        finally:
            torch.set_num_threads(threads)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=_configure_torch, initargs=(device,)
    ) as pool:
        jobs = {pool.submit(rows, name, only): name for name in names}
        for job in as_completed(jobs):
            yield jobs[job], job.result()


def rows(name: str, only: tuple[str, ...]) -> list[ProofRow]:
    """The rows of an operation or an external database."""
    from checker.course import course
    from checker.proof import external
    from reference import catalogue

    course.current()  # in a new process too, its operations are known
    if name in external.DATABASES:
        return external.rows(name)
    return list(verify.verify({name: catalogue.operation(name)}, only=only))


def _configure_torch(device: str) -> None:
    """Set the device, and one thread for each worker, because the workers share the cores."""
    import torch

    torch.set_default_device(device)
    torch.set_num_threads(1)
