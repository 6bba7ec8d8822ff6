"""What one process of a test run makes once for all of them.

conftest.py makes the folder before the processes start, and removes it when they have ended.
"""

import os
from collections.abc import Callable
from pathlib import Path

FOLDER = "GRADPROOF_TEST_RUN"  # the variable that names it


def made_once(name: str, make: Callable[[], bytes]) -> bytes:
    """The bytes of this name. Of two processes that make them at once, the later one remains."""
    path = Path(os.environ[FOLDER]) / name
    if not path.exists():
        unfinished = path.with_name(f"{name}.{os.getpid()}")
        unfinished.write_bytes(make())
        unfinished.replace(path)
    return path.read_bytes()
