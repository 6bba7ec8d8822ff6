"""A submission and the worker that runs it. A worker that fails is replaced by a new one."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from checker.cases import crash_words
from checker.cases.case_set import CaseSet
from checker.course.assignment import Assignment, Task
from checker.grading.submission import Submission
from checker.sandbox import messages
from checker.sandbox.budget import Budget
from checker.sandbox.calls import Asked, pack
from checker.sandbox.failures import (
    BudgetSpentError,
    LostError,
    SleptError,
    TimedOutError,
    WorkerDiedError,
)
from checker.sandbox.host import Worker
from checker.sandbox.messages import Answers, Loaded, Observed, Unreadable
from checker.sandbox.plain_text import clean
from checker.sandbox.spawn import spawn

if TYPE_CHECKING:
    from checker.cases.forms import Measure

UNKNOWN = re.compile(r"NameError: name '(\w+)' is not defined$")
RAISED = re.compile(r"line \d+(?: of code cell \d+)?: (\w+): (.+)", re.DOTALL)
LOADING = 3.0  # seconds for running the file, before any function is called


# A task that asks by several lines: its name, its arguments, the lines, and methods that it needs.
Lines = tuple[str, list[str], str, list[str]]
Unanswered = TimedOutError | WorkerDiedError


def lines(assignment: Assignment, case_sets: Mapping[str, CaseSet]) -> tuple[Lines, ...]:
    """Those of the tasks that have some. The arguments are those of the cases."""
    return tuple(
        (task.function, case_sets[task.function].arguments, task.lines.text, [*task.lines.methods])
        for task in assignment.tasks
        if task.lines and task.function in case_sets
    )


class Session:
    """Load a submission into a worker and call its functions. Use it as a context manager.

    `asked` are the tasks that ask by several lines, which are called like a function of their name.
    All sessions of a submission share a `budget` of time.
    """

    def __init__(
        self,
        submission: Submission,
        start: Callable[[], Worker] = spawn,
        imports: tuple[str, ...] = (),
        measures: Mapping[str, "Measure"] | None = None,
        budget: Budget | None = None,
        *,
        asked: tuple[Lines, ...] = (),
    ) -> None:
        self.submission = submission
        self._imports = imports
        self._measures = measures or {}
        self._budget = budget
        self._asked = asked
        self._start = start
        self._worker: Worker | None = None
        self._bare = False  # whether only the definitions of the file are run
        self.isolation = ""
        self.functions: list[str] = []
        self.stubs: list[str] = []
        self.broken: dict[str, str] = {}
        self.notes: list[str] = []
        self.failure: tuple[str, str] | None = None  # a verdict and a message for every task

    def anew(self) -> "Session":
        """A session of the same submission in which nothing has been called."""
        known = self.submission, self._start, self._imports, self._measures, self._budget
        return Session(*known, asked=self._asked)

    def __enter__(self) -> Self:
        if why := self._load():
            # The file fails as a whole. Try again with its definitions only, which are graded.
            self._bare = True
            if self._load() or not self.functions:
                self.failure = why
            else:
                self.notes.insert(0, f"{why[1]}: only its definitions were run")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._drop()

    def run(self, questions: Sequence[Asked], *, seconds: float) -> list[Answers | Unanswered]:
        """Ask as Worker.run does, in a new worker after each question without an answer.

        Where tests measure what is returned, the answers are their measurements.
        """
        found: list[Answers | Unanswered] = []
        while len(found) < len(questions):
            try:
                for answers in self._answers(questions[len(found) :], seconds):
                    found.append(answers)
            except (TimedOutError, WorkerDiedError) as failure:
                self._drop()
                found.append(failure)
        return found

    def _answers(self, questions: Sequence[Asked], seconds: float) -> Iterator[Answers]:
        if self._budget is not None:
            self._budget.left()  # raises BudgetSpentError
        if self._worker is None and (why := self._load()):
            raise WorkerDiedError(why[1])
        if self._worker is None:
            raise WorkerDiedError("it could not be started again")
        measures = [self._measures.get(question.function) for question in questions]
        pairs = list(zip(questions, measures, strict=True))
        asked = [
            _visible(measure, question) if measure else question for question, measure in pairs
        ]
        answered = self._worker.run(asked, seconds=seconds)
        for (question, measure), answers in zip(pairs, answered, strict=True):
            yield _measured(measure, answers, question) if measure else answers

    def observe(self, function: str, arguments: list[Any], seconds: float) -> Observed | None:
        """Make one call that is observed. None if it does not answer."""
        try:
            if self._worker is None:
                self._load()
            if self._worker is not None:
                measure = self._measures.get(function)
                first = measure.first if measure else None
                return self._worker.observe(function, pack([arguments[:first]]), seconds=seconds)
        except (TimedOutError, WorkerDiedError):
            self._drop()
        return None

    def _load(self) -> tuple[str, str] | None:
        """Start a worker and load the file. If this fails, return a verdict and a message."""
        self._worker = self._start()
        self._worker.budget = self._budget
        submission = self.submission
        try:
            self.isolation = self._worker.isolation
            reply = self._worker.load(
                submission.filename,
                submission.data,
                submission.others,
                seconds=LOADING,
                bare=self._bare,
                imports=self._imports,
                asked=self._asked,
            )
        except BudgetSpentError as spent:
            why = "timed out", str(spent)
        except SleptError as slept:
            why = "timed out", f"while the file is imported, {slept}"
        except TimedOutError:
            why = "timed out", f"importing the file takes more than {LOADING:g} seconds"
        except WorkerDiedError as death:
            why = "crashed", f"importing the file ends the whole process ({death})"
        except LostError:
            self._drop()
            raise
        else:
            return self._keep(reply)
        self._drop()
        return why

    def _keep(self, reply: Loaded | Unreadable) -> tuple[str, str] | None:
        if isinstance(reply, Unreadable):
            self.failure = "crashed", clean(reply.reason)
            return None
        self.functions = [clean(name) for name in _texts(reply.functions, messages.MOST_NAMES)]
        self.stubs = _texts(reply.stubs, messages.MOST_NAMES)
        pairs = map(_pair, reply.broken[: messages.MOST_NOTES])
        self.broken = {name: _in_plain_words(clean(why)) for name, why in pairs}
        notes = _texts(reply.notes, messages.MOST_NOTES)
        self.notes = [_in_plain_words(clean(note), self.functions) for note in notes]
        return None

    def answers(self, task: Task) -> bool:
        """Whether the submission has all that a task needs."""
        return set(task.needs) <= set(self.functions)

    def unfinished(self, task: Task) -> list[str]:
        """What a task asks that is there, but not begun."""
        return [name for name in task.answering if name in self.stubs]

    def _drop(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None


def _visible(measure: "Measure", question: Asked) -> Asked:
    """The question without the arguments that are for the tests alone."""
    calls = question.calls
    if measure.first is not None:
        calls = pack([values[: measure.first] for values in calls.arguments])
    return replace(question, parts=measure.returned, calls=calls)


def _measured(measure: "Measure", answers: Answers, question: Asked) -> Answers:
    calls, parts = question.calls, question.parts
    measured = measure(calls.arguments, answers.replies)
    return Answers(messages.answers_message(measured, calls.numbers), calls, parts)


def _in_plain_words(note: str, functions: Sequence[str] = ()) -> str:
    """A note on a statement that failed, with what its exception means.

    A function that the statement lacks may be defined further down.
    """
    late = UNKNOWN.search(note)
    if late and late[1] in functions:
        return f"{note}; it is defined further down, and Python runs a file from its top"
    match = RAISED.search(note)
    meaning = crash_words.explained(*match.groups()) if match else ""
    return f"{note.rstrip('.')}; {meaning}" if meaning else note


def _texts(values: list[Any], most: int) -> list[str]:
    """The texts among these values. A worker may send anything: to describe it would take long."""
    return [value for value in values[:most] if isinstance(value, str)]


def _pair(value: Any) -> tuple[str, str]:
    match value:
        case list([str(name), str(why)]):
            return name, why
    return "", ""
