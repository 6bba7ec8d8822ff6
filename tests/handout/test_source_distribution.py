"""The source distribution has all that the wheel has: one that is built from it is the same."""

import shutil
import subprocess
import sys
import tarfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from checker.handout.wheel import code

ROOT = Path(__file__).parents[2]
PACKAGES = ("assignments", "checker", "gradproof", "reference")
BUILT = "from setuptools import build_meta; build_meta.build_sdist('dist')"


# Environments of Python 3.12 and later come without it. Skipped, a file that is left out of the
# source distribution is not noticed there.
@pytest.mark.skipif(find_spec("setuptools") is None, reason="only setuptools can build it")
def test_the_source_distribution_has_every_file_of_the_packages(tmp_path):
    for path in ROOT.iterdir():
        if path.is_file() and not path.name.startswith("."):
            shutil.copy(path, tmp_path)
    for name in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    done = subprocess.run(
        [sys.executable, "-c", BUILT], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    (archive,) = (tmp_path / "dist").glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert code(PACKAGES).keys() <= names, done.stderr
    assert {"LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml"} <= names
