"""Questions to one submission: all cases of a task, or single calls of one of its functions."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from checker.cases.case_set import CaseSet
from checker.cases.counterexample import Counterexample, counterexample
from checker.cases.judge import Judgement, judge_all
from checker.grading.session import Session, Unanswered
from checker.sandbox.calls import Asked, pack
from checker.sandbox.failures import CpuTimeSpentError, SleptError, TimedOutError, WorkerDiedError
from checker.sandbox.messages import Answers, Reply
from checker.sandbox.readers_writer_lock import ReadersWriterLock

LARGEST_RESULT = 2**20  # bytes, in addition to the expected size: a wrong result may be larger
PART_FOR_ONE = 1 / 8  # of the time limit of all cases: what a single one may take, run alone
PART_FOR_SEARCH = 1 / 2  # of the same, for the search for that one
OWN_FAULT = (CpuTimeSpentError, SleptError)  # whatever else the machine is doing


@dataclass(frozen=True)
class Failure:
    """Why a task has no answers: a verdict, a message, and the first case without an answer."""

    verdict: str
    words: str
    case: Counterexample | None = None


Judged = list[Judgement] | Failure


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

    def judged(self, case_sets: Mapping[str, CaseSet]) -> dict[str, Judged]:
        """Ask the case sets of these functions, one after another, and judge each answer."""
        pairs = zip(case_sets.items(), self._answers(case_sets), strict=True)
        return {name: self._judged(name, asked, answers) for (name, asked), answers in pairs}

    def _judged(self, function: str, case_set: CaseSet, answers: Answers | Unanswered) -> Judged:
        if isinstance(answers, SleptError):  # with these inputs or others
            return Failure("timed out", str(answers))
        if isinstance(answers, TimedOutError):
            slow = self._first_unanswered(function, case_set)
            words = str(answers) or self._too_long(case_set, slow is not None)
            return Failure("timed out", words, slow)
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

    def _answers(self, case_sets: Mapping[str, CaseSet]) -> list[Answers | Unanswered]:
        """The answers to each case set. A task that timed out beside others is run again alone."""
        asked = [
            Asked(
                function,
                len(case_set.results),
                case_set.calls,
                LARGEST_RESULT + 4 * case_set.answer_key.largest,
            )
            for function, case_set in case_sets.items()
        ]
        if self.lock is None:
            return self.session.run(asked, seconds=self.seconds)
        with self.lock.shared():
            answers = self.session.run(asked, seconds=self.seconds)
        for at, each in enumerate(answers):
            if isinstance(each, TimedOutError) and not isinstance(each, OWN_FAULT):
                with self.lock.exclusive():
                    answers[at : at + 1] = self.session.run([asked[at]], seconds=self.seconds)
        return answers

    def replies(self, function: str, parts: int, calls: list[list[object]]) -> list[Reply]:
        """Call a function again. There are no replies if one of the calls fails."""
        asked = Asked(function, parts, pack(calls), LARGEST_RESULT)
        (answers,) = self.session.run([asked], seconds=self.seconds)
        try:
            return answers.replies if isinstance(answers, Answers) else []
        except WorkerDiedError:  # they are invalid
            return []

    def _too_long(self, case_set: CaseSet, shown: bool) -> str:
        """What took too long: all cases together, and the one that is shown by itself."""
        count, unit = len(case_set.cases), "data set" if case_set.shows else "case"
        words = f"it takes more than {_seconds(self.seconds)} for all {count} {unit}s together"
        alone = f"; one of them takes more than {_seconds(PART_FOR_ONE * self.seconds)} by itself"
        return words + alone * shown

    def _first_unanswered(self, function: str, case_set: CaseSet) -> Counterexample | None:
        """The first case without an answer if each is run alone, with a part of the time of all."""
        until = time.monotonic() + PART_FOR_SEARCH * self.seconds
        for case in case_set.cases:
            asked = Asked(function, len(case_set.results), pack([case.arguments]), LARGEST_RESULT)
            (answers,) = self.session.run([asked], seconds=PART_FOR_ONE * self.seconds)
            if not isinstance(answers, Answers):
                return counterexample(case_set, case)
            if time.monotonic() > until:
                break
        return None


def _seconds(number: float) -> str:
    return f"{number:g} second{'' if number == 1 else 's'}"
