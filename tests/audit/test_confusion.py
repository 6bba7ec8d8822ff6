"""The stored table of confusions is current, has no fault, and would show one."""

import pytest
from every_task import TASKS, call_of, task_of

from checker.audit import confusion, confusion_table
from checker.audit.confusion_table import (
    HEAD,
    PATH,
    UNKNOWN,
    faults,
    files,
    line,
    markdown,
    stored,
    update,
)
from checker.cases import generation
from checker.cases.mutants import Mutant, mutants
from checker.diagnosis.finding import Finding
from checker.library.mutants import written

SAMPLE = [task_of("tanh", "backward"), task_of("mse", "forward"), task_of("split", "run")]
STORED = PATH.read_text(encoding="utf-8")
ROWS = stored()


def written_of(task):
    return [mutant for mutant in mutants(task) if not mutant.generic]


def test_the_stored_table_is_of_the_files_as_they_are():
    """If this fails, run `make tables`: it makes the rows whose files have changed."""
    assert [[*row[:2], row[-1]] for row in ROWS] == [[t.operation, t.asks, files(t)] for t in TASKS]


def test_only_rows_whose_files_have_changed_are_made_again(tmp_path, monkeypatch):
    tasks = [task_of("identity", "forward"), task_of("identity", "backward")]
    made = [line(confusion.row(task)) for task in tasks]
    kept = ["identity", "forward", "77", *made[0][3:]]
    changed = ["identity", "backward", "77", *made[1][3:-1], "00000000"]
    path = tmp_path / "CONFUSION.md"
    path.write_text(markdown([kept, changed], []), encoding="utf-8")
    monkeypatch.setattr(confusion_table, "PATH", path)
    monkeypatch.setattr(confusion_table, "every_task", lambda: tasks)
    assert update(everything=False) == markdown([kept, made[1]], [])
    assert update(everything=True) == markdown(made, [])
    path.write_text(markdown([kept, changed], ["a fault"]), encoding="utf-8")
    assert update(everything=False) == markdown(made, [])


def test_the_stored_table_has_no_fault():
    assert STORED.endswith("There is no fault.\n")
    for _, _, *cells in ROWS:
        known, generic, killed, named, variants, right, left_out, still_killed = map(int, cells[:8])
        assert killed == known + generic
        assert (named, right, still_killed) == (known, variants, left_out)


@pytest.fixture
def task():
    return task_of("identity", "forward")


def test_a_right_function_among_the_mutants_is_found(task, monkeypatch):
    def unchanged(x):
        """Nothing is wrong here."""
        return x

    right = Mutant("unchanged", "mistake", "Nothing is wrong here.", "", call_of(task, unchanged))
    monkeypatch.setattr(confusion, "mutants", lambda *_: (*written_of(task), right))
    row = confusion.row(task)
    assert row.faults["survived"] == row.faults["passed"] == ["unchanged"]
    assert row.faults["misnamed"] == ["unchanged (nothing)"]
    assert "identity, forward: unchanged is wrong, but is judged right" in faults(row)
    assert "- identity, forward: unchanged" in markdown([line(row)], faults(row))
    assert line(row)[:6] == ["identity", "forward", "3", "0", "2", "2"]


def test_a_mutant_among_the_variants_is_found(task, monkeypatch):
    mistake = written("identity")[0].function
    monkeypatch.setattr(confusion, "variants", lambda *_: (mistake,))
    row = confusion.row(task)
    assert row.faults["failed"] == row.faults["accused"] == [mistake.__name__]
    assert line(row)[6:8] == ["1", "0"]


def test_a_certain_diagnosis_that_is_not_true_is_found(task, monkeypatch):
    """A diagnosis that is certain of one mutant wherever it does not know another."""
    generate_for, diagnose = generation.generate_for, confusion.diagnose
    known = mutants(task)
    blind = []

    def noticed(task, mutants):
        case_set = generate_for(task, mutants)
        if len(mutants) < len(known):
            blind.append(case_set)
        return case_set

    def rash(evidence):
        if any(evidence.case_set is case_set for case_set in blind):
            return Finding("something_else", "certain", "It is something else.")
        return diagnose(evidence)

    monkeypatch.setattr(generation, "generate_for", noticed)
    monkeypatch.setattr(confusion, "diagnose", rash)
    row = confusion.row(task)
    left_out = [mutant.name for mutant in known if not mutant.generic]
    assert row.faults["slandered"] == [f"{name} (something_else)" for name in left_out]


def test_what_is_said_of_unknown_mutants_adds_up():
    for row in ROWS:
        assert len(row) == len(HEAD + UNKNOWN) + 1
        assert int(row[8]) == sum(map(int, row[10:-1]))
