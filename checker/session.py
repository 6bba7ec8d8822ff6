"""A submission and the worker it runs in: a new one wherever the last one broke."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from checker.text import clean
from checker.worker.host import TimedOutError, Worker, WorkerDiedError
from checker.worker.spawn import spawn

if TYPE_CHECKING:
    from checker.kinds.draw import Measure
    from checker.worker.answers import Answers

LOADING = 5.0  # seconds for the file itself, before any function is called


@dataclass(frozen=True)
class Submission:
    """What was handed in: bytes, and the name they came under; other files by their paths."""

    name: str
    filename: str
    data: bytes
    others: dict[str, bytes] = field(default_factory=dict)


class Session:
    """What a submission defines, and answers to calls of it."""

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
        self._bare = False  # only the definitions of the file are run
        self.isolation = ""
        self.functions: list[str] = []
        self.stubs: list[str] = []
        self.broken: dict[str, str] = {}
        self.notes: list[str] = []
        self.failure: tuple[str, str] | None = None  # a verdict and words for every task

    def __enter__(self) -> Self:
        if why := self._load():
            # Whatever the file does beside defining functions, it is not what is graded.
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
        self, function: str, parts: int, cases: Any, count: int, largest: int, seconds: float
    ) -> "Answers":
        """As Worker.run, in a new worker wherever the last one broke.

        Of functions that are measured, what was measured comes back in place of what they return.
        """
        if self._worker is None and (why := self._load()):
            raise WorkerDiedError(why[1])
        if self._worker is None:
            raise WorkerDiedError("it did not start again")
        measure = self._measures.get(function)
        try:
            if measure is None:
                return self._worker.run(function, parts, cases, count, largest, seconds)
            drawn = self._worker.run(function, 1, cases, count, largest, seconds)
            return _measured(measure, drawn, cases, parts)
        except (TimedOutError, WorkerDiedError):
            self._drop()
            raise

    def _load(self) -> tuple[str, str] | None:
        """Why it fails, as a verdict and words; None where it does not."""
        self._worker = self._start()
        handed_in = self._submission
        try:
            self.isolation = self._worker.isolation
            reply = self._worker.load(
                handed_in.filename,
                handed_in.data,
                LOADING,
                handed_in.others,
                self._bare,
                self._imports,
            )
        except TimedOutError:
            why = "timed out", f"importing the file takes more than {LOADING:g} seconds"
        except WorkerDiedError as death:
            why = "crashed", f"importing the file ends the whole process ({death})"
        else:
            return self._believe(reply)
        self._drop()
        return why

    def _believe(self, reply: list[Any]) -> tuple[str, str] | None:
        match reply:
            case ["loaded", list(functions), list(stubs), list(broken), list(notes)]:
                self.functions = [clean(str(name)) for name in functions]
                self.stubs = [str(name) for name in stubs]
                self.broken = {str(name): clean(str(why)) for name, why in map(_pair, broken)}
                self.notes = [clean(str(note)) for note in notes]
                return None
            case ["unreadable", str(why)]:
                self.failure = "crashed", clean(why)
                return None
        return "crashed", "importing the file ends in nonsense"

    def _drop(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None


def _measured(measure: "Measure", drawn: "Answers", cases: Any, parts: int) -> "Answers":
    from checker.worker import answers, wire

    calls = wire.decode(cases) if isinstance(cases, bytes) else cases
    replies = measure(calls, drawn.replies)
    return answers.Answers(answers.message(replies), drawn.count, parts)


def _pair(value: Any) -> tuple[Any, Any]:
    return (value[0], value[1]) if isinstance(value, list) and len(value) == 2 else ("", "")
