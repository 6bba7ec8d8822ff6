"""Most mutants are sorted out by a few failing cases. What is found stays the same."""

from dataclasses import replace

import pytest
from every_task import case_set_of, mutants_of, task_of

from checker.audit import trial
from checker.diagnosis import matching, mutants

TASK = task_of("dense", "backward")
WRONG = [mutant for mutant in mutants_of(TASK) if mutant.kind != "unstable"][::4]


def evidence(mutant):
    """Of a submission that makes this mistake. Nothing is remembered of others."""
    cases = replace(case_set_of(TASK))
    return trial.evidence(TASK, cases, mutants_of(TASK), mutant.call)


@pytest.mark.parametrize("mutant", WRONG, ids=[mutant.name for mutant in WRONG])
def test_what_is_sorted_out_would_not_have_been_found(mutant):
    known = evidence(mutant)
    possible = list(matching.possible(known, known.mutants))
    for other in known.mutants:
        if set(matching.reproduced(known, other)) & set(known.wrong):
            assert other in possible
    assert not known.wrong or mutant in possible


def test_few_mutants_are_asked_all_cases(monkeypatch):
    known, asked = evidence(WRONG[0]), []
    outcome = type(known).outcome
    monkeypatch.setattr(
        type(known), "outcome", lambda self, *which: asked.append(which) or outcome(self, *which)
    )
    assert mutants.look(known).mistake == WRONG[0].name
    assert len(asked) < len(known.mutants) * len(known.case_set.cases) / 2
