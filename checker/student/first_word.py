"""What the first word after `check` means if it is no command: an assignment, a file or a task."""

import re
from pathlib import Path

from checker.course import assignment as assignments
from checker.student import names, task_names

LARGEST = 2**21  # bytes of a file that are searched for names of functions


def command(word: str, commands: list[str]) -> list[str]:
    """The words of the command that is meant. Raises LookupError if none is."""
    if name := names.assignment(word):
        return [name, word] if names.is_file(word) else [name]
    if names.is_file(word):
        return [_assignment_of(Path(word)), word]
    try:
        assignment, task = task_names.find((word,), Path())
    except LookupError as error:
        raise LookupError(_unknown(word, commands, str(error))) from error
    return [assignment.name, "--task", task.function]


def _assignment_of(path: Path) -> str:
    """The assignment of which most functions are named in a file."""
    try:
        with path.open("rb") as file:
            found = set(re.findall(r"[A-Za-z_]\w*", file.read(LARGEST).decode("latin-1")))
    except FileNotFoundError as error:
        near = names.near(path.name, assignments.names())
        raise LookupError(f"there is no file {path}.{near}") from error
    except OSError as error:
        raise LookupError(f"{path} cannot be read: {error.strerror}.") from error
    count = {
        name: sum(each in found for each in assignments.find(name).names)
        for name in assignments.names()
    }
    most = [name for name in count if count[name] == max(count.values()) > 0]
    if len(most) != 1:
        raise LookupError(f"which assignment is {path} for? Write: check NAME {path}")
    return most[0]


def _unknown(word: str, commands: list[str], why: str) -> str:
    course = assignments.names()
    tasks = [task.function for name in course for task in assignments.find(name).tasks]
    if any(names.plain(word) == names.plain(task) for task in tasks):
        return f"{why.partition(': write')[0]}: write check ASSIGNMENT {word}."
    message = f"there is no assignment, command or task {word!r}."
    if operation := names.operation(word):
        return f"{message} `check explain {operation}` explains the operation."
    near = names.near(word, [*tasks, *course, *commands])
    return f"{message}{near or ' `check` lists the assignments, `check --help` the commands.'}"
