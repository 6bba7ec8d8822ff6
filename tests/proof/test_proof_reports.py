"""Deviations are strict, and what is found is told: as a table, as a page."""

import numpy as np
import pytest

from checker.numerics.equations import Equation
from checker.proof import verify
from checker.proof.oracles import deviations
from checker.proof.report import page, summary
from checker.proof.row import ProofRow

LISTED = {
    "alike": lambda: [Equation("y", np.array(1.0), np.array(1.0), np.array(0.1))],
    "apart": lambda: [Equation("y", np.array(1.0), np.array(9.0), np.array(0.1))],
}


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (None, "apart: y: got"),
        ("apart", None),
        ("a*", "alike: the deviation (f, edges, a*) no longer"),
    ],
)
def test_deviations_excuse_what_they_name_and_nothing_else(monkeypatch, case, message):
    known = (deviations.Deviation("f", "edges", case, "because"),) if case else ()
    monkeypatch.setattr(deviations, "listed", lambda: known)
    row = verify.go_through("f", "edges", LISTED)
    assert (row.failure or "").startswith(message or "")
    assert row.passed == (message is None)


def test_a_deviation_that_excuses_nothing_is_a_failure(monkeypatch):
    known = deviations.Deviation("nobody", "edges", "*", "because")
    monkeypatch.setattr(deviations, "listed", lambda: (known,))
    (row,) = summary.unmatched([])
    assert not row.passed
    assert "no case of any operation needs it" in row.failure


def test_every_deviation_gives_a_reason():
    assert all(len(deviation.reason.split()) > 5 for deviation in deviations.listed())


def test_a_bound_that_is_hardly_used_is_loose_and_equal_bits_are_not():
    for oracle in ("accuracy float64", "torch float32"):
        assert ProofRow("f", oracle, 1, 1, 0.0009).loose
        assert not ProofRow("f", oracle, 1, 1, 0.002).loose
        assert not ProofRow("f", oracle, 1, 1, 0.0).loose
    assert not ProofRow("f", "derivative", 1, 1, 1e-12).loose
    assert "Loose" in summary.table([ProofRow("f", "torch float64", 1, 1, 0.0009)])


def test_the_page_shows_every_row_and_escapes_what_it_shows():
    rows = [
        ProofRow("f", "edges", 1, 1, 0.009),
        ProofRow("f", "property a", 1, 1, 0.0),
        ProofRow("g", "edges", 1, 1, 9.0, "got <b> & want <i>"),
    ]
    text = page.page(rows)
    assert "got &lt;b&gt; &amp; want &lt;i&gt;" in text
    assert "<script" not in text
    assert text.count('<div class="scale">') == len(rows)
    assert "exact" in text
