"""The session to paste shows the failure of a function that keeps something between calls."""

from checker.cases.case_cache import load
from checker.course.assignment import find
from checker.grading.pipeline import grade
from checker.grading.submission import Submission
from checker.reports.counterexample import snippet

LOSSES = find("losses")
TOTAL = """
total = 0
def sse(prediction, target):
    global total
    total += ((prediction - target) ** 2).sum()
    return total
"""
SEEN = """
seen = set()
def sse(prediction, target):
    seen.add(prediction.shape)
    return ((prediction - target) ** 2).sum() + (len(seen) > 8)
"""


def shown(code):
    submission = Submission("", "losses.py", b"import numpy as np\n" + code.encode())
    (task,) = grade(LOSSES, load(LOSSES), submission, only=("sse",), shrink=True).tasks
    assert task.diagnosis["mistake"] == "answers_differ"
    return task


def pasted(code, case):
    """What the last call of the session returns."""
    names, found = {}, None
    exec("import numpy as np" + code, names)
    lines = [line.strip() for line in snippet("sse", case, "losses.py")[3:]]
    for line in lines:
        if line.startswith("sse("):
            found = eval(line, names)
        elif not line.startswith(("import", "from")):
            exec(line, names)
    return found


def test_a_total_over_all_calls_is_shown_by_two_calls():
    case = shown(TOTAL).counterexample
    assert case["calls"] == 2
    assert pasted(TOTAL, case) == case["got"]["the result"] != case["expected"]["the result"]


def test_what_no_call_in_a_new_session_shows_has_no_session():
    case = shown(SEEN).counterexample
    assert "code" not in case
    assert snippet("sse", case, "losses.py") == []
