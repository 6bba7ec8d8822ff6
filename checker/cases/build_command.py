"""The command by which setuptools builds a wheel: it adds the case sets of `shipped`.

pyproject.toml names it. An installation in place gets none, because its code may change.
"""

import subprocess
import sys
from pathlib import Path

from setuptools.command.build_py import build_py

ROOT = Path(__file__).parents[2]


class BuildWithCases(build_py):
    """Copies the packages, then makes the case sets with their code."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            folder = Path(self.build_lib).resolve() / "checker" / "cases" / "ready"
            command = [sys.executable, "-m", "checker.cases.shipped", str(folder)]
            subprocess.run(command, cwd=ROOT, check=True)
