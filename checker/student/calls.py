"""Calls of a student's functions with any arguments, in a sandboxed worker as in grading."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from checker.cases.case_set import CaseSet
from checker.course.assignment import Assignment
from checker.grading.questions import LARGEST_RESULT
from checker.grading.session import Session, lines
from checker.grading.submission import Submission
from checker.sandbox.calls import Asked, pack
from checker.sandbox.failures import TimedOutError, WorkerDiedError
from checker.sandbox.messages import Answers, Reply, Returned

# Takes the name of a function, its number of results, and the arguments of each call. Returns the
# results of each call, or None for a call that returned none.
Call = Callable[[str, int, list[list[Any]]], list[list[Any] | None]]


class CannotCallError(Exception):
    """The submission cannot be called. The message says why."""


@contextlib.contextmanager
def asking(
    assignment: Assignment, submission: Submission, case_sets: Mapping[str, CaseSet]
) -> Iterator[tuple[set[str], Call]]:
    """Yield the names of the tasks whose functions are finished, and a function that asks them.

    Raises CannotCallError if the file cannot be loaded or does not answer in time.
    """
    asked_lines = lines(assignment, case_sets)
    with Session(submission, imports=assignment.imports, asked=asked_lines) as session:
        if session.failure:
            raise CannotCallError(session.failure[1])

        def ask(function: str, parts: int, calls: list[list[Any]]) -> list[list[Any] | None]:
            asked = Asked(function, parts, pack(calls), LARGEST_RESULT)
            try:
                (answers,) = session.run([asked], seconds=assignment.seconds)
                if not isinstance(answers, Answers):
                    raise answers
                replies = answers.replies
            except TimedOutError as error:
                words = f"{function} gives no answer within {assignment.seconds:g} seconds"
                raise CannotCallError(words) from error
            except WorkerDiedError as error:
                raise CannotCallError(f"{function} ends the whole process ({error})") from error
            return [_results(reply, parts) for reply in replies]

        there = [t for t in assignment.tasks if session.answers(t) and not session.unfinished(t)]
        yield {task.function for task in there}, ask


def number(result: Any) -> Any:
    """A result as an array of real numbers, or nan if it is not one."""
    if isinstance(result, list) and len(result) == 1:  # a tuple of one
        return number(result[0])
    return result.astype(float) if isinstance(result, np.ndarray) else np.array(np.nan)


def _results(reply: Reply, parts: int) -> list[Any] | None:
    match reply:
        case Returned(results=results) if len(results) == parts:
            return results
    return None
