"""How long after a save the new report is there, and what that is in units of importing numpy.

python tests/benchmarks/watch.py    saves a right file with one function broken, and mended again

Measured from the write of the file to the line on the pipe, while `check backprop --watch` runs.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from student import seconds

RIGHT = Path(__file__).parents[1] / "sample_class" / "right.py"
BREAKS = [
    ("np.sum(grad, axis=0)", "np.mean(grad, axis=0)"),
    ("2 * (prediction - target)", "3 * (prediction - target)"),
    ("param - learning_rate", "param + learning_rate"),
    ("return grad * s * (1 - s)", "return grad * s"),
    ("p[np.arange(n), labels] -= 1", "p[np.arange(n), labels] += 1"),
    ("return dw1, db1, dw2, db2", "return dw1, db1, dw2, 2 * db2"),
]


def main() -> None:
    right = RIGHT.read_text(encoding="utf-8")
    imported = seconds([sys.executable, "-c", "import numpy"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "backprop.py"
        path.write_text(right, encoding="utf-8")
        child = subprocess.Popen(
            [sys.executable, "-m", "checker", "backprop", "--watch"],
            cwd=folder,
            stdout=subprocess.PIPE,
        )
        try:
            report(child)
            times = [
                waited(child, path, text)
                for old, new in BREAKS
                for text in (right.replace(old, new), right)
            ]
        finally:
            child.kill()
            child.wait()
    for name, found in (("broken", times[::2]), ("mended", times[1::2])):
        middle = sorted(found)[len(found) // 2]
        print(
            f"one function {name}: {middle * 1000:4.0f} ms, at most {max(found) * 1000:4.0f} ms, "
            f"{middle / imported:.2f} x python -c 'import numpy'"
        )


def waited(child: subprocess.Popen, path: Path, text: str) -> float:
    time.sleep(1.5)  # nobody saves faster, and the next worker is ready
    start = time.perf_counter()
    path.write_text(text, encoding="utf-8")
    report(child)
    return time.perf_counter() - start


def report(child: subprocess.Popen) -> None:
    while b"Ctrl-C ends" not in child.stdout.readline():
        if child.poll() is not None:
            sys.exit("it ended")


if __name__ == "__main__":
    main()
