"""No character of a submission is unseen in a report."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.sandbox.plain_text import clean, hidden_note, visible

ANY = st.text(st.characters(), max_size=40)


@given(ANY)
def test_what_is_visible_has_no_hidden_character_and_keeps_the_others(text):
    shown = visible(text)
    assert {unicodedata.category(c) for c in shown if c not in " \t\n\r\f\v\u200d"}.isdisjoint(
        {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    assert visible(shown) == shown
    shown.encode()
    assert clean(text, 400) == " ".join(shown.split())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoë Čapek, 李, שלום", "Zoë Čapek, 李, שלום"),
        ("a\u202eb", r"a\u202eb"),
        ("\x1b[31m", r"\x1b[31m"),
        ("\udcff", r"\udcff"),
        ("a\u3164\ufe0f\U000e0041", r"a\u3164\ufe0f\U000e0041"),
        ("done \u2714\ufe0f", "done \u2714\ufe0f"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
        ("a\u200db", r"a\u200db"),
    ],
)
def test_each_hidden_character_is_an_escape(text, shown):
    assert clean(text) == shown


@pytest.mark.parametrize(
    ("source", "note"),
    [
        ("x = 1\n\t# ä ✔\ufe0f\r\n", ""),
        ("\ufeffx = 1", ""),
        (
            "x\n\ny = '\u2066'",
            "the file has characters that reverse the direction of text in line 3",
        ),
        ("x = '\u200b'", "the file has invisible characters in line 1"),
        ("\x1b\n\u202e", "direction of text in line 2 and invisible characters in line 1"),
        ("\u202e\n" * 7, "in lines 1, 2, 3, 4, 5 and 2 more"),
    ],
)
def test_a_note_says_in_which_lines_a_source_hides_something(source, note):
    assert note in hidden_note(source)
    assert bool(hidden_note(source)) == bool(note)
