"""Over a term, students are found again, and what stays is told from what is new."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.commands.program import course
from checker.reports import term


def submission(name, misconceptions, score=1.0, **keys):
    tasks = [
        {
            "name": task,
            "score": 0.0,
            "max_score": 1.0,
            "diagnosis": words and {"misconception": words, "hint": "Why?"},
        }
        for task, words in misconceptions.items()
    ]
    tasks.append({"name": "dense", "score": score, "max_score": 1.0, "diagnosis": None})
    kinds = {"sid": "Gradescope sid", "mail": "e-mail", "number": "Moodle participant"}
    people = [{"id": "", "name": name, "keys": {kinds[k]: v for k, v in keys.items()}}]
    return {
        "submission": name,
        "score": score,
        "max_score": 2.0,
        "tasks": tasks,
        "people": people if keys else [],
    }


def out(folder, assignment, *submissions):
    folder.mkdir()
    found = {"assignment": assignment, "submissions": submissions}
    (folder / "results.json").write_text(json.dumps(found))
    return folder


def test_students_are_found_again_by_keys_that_last(tmp_path):
    first = out(
        tmp_path / "a",
        "losses",
        submission("Ada L", {}, sid="1", mail="a@x.edu"),
        submission("Ben", {}, number="7"),
        submission("Cyd", {}, number="8"),
    )
    second = out(
        tmp_path / "b",
        "backprop",
        submission("Ada Lovelace", {}, 0.5, mail="a@x.edu"),
        submission("Ben", {}, number="8"),
        submission("Dan", {}),
    )
    found = term.read([first, second])
    marks = {s.name: [term.mark(s, title) for title in found.maxima] for s in found.students}
    assert marks == {
        "Ada L": ["1 / 2", "0.5 / 2"],
        "Ben": ["1 / 2", "1 / 2"],
        "Cyd": ["1 / 2", "-"],
        "Dan": ["-", "1 / 2"],
    }


def test_what_stays_and_what_to_repeat(tmp_path):
    mean, sign = "It is averaged.", "The sign is wrong."
    first = out(tmp_path / "a", "losses", submission("ada", {"mse": mean}), submission("ben", {}))
    second = out(
        tmp_path / "b",
        "backprop",
        submission("ada", {"dbias": mean, "dx": sign}),
        submission("ben", {"dbias": mean}, 0.0),
    )
    found = term.read([first, second])
    ada, ben = found.students
    assert found.staying(ada) == {mean: ["losses: mse", "backprop: dbias"]}
    assert found.staying(ben) == {}
    shown = term.text(found)
    assert "2 x dbias (1 not for the first time): It is averaged.\n  1 x dx: The sign" in shown
    assert "Full marks in backprop: dbias 0 of 2, dx 0 of 2, dense 1 of 2" in shown


def test_two_students_of_one_name_are_two(tmp_path):
    mean = "It is averaged."
    first = out(tmp_path / "a", "losses", submission("Ada", {"mse": mean}, sid="1"))
    both = [submission("Ada", {"dbias": mean}, sid=number) for number in ("1", "2")]
    (mistake,) = term.read([first, out(tmp_path / "b", "backprop", *both)]).mistakes()
    assert (mistake.who, mistake.stays) == (("Ada", "Ada"), ("Ada",))


def test_a_single_student_is_counted_too(tmp_path):
    found = term.read(
        [out(tmp_path / "a", "losses", submission("ada", {"mse": "It is averaged."}))]
    )
    assert "Full marks in losses: mse 0 of 1\n" in term.text(found) + "\n"


@pytest.mark.parametrize(
    "spoilt",
    [
        {"score": None},
        {"max_score": "many"},
        {"tasks": 3},
        {"tasks": [{"name": "mse"}]},
        {"tasks": [{"name": "mse", "score": 0, "max_score": 1, "diagnosis": {"hint": "Why?"}}]},
        {"people": [{"name": "Ada"}]},
        {"people": None},
    ],
)
def test_results_of_another_program_are_an_error(tmp_path, spoilt):
    row = submission("Ada", {"mse": "It is averaged."}, sid="1")
    with pytest.raises(term.TermError, match="that can be read"):
        term.read([out(tmp_path / "a", "losses", row | spoilt)])


@pytest.mark.parametrize(
    ("folders", "words"),
    [
        (["a", "a"], "a folder is given twice"),
        (["a", "empty"], "has no results.json that can be read"),
        (["a", "both"], "Ada may be Ben and Cyd"),
        (["a", "twice"], "has Ben twice"),
    ],
)
def test_what_cannot_be_put_together_is_an_error(tmp_path, folders, words):
    out(tmp_path / "a", "one", submission("Ben", {}, sid="1"), submission("Cyd", {}, mail="c@x"))
    out(tmp_path / "both", "two", submission("Ada", {}, sid="1", mail="c@x"))
    out(tmp_path / "twice", "two", submission("B", {}, sid="1"), submission("Ben", {}, sid="1"))
    (tmp_path / "empty").mkdir()
    done = CliRunner().invoke(course, ["report", *(str(tmp_path / name) for name in folders)])
    assert done.exit_code == 2
    assert words in done.output


def test_names_are_text_on_the_page(tmp_path):
    evil = "<script>alert(1)</script>"
    folder = out(tmp_path / "a", "losses", submission(evil, {"mse": evil}))
    page = tmp_path / "term.html"
    done = CliRunner().invoke(course, ["report", str(folder), "--page", str(page)])
    assert done.exit_code == 0
    written = Path(page).read_text()
    assert "No student made a mistake of an earlier assignment again." in written
    assert "<script" not in written
    seen = []
    parser = HTMLParser()
    parser.handle_data = seen.append
    parser.feed(written)
    assert evil in "".join(seen)
    assert re.search(r"default-src 'none'", written)
