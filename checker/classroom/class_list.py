"""The submissions of a class, in the same form for every learning platform."""

from collections import Counter
from dataclasses import dataclass, replace

from checker.grading.files import File
from checker.grading.report import Report
from checker.sandbox.plain_text import clean


@dataclass(frozen=True)
class Person:
    """A student as the platform identifies them: `id` is a number or a login."""

    id: str = ""
    name: str = ""
    email: str = ""


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


@dataclass(frozen=True)
class ClassRow:
    """A submission and its grade. All reports of a class show the rows in the same order.

    `file` is the name of the graded file. `before` is the report of the last finished run, if the
    submission or the grader has changed since. `fault` is set if the grader itself failed.
    """

    submission: ClassSubmission
    report: Report
    file: str = ""
    before: Report | None = None
    fault: bool = False


def titled(people: tuple[Person, ...], otherwise: str) -> str:
    """The name of a row: the names of its people, or `otherwise` if it has none."""
    return ", ".join(p.name or p.email or p.id for p in people) or otherwise


def distinct(submissions: list[ClassSubmission]) -> list[ClassSubmission]:
    """The submissions sorted by name. Each name is one visible line and occurs only once."""
    named = [replace(s, name=clean(s.name) or "without a name") for s in submissions]
    named.sort(key=lambda s: (s.name.casefold(), s.name, s.origin))
    counts = Counter(s.name for s in named)
    used = {name for name in counts if counts[name] == 1}
    result = []
    for submission in named:
        if counts[submission.name] > 1:
            submission = replace(submission, name=_unique_name(submission, used))
            used.add(submission.name)
        result.append(submission)
    return result


def _unique_name(submission: ClassSubmission, used: set[str]) -> str:
    """A name not in `used`: the name followed by the id or origin, or by a number."""
    person_id = submission.people[0].id if len(submission.people) == 1 else ""
    origin = clean(person_id or submission.origin)
    name = (
        f"{submission.name} ({origin})" if origin and origin != submission.name else submission.name
    )
    number = 2
    if name == submission.name:
        name = f"{submission.name} (1)"
    while name in used:
        name = f"{submission.name} ({number})"
        number += 1
    return name
