"""The kept table of confusions is what is found now, has no fault, and would show one."""

import pytest

from checker import confusion
from checker.diagnosis.evidence import Finding
from checker.mistakes import Entry, library
from checker.questions import questions
from checker.reports.confusion import UNKNOWN, faults, line, markdown

TASKS = list(questions())
SAMPLE = TASKS[:: len(TASKS) // 4]
KEPT = confusion.PATH.read_text(encoding="utf-8")
ROWS = [row.strip("| ").split(" | ") for row in KEPT.splitlines() if row.startswith("| ")][2:-1]


def test_the_kept_table_has_every_question_and_every_known_version():
    expected = [[t.operation, t.asks, str(len(library(t.operation, t.asks)))] for t in TASKS]
    assert [row[:3] for row in ROWS] == expected


@pytest.mark.parametrize("task", SAMPLE, ids=lambda task: f"{task.operation}-{task.asks}")
def test_a_sample_of_the_kept_table_is_found_again(task):
    assert line(confusion.row(task)) in ROWS


def test_the_kept_table_has_no_fault():
    assert KEPT.endswith("There is no fault.\n")
    for _, _, known, caught, named, right, kept, out, blind, *_ in ROWS:
        assert known == caught == named
        assert (right, out) == (kept, blind)


@pytest.fixture
def task():
    return next(t for t in TASKS if (t.operation, t.asks) == ("identity", "forward"))


def test_a_right_version_among_the_mistakes_is_found(task, monkeypatch):
    def unchanged(x):
        """Nothing is wrong here."""
        return x

    known = (*library("identity", "forward"), Entry(unchanged, "mistake"))
    monkeypatch.setattr(confusion, "library", lambda *_: known)
    row = confusion.row(task)
    assert row.faults["survived"] == row.faults["passed"] == ["unchanged"]
    assert row.faults["misnamed"] == ["unchanged (nothing)"]
    assert "identity, forward: unchanged is wrong, and is judged right" in faults(row)
    assert "- identity, forward: unchanged" in markdown([row])
    assert line(row)[:5] == ["identity", "forward", "3", "2", "2"]


def test_a_wrong_version_among_the_right_ones_is_found(task, monkeypatch):
    mistake = library("identity", "forward")[0]
    monkeypatch.setattr(confusion, "alternatives", lambda *_: (mistake.function,))
    row = confusion.row(task)
    assert row.faults["failed"] == row.faults["accused"] == [mistake.name]
    assert line(row)[5:7] == ["1", "0"]


def test_a_certain_diagnosis_that_is_not_true_is_found(task, monkeypatch):
    """A diagnosis that is certain of one version wherever it has not heard of another."""
    made_for, diagnose = confusion.making.made_for, confusion.diagnose
    known = library("identity", "forward")
    blind = []

    def noticed(task, versions):
        bank = made_for(task, versions)
        if len(versions) < len(known):
            blind.append(bank)
        return bank

    def rash(evidence):
        if any(evidence.bank is bank for bank in blind):
            return Finding("something_else", "certain", "It is something else.")
        return diagnose(evidence)

    monkeypatch.setattr(confusion.making, "made_for", noticed)
    monkeypatch.setattr(confusion, "diagnose", rash)
    row = confusion.row(task)
    assert row.faults["slandered"] == [f"{entry.name} (something_else)" for entry in known]


def test_what_is_said_of_unknown_versions_adds_up():
    for row in ROWS:
        assert len(row) == 7 + len(UNKNOWN)
        assert int(row[7]) == sum(map(int, row[9:]))
