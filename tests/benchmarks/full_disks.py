"""Whether a full disk changes a grade, and what is said when one is full.

python tests/benchmarks/full_disks.py [SUBMISSIONS]

Grades a class once for each of some moments at which something else fills a disk. A run that fails
has to end with a sentence and an exit code, and leaves no half of a report. Then there is room
again, and the same command has to end with the reports of an undisturbed run. Only root can try
this: the disks are small ones of their own.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

import interrupted

DISK = 64 * 2**20  # bytes
ROOM = 8192  # bytes that are left where a file is to be cut in its middle
REPORTS = ("html", "feedback")  # beside those of each run
FAILED = 3
BALLAST = "ballast"  # what fills a disk
STORE = ("grades.sqlite", "grades.sqlite-wal", "grades.sqlite-journal")
NO_REPORTS = (BALLAST, "written.sha256", *STORE)
CACHES = ("XDG_CACHE_HOME", "XDG_DATA_HOME", "TMPDIR")
FILL = """
def fill(path, room):
    with open(path, "wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)) == 4096:
                pass
        except OSError:
            file.truncate(max(file.tell() - room, 0))
"""
# A process that finds the disk full from one call of this function on.
FILLED_AT = """
from itertools import count
from {module} import {owner}

calls, original = count(1), {owner}.{name}

def full(*words, **named):
    if next(calls) == {number}:
        fill({ballast!r}, {room})
    return original(*words, **named)

{owner}.{name} = full
"""
MAIN = "from checker.__main__ import main; import sys; sys.argv[0] = 'check'; main()"


class Full(NamedTuple):
    """When the disk of the output folder becomes full: at a call of a function.

    `room` bytes are left then. `streams` are written to a full disk from the start on, and so are
    `folders`, named by their variables.
    """

    function: str = ""
    number: int = 1
    room: int = 0
    streams: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()


def moments(size: int) -> dict[str, Full]:
    """The moments by their names, for a class of this size."""
    store, checksum = "checker.classroom.store.Store.", "checker.reports.write._checksum"
    return {
        "the store is made": Full(store + "__init__"),
        "the store is half made": Full(store + "__init__", room=ROOM),
        "the first grade is stored": Full(store + "put"),
        "half of the grades are stored": Full(store + "put", size // 2),
        "the last grade is stored": Full(store + "put", size),
        "the times of the submissions are stored": Full(store + "add_attempts"),
        "the table of points by hand is made": Full("checker.classroom.overrides.make"),
        # The checksum of the old report is asked for before the new one is written, which has one.
        "grades.csv is written": Full(checksum, 1, ROOM),
        "results.json is written": Full(checksum, 3, ROOM),
        "report.html is written": Full(checksum, 5, ROOM),
        "half of the feedback is written": Full(checksum, 7 + size // 2 * 2),
        "the checksums are written": Full("checker.classroom.whole_file.write", 2),
        "the marks are stored": Full(store + "record"),
        "standard output is written": Full(streams=("stdout",)),
        "both streams are written": Full(streams=("stdout", "stderr")),
        "caches and temporary files are written": Full(folders=CACHES),
    }


def run(folder: Path, out: Path, full: Full) -> tuple[int, str]:
    """Grade the class. The exit code, and what is said on stderr."""
    first = ""
    if full.function:
        module, owner, name = full.function.rsplit(".", 2)
        parts = {"module": module, "owner": owner, "name": name, "number": full.number}
        first = FILL + FILLED_AT.format(ballast=str(out / BALLAST), room=full.room, **parts)
    words = ["grade", str(folder), "-a", "backprop", "-o", str(out), "--seed", "1"]
    words += [word for report in REPORTS for word in ("--report", report)]
    environment = os.environ | dict.fromkeys(full.folders, str(out.parent / "caches"))
    environment.pop("PYTHONUNBUFFERED", None)  # Python writes what is left at its end as well
    with contextlib.ExitStack() as disks, open("/dev/full", "w") as nowhere:
        if full.folders:
            disks.enter_context(disk(out.parent / "caches"))
            filling = f"{FILL}\nfill({str(out.parent / 'caches' / BALLAST)!r}, {ROOM})"
            subprocess.run([sys.executable, "-c", filling], check=True)
        done = subprocess.run(
            [sys.executable, "-c", f"{first}\n{MAIN}", *words],
            cwd=interrupted.ROOT,
            env=environment,
            text=True,
            stdout=nowhere if "stdout" in full.streams else subprocess.DEVNULL,
            stderr=nowhere if "stderr" in full.streams else subprocess.PIPE,
            check=False,
        )
        if full.folders and (left := sorted((out.parent / "caches").rglob("*.[0-9]*"))):
            return done.returncode, f"left over: {left}"
    return done.returncode, done.stderr or ""


@contextlib.contextmanager
def disk(place: Path) -> Iterator[None]:
    """A small disk at this place."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(place)]
    subprocess.run(command, check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


def reports(out: Path) -> dict[str, bytes]:
    """All files in this folder that are, or look like, reports."""
    found = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if name not in NO_REPORTS}


def faults(full: Full, code: int, said: str, halves: list[str]) -> Iterator[str]:
    """What is wrong with a run on a full disk."""
    if code != (0 if full.folders else FAILED):
        yield f"its exit code is {code}"
    if "Traceback" in said or "Exception" in said or "left over" in said:
        yield said[-500:]
    if code and not full.streams and "check failed: " not in said.splitlines()[-1]:
        yield "no sentence says why"
    for name in halves:
        yield f"{name} is not whole"


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        place, undisturbed = Path(temporary), Full()
        folder = place / "class"
        interrupted.make_class(folder, size)
        code, said = run(folder, place / "whole", undisturbed)
        if code:
            raise RuntimeError(said)
        whole, tried, same, good = reports(place / "whole"), moments(size), 0, 0
        for number, (name, full) in enumerate(tried.items()):
            out = place / f"full{number}"
            with disk(out):
                code, said = run(folder, out, full)
                halves = [each for each, data in reports(out).items() if data != whole.get(each)]
                wrong = list(faults(full, code, said, halves))
                (out / BALLAST).unlink(missing_ok=True)
                again, _ = run(folder, out, undisturbed)
                if again or reports(out) != whole:
                    wrong.append(f"a rerun ends with exit code {again} or other reports")
                else:
                    same += 1
            good += not wrong
            last = said.strip().splitlines()[-1:] or ["nothing is said"]
            print(f"full when {name}: exit code {code}, {last[0]}", flush=True)
            for each in wrong:
                print(f"  WRONG: {each}")
        print(f"{len(tried)} full disks: {good} end well, {same} classes have the same reports")


if __name__ == "__main__":
    main(*[int(word) for word in sys.argv[1:]] or [200])
