"""The tutorial for authors, followed to the letter in a copy of the project."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def block(language):
    (found,) = re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy, in which the operation and the assignment of the tutorial are made."""
    folder = tmp_path_factory.mktemp("project")
    for part in ("reference", "checker", "assignments"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    (name,) = re.findall(r"`(reference/\w+/\w+\.py)`, an operation that does not exist yet", TEXT)
    assert not (folder / name).exists()
    (folder / name).write_text(block("python"), encoding="utf-8")
    return folder


def run(project, command):
    assert f"    {command}\n" in TEXT
    done = subprocess.run(
        [sys.executable, "-m", "checker", *command.split()[1:]],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_operation_is_proven(project):
    shown = run(project, "check verify --only gaussian")
    assert "1 operation, " in shown
    assert "all within their bounds" in shown


def test_the_assignment_is_proven(project):
    run(project, "check -C assignments new bumps")
    (manifest,) = project.glob("assignments/*_bumps/assignment.toml")
    manifest.write_text(block("toml"), encoding="utf-8")
    shown = run(project, "check prove bumps")
    assert "gaussian_backward  right" in shown
    assert shown.endswith("proven\n")
