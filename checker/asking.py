"""The student's functions, to be asked anything: in a worker, as when they are graded."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from checker.assignment import Assignment
from checker.grading import LARGEST
from checker.session import Session, Submission
from checker.worker.host import TimedOutError, WorkerDiedError

# A function, its number of results, the arguments of each call: the results of each call, None
# where it gave none.
Ask = Callable[[str, int, list[list[Any]]], list[list[Any] | None]]


class NoAnswerError(Exception):
    """The submission cannot be asked, and why."""


@contextlib.contextmanager
def asking(found: Assignment, submission: Submission) -> Iterator[tuple[set[str], Ask]]:
    """The functions that are there and finished, and a way to ask them.

    Raises NoAnswerError where the file cannot be loaded or does not answer in time.
    """
    with Session(submission, imports=found.imports) as session:
        if session.failure:
            raise NoAnswerError(session.failure[1])

        def ask(function: str, parts: int, calls: list[list[Any]]) -> list[list[Any] | None]:
            try:
                asked = session.run(function, parts, calls, len(calls), LARGEST, found.seconds)
                replies = asked.replies
            except TimedOutError as error:
                words = f"{function} gives no answer within {found.seconds:g} seconds"
                raise NoAnswerError(words) from error
            except WorkerDiedError as error:
                raise NoAnswerError(f"{function} ends the whole process ({error})") from error
            return [_results(reply, parts) for reply in replies]

        yield set(session.functions) - set(session.stubs), ask


def number(result: Any) -> Any:
    """What came back, as an array of real numbers; nan where it was none."""
    if isinstance(result, list) and len(result) == 1:  # a tuple of one
        return number(result[0])
    return result.astype(float) if isinstance(result, np.ndarray) else np.array(np.nan)


def _results(reply: list[Any], parts: int) -> list[Any] | None:
    match reply:
        case ["returned", list() as results, *_] if len(results) == parts:
            return results
    return None
