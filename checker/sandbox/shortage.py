"""What the machine lacks when an operation fails for want of it, in words that say what to do."""

import contextlib
import errno
import os
from pathlib import Path

MEMORY = "memory is short, or limited too much (`ulimit -v`): more of it is needed to grade"
PROCESSES = "no further process or thread can be started: raise the limit (`ulimit -u`)"
FILES = "too many files are open: raise the limit (`ulimit -n`)"
SOMETHING = "`ulimit -a` shows whether memory, files or processes are limited too much"
if os.name == "nt":
    SOMETHING = "close other programs: memory may be short"
DISK = "the disk is full: make room, then run the same command again"
WORDS = {
    errno.ENOMEM: MEMORY,
    errno.EAGAIN: PROCESSES,
    errno.EMFILE: FILES,
    errno.ENFILE: FILES,
    errno.ENOSPC: DISK,
    errno.EDQUOT: DISK,
}


def memory_kills() -> int:
    """How many processes the kernel has ended for want of memory; 0 where it does not tell."""
    with contextlib.suppress(OSError):
        counts = dict(line.split() for line in Path("/proc/vmstat").read_text().splitlines())
        return int(counts.get("oom_kill", 0))
    return 0


def explained(error: BaseException) -> str | None:
    """What is short, or None if the error has another cause."""
    unmapped = isinstance(error, ImportError) and "failed to map" in str(error)
    # The interpreter and extensions in C do not always notice that they got no memory.
    if isinstance(error, MemoryError | SystemError) or unmapped:
        return MEMORY
    if isinstance(error, RuntimeError) and "start new thread" in str(error):
        return PROCESSES
    if not isinstance(error, OSError):
        return None
    words = WORDS.get(error.errno or 0)
    return f"{error.filename}: {words}" if words is DISK and error.filename else words
