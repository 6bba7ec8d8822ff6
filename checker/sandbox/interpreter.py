"""How to start a Python process that has none of the caller's paths and environment variables.

It starts without `site`, so that its path has the standard library and nothing that a .pth file, an
editable install or PYTHONPATH would add. Only the first imports have more (see
`worker.hide_the_grader`). They leave no garbage, and to look for some would take a tenth of their
time.

Every check begins with this, so nothing is imported here that takes time.
"""

import os
import sys
from importlib.machinery import PathFinder

ROOT = __file__.rpartition(f"{os.sep}checker{os.sep}")[0]
START_SCRIPT = """
import gc, os, sys
gc.disable()
os.chdir(os.sep)
root, numpy, module, *arguments = sys.argv[1:]
sys.path += [root, numpy]
__import__("checker.sandbox." + module, fromlist=["main"]).main(*arguments)
"""


def command(module: str, *arguments: str) -> list[str]:
    """The command that runs the function `main` of a module of this folder with these arguments.

    Raises ModuleNotFoundError if there is no numpy.
    """
    folders = [ROOT, folder_of_numpy()]
    return [_python(), "-P", "-S", "-c", START_SCRIPT, *folders, module, *arguments]


def _python() -> str:
    """The interpreter itself: that of an environment on Windows only starts it.

    A socket can be shared with the process that uses it, and with no other.
    """
    own = sys.executable
    return getattr(sys, "_base_executable", own) if os.name == "nt" else own


def folder_of_numpy() -> str:
    """The folder that numpy is imported from, found without importing it."""
    found = PathFinder.find_spec("numpy")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("numpy is not installed")
    return os.path.dirname(os.path.dirname(found.origin))


def environment() -> dict[str, str]:
    """Environment variables that do not depend on the caller's.

    Linear algebra uses one thread, so that sums are the same on every machine.
    """
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return kept | dict.fromkeys(threads, "1") | {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
