"""Starts the process that grades one file before the command line is read, for `check NAME`.

It imports numpy while the main process imports everything else. `grader_process` talks to it.
"""

import os
import sys

from checker.sandbox import interpreter

SHIPPED = os.path.join(interpreter.ROOT, "assignments")
# What the process imports while its order is not known yet.
MEANWHILE = (
    "checker.commands.one_report",
    "checker.grading.pipeline",
    "checker.student.progress_bar",
)
STREAMS = (1, 2)
NOT_ONCE = {"--help", "--watch"}

Begun = tuple[int, int, int]  # its process id, the pipe for its order, and that for its reply

_begun: list[Begun] = []


def begin(words: list[str]) -> None:
    """Start the process if the first word is the name of a shipped assignment.

    Where it is not used in the end, it ends with the main process.
    """
    if sys.platform != "linux" or not words or NOT_ONCE & set(words):
        return
    try:
        if any(folder.endswith(f"_{words[0]}") for folder in os.listdir(SHIPPED)):
            _begun.append(start())
    except (ModuleNotFoundError, OSError):
        pass  # whoever needs the process tries again, and says why


def begun() -> Begun:
    """The process that was started, or a new one."""
    return _begun.pop() if _begun else start()


def start() -> Begun:
    """Start a process. It gets the streams on which a progress bar is drawn, but not as its own.

    So what it says while memory or processes are lacking is not shown.
    """
    while (unused := os.open(os.devnull, os.O_RDWR)) <= max(STREAMS):  # those closed are filled
        pass
    os.close(unused)
    theirs, order = os.pipe()
    reply, ours = os.pipe()
    given = [theirs, ours, *map(os.dup, STREAMS)]
    for each in given:
        os.set_inheritable(each, True)
    command = interpreter.command("grader_main", *map(str, given), *MEANWHILE)
    nothing = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, *STREAMS)]
    process = os.posix_spawn(
        command[0], command, interpreter.environment(), file_actions=nothing, setsid=True
    )
    for each in given:
        os.close(each)
    return process, order, reply
