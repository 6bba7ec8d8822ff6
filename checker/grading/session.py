"""A submission and the worker that runs it. A worker that fails is replaced by a new one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from checker.sandbox import messages
from checker.sandbox.budget import Budget
from checker.sandbox.calls import Calls, pack
from checker.sandbox.failures import BudgetSpentError, TimedOutError, WorkerDiedError
from checker.sandbox.host import Worker
from checker.sandbox.messages import Answers, Loaded, Observed, Unreadable
from checker.sandbox.plain_text import clean
from checker.sandbox.spawn import spawn

if TYPE_CHECKING:
    from checker.cases.forms import Measure

LOADING = 5.0  # seconds for running the file, before any function is called


@dataclass(frozen=True)
class Submission:
    """A submission: the bytes and name of its file, and the other files by their paths."""

    name: str
    filename: str
    data: bytes
    others: dict[str, bytes] = field(default_factory=dict)


class Session:
    """Load a submission into a worker and call its functions. Use it as a context manager.

    All sessions of a submission share a `budget` of time.
    """

    def __init__(
        self,
        submission: Submission,
        start: Callable[[], Worker] = spawn,
        imports: tuple[str, ...] = (),
        measures: Mapping[str, "Measure"] | None = None,
        budget: Budget | None = None,
    ) -> None:
        self._submission = submission
        self._imports = imports
        self._measures = measures or {}
        self._budget = budget
        self._start = start
        self._worker: Worker | None = None
        self._bare = False  # whether only the definitions of the file are run
        self.isolation = ""
        self.functions: list[str] = []
        self.stubs: list[str] = []
        self.broken: dict[str, str] = {}
        self.notes: list[str] = []
        self.failure: tuple[str, str] | None = None  # a verdict and a message for every task

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

    def run(
        self,
        function: str,
        parts: int,
        calls: Calls,
        *,
        largest: int,
        seconds: float,
    ) -> Answers:
        """Call a function as Worker.run does, in a new worker if the last one failed.

        For a sampler, the answers are what statistical tests measure on its samples.
        """
        if self._budget is not None:
            self._budget.left()  # raises BudgetSpentError
        if self._worker is None and (why := self._load()):
            raise WorkerDiedError(why[1])
        if self._worker is None:
            raise WorkerDiedError("it could not be started again")
        measure = self._measures.get(function)
        run = partial(self._worker.run, function, calls=calls, largest=largest, seconds=seconds)
        try:
            if measure is None:
                return run(parts)
            return _measured(measure, run(1), parts)
        except (TimedOutError, WorkerDiedError):
            self._drop()
            raise

    def observe(self, function: str, arguments: list[Any], seconds: float) -> Observed | None:
        """Make one call that is observed. None if it does not answer."""
        try:
            if self._worker is None:
                self._load()
            if self._worker is not None:
                return self._worker.observe(function, pack([arguments]), seconds=seconds)
        except (TimedOutError, WorkerDiedError):
            self._drop()
        return None

    def _load(self) -> tuple[str, str] | None:
        """Start a worker and load the file. If this fails, return a verdict and a message."""
        self._worker = self._start()
        self._worker.budget = self._budget
        submission = self._submission
        try:
            self.isolation = self._worker.isolation
            reply = self._worker.load(
                submission.filename,
                submission.data,
                submission.others,
                seconds=LOADING,
                bare=self._bare,
                imports=self._imports,
            )
        except BudgetSpentError as spent:
            why = "timed out", str(spent)
        except TimedOutError:
            why = "timed out", f"importing the file takes more than {LOADING:g} seconds"
        except WorkerDiedError as death:
            why = "crashed", f"importing the file ends the whole process ({death})"
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
        self.broken = {name: clean(why) for name, why in pairs}
        self.notes = [clean(note) for note in _texts(reply.notes, messages.MOST_NOTES)]
        return None

    def _drop(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None


def _measured(measure: "Measure", sampled: Answers, parts: int) -> Answers:
    calls = sampled.calls
    measured = measure(calls.arguments, sampled.replies)
    return Answers(messages.answers_message(measured, calls.numbers), calls, parts)


def _texts(values: list[Any], most: int) -> list[str]:
    """The texts among these values. A worker may send anything: to describe it would take long."""
    return [value for value in values[:most] if isinstance(value, str)]


def _pair(value: Any) -> tuple[str, str]:
    match value:
        case [str(name), str(why)]:
            return name, why
    return "", ""
