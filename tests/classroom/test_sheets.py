"""A table keeps what it had, and no cell of ours is a formula, whatever program opens it."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.classroom.sheet import FORMULA_STARTS, Sheet, SheetError, cell

CELLS = st.text(st.sampled_from("=+-@\uff1d\u2212a1 ;,\t\n\"'|:."), max_size=12)
NUMBERS = set("+-0123456789.")


def begins_a_formula(text):
    text = text.strip(" \"'")
    number = text[:1] in ("+", "-") and set(text.rstrip(")")) <= NUMBERS
    return text[:1] in FORMULA_STARTS and len(text) > 1 and not number


@given(CELLS)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|", ":", " "])
def test_no_cell_begins_a_formula_whatever_separates_cells(separator, text):
    table = io.StringIO()
    csv.writer(table).writerow(["x", cell(text)])
    line = table.getvalue().rstrip("\r\n").removeprefix("x,")
    assert "\n" not in line
    read = [one for row in csv.reader([line], delimiter=separator) for one in row]
    for one in [*read, *line.split(separator)]:
        if not one.strip(' "').startswith("'"):
            assert not begins_a_formula(one), (line, one)


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("=1+1", "'=1+1"),
        ("d03;=1+1;x", "d03;'=1+1;x"),
        ("\t @SUM(1)", "'@SUM(1)"),
        ("a\n-1+cmd", "a '-1+cmd"),
        ('"=1', "\"'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("got -1, not x - 2 or a-b@c.d", "got -1, not x - 2 or a-b@c.d"),
    ],
)
def test_an_apostrophe_stands_before_what_begins_a_formula(text, guarded):
    assert cell(text) == guarded


def test_every_form_of_a_sign_that_begins_a_formula_is_known():
    signs = {
        c for c in map(chr, range(0x20000)) if unicodedata.normalize("NFKC", c)[:1] in {*"=+-@"}
    }
    assert signs <= set(FORMULA_STARTS)


@given(
    st.lists(st.lists(st.text(st.sampled_from('ab"\n, ;é'), max_size=5), min_size=2, max_size=3))
)
def test_cells_are_read_as_a_spreadsheet_reads_them(rows):
    text = io.StringIO()
    csv.writer(text).writerows([["x", "y", "z"], *rows])
    sheet = Sheet(text.getvalue().encode(), "t")
    assert sheet.rows[1:] == rows
    assert sheet.encoded() == text.getvalue().encode()


def test_the_lines_of_rows_are_counted_as_an_editor_counts_them():
    assert Sheet(b'a,b\n"x\ny\r\nz",1\n2,3\n', "t").lines() == [1, 2, 5]


@pytest.mark.parametrize("data", [b"", b"\x81\x8d"])
def test_what_is_no_table_is_named(data):
    with pytest.raises(SheetError, match=r"book\.csv"):
        Sheet(data, "book.csv")
