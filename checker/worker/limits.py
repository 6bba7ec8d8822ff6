"""Resources: what a submission may use of memory, time, files and processes, on any Unix."""

import contextlib
import math
import time

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]  # a module or nothing, which mypy cannot say

MEMORY = 1536 * 2**20
STACK = 8 * 2**20
OPEN_FILES = 64


def enforce() -> None:
    """Raises OSError where not even memory can be limited: on Windows."""
    if resource is None:
        raise OSError("this system has no resource limits")
    most = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_NPROC: 0,  # no process beside this one; holds for everybody but root
        resource.RLIMIT_STACK: STACK,
    }
    for kind, limit in most.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def processor(seconds: float) -> None:
    """From now on, so much time of the processor: past that, SIGXCPU ends the process.

    Time on a busy machine does not count, so that a grade does not depend on what else is running.
    """
    if resource is None:
        return
    most = math.ceil(time.process_time() + seconds)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
