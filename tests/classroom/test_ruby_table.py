"""The table of Gradescope is read as a library for YAML reads it, whatever students are called.

Ruby and PyYAML write with the same C library, libyaml, and so with the same quotes and line breaks.
"""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.classroom.layouts import ruby_table

PIECES = ["Ada", "O'Brien", '"', ":sid: '200'", "- :name: Ben", "#", "%", "~", "null", "12", "é"]
PIECES += [
    "submission_2:",
    "\n",
    "\t",
    " ",
    "  :history:",
    "|-",
    "\u2028",
    "\x85",
    "\x1b",
    "李",
    "\U0001f600",
]
WORDS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
PERSON = st.fixed_dictionaries({":name": WORDS, ":sid": WORDS, ":email": WORDS})
RESULT = st.fixed_dictionaries({"name": WORDS, "output": WORDS, ":created_at": WORDS})
ENTRY = st.fixed_dictionaries(
    {
        ":submitters": st.lists(PERSON, min_size=1, max_size=3),
        ":created_at": st.just("2026-03-01 10:11:12.5 +00:00"),
        ":results": st.lists(RESULT, max_size=2),
        ":history": st.lists(
            st.fixed_dictionaries({":created_at": st.just("2026"), ":results": RESULT}), max_size=3
        ),
    }
)


def one_line(text):
    return " ".join(text.split())


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(["submission_1", "submission_23"]), ENTRY, min_size=1))
@pytest.mark.parametrize("unicode", [True, False])
def test_submitters_are_those_that_a_library_finds(unicode, table):
    text = yaml.dump(table, Dumper=yaml.CSafeDumper, allow_unicode=unicode, sort_keys=False)
    assert yaml.load(text, Loader=yaml.CSafeLoader) == table
    found = ruby_table.entries(text)
    assert found.keys() == table.keys()
    for name, entry in table.items():
        people = [
            {key[1:]: one_line(value) for key, value in person.items()}
            for person in entry[":submitters"]
        ]
        read = [{k: one_line(v) for k, v in person.items()} for person in found[name].submitters]
        assert read == people
        assert found[name].created_at == entry[":created_at"]
        assert found[name].earlier == len(entry[":history"])
