"""How long a student waits, in units of `python -c "import numpy"`, both measured in this run."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

RUNS = 21
RIGHT = Path(__file__).parents[1] / "sample_class" / "right.py"


def seconds(command: list[str]) -> float:
    """The median of several runs."""
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        taken.append(time.perf_counter() - start)
    return sorted(taken)[RUNS // 2]


def main() -> None:
    check = shutil.which("check", path=Path(sys.executable).parent)
    if check is None:
        sys.exit("no `check` beside this Python: pip install -e .")
    student = [check, "backprop", str(RIGHT)]
    subprocess.run(student, stdout=subprocess.DEVNULL, check=True)  # makes the case set
    graded, imported = seconds(student), seconds([sys.executable, "-c", "import numpy"])
    print(f"check backprop           {graded * 1000:6.0f} ms")
    print(f"python -c 'import numpy' {imported * 1000:6.0f} ms")
    print(f"ratio                    {graded / imported:6.2f}")


if __name__ == "__main__":
    main()
