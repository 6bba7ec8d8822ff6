"""The end of a child process, for which only the process that has started it can wait."""

import contextlib
import os
import select
import signal

from checker.sandbox.fork_commands import UNKNOWN_EXIT_CODE


def end(process: int, timeout: float) -> int:
    """Wait for a child to end, kill it after the timeout, and return its exit code."""
    with contextlib.suppress(OSError):
        handle = os.pidfd_open(process)
        select.select([handle], [], [], timeout)
        os.close(handle)
    try:
        os.kill(process, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    except OSError:  # no such child
        return UNKNOWN_EXIT_CODE
