"""Grade a class that is interrupted: killed at a given or any moment, or on a disk that is full.

The same command continues it. Whatever was lost, the grades are those of a run without a break.
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "tests" / "sample_class"
QUICK = ("right.py", "wrong_sign.py", "wrong_shapes.py", "half_done.py", "right_notebook.ipynb")
GRADES = ("grades.csv", "results.json")
SIGNALS = (signal.SIGKILL, signal.SIGTERM)
SMALLEST_DISK = 32 * 1024  # bytes: the store alone needs more
DONE = 0
# A process that ends like one that is killed when this function is called so many times.
KILLED_AT = """
from itertools import count
import os, signal
from {module} import {owner}

calls, original = count(1), {owner}.{name}

def killed(*words):
    if next(calls) == {number}:
        os.kill(os.getpid(), signal.SIGKILL)
    return original(*words)

{owner}.{name} = killed
"""


def make_class(folder: Path, size: int, names: tuple[str, ...] = QUICK) -> None:
    """Write so many submissions, no two of them alike."""
    folder.mkdir()
    for number in range(size):
        sample = SAMPLES / names[number % len(names)]
        space = b" " * number + b"\n"  # a notebook too may end in blank space
        (folder / f"s{number:03}{sample.suffix}").write_bytes(sample.read_bytes() + space)


def started(folder: Path, out: Path, first: str = "") -> "subprocess.Popen[str]":
    """Start `check grade`. Its process runs the code `first` before."""
    words = ["grade", str(folder), "-a", "backprop", "-o", str(out), "--seed", "1"]
    code = "from checker.__main__ import main; import sys; sys.argv[0] = 'check'; main()"
    return subprocess.Popen(
        [sys.executable, "-c", f"{first}\n{code}", *words],
        cwd=ROOT,
        text=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def finished(folder: Path, out: Path) -> dict[str, bytes]:
    """Run to the end, and return the reports. Raises RuntimeError if that fails."""
    process = started(folder, out)
    said = process.communicate()[1]
    if process.returncode != DONE:
        raise RuntimeError(f"exit code {process.returncode}: {said}")
    return grades(out)


def grades(out: Path) -> dict[str, bytes]:
    """The reports of a class by their names."""
    return {name: (out / name).read_bytes() for name in GRADES}


def killed_at(folder: Path, out: Path, place: str, number: int) -> bool:
    """Start a run that is killed at a call of `place`: a module, a class or module, a function."""
    module, owner, name = place.rsplit(".", 2)
    first = KILLED_AT.format(module=module, owner=owner, name=name, number=number)
    process = started(folder, out, first)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def killed(folder: Path, out: Path, chance: random.Random, longest: float) -> bool:
    """Start a run and kill it at some moment. Whether it was still running then."""
    process = started(folder, out)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(chance.uniform(0, longest))
    if process.poll() is not None:
        process.communicate()
        return False
    number = chance.choice(SIGNALS)
    process.send_signal(number)
    said = process.communicate()[1]
    if "Traceback" in said:
        raise RuntimeError(said)
    return process.returncode != DONE


def on_full_disk(folder: Path, out: Path, size: int) -> bool:
    """Run with `size` bytes of room, and make room again. Whether the disk was full."""
    with disk(out, size) as largest:
        limited = f"import resource as r; r.setrlimit(r.RLIMIT_FSIZE, ({largest},) * 2)"
        process = started(folder, out, limited if largest else "")
        said = process.communicate()[1]
        if "Traceback" in said:
            raise RuntimeError(said)
        return process.returncode != DONE


@contextlib.contextmanager
def disk(folder: Path, size: int) -> Iterator[int | None]:
    """A folder with so much room. What is in it is there before and after.

    Yields None, or a limit for single files where nothing can be mounted.
    """
    folder.mkdir(exist_ok=True)
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    if not _mounted(folder, size + sum(map(len, kept.values()))):
        yield size
        return
    try:
        for name, data in kept.items():
            (folder / name).write_bytes(data)
        yield None
        kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    finally:
        subprocess.run(["umount", str(folder)], check=True)
    for name, data in kept.items():
        (folder / name).write_bytes(data)


def _mounted(folder: Path, size: int) -> bool:
    if sys.platform != "linux" or os.geteuid():
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0


def seconds(folder: Path, out: Path) -> float:
    """The time of a run without a break."""
    start = time.perf_counter()
    finished(folder, out)
    return time.perf_counter() - start
