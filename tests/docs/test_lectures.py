"""The pages about the lectures name what exists, and their numbers are those that we compute."""

import re
import sys
from pathlib import Path
from pkgutil import resolve_name

import pytest

from checker.course import lectures as course
from checker.handout.gallery import PICTURES
from reference import catalogue, experiments

sys.path.append(str(Path(__file__).parents[2] / "docs"))

import lecture_pages

LECTURES = {found.number: found for found in lecture_pages.lectures()}
ENTRIES = [(number, entry) for number, found in LECTURES.items() for entry in found.entries]
NUMBERS = [
    pytest.param(entry, id=f"{number} {entry.printed}") for number, entry in ENTRIES if entry.ours
]
each_lecture = pytest.mark.parametrize("found", LECTURES.values(), ids=LECTURES)


def said(wrong):
    """The lecture and the words of each of these entries."""
    return [f"{number}: {entry.says}" for number, entry in wrong]


def named(field):
    """All names in this field of the entries."""
    return {name for _, entry in ENTRIES for name in getattr(entry, field)}


def cells(line):
    """The cells of a row of a table."""
    return re.split(r"(?<!\\)\|", line.strip().strip("|"))


def test_there_is_a_page_for_each_of_the_five_lectures():
    assert list(LECTURES) == ["000", "001", "002", "003", "004"]
    wanted = {"lectures.md", *(f"lectures/{number}.md" for number in LECTURES)}
    assert lecture_pages.pages().keys() == wanted


@each_lecture
def test_every_slide_has_entries_and_a_heading_of_its_own(found):
    assert all(slide.entries for slide in found.slides)
    titles = [slide.title for slide in found.slides]
    assert len(set(titles)) == len(titles)


@each_lecture
def test_the_page_has_all_slides_in_their_order(found):
    page = lecture_pages.pages()[f"lectures/{found.number}.md"]
    headings = re.findall(r"(?m)^## (.*)$", page)
    assert headings == [lecture_pages.escaped(slide.title) for slide in found.slides]


@each_lecture
def test_the_page_has_a_row_for_each_entry_and_no_cell_is_cut(found):
    page = lecture_pages.pages()[f"lectures/{found.number}.md"]
    tables = re.findall(r"(?m)(?:^\|.*\n)+", page)
    widths = [{len(cells(line)) for line in lines.splitlines()} for lines in tables]
    assert all(len(width) == 1 for width in widths)
    assert sum(lines.count("\n") - 2 for lines in tables) == len(found.entries)


def test_every_kind_of_entry_occurs_and_no_other():
    assert {entry.kind for _, entry in ENTRIES} == set(lecture_pages.KINDS)


def test_every_entry_says_something_and_is_reproduced_or_has_a_reason():
    assert said((n, e) for n, e in ENTRIES if not e.says) == []
    open_ends = [(n, e) for n, e in ENTRIES if e.kind != "misprint" and not e.reproduced]
    assert said((n, e) for n, e in open_ends if not e.reason) == []
    assert said((n, e) for n, e in ENTRIES if e.reason and e.reproduced) == []


def test_misprints_alone_say_what_is_meant():
    assert said((n, e) for n, e in ENTRIES if (e.kind == "misprint") != bool(e.meant)) == []


def test_numbers_alone_are_printed_and_computed():
    assert said((n, e) for n, e in ENTRIES if (e.kind == "number") != bool(e.printed)) == []
    assert said((n, e) for n, e in ENTRIES if e.ours and not e.printed) == []


@pytest.mark.parametrize("entry", NUMBERS)
def test_our_number_is_the_printed_one(entry):
    assert lecture_pages.computed(entry) == entry.printed


def test_another_number_is_shown_as_another_number():
    entry = lecture_pages.Entry("number", "", printed="1.50 and 2", ours="[1.25, np.pi]")
    assert lecture_pages.computed(entry) == "1.25 and 3"


def test_a_number_too_many_or_too_few_is_an_error():
    for ours in ("[1, 2, 3]", "1"):
        entry = lecture_pages.Entry("number", "", printed="1 and 2", ours=ours)
        with pytest.raises(ValueError, match="not as many numbers"):
            lecture_pages.computed(entry)


def test_every_cell_of_the_programs_is_that_of_an_entry_and_no_other():
    folder = Path(__file__).parents[2] / lecture_pages.PROGRAMS
    cells = {
        f"{path.stem}: {title}"
        for path in folder.glob("*.txt")
        for title in re.findall(r"(?m)^# %% (.*)$", path.read_text(encoding="utf-8"))
    }
    assert {entry.snippet for _, entry in ENTRIES if entry.snippet} == cells


def test_every_operation_exists():
    assert named("operations") - catalogue.names().keys() == set()


def test_every_picture_exists():
    assert named("pictures") - PICTURES.keys() == set()


def test_every_experiment_exists():
    assert named("experiments") - set(experiments.names()) == set()


def test_every_name_in_the_package_exists():
    for name in sorted(named("python")):
        assert resolve_name(name) is not None, name


def test_what_the_table_of_the_course_says_of_a_lecture_stands_on_its_page():
    on_page = {
        number: {n for e in found.entries if not e.meant for n in e.operations}
        for number, found in LECTURES.items()
    }
    for topic, listed, operations in course.BLOCKS:
        first, last = listed[:3], listed[-3:]
        taught = [n for n in LECTURES if first <= n <= last] if "-" in listed else listed.split()
        known = set().union(*(on_page[number] for number in taught))
        assert set(operations) <= known, topic


def test_the_tasks_of_an_entry_stand_beside_it():
    page = lecture_pages.pages()["lectures/004.md"]
    (row,) = re.findall(r"(?m)^\| \*formula:\* `z1 = .*$", str(page))
    assert "(../operations/networks/two_neurons.md)" in row
    assert row.endswith("Graded in [backprop](../assignments/backprop.md): `forward_pass` |")


def test_the_overview_counts_the_entries():
    overview = str(lecture_pages.pages()["lectures.md"])
    last = [line for line in overview.splitlines() if line.startswith("| all |")]
    counts = [len(found.entries) for found in LECTURES.values()]
    assert [list(map(str.strip, cells(line))) for line in last] == [
        ["all", *map(str, counts), str(sum(counts))]
    ]
