"""How long a student waits, in units of `python -c "import numpy"`, both measured in this run.

python tests/benchmarks/student.py

The clock depends on what else the machine does, processor time hardly. `check NAME` grades in a
second process while the first one reads the command line: both count, and the workers too.

The first check ever is that of an installed package, whose build has made the cases, by somebody
who has neither a cache nor progress.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

RUNS = 15
ROOT = Path(__file__).parents[2]
RIGHT = ROOT / "tests" / "sample_class" / "right.py"
NUMPY = [sys.executable, "-c", "import numpy"]
CHECK = [sys.executable, "-m", "checker"]
MISTAKES = {"np.sum(grad, axis=0)": "np.mean(grad, axis=0)", "2 * (pred": "3 * (pred"}

Times = tuple[float, float]  # by the clock, and of the processors


def times(command: list[str], environment: Mapping[str, str] | None = None) -> Times:
    """The seconds of one run."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        command,
        cwd=os.sep,  # where `python -m` finds no package
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    clock, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def seconds(command: list[str]) -> float:
    """The median of several runs by the clock."""
    return sorted(times(command)[0] for _ in range(RUNS))[RUNS // 2]


def best(commands: dict[str, list[str]], runs: int = RUNS) -> dict[str, Times]:
    """The shortest times of each command. The commands are run in turn."""
    taken = [[times(command) for command in commands.values()] for _ in range(runs)]
    columns = zip(commands, zip(*taken, strict=True), strict=True)
    return {name: (min(c for c, _ in found), min(p for _, p in found)) for name, found in columns}


def two_wrong(folder: Path) -> Path:
    """A file in which two functions are wrong."""
    text = RIGHT.read_text(encoding="utf-8")
    for old, new in MISTAKES.items():
        text = text.replace(old, new)
    path = folder / "backprop.py"
    path.write_text(text, encoding="utf-8")
    return path


def first_ever(folder: Path, runs: int = RUNS) -> Times:
    """The shortest times of a first check, with a package that lies in this folder."""
    for package in ("assignments", "checker", "reference"):
        shutil.copytree(ROOT / package, folder / "installed" / package)
    made = folder / "installed" / "checker" / "cases" / "ready"
    subprocess.run(
        [sys.executable, "-m", "checker.cases.shipped", str(made), "backprop"], cwd=ROOT, check=True
    )
    found = []
    for run in range(runs):
        nobody = {
            name: str(folder / f"{name}{run}") for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME")
        }
        environment = {**os.environ, **nobody, "PYTHONPATH": str(folder / "installed")}
        found.append(times([*CHECK, "backprop", str(RIGHT)], environment))
        assert not (folder / f"XDG_CACHE_HOME{run}").exists(), "it has made cases"
    return min(c for c, _ in found), min(p for _, p in found)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        wrong = two_wrong(Path(folder))
        subprocess.run([*CHECK, "backprop", str(RIGHT)], stdout=subprocess.DEVNULL, check=True)
        found = best(
            {
                "python -c 'import numpy'": NUMPY,
                "check": CHECK,
                "check --help": [*CHECK, "--help"],
                "check backprop, right": [*CHECK, "backprop", str(RIGHT)],
                "check backprop, two wrong": [*CHECK, "backprop", str(wrong)],
            }
        )
        found["its first run ever, right"] = first_ever(Path(folder))
    units = found["python -c 'import numpy'"]
    print(f"{'':28}{'clock':>9}{'times':>8}{'processor':>12}{'times':>8}")
    for name, (clock, processor) in found.items():
        print(
            f"{name:28}{clock * 1000:6.0f} ms{clock / units[0]:8.2f}"
            f"{processor * 1000:9.0f} ms{processor / units[1]:8.2f}"
        )


if __name__ == "__main__":
    main()
