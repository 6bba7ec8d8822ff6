"""A submission and the worker that runs it. A worker that fails is replaced by a new one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from checker.sandbox import messages, wire
from checker.sandbox.failures import TimedOutError, WorkerDiedError
from checker.sandbox.host import Worker
from checker.sandbox.messages import Answers, Loaded, Unreadable
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
    """Load a submission into a worker and call its functions. Use it as a context manager."""

    def __init__(
        self,
        submission: Submission,
        start: Callable[[], Worker] = spawn,
        imports: tuple[str, ...] = (),
        measures: Mapping[str, "Measure"] | None = None,
    ) -> None:
        self._submission = submission
        self._imports = imports
        self._measures = measures or {}
        self._start = start
        self._worker: Worker | None = None
        self._bare = False  # whether only the definitions of the file are run
        self.isolation = ""
        self.functions: list[str] = []
        self.stubs: list[str] = []
        self.broken: dict[str, str] = {}
        self.notes: list[str] = []
        self.outlines: list[Any] = []
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
        cases: Any,
        *,
        count: int,
        largest: int,
        seconds: float,
    ) -> Answers:
        """Call a function as Worker.run does, in a new worker if the last one failed.

        For a sampler, the answers are what statistical tests measure on its samples.
        """
        if self._worker is None and (why := self._load()):
            raise WorkerDiedError(why[1])
        if self._worker is None:
            raise WorkerDiedError("it could not be started again")
        measure = self._measures.get(function)
        run = partial(self._worker.run, count=count, largest=largest, seconds=seconds)
        try:
            if measure is None:
                return run(function, parts, cases)
            return _measured(measure, run(function, 1, cases), cases, parts)
        except (TimedOutError, WorkerDiedError):
            self._drop()
            raise

    def _load(self) -> tuple[str, str] | None:
        """Start a worker and load the file. If this fails, return a verdict and a message."""
        self._worker = self._start()
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
        self.functions = [clean(str(name)) for name in reply.functions]
        self.stubs = [str(name) for name in reply.stubs]
        self.broken = {str(name): clean(str(why)) for name, why in map(_pair, reply.broken)}
        self.notes = [clean(str(note)) for note in reply.notes]
        self.outlines = reply.outlines
        return None

    def _drop(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None


def _measured(measure: "Measure", sampled: Answers, cases: Any, parts: int) -> Answers:
    calls = wire.decode(cases) if isinstance(cases, bytes) else cases
    measured = measure(calls, sampled.replies)
    return Answers(messages.answers_message(measured), sampled.count, parts)


def _pair(value: Any) -> tuple[Any, Any]:
    return (value[0], value[1]) if isinstance(value, list) and len(value) == 2 else ("", "")
