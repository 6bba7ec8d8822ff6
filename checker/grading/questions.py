"""Questions to one submission: all cases of a task, or single calls of one of its functions."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from checker.cases.case_set import CaseSet
from checker.cases.counterexample import Counterexample, counterexample
from checker.cases.judge import Judgement, judge_all
from checker.grading.session import Session
from checker.sandbox.calls import pack
from checker.sandbox.failures import CpuTimeSpentError, TimedOutError, WorkerDiedError
from checker.sandbox.messages import Answers, Reply
from checker.sandbox.readers_writer_lock import ReadersWriterLock

LARGEST_RESULT = 2**20  # bytes, in addition to the expected size: a wrong result may be larger

Unanswered = TimedOutError | WorkerDiedError


@dataclass(frozen=True)
class Failure:
    """Why a task has no answers: a verdict, a message, and the first case without an answer."""

    verdict: str
    words: str
    case: Counterexample | None = None


@dataclass(frozen=True)
class Questions:
    """Asks a submission in its session. All cases of one task together have `seconds`.

    `place` describes a line of the submission. Submissions that are graded at the same time share a
    `lock`.
    """

    session: Session
    seconds: float
    place: Callable[[int], str]
    lock: ReadersWriterLock | None = None

    def judged(self, function: str, case_set: CaseSet) -> list[Judgement] | Failure:
        """Ask a case set, and judge each answer."""
        answers = self._answers(function, case_set)
        if isinstance(answers, TimedOutError):
            words = str(answers) or f"no answer within {self.seconds:g} seconds"
            return Failure("timed out", words, self._first_unanswered(function, case_set))
        if isinstance(answers, WorkerDiedError):
            words = f"it ends the whole process ({answers})"
            return Failure("crashed", words, self._first_unanswered(function, case_set))
        if case_set.answer_key.agrees(answers):
            right = Judgement("right", right=(True,) * len(case_set.results))
            return [right] * len(case_set.cases)
        try:
            return judge_all(case_set, answers.replies, self.place)
        except WorkerDiedError as invalid_reply:
            return Failure("crashed", str(invalid_reply))

    def _answers(self, function: str, case_set: CaseSet) -> Answers | Unanswered:
        """The answers to a case set. A task that timed out beside others is run again alone."""
        ask = partial(self._all_answers, function, case_set)
        if self.lock is None:
            return ask()
        with self.lock.shared():
            answers = ask()
        slowed = isinstance(answers, TimedOutError) and not isinstance(answers, CpuTimeSpentError)
        if not slowed:
            return answers
        with self.lock.exclusive():
            return ask()

    def _all_answers(self, function: str, case_set: CaseSet) -> Answers | Unanswered:
        largest = LARGEST_RESULT + 4 * case_set.answer_key.largest
        try:
            return self.session.run(
                function,
                len(case_set.results),
                case_set.calls,
                largest=largest,
                seconds=self.seconds,
            )
        except (TimedOutError, WorkerDiedError) as failure:
            return failure

    def replies(self, function: str, parts: int, calls: list[list[object]]) -> list[Reply]:
        """Call a function again. There are no replies if one of the calls fails."""
        try:
            answers = self.session.run(
                function,
                parts,
                pack(calls),
                largest=LARGEST_RESULT,
                seconds=self.seconds,
            )
            return answers.replies
        except (TimedOutError, WorkerDiedError):
            return []

    def _first_unanswered(self, function: str, case_set: CaseSet) -> Counterexample | None:
        """The first case without an answer if each is run alone, in a quarter of the time limit."""
        deadline = time.monotonic() + self.seconds / 4
        parts = len(case_set.results)
        for case in case_set.cases:
            left = max(deadline - time.monotonic(), 0.01)
            try:
                self.session.run(
                    function, parts, pack([case.arguments]), largest=LARGEST_RESULT, seconds=left
                )
            except (TimedOutError, WorkerDiedError):
                return counterexample(case_set, case)
        return None
