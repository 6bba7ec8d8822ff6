"""Each assignment is proven, each operation explained, and a proof that fails says where."""

import dataclasses
import inspect
import json
import re
from functools import cache
from xml.etree import ElementTree

import numpy as np
import pytest
from click.testing import CliRunner

from checker.audit import properties, prove
from checker.commands.program import course
from checker.course import assignment
from checker.handout.operation_page import explanation
from checker.library.mutants import written
from checker.reports import prove_page
from checker.student.operation_text import text as page
from reference.catalogue import names

WIDTH = 1000  # of a page on an operation: no line of code is wrapped


@cache
def proven(name, every=1):
    """The proof of every so many tasks, from another one on for each assignment."""
    found = assignment.find(name)
    first = list(assignment.names()).index(name) % every
    return prove.prove(dataclasses.replace(found, tasks=found.tasks[first::every]))


@pytest.mark.parametrize("name", assignment.names())
def test_an_assignment_is_proven(name):
    """Every fourth task. `check tables` tries whatever is known of each operation."""
    proof = proven(name, 4)
    assert proof.starter_score == 0
    for task in proof.tasks:
        assert task.reference
        assert task.failed_variants == task.survivors == task.undecided == []
        assert task.confusion == {}
        assert len(task.matrix) >= 5
    assert proof.holds


def test_the_command_shows_a_table_a_matrix_a_page_and_data(tmp_path, monkeypatch):
    """The proof is made once. The sessions of the documentation have a real one."""
    made = proven("backprop")
    monkeypatch.setattr(prove, "prove", {assignment.find("backprop"): made}.__getitem__)
    path = tmp_path / "proof.html"
    done = CliRunner().invoke(course, ["prove", "backprop", "--matrix", "--html", str(path)])
    assert done.exit_code == 0
    assert "Proven:" in path.read_text(encoding="utf-8")
    assert done.output.splitlines()[0].split()[:2] == ["task", "reference"]
    assert "the starter earns 0 points" in done.output
    assert "bias_averaged" in done.output
    assert done.output.endswith("proven\n")
    found = json.loads(CliRunner().invoke(course, ["prove", "backprop", "--json"]).stdout)
    assert found["holds"]
    assert found["tasks"][3]["matrix"]["bias_averaged"]


@pytest.fixture(scope="module")
def dense_backward():
    found = assignment.find("backprop")
    (task,) = (t for t in found.tasks if t.function == "dense_backward")
    return dataclasses.replace(found, name="one", tasks=(task,))


def test_a_case_set_that_is_too_easy_is_noticed(dense_backward, monkeypatch):
    """Batches of one example kill no mutant of the batch."""
    load = prove.case_cache.load

    def easy(found):
        made = load(found)["dense_backward"]
        cases = [case for case in made.cases if len(case.arguments[1]) == 1]
        return {"dense_backward": dataclasses.replace(made, cases=cases)}

    monkeypatch.setattr(prove.case_cache, "load", easy)
    proof = prove.prove(dense_backward)
    assert not proof.holds
    shown = prove_page.page(dense_backward, proof)
    assert "bias_averaged is not caught" in shown
    assert "bias_averaged: caught by 0 of" in shown
    (task,) = proof.tasks
    assert "bias_averaged" in task.survivors
    assert any("bias_averaged" in pair for pair in task.undecided)


def test_a_bound_that_is_too_tight_is_noticed(dense_backward, monkeypatch):
    load = prove.case_cache.load

    def tight(found):
        made = load(found)["dense_backward"]
        cases = [
            dataclasses.replace(
                case, results=[dataclasses.replace(r, bound=0 * r.bound) for r in case.results]
            )
            for case in made.cases
        ]
        return {"dense_backward": dataclasses.replace(made, cases=cases)}

    monkeypatch.setattr(prove.case_cache, "load", tight)
    proof = prove.prove(dense_backward)
    assert not proof.holds


def test_a_mutant_that_is_only_just_killed_is_no_proof(dense_backward, monkeypatch):
    """Answers that are off by a few times the bound may be right on another machine."""
    load = prove.case_cache.load

    def wide(found):
        made = load(found)["dense_backward"]
        cases = []
        for case in made.cases:
            off = np.abs(case.arguments[0].sum(0) - case.arguments[0].mean(0)).max()
            bias = case.results[2]
            results = [*case.results[:2], dataclasses.replace(bias, bound=bias.bound + off / 2)]
            cases.append(dataclasses.replace(case, results=results))
        return {"dense_backward": dataclasses.replace(made, cases=cases)}

    monkeypatch.setattr(prove.case_cache, "load", wide)
    proof = prove.prove(dense_backward)
    (task,) = proof.tasks
    assert "bias_averaged" in task.flaky
    assert "bias_averaged" not in task.survivors
    assert not proof.holds
    assert "bias_averaged is caught, but not clearly" in prove_page.page(dense_backward, proof)


def test_the_page_of_a_proof_shows_every_case_of_every_mutant():
    proof = proven("backprop")
    page = prove_page.page(assignment.find("backprop"), proof)
    ElementTree.fromstring(page[page.index("<body>") : page.index("</html>")])  # all tags closed
    squares = dict.fromkeys(("caught", "close", "passed"), 0)
    for kind, path in re.findall(r'<path class="(\w+)" d="([^"]*)"', page):
        squares[kind] += path.count("M")
    caught = sum(len(cases) for task in proof.tasks for cases in task.matrix.values())
    every = sum(len(task.matrix) * task.cases for task in proof.tasks)
    assert squares["caught"] + squares["close"] == caught
    assert sum(squares.values()) == every
    assert "Proven:" in page
    assert "<script" not in page


@pytest.mark.parametrize("name", names())
def test_every_operation_is_explained_without_code(name):
    found = explanation(name)
    lines = page(found, WIDTH).splitlines()
    text = "\n".join(each for each in lines if not each.strip().startswith((">>>", "...")))
    assert found["text"]
    assert found["source"]
    assert "def " not in text
    assert not re.search(r"\bnp\.(?!max\b)\w+\(", text)  # a function may be mentioned, not called
    for mutant in written(name):
        code = inspect.getsource(mutant.function).partition('"""')[2].partition('"""')[2]
        body = [line.strip() for line in code.splitlines() if line.strip().startswith("return")]
        assert not any(line in text for line in body)


def test_each_forward_of_the_reference_has_the_shape_that_it_declares():
    assert [name for name in names() if properties.misshapen(name)] == []


def test_an_explanation_comes_as_data_too():
    found = json.loads(CliRunner().invoke(course, ["explain", "dense", "--json"]).stdout)
    assert found["arguments"]["weight"] == "(d, k)"
    assert found["properties"][1] == "An input of zeros gives the bias, once for each example."
