"""All tasks are asked in one message, and a task that ends its worker costs no other one."""

import contextlib
from pathlib import Path

import numpy as np
import pytest

from checker.cases import case_cache, fresh
from checker.classroom.class_list import ClassSubmission
from checker.classroom.run import Run
from checker.classroom.store import Store
from checker.course import assignment
from checker.grading.session import Session
from checker.grading.submission import Submission
from checker.sandbox import calls
from checker.sandbox.calls import Asked
from checker.sandbox.failures import TimedOutError, WorkerDiedError
from checker.sandbox.folder import File
from checker.sandbox.host import Worker
from checker.sandbox.messages import Answers
from checker.sandbox.worker_pool import Workers

RIGHT = (Path(__file__).parents[1] / "sample_class" / "right.py").read_bytes()
ENDINGS = b"""
loaded = True
def first(x): return x
def dies(x): import os; os._exit(7)
def hangs(x):
    while True: pass
def last(x): return x + 1
"""


@pytest.fixture
def messages_sent(monkeypatch):
    """The first word of each message that is sent to a worker, and what it asks."""
    sent, replies = [], Worker._replies

    def recorded(self, message, *details):
        sent.append((message[0], message[2:]))
        return replies(self, message, *details)

    monkeypatch.setattr(Worker, "_replies", recorded)
    return sent


@pytest.fixture
def asking():
    with Workers() as workers:
        submission = Submission("", "a.py", ENDINGS)

        def ask(*functions):
            questions = [Asked(name, 1, calls.pack([[np.ones(2)]]), 100) for name in functions]
            with Session(submission, workers.start) as session:
                return session.run(questions, seconds=0.2)

        yield ask


def test_a_function_that_ends_its_worker_costs_no_other_one(asking, messages_sent):
    first, dies, hangs, last = asking("first", "dies", "hangs", "last")
    assert isinstance(dies, WorkerDiedError)
    assert isinstance(hangs, TimedOutError)
    values = [float(each.replies[0].results[0].sum()) for each in (first, last)]
    assert values == [2.0, 4.0]
    asked = [len(details[0]) for verb, details in messages_sent if verb == "run"]
    assert asked == [4, 2, 1]  # all, and what each new worker has not been asked yet


def test_no_worker_is_started_after_the_last_answer(asking, messages_sent):
    answers = asking("first", "last", "dies")
    assert [isinstance(each, Answers) for each in answers] == [True, True, False]
    assert [verb for verb, _ in messages_sent].count("load") == 1


def test_a_right_file_of_a_class_costs_one_message_for_visible_and_one_for_fresh_cases(
    tmp_path, monkeypatch, messages_sent
):
    course = assignment.find("backprop")
    case_sets = case_cache.load(course)
    monkeypatch.setattr(case_cache, "load", lambda _: case_sets)
    kept, keep = [], Workers.keep
    monkeypatch.setattr(
        Workers, "keep", lambda self, known: kept.extend(known) or keep(self, known)
    )
    file = File("backprop.py", len(RIGHT), lambda limit: RIGHT[:limit])
    with contextlib.closing(Store(tmp_path / "grades")) as store:
        (row,) = Run(course, [ClassSubmission("a", (file,))], store, seed=5).grade()
    assert row.report.score == course.points
    visible, further = (details[0] for verb, details in messages_sent if verb == "run")
    assert len(visible) == len(further) == len(course.tasks)
    # The fork server knows the visible cases and no other ones. A submission can read those.
    assert [each.numbers.tobytes() for each in kept] == [
        case_sets[task.function].calls.numbers.tobytes() for task in course.tasks
    ]
    made = fresh.load(course, case_sets, 5)
    assert [sent[3] for sent in further] == [
        made[task.function].fresh.calls.encoded for task in course.tasks
    ]
    assert [sent[3] for sent in visible] == list(range(len(course.tasks)))
