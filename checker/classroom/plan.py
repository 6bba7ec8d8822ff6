"""What is read and checked before the first submission of a class is graded."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from checker.classroom import gradebooks, lateness, layouts, overrides
from checker.classroom.class_list import ClassSubmission
from checker.classroom.gradebook import Gradebook
from checker.classroom.gradebooks import canvas
from checker.classroom.lateness import Calendar
from checker.classroom.overrides import Overrides
from checker.classroom.sheet import SheetError
from checker.course.assignment import Assignment
from checker.grading.files import IntakeError

# The reports that need a platform, and the layout that is from it.
PLATFORM_LAYOUTS = {"moodle": "Moodle download"}

OF_PLATFORMS = {"canvas", "gradescope", "moodle"}  # reports


class PlanError(ValueError):
    """The class cannot be graded as asked. The message says why; nothing was graded."""


@dataclass(frozen=True)
class Plan:
    """The submissions, the points given by hand, and the gradebook with its students found."""

    layout: str
    submissions: list[ClassSubmission]
    overrides: Overrides
    gradebook: Gradebook | None = None
    calendar: Calendar = field(default_factory=Calendar)

    @property
    def one(self) -> bool:
        """Whether this is one submission and not a class."""
        return self.layout == layouts.ONE

    def summary(self, assignment: Assignment, wanted: tuple[str, ...]) -> list[str]:
        """What was found, in words for the teacher."""
        many = f"{len(self.submissions)} submissions"
        lines = [f"{self.layout}: {self.submissions[0].name if self.one else many}"]
        if self.gradebook:
            lines += self.gradebook.summary(assignment.maximum)
        lines += self.calendar.summary(self.submissions)
        spaces = {key.space for submission in self.submissions for key in submission.keys}
        if "canvas" in wanted and self.gradebook is None and not spaces & canvas.KNOWN:
            lines.append(
                f"canvas.csv has names only: Canvas knows no {' and no '.join(sorted(spaces))}"
            )
        return lines


def read(
    assignment: Assignment,
    path: Path,
    out: Path | None,
    *,
    wanted: tuple[str, ...] = (),
    gradebook: Path | None = None,
    column: str | None = None,
    one: bool = False,
    codes: Path | None = None,
    submitted: str = "",
) -> Plan:
    """Read the class, or the `one` submission, and all its reports need. Raises PlanError.

    With `codes`, the file of a table, the students have codes instead of names. `submitted` is the
    time of one submission, if that is known.
    """
    try:
        if column is not None and gradebook is None:
            raise PlanError("--column names a column of the gradebook: give it with --gradebook.")
        layout, submissions = layouts.read(path, assignment, out, one=one)
        if submitted:
            if layout != layouts.ONE:
                raise PlanError("--metadata is about one submission: add --one.")
            submissions = [replace(each, submitted=submitted) for each in submissions]
        if codes is not None:
            submissions = _coded(submissions, codes, out, wanted, gradebook)
        by_hand = overrides.read(out, assignment, submissions) if out else {}
        calendar = Calendar(assignment.marks)
        if out:
            calendar, submissions = lateness.read(out, assignment.marks, submissions)
        book = None
        if gradebook is not None:
            book = gradebooks.read(gradebook.read_bytes(), gradebook.name, assignment, column)
            if book.platform not in wanted:
                raise PlanError(
                    f"{gradebook.name} is a gradebook of {book.platform.title()}: "
                    f"--report {book.platform} fills it in, and was not asked for."
                )
            book.match([each for each in submissions if each.files or each.name in by_hand])
    except (IntakeError, SheetError, OSError) as error:
        raise PlanError(str(error)) from error
    for report, needed in PLATFORM_LAYOUTS.items():
        if report in wanted and layout != needed and (book is None or book.platform != report):
            raise PlanError(
                f"--report {report} needs a {needed} or --gradebook with a table of "
                f"{report.title()}. This is a {layout}."
            )
    return Plan(layout, submissions, by_hand, book, calendar)


def _coded(
    submissions: list[ClassSubmission],
    codes: Path,
    out: Path | None,
    wanted: tuple[str, ...],
    gradebook: Path | None,
) -> list[ClassSubmission]:
    from checker.classroom import anonymity

    if out is not None and codes.resolve().is_relative_to(out.resolve()):
        raise PlanError(
            f"{codes} is in the output folder {out}. Keep the names apart from the results."
        )
    if gradebook is not None or OF_PLATFORMS & set(wanted):
        raise PlanError("--anonymous hides who is who, so no platform can take the results back.")
    return anonymity.coded(submissions, codes)
