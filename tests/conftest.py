"""Tests are repeatable: examples are the same in each run, unless HYPOTHESIS_PROFILE=nightly.

The tests have a cache of their own, which keeps the case sets from one run to the next, and do not
change the user's progress. A test that has used the code of a course leaves none to the next test.
What the processes of a run share (run_folder.py) goes with the run.
"""

import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from run_folder import FOLDER

ROOT = Path(__file__).parents[1]

sys.path.append(str(ROOT))  # pytest adds tests/, where `reference` is a folder of tests
# Each core runs a process of tests, so threads of linear algebra would only wait for each other.
os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
os.environ["XDG_CACHE_HOME"] = str(ROOT / "build" / "cache")
os.environ["XDG_DATA_HOME"] = str(ROOT / "build" / "data")

# A shell in the background ignores interrupts, and what it starts inherits this.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("nightly", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_configure(config):
    if not hasattr(config, "workerinput"):  # a worker gets the environment of the first process
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="gradproof-")


def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ[FOLDER], ignore_errors=True)


@pytest.fixture(autouse=True)
def _no_code_of_a_course():
    yield
    code = sys.modules.get("checker.course.code")
    if code and code.snapshot()[1]:
        code.use(ROOT / "assignments")
