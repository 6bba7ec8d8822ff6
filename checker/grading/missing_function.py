"""Why a submission has no function of a name: only what is certainly or very likely the cause."""

import re

from checker.course.assignment import Assignment
from checker.course.call_lines import is_class
from checker.grading import other_assignment
from checker.grading.session import Session
from checker.grading.source_lines import Text
from checker.sandbox.plain_text import clean


def words(assignment: Assignment, session: Session, text: Text, function: str) -> str:
    """The message for a function or class, or a "Class.method", that the file does not define."""
    name, _, method = function.partition(".")
    if method:
        return f"the class {name} has no method {method}"
    plain = {task.function for task in assignment.tasks if not task.lines}
    of_class = is_class(name) and name not in plain
    missing = f"there is no class {name}" if of_class else f"there is no function {name}"
    if function in text.around:
        return f"{missing} at the left margin: {_outside(function, text.around[function])}"
    if "*" in session.broken:
        return f"{missing}; perhaps it was to come from here: {session.broken['*']}"
    if not text.code.strip():
        return f"{missing}: {'no code cell has one' if text.starts else 'the file is empty'}"
    own = [name for name in session.functions if name in text.defined]
    asked = set(assignment.names)
    if asked.isdisjoint(own):
        resembled = other_assignment.words(own)
        if resembled and assignment.name not in resembled:
            return f"{missing}; {resembled}"
    if place := session.submission.elsewhere.get(function):
        graded = clean(session.submission.filename)
        return (
            f"{missing} in {graded}, which is graded, but there is one in {clean(place)}: "
            f"hand in one file with all functions, or import it in {graded}"
        )
    classes = [name for name in session.functions if is_class(name)]
    known = classes if of_class else own
    if near := _nearest(function, [name for name in known if name not in asked]):
        return f"{missing}: should {near} have this name?"
    return f"{missing} in the file"


def _outside(function: str, around: str) -> str:
    """What to do about a definition inside another statement."""
    if not around:
        return "it is indented, and nothing is around it; move it to the left"
    kind, _, rest = around.partition(" ")
    name = re.split(r"\W", rest.strip(), maxsplit=1)[0]
    if kind == "class":
        return f"{function} is a method of class {name}; write it as a function, without self"
    if kind == "def":
        return f"{function} is defined inside {name}; move it out"
    return f"{function} is defined inside `{around}`, which does not define it here; move it out"


def _nearest(function: str, names: list[str]) -> str:
    """The name that is most like this one, whatever its case and underscores."""
    import difflib  # takes time

    plain = {name.replace("_", "").lower(): name for name in names}
    near = difflib.get_close_matches(function.replace("_", "").lower(), plain, n=1, cutoff=0.7)
    return plain[near[0]] if near else ""
