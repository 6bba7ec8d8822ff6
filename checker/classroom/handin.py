"""What one student or group handed in, in the same words for every platform it came through."""

from collections import Counter
from dataclasses import dataclass, replace

from checker.classroom.folder import File
from checker.graded import Report
from checker.text import clean


@dataclass(frozen=True)
class Person:
    """A student as the platform knows them: its own number or login, a name, an address."""

    id: str = ""
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Handin:
    """One row of the class. Without files it says that nothing was handed in."""

    name: str
    files: tuple[File, ...] = ()
    people: tuple[Person, ...] = ()
    group: str = ""
    late: bool = False
    submitted: str = ""  # the time as the platform writes it
    earlier: int = 0  # how often they handed in before
    origin: str = ""  # what the platform calls it: a folder or a number


@dataclass(frozen=True)
class Row:
    """A hand-in and its grade. Every report of a class shows rows, in one order.

    `file` is what was graded of it, `before` the report of the last finished run where it differs
    from this one, `fault` is set where it is the grader that failed and not the submission.
    """

    handin: Handin
    report: Report
    file: str = ""
    before: Report | None = None
    fault: bool = False


def titled(people: tuple[Person, ...], otherwise: str) -> str:
    """What a row is called: the names of those who handed in."""
    return ", ".join(p.name or p.email or p.id for p in people) or otherwise


def distinct(handins: list[Handin]) -> list[Handin]:
    """In order of their names, each name one visible line, no name twice."""
    shown = [replace(h, name=clean(h.name) or "without a name") for h in handins]
    shown.sort(key=lambda h: (h.name.casefold(), h.name, h.origin))
    count = Counter(h.name for h in shown)
    used = {name for name in count if count[name] == 1}
    result = []
    for handin in shown:
        if count[handin.name] > 1:
            handin = replace(handin, name=_another(handin, used))
            used.add(handin.name)
        result.append(handin)
    return result


def _another(handin: Handin, used: set[str]) -> str:
    """Told apart by what the platform calls it, and by a number where that is not enough."""
    alone = handin.people[0].id if len(handin.people) == 1 else ""
    origin = clean(alone or handin.origin)
    name = f"{handin.name} ({origin})" if origin and origin != handin.name else handin.name
    number = 2
    if name == handin.name:
        name = f"{handin.name} (1)"
    while name in used:
        name = f"{handin.name} ({number})"
        number += 1
    return name
