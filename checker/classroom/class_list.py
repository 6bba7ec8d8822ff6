"""The submissions of a class, in the same form for every learning platform."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from checker.classroom.keys import EMAIL, FILE_NAME, Key
from checker.grading.files import File, IntakeError
from checker.grading.report import Report
from checker.sandbox.plain_text import MISLEADING, clean


@dataclass(frozen=True)
class Person:
    """A student: a name to show, and the keys that identify them, the platform's own first."""

    name: str = ""
    keys: tuple[Key, ...] = ()

    @property
    def id(self) -> str:
        return self.keys[0].value if self.keys else ""

    @property
    def email(self) -> str:
        return next((key.value for key in self.keys if key.space == EMAIL), "")


@dataclass(frozen=True)
class ClassSubmission:
    """What one student or group submitted. `files` is empty if they submitted nothing."""

    name: str
    files: tuple[File, ...] = ()
    people: tuple[Person, ...] = ()
    group: str = ""
    late: bool = False
    submitted: str = ""  # the time as the platform writes it
    earlier: int = 0  # number of earlier submissions
    origin: str = ""  # its folder or number on the platform
    returned_as: str = ""  # the path at which the platform takes a page of feedback back

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys of its people. A submission without people is known by its file name."""
        found = tuple(key for person in self.people for key in person.keys)
        return found or (Key(FILE_NAME, self.origin or self.name),)


@dataclass(frozen=True)
class Override:
    """Points that the teacher has given by hand. `before` is what the grader gave."""

    task: str
    points: float
    comment: str = ""
    who: str = ""
    when: str = ""
    before: float = 0.0


@dataclass(frozen=True)
class ClassRow:
    """A submission and its grade. All reports of a class show the rows in the same order.

    `file` is the name of the graded file. `before` is the report of the last finished run, if the
    submission or the grader has changed since. `fault` is set if the grader itself failed. The
    points of `overrides` are already in `report`, which is that of an `earlier` submission if that
    one counts.
    """

    submission: ClassSubmission
    report: Report
    file: str = ""
    before: Report | None = None
    fault: bool = False
    overrides: tuple[Override, ...] = ()
    earlier: bool = False

    @property
    def graded(self) -> bool:
        """Whether there are points to pass on: of a submission, or given by hand."""
        return bool(self.submission.files or self.overrides or self.earlier)

    @property
    def misleading(self) -> list[str]:
        """The notes on characters that hide what the file does."""
        return [clean(note) for note in self.report.notes if note.endswith(MISLEADING)]


def titled(people: tuple[Person, ...], otherwise: str) -> str:
    """The name of a row: the names of its people, or `otherwise` if it has none."""
    return ", ".join(p.name or p.email or p.id for p in people) or otherwise


def distinct(submissions: list[ClassSubmission]) -> list[ClassSubmission]:
    """The submissions sorted by name. Each name is one visible line and occurs only once.

    Raises IntakeError if a student occurs in two submissions: their points would be a guess.
    """
    _refuse_doubles(submissions)
    named = [replace(s, name=clean(s.name) or "without a name") for s in submissions]
    named.sort(key=lambda s: (s.name.casefold(), s.name, s.origin))
    counts = Counter(s.name for s in named)
    used = {name for name in counts if counts[name] == 1}
    numbers: dict[str, int] = {}  # the next one to try behind each name
    result = []
    for submission in named:
        if counts[submission.name] > 1:
            submission = replace(submission, name=_unique_name(submission, used, numbers))
            used.add(submission.name)
        result.append(submission)
    return result


def _refuse_doubles(submissions: Iterable[ClassSubmission]) -> None:
    owner: dict[Key, ClassSubmission] = {}
    for submission in submissions:
        for key in submission.keys:
            other = owner.setdefault(key, submission)
            if other is not submission:
                both = " and ".join(_described(each) for each in (other, submission))
                raise IntakeError(
                    f"{clean(str(key))} is in two submissions: {both}. Remove one of them. "
                    "Nothing was graded."
                )


def _described(submission: ClassSubmission) -> str:
    name, origin = clean(submission.name), clean(submission.origin)
    return f"{name} ({origin})" if origin and origin != name else name


def _unique_name(submission: ClassSubmission, used: set[str], numbers: dict[str, int]) -> str:
    """A name not in `used`: the name followed by the id or origin, or by a number."""
    person_id = submission.people[0].id if len(submission.people) == 1 else ""
    origin = clean(person_id or submission.origin)
    number = 1 if origin in ("", submission.name) else origin
    name = f"{submission.name} ({number})"
    while name in used:
        number = numbers.get(submission.name, 2)
        numbers[submission.name] = number + 1
        name = f"{submission.name} ({number})"
    return name
