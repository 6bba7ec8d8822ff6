"""Why a submission has no function of a name: only what is certainly or very likely the cause."""

import difflib
import re

from checker.course.assignment import Assignment
from checker.grading import other_assignment
from checker.grading.session import Session
from checker.grading.source_lines import Text


def words(assignment: Assignment, session: Session, text: Text, function: str) -> str:
    """The message for a function that the submission does not define."""
    missing = f"there is no function {function}"
    if around := text.around.get(function):
        return f"{missing} at the left margin: {_outside(function, around)}"
    if "*" in session.broken:
        return f"{missing}; perhaps it was to come from here: {session.broken['*']}"
    if not text.code.strip():
        return f"{missing}: the file is empty"
    own = [name for name in session.functions if name in text.defined]
    asked = {task.function for task in assignment.tasks}
    if asked.isdisjoint(own):
        resembled = other_assignment.words(own)
        if resembled and assignment.name not in resembled:
            return f"{missing}; {resembled}"
    if near := _nearest(function, [name for name in own if name not in asked]):
        return f"{missing}: should {near} have this name?"
    return f"{missing} in the file"


def _outside(function: str, around: str) -> str:
    """What to do about a definition inside another statement."""
    kind, _, rest = around.partition(" ")
    name = re.split(r"\W", rest.strip(), maxsplit=1)[0]
    if kind == "class":
        return f"{function} is a method of class {name}; write it as a function, without self"
    if kind == "def":
        return f"{function} is defined inside {name}; move it out"
    return f"{function} is defined inside `{around}`, which does not define it here; move it out"


def _nearest(function: str, names: list[str]) -> str:
    """The name that is most like this one, whatever its case and underscores."""
    plain = {name.replace("_", "").lower(): name for name in names}
    near = difflib.get_close_matches(function.replace("_", "").lower(), plain, n=1, cutoff=0.7)
    return plain[near[0]] if near else ""
