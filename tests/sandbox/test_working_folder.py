"""What lies in the working directory is data: nothing there is imported by the program."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = ("click", "numpy", "gmpy2", "platformdirs", "json", "decimal", "reference", "assignments")
RIGHT = (ROOT / "tests" / "sample_class" / "right.py").read_text()


@pytest.mark.parametrize("path", [f"{ROOT}", f"{os.pathsep}{ROOT}"])
def test_no_module_beside_the_submissions_is_imported(tmp_path, path):
    for name in NAMES:
        (tmp_path / f"{name}.py").write_text(f"raise SystemExit('{name} was imported')\n")
    (tmp_path / "backprop.py").write_text(RIGHT)
    done = subprocess.run(
        [sys.executable, "-m", "checker", "backprop"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "was imported" not in done.stdout + done.stderr
    assert done.returncode == 0
    assert "20 of 20" in done.stdout or "20 / 20" in done.stdout
