"""A control group (cgroup v2): a bound on the memory of all workers together.

Each worker has a limit of its own, but many of them may need more than the machine has. If the
group does, the kernel ends a worker, and no other program. The group has a fixed name beside the
group of the grader, so all runs share it and it is made only once.
"""

import os
from pathlib import Path

from checker.sandbox import kernel, limits

HIERARCHY, OWN = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")
NAME = "gradproof-workers"
PART = 0.75  # of the memory of this machine


def join(hierarchy: Path = HIERARCHY, own: Path = OWN) -> None:
    """Put this process and its future children into the group.

    Raises OSError if this machine has no such groups, or if this user may not make one here.
    """
    paths = [line[3:] for line in own.read_text().splitlines() if line.startswith("0::/")]
    if not paths or paths[0] == "/":
        raise kernel.UnsupportedError("this process is in no control group of its own")
    parent = (hierarchy / paths[0].lstrip("/")).parent
    if "memory" not in (parent / "cgroup.subtree_control").read_text().split():
        raise kernel.UnsupportedError("control groups do not bound memory here")
    group = parent / NAME
    group.mkdir(exist_ok=True)
    (group / "memory.max").write_text(str(_bound()))
    (group / "cgroup.procs").write_text("0")  # this process


def _bound() -> int:
    """The bytes that all workers may use. A single one may always use its own limit."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(int(PART * memory), limits.MEMORY_LIMIT)
