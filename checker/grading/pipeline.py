"""Grading one submission: for each task judge, diagnose, shrink and record, in this order.

The four steps do not depend on each other. `_explain` calls all of them.
"""

import difflib
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from checker.cases.case_set import CaseSet
from checker.cases.counterexample import Counterexample, counterexample, most_telling
from checker.cases.judge import Judgement, judge_all
from checker.course.assignment import Assignment, Task
from checker.grading import source_lines
from checker.grading.recording import as_diagnosis, decide, record
from checker.grading.report import BROKEN, Report, TaskReport
from checker.grading.session import Session, Submission
from checker.sandbox.failures import CpuTimeSpentError, TimedOutError, WorkerDiedError
from checker.sandbox.host import Worker
from checker.sandbox.messages import Answers, Reply
from checker.sandbox.readers_writer_lock import ReadersWriterLock
from checker.sandbox.spawn import spawn

if TYPE_CHECKING:
    from checker.cases.forms import Measure

HIDDEN = "right on all visible cases, but wrong on a hidden one"
LARGEST_RESULT = 2**20  # bytes, in addition to the expected size: a wrong result may be larger

Unanswered = TimedOutError | WorkerDiedError


def grade(
    assignment: Assignment,
    case_sets: dict[str, CaseSet],
    submission: Submission,
    *,
    only: tuple[str, ...] = (),
    start: Callable[[], Worker] = spawn,
    lock: ReadersWriterLock | None = None,
    shrink: bool = False,
    done: Callable[[str], object] = str,
    hidden: dict[str, CaseSet] | None = None,
) -> Report:
    """Grade every task, or those in `only`, in workers that `start` starts.

    A task that is right on its case set is then graded on `hidden` cases, which no report shows.

    Submissions that are graded at the same time share a `lock`. If a task runs out of time, it is
    run once more while nothing else runs, unless it has used up its CPU time. With `shrink`, each
    counterexample is made smaller by further calls of the submission, which changes no verdict.
    `done` is called with the name of each graded task.
    """
    tasks = [task for task in assignment.tasks if not only or task.function in only]
    text = source_lines.read(submission.filename, submission.data)
    grader = _Grader(assignment, case_sets, start, lock, text, hidden or {})
    with grader.session(submission) as session:
        reports = []
        for task in tasks:
            reports.append(grader.grade(session, task, shrink))
            done(task.function)
        notes, isolation = session.notes, session.isolation
    if sum(report.verdict in BROKEN for report in reports) > 1 and text.code:
        from checker.grading import carried_forward  # imports the reference

        reports = carried_forward.credit(
            submission, text.code.encode(), list(zip(tasks, reports, strict=True)), grader.is_right
        )
    return Report(
        assignment.name,
        submission.name,
        sum(report.score for report in reports),
        sum(report.max_score for report in reports),
        reports,
        notes,
        isolation,
    )


@dataclass(frozen=True)
class _Grader:
    """Everything that grading needs except the submission itself."""

    assignment: Assignment
    case_sets: dict[str, CaseSet]
    start: Callable[[], Worker]
    lock: ReadersWriterLock | None
    text: source_lines.Text
    hidden: dict[str, CaseSet]

    def session(self, submission: Submission) -> Session:
        measures = _measures(self.assignment, self.case_sets)
        return Session(submission, self.start, self.assignment.imports, measures)

    def grade(self, session: Session, task: Task, shrink: bool) -> TaskReport:
        if session.failure:
            return record(task, *session.failure)
        if task.function not in session.functions:
            if task.function in session.broken:
                return record(task, "crashed", session.broken[task.function])
            return record(task, "missing", _missing(session, task.function))
        if task.function in session.stubs:
            return record(task, "not started")
        case_set = self.case_sets[task.function]
        answers = self._answers(session, task.function, case_set)
        if isinstance(answers, Unanswered):
            return self._unanswered(session, task, answers)
        if not case_set.answer_key.agrees(answers):
            try:
                judged = judge_all(case_set, answers.replies, self.text.place)
            except WorkerDiedError as invalid_reply:
                return record(task, "crashed", str(invalid_reply))
            if any(judgement.verdict != "right" for judgement in judged):
                return self._explain(session, task, judged, shrink)
        return record(task, *self._hidden_verdict(session, task))

    def is_right(self, submission: Submission, task: Task) -> bool:
        """Whether this task of a submission is right, on visible and hidden cases."""
        with self.session(submission) as session:
            if session.failure or task.function not in session.functions:
                return False
            visible = self._verdict(session, task, self.case_sets[task.function])
            return visible == "right" and self._hidden_verdict(session, task)[0] == "right"

    def _explain(
        self, session: Session, task: Task, judged: list[Judgement], shrink: bool
    ) -> TaskReport:
        """Diagnose, shrink and record a task with a failing case."""
        case_set = self.case_sets[task.function]
        first, failing = most_telling(case_set, judged)
        case, judgement = case_set.cases[first], judged[first]
        if judgement.verdict == "not started":
            shown = counterexample(case_set, case, judgement, failing)
            return record(task, judgement.verdict, judgement.words, case=shown)
        # Imported here because they import the reference, which right answers do not need.
        from checker.cases.mutants import mutants
        from checker.diagnosis.evidence import Evidence
        from checker.diagnosis.stages import diagnose
        from checker.grading.shrinking import shrink as smaller

        ask = partial(_ask, session, self.assignment.seconds)
        siblings = {t.function: t for t in self.assignment.tasks if t.function in session.functions}
        candidates = mutants(task, self.assignment.folder)
        finding = diagnose(Evidence(task, case_set, judged, candidates, ask, siblings))
        verdict, words = decide(case_set, judged, first, finding)
        line = self.text.shown(source_lines.blamed(self.text, task.function, judgement))
        if shrink and judgement.verdict != "mutates its input":
            case, judgement = smaller(task, case, judgement, ask)
        shown = counterexample(case_set, case, judgement, failing)
        return record(task, verdict, words, case=shown, diagnosis=as_diagnosis(finding), line=line)

    def _unanswered(self, session: Session, task: Task, why: Unanswered) -> TaskReport:
        """Record a task that timed out or crashed, with the first case that does so."""
        seconds = self.assignment.seconds
        verdict, words = "crashed", f"it ends the whole process ({why})"
        if isinstance(why, TimedOutError):
            verdict, words = "timed out", f"no answer within {seconds:g} seconds"
        case_set = self.case_sets[task.function]
        shown = _first_unanswered(session, task.function, case_set, seconds)
        return record(task, verdict, words, case=shown)

    def _hidden_verdict(self, session: Session, task: Task) -> tuple[str, str]:
        """The verdict and message of a task that is right on its visible cases."""
        case_set = self.hidden.get(task.function)
        if case_set is None:
            return "right", ""
        verdict = self._verdict(session, task, case_set)
        return verdict, HIDDEN if verdict != "right" else ""

    def _verdict(self, session: Session, task: Task, case_set: CaseSet) -> str:
        """The verdict on a case set, without a message."""
        answers = self._answers(session, task.function, case_set)
        if isinstance(answers, TimedOutError):
            return "timed out"
        if isinstance(answers, WorkerDiedError):
            return "crashed"
        if case_set.answer_key.agrees(answers):
            return "right"
        try:
            judged = judge_all(case_set, answers.replies)
        except WorkerDiedError:
            return "crashed"
        if all(judgement.verdict == "right" for judgement in judged):
            return "right"
        return judged[most_telling(case_set, judged)[0]].verdict

    def _answers(self, session: Session, function: str, case_set: CaseSet) -> Answers | Unanswered:
        """The answers to a case set. A task that timed out beside others is run again alone."""
        ask = partial(_all_answers, session, function, case_set, self.assignment.seconds)
        if self.lock is None:
            return ask()
        with self.lock.shared():
            answers = ask()
        slowed = isinstance(answers, TimedOutError) and not isinstance(answers, CpuTimeSpentError)
        if not slowed:
            return answers
        with self.lock.exclusive():
            return ask()


def _measures(assignment: Assignment, case_sets: dict[str, CaseSet]) -> "dict[str, Measure]":
    """The functions that apply statistical tests, for the tasks that have some."""
    names = {name for name, case_set in case_sets.items() if case_set.measured}
    measured = [task for task in assignment.tasks if task.function in names]
    if not measured:  # avoids importing the reference
        return {}
    from checker.cases.forms import task_form

    measures = {task.function: task_form(task).measure for task in measured}
    return {function: measure for function, measure in measures.items() if measure}


def _all_answers(
    session: Session, function: str, case_set: CaseSet, seconds: float
) -> Answers | Unanswered:
    largest = LARGEST_RESULT + 4 * case_set.answer_key.largest
    parts, count = len(case_set.results), len(case_set.cases)
    try:
        return session.run(
            function, parts, case_set.encoded, count=count, largest=largest, seconds=seconds
        )
    except (TimedOutError, WorkerDiedError) as failure:
        return failure


def _ask(
    session: Session, seconds: float, function: str, parts: int, calls: list[list[object]]
) -> list[Reply]:
    """Call the submission again. There are no replies if one of the calls fails."""
    count = len(calls)
    try:
        answers = session.run(
            function, parts, calls, count=count, largest=LARGEST_RESULT, seconds=seconds
        )
        return answers.replies
    except (TimedOutError, WorkerDiedError):
        return []


def _first_unanswered(
    session: Session, function: str, case_set: CaseSet, seconds: float
) -> Counterexample | None:
    """The first case without an answer if each is run alone, in a quarter of the time limit."""
    deadline = time.monotonic() + seconds / 4
    parts = len(case_set.results)
    for case in case_set.cases:
        left = max(deadline - time.monotonic(), 0.01)
        try:
            session.run(
                function, parts, [case.arguments], count=1, largest=LARGEST_RESULT, seconds=left
            )
        except (TimedOutError, WorkerDiedError):
            return counterexample(case_set, case)
    return None


def _missing(session: Session, function: str) -> str:
    """The message for a function that the submission does not define."""
    near = difflib.get_close_matches(function, session.functions, n=1)
    if near:
        return f"there is no function {function}: should {near[0]} have this name?"
    because = f"; {session.notes[0]}" if session.notes else " in the file"
    return f"there is no function {function}{because}"
