"""What is read and checked before the first submission of a class is graded."""

from dataclasses import dataclass
from pathlib import Path

from checker.classroom import gradebooks, layouts, overrides
from checker.classroom.class_list import ClassSubmission
from checker.classroom.gradebook import Gradebook
from checker.classroom.gradebooks import canvas
from checker.classroom.overrides import Overrides
from checker.classroom.sheet import SheetError
from checker.course.assignment import Assignment
from checker.grading.files import IntakeError

# The reports that need a platform, and the layout that is from it.
PLATFORM_LAYOUTS = {"moodle": "Moodle download"}


class PlanError(ValueError):
    """The class cannot be graded as asked. The message says why; nothing was graded."""


@dataclass(frozen=True)
class Plan:
    """The submissions, the points given by hand, and the gradebook with its students found."""

    layout: str
    submissions: list[ClassSubmission]
    overrides: Overrides
    gradebook: Gradebook | None = None

    def summary(self, assignment: Assignment, wanted: tuple[str, ...]) -> list[str]:
        """What was found, in words for the teacher."""
        lines = [f"{self.layout}: {len(self.submissions)} submissions"]
        if self.gradebook:
            lines += self.gradebook.summary(assignment.points)
        spaces = {key.space for submission in self.submissions for key in submission.keys}
        if "canvas" in wanted and self.gradebook is None and not spaces & canvas.KNOWN:
            lines.append(
                f"canvas.csv has names only: Canvas knows no {' and no '.join(sorted(spaces))}"
            )
        return lines


def read(
    assignment: Assignment,
    path: Path,
    out: Path,
    *,
    wanted: tuple[str, ...] = (),
    gradebook: Path | None = None,
    column: str | None = None,
) -> Plan:
    """Read the class and all that its reports need. Raises PlanError."""
    try:
        if column is not None and gradebook is None:
            raise PlanError("--column names a column of the gradebook: give it with --gradebook.")
        layout, submissions = layouts.read(path, assignment, out)
        by_hand = overrides.read(out, assignment, submissions)
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
    return Plan(layout, submissions, by_hand, book)
