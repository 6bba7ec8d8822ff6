"""Grading one submission: for each task judge, diagnose, shrink and record, in this order.

Fresh cases come last, for all tasks together (`confirmation`): a submission may put what it learns
from one into anything that it says afterwards, and students read what it says before.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from checker.cases import points, published
from checker.cases.case_set import CaseSet
from checker.cases.counterexample import counterexample, most_telling
from checker.cases.judge import Judgement
from checker.course import marks
from checker.course.assignment import Assignment, Task
from checker.grading import source_lines
from checker.grading.questions import Failure, Judged, Questions
from checker.grading.reading import Reader
from checker.grading.recording import as_diagnosis, as_seen, compared, decide, record
from checker.grading.report import Line, Report, TaskReport
from checker.grading.session import LOADING, Session, lines
from checker.grading.submission import Submission
from checker.sandbox.budget import Budget
from checker.sandbox.failures import LostError
from checker.sandbox.host import Worker
from checker.sandbox.messages import Ask
from checker.sandbox.readers_writer_lock import ReadersWriterLock
from checker.sandbox.spawn import spawn

if TYPE_CHECKING:
    from checker.cases.forms import Measure
    from checker.cases.fresh import FreshCases
    from checker.cases.mutants import Mutant
    from checker.diagnosis.finding import Finding

TASKS_IN_FULL = 3  # how many tasks may use up their time before the whole submission has

Graded = tuple[TaskReport, list[Judgement]]


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
    fresh: "Callable[[], dict[str, FreshCases]]" = dict,
) -> Report:
    """Grade every task, or those in `only`, in workers that `start` starts.

    Tasks that earn points by their visible cases are asked the `fresh` ones too.

    Submissions that are graded at the same time share a `lock`. If a task runs out of time, it is
    run once more while nothing else runs, unless it has used up its CPU time. With `shrink`, each
    counterexample is made smaller by further calls of the submission, which changes no verdict.
    `done` is called with the name of each graded task.
    """
    tasks = [task for task in assignment.tasks if not only or task.function in only]
    names = [name for task in tasks for name in task.names]
    with Reader(start) as reader:
        text = reader.text(submission.filename, submission.data, names)
        asked = [each[:3] for each in lines(assignment, case_sets)]
        outlines = cache(partial(reader.outlines, submission.filename, submission.data, asked))
        budget = Budget(LOADING + TASKS_IN_FULL * assignment.seconds)
        grader = _Grader(assignment, case_sets, reader.start, lock, text, outlines, fresh, budget)
        with grader.session(submission) as session:
            answered, judged = grader.answered(session, tasks), []
            blameless = grader.blameless(submission, session, tasks, answered)
            for task in tasks:
                judged.append(grader.grade(session, task, answered, blameless, shrink))
                done(task.function)
            notes, isolation = session.notes, session.isolation
            # From here on the submission knows fresh cases, and no student reads what it says.
            with _discreet():
                graded = list(zip(tasks, judged, strict=True))
                reports = grader.confirmed(submission, session, graded)
    known = not published.is_published(assignment.folder)  # else no function can be replaced
    if known and sum(report.verdict != "right" for report in reports) > 1 and text.code:
        from checker.grading import carried_forward  # imports the reference

        reports = carried_forward.credit(
            submission,
            text.code.encode(),
            list(zip(tasks, reports, strict=True)),
            grader.is_right,
            assignment.own_solution,
            blameless=blameless,
        )
    return Report(
        assignment.name,
        submission.name,
        marks.total(report.score for report in reports),
        marks.total(task.points for task in assignment.counted(tasks)),
        reports,
        [*text.notes, *notes],
        isolation,
        submission.filename,
    )


@dataclass(frozen=True)
class _Grader:
    """Everything that grading needs except the submission itself."""

    assignment: Assignment
    case_sets: dict[str, CaseSet]
    start: Callable[[], Worker]
    lock: ReadersWriterLock | None
    text: source_lines.Text
    outlines: Callable[[], list[Any]]
    fresh: "Callable[[], dict[str, FreshCases]]"
    budget: Budget

    def session(self, submission: Submission) -> Session:
        measures = _measures(self.assignment, self.case_sets)
        return Session(
            submission,
            self.start,
            self.assignment.imports,
            measures,
            self.budget,
            asked=lines(self.assignment, self.case_sets),
        )

    def answered(self, session: Session, tasks: list[Task]) -> dict[str, Judged]:
        """The judgements of the visible cases of these tasks, as far as they are there."""
        there = [] if session.failure else list(filter(session.answers, tasks))
        asked = {task.function: self.case_sets[task.function] for task in there}
        return self._questions(session).judged(asked)

    def blameless(
        self,
        submission: Submission,
        session: Session,
        tasks: list[Task],
        answered: dict[str, Judged],
    ) -> set[str]:
        """The tasks that are wrong only because they call functions that are wrong."""
        failing = [
            task
            for task in tasks
            if isinstance(answered.get(task.function), list)
            and not _all_right(answered[task.function])
            and not session.unfinished(task)
        ]
        if len(failing) < 2 or not self.text.code or published.is_published(self.assignment.folder):
            return set()
        from checker.grading import carried_forward  # imports the reference

        return carried_forward.blameless(
            submission, self.text.code.encode(), failing, self.is_right
        )

    def grade(
        self,
        session: Session,
        task: Task,
        answered: dict[str, Judged],
        blameless: set[str],
        shrink: bool,
    ) -> Graded:
        """The report on a task by its visible cases, and the judgements of those it answers."""
        if session.failure:
            return record(task, *session.failure), []
        if task.function not in answered:
            lacking = [name for name in task.needs if name not in session.functions]
            if broken := [name for name in lacking if name in session.broken]:
                why = session.broken[broken[0]]
                return record(task, "crashed", why, line=self.text.begun(why)), []
            from checker.grading import missing_function

            why = missing_function.words(self.assignment, session, self.text, lacking[0])
            return record(task, "missing", why), []
        judged = answered[task.function]
        if isinstance(judged, Failure):
            line = self._loop(task) if judged.verdict == "timed out" else None
            return record(task, judged.verdict, judged.words, case=judged.case, line=line), []
        if all(judgement.verdict == "right" for judgement in judged):
            return record(task, "right"), judged
        if task.function in blameless:
            return self._unexplained(task, judged), judged
        right = {name for name, each in answered.items() if _all_right(each)}
        return self._explain(session, task, judged, shrink, right), judged

    def confirmed(
        self, submission: Submission, session: Session, graded: list[tuple[Task, Graded]]
    ) -> list[TaskReport]:
        """The reports by visible and fresh cases together, of all tasks."""
        reports = [report for _, (report, _) in graded]
        fresh = self.fresh() if any(report.score for report in reports) else {}
        if not fresh:
            return reports
        from checker.grading.confirmation import Confirmation

        earning = [task.function for task, (report, _) in graded if report.score]
        asked = {name: fresh[name].fresh for name in earning if name in fresh}
        answered, doubts = self._questions(session).judged(asked), {}
        for at, (task, (report, judged)) in enumerate(graded):
            if task.function in answered:
                check = Confirmation(task, report, judged, partial(self._mutants, task))
                if doubt := check.doubt(fresh[task.function], answered[task.function]):
                    doubts[at] = check, doubt
        if doubts:
            with self.session(submission) as unaware:
                ask = self._questions(unaware).replies
                for at, (check, doubt) in doubts.items():
                    reports[at] = check.diagnosis(doubt, ask)
        return reports

    def is_right(self, submission: Submission, task: Task) -> bool:
        """Whether this task of a submission is right, on visible and fresh cases."""
        with _discreet(), self.session(submission) as session:
            if session.failure or not session.answers(task):
                return False
            asked = [self.case_sets[task.function]]
            asked += [each.fresh for name, each in self.fresh().items() if name == task.function]
            questions = self._questions(session)
            judged = (questions.judged({task.function: each}) for each in asked)
            return all(_all_right(each[task.function]) for each in judged)

    def _questions(self, session: Session) -> Questions:
        return Questions(session, self.assignment.seconds, self.text.place, self.lock)

    @contextlib.contextmanager
    def _anew(self, session: Session) -> Iterator[Ask]:
        """Calls of the submission in a new process."""
        with session.anew() as new:
            yield self._questions(new).replies

    def _mutants(self, task: Task) -> "tuple[Mutant, ...]":
        from checker.cases.mutants import mutants

        return mutants(task, self.assignment.folder)

    def _loop(self, task: Task) -> Line | None:
        """The loop of a function that does not end, as far as there is only one."""
        known = source_lines.outline(self.outlines(), task.function)
        return self.text.shown(source_lines.running_loop(known))

    def _innocent(
        self, task: Task, known: source_lines.Outline, right: set[str]
    ) -> set[source_lines.Place]:
        """The places that are not to blame for a wrong result of a task."""
        names = [other.function for other in self.assignment.tasks if other is not task]
        found = {name: source_lines.outline(self.outlines(), name) for name in names}
        rights = [each for name, each in found.items() if name in right]
        return source_lines.trusted(known, rights, list(found.values()))

    def _unexplained(self, task: Task, judged: list[Judgement]) -> TaskReport:
        """Record a task with a failing case, which another function explains."""
        case_set = self.case_sets[task.function]
        first, failing = most_telling(case_set, judged)
        verdict, words = decide(case_set, judged, first, None)
        shown = counterexample(case_set, case_set.cases[first], judged[first], failing)
        results = points.of_results(task.shares, case_set, judged)
        case = compared(task, case_set, shown)
        return record(task, verdict, words, results=results, case=case)

    def _explain(
        self,
        session: Session,
        task: Task,
        judged: list[Judgement],
        shrink: bool,
        right: set[str],
    ) -> TaskReport:
        """Diagnose, shrink and record a task with a failing case. `right` are other functions."""
        case_set = self.case_sets[task.function]
        first, failing = most_telling(case_set, judged)
        case, judgement = case_set.cases[first], judged[first]
        unfinished = session.unfinished(task)
        if unfinished and not case_set.only_zeros:
            crash = judgement.words if judgement.verdict == "crashed" else ""
            if task.lines:  # none of which is in the file
                crash = f"{unfinished[0]} is still to be written"
            return record(task, "not started", crash)
        if judgement.verdict == "not started":
            shown = counterexample(case_set, case, judgement, failing)
            return record(task, judgement.verdict, judgement.words, case=shown)
        # Imported here because they import the reference, which right answers do not need.
        from checker.diagnosis import blame, parameters, slips
        from checker.diagnosis.evidence import Evidence
        from checker.diagnosis.stages import diagnose, seen_in
        from checker.grading.first_calls import counterexample_of_first_calls, kept
        from checker.grading.shrinking import shrink as smaller

        ask = self._questions(session).replies
        siblings = {t.function: t for t in self.assignment.tasks if session.answers(t)}
        evidence = Evidence(task, case_set, judged, self._mutants(task), ask, siblings)
        finding = diagnose(evidence)
        refused = task.conventions == "refuse"
        verdict, words = decide(case_set, judged, first, finding, refused=refused)
        known = source_lines.outline(self.outlines(), task.function)
        innocent = self._innocent(task, known, right)
        blamed = source_lines.blamed(known, judged, first, case.arguments, innocent)
        by_value = judgement.verdict == "wrong" and not judgement.line
        if shrink and not case_set.further and judgement.verdict != "mutates its input":
            told = judgement.words
            case, judgement = smaller(task, case, judgement, ask)
            finding = finding and seen_in(evidence, finding, case, judgement)
            if verdict == "wrong" and words == told:  # a crash is told with its line in the file
                words = judgement.words or words
            elif verdict == "wrong" and not case_set.measured:  # several results, all told together
                beside = [*judged[:first], judgement, *judged[first + 1 :]]
                words = decide(case_set, beside, first, finding)[1]
        shown = counterexample(case_set, case, judgement, failing)
        if finding and finding.mistake == "answers_differ":
            found = counterexample_of_first_calls(
                task.function, case_set, judged, partial(self._anew, session)
            )
            if found:
                shown = found
            else:
                shown.pop("code", None)  # no single call shows it
        elif judgement.verdict == "wrong" and not (case_set.measured or _certain(finding)):
            anew = partial(self._anew, session)
            if doubt := kept(task.function, case_set, case, anew):
                finding, blamed = doubt, 0  # an earlier call is to blame
                found = counterexample_of_first_calls(task.function, case_set, judged, anew)
                if found and "calls" in found and not task.lines:
                    shown = found
                else:
                    shown.pop("code", None)
        slipped = slips.possible(known.slips, case_set)
        finding = slips.beside(finding, slipped, self.text.place)
        if not task.lines:
            asked = case_set.arguments
            finding = parameters.in_front(finding, task.function, asked, known.parameters)
        number = blame.line(finding, blamed, slipped) if by_value else blamed
        seen = session.observe(task.function, case.arguments, self.assignment.seconds)
        return record(
            task,
            verdict,
            words,
            results=points.of_results(task.shares, case_set, judged),
            case=compared(task, case_set, shown),
            diagnosis=as_diagnosis(finding),
            line=self.text.shown(number),
            seen=as_seen(seen),
        )


@contextlib.contextmanager
def _discreet() -> Iterator[None]:
    """Leave out the words of an error: they may quote what a submission says of a fresh case."""
    try:
        yield
    except LostError:
        raise
    except Exception as error:
        raise RuntimeError(f"{type(error).__name__} at a fresh case") from error


def _certain(finding: "Finding | None") -> bool:
    return finding is not None and finding.certainty == "certain"


def _all_right(judged: Judged) -> bool:
    return isinstance(judged, list) and all(each.verdict == "right" for each in judged)


def _measures(assignment: Assignment, case_sets: dict[str, CaseSet]) -> "dict[str, Measure]":
    """The functions that apply statistical tests, for the tasks that have some."""
    names = {name for name, case_set in case_sets.items() if case_set.measured}
    measured = [task for task in assignment.tasks if task.function in names]
    if not measured:  # avoids importing the reference
        return {}
    from checker.cases.forms import task_form

    measures = {task.function: task_form(task).measure for task in measured}
    return {function: measure for function, measure in measures.items() if measure}
