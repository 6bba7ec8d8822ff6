"""Nothing that a student has written passes for the platform's own part of a name."""

import shutil
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.classroom import layouts
from checker.classroom.class_list import ClassSubmission, Person, distinct
from checker.classroom.keys import CANVAS_ID, FILE_NAME, GRADESCOPE_SID, Key, email
from checker.classroom.layouts import canvas, github, moodle, ruby_table
from checker.course import assignment
from checker.grading.files import File, Folder, IntakeError

BACKPROP = assignment.find("backprop")
WORK = b"def dense(x, weight, bias):\n    return x @ weight + bias\n"
# What a student may call a file, with all that looks like a part of the platform's names.
PIECES = [
    "backprop.py",
    "_",
    "-",
    "LATE",
    "anon",
    "12",
    "99174",
    "4822",
    "assignsubmission",
    "file",
]
PIECES += ["onlinetext", "text.html", "\n", "é", " ", "."]
FILES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join)
NUMBERS = st.integers(1, 10**9).map(str)
WORDS = st.text(st.sampled_from("abzé٣"), min_size=1, max_size=6)
UPLOADS = [File(f"gausscarl_1_{upload}_b.py") for upload in (99_000, 99_999)]


def export(folder, *names):
    files = {name: File(name, len(WORK), lambda _: WORK) for name in names if "/" not in name}
    made = Folder(folder, files)
    for name in names:
        outer, slash, inner = name.partition("/")
        if slash:
            made.folders.setdefault(outer, Folder(outer)).files[inner] = File(inner)
    return made


def attempt(read):
    """What is read, or why it is refused."""
    try:
        return read()
    except IntakeError as error:
        return str(error)


def keys(layout, *names, folder="class"):
    return {
        each.keys[0].value: each for each in layout.submissions(export(folder, *names), BACKPROP)
    }


@given(WORDS, NUMBERS, FILES)
def test_the_number_of_a_moodle_participant_is_read_back_whatever_the_file_is_called(
    name, number, file
):
    entry = f"{name}_{number}_assignsubmission_file_{file}"
    assert moodle.parsed(entry) == (name, number, file)


@given(WORDS, NUMBERS, st.integers(99_000, 99_999), st.booleans(), FILES)
def test_the_number_of_a_canvas_student_is_read_back_or_refused(name, number, upload, late, file):
    entry = f"{name}{'_LATE' * late}_{number}_{upload}_{file}"
    others = [each.name for each in UPLOADS if each.name != entry]
    found = attempt(lambda: keys(canvas, entry, *others))
    if isinstance(found, str):
        assert "two ways" in found or "the names of two" in found
        return
    if number != "1":
        assert (found[number].name, found[number].late) == (name, late)
        assert set(found) == {number, "1"}


@given(st.integers(1, 9999), st.integers(1, 9999), st.integers(99_000, 99_999), FILES)
def test_a_canvas_name_that_ends_in_a_number_never_makes_it_another_student(
    victim, number, upload, file
):
    entry = f"x_{victim}_{number}_{upload}_{file}"
    with pytest.raises(IntakeError, match="two ways"):
        keys(canvas, entry, *(each.name for each in UPLOADS))


def test_a_canvas_file_that_begins_with_a_small_number_is_no_riddle():
    names = ["ada_4821_99173_1_backprop.py", "ben_4822_99174_2026_b.py", "cyd_4823_99175_01_b.py"]
    assert {who: each.name for who, each in keys(canvas, *names).items()} == {
        "4821": "ada",
        "4822": "ben",
        "4823": "cyd",
    }
    anonymous = "anon_aB3xY_99175_smith_late_12345_678_x.py"
    assert list(keys(canvas, anonymous, "ada_4821_99173_smith_late_12345_678_x.py")) == [
        "anon_aB3xY",
        "4821",
    ]
    assert keys(canvas, "_4821_99173_b.py")["4821"].name == "4821"
    assert keys(canvas, "anon_aB3xY_99175_b.py")["anon_aB3xY"].keys[0].space != CANVAS_ID


def test_one_canvas_number_with_two_names_is_refused():
    with pytest.raises(IntakeError, match=r"ada_4821_99173_a\.py and ben_4821_99174_b\.py"):
        keys(canvas, "ada_4821_99173_a.py", "ben_4821_99174_b.py")


def test_a_long_canvas_name_is_read_in_no_time():
    assert list(canvas.readings("a_" * 30_000)) == []
    assert [each.key.value for each in canvas.readings("a_1_2_" + "3_" * 30_000 + "b")] == [
        "1",
        "2",
    ]
    assert list(canvas.readings(f"a_{'9' * 5000}_2_b.py")) == []


LOGINS = st.text(st.sampled_from("ab-"), min_size=1, max_size=6).filter(
    lambda login: not login.startswith("-")
)


def repositories(folder, listed, *folders):
    head = "github_username,student_repository_name,group_name\r\n"
    table = head + "".join(f"{','.join(row)}\r\n" for row in listed)
    made = export(folder, *(f"{name}/b.py" for name in folders))
    made.files["grades.csv"] = File("grades.csv", 1, lambda _: table.encode())
    return {each.keys[0].value: each for each in github.submissions(made, BACKPROP)}


def test_a_login_without_repository_is_not_that_of_a_longer_login():
    listed = [("ada", "hw-ada", ""), ("grace-ada", "hw-grace-ada", "")]
    for folder in ("in", "hw-submissions"):
        found = repositories(folder, listed, "hw-grace-ada")
        assert {who: len(each.files) for who, each in found.items()} == {"ada": 0, "grace-ada": 1}


def fifty(logins, folders, folder="in"):
    table = "username,submission_tag\n" + "".join(f"{login},t\n" for login in logins)
    made = export(folder, *(f"{name}/b.py" for name in folders))
    made.files["scores.csv"] = File("scores.csv", 1, lambda _: table.encode())
    return {each.keys[0].value: each for each in github.submissions(made, BACKPROP)}


@given(st.sets(LOGINS, min_size=1), st.data())
def test_repositories_of_classroom_50_are_those_of_their_owners_or_refused(logins, data):
    having = data.draw(st.sets(st.sampled_from(sorted(logins)), min_size=1))
    folders = [f"c50-hw1-{login}" for login in having]
    found = fifty(logins, folders, "c50-hw1-submissions")
    assert {who for who, each in found.items() if each.files} == having
    found = attempt(
        lambda: fifty(["zoe", "yan", *logins], ["c50-hw1-zoe", "c50-hw1-yan", *folders])
    )
    if isinstance(found, str):
        assert "could belong to two students" in found
        return
    assert {who for who, each in found.items() if each.files} == having | {"zoe", "yan"}


def test_where_two_logins_may_own_a_repository_both_forms_are_named():
    said = attempt(lambda: fifty(["ada", "grace-ada"], ["c50-hw1-grace-ada"]))
    assert "c50-hw1-LOGIN" in said
    assert "c50-hw1-grace-LOGIN" in said


@pytest.mark.parametrize("groups", [("", ""), ("x", "y"), ("x", "")])
def test_two_students_share_a_repository_only_as_a_group(groups):
    listed = [("ada", "hw-x", groups[0]), ("ben", "hw-x", groups[1])]
    with pytest.raises(IntakeError, match="hw-x to ada and ben, but not as a group"):
        repositories("in", listed, "hw-x")
    listed = [("ada", "hw-x", "x"), ("ben", "hw-x", "x")]
    (group,) = repositories("in", listed, "hw-x").values()
    assert [person.id for person in group.people] == ["ada", "ben"]


def test_a_table_among_files_of_students_decides_nothing(tmp_path):
    for name, text in {
        "evil.csv": "github_username,student_repository_name\nada,ben\n",
        "submission_metadata.yml": "ben:\n  :submitters:\n  - :name: Mallory\n",
        "ada.py": WORK.decode(),
        "ben/b.py": WORK.decode(),
        "submitted/x/b.py": WORK.decode(),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    layout, found = layouts.read(tmp_path, BACKPROP)
    assert layout == "folder"
    assert [each.name for each in found] == ["ada", "ben", "submitted"]


SUBMITTERS = """\
  - :name: |-
      Ada
      :sid: '200'
      - :name: Ben
      :email: ben@x.edu
    :sid: '100'
    :email: Ada@X.edu
    :roles:
    - :name: Mallory
  - :name: "two\u2028submission_2:
      :sid: '7'"
"""


@pytest.mark.parametrize("indent", ["", "  "])
def test_a_name_of_several_lines_on_gradescope_is_no_other_field(indent):
    text = f"submission_1:\n  :submitters:\n{textwrap.indent(SUBMITTERS, indent)}"
    (entry,) = ruby_table.entries(text).values()
    ada, two = entry.submitters
    assert ada == {
        "name": "Ada :sid: '200' - :name: Ben :email: ben@x.edu",
        "sid": "100",
        "email": "Ada@X.edu",
        "roles": "- :name: Mallory",
    }
    assert set(two) == {"name"}


def test_two_submissions_of_one_student_are_refused_before_anything_is_graded():
    ada = Person("Ada", (Key(GRADESCOPE_SID, "1"), email("Ada@x.edu")))
    same = Person("A. Lovelace", (email(" ada@X.EDU"),))
    other = Person("Ben", (Key(CANVAS_ID, "1"),))
    alone = [ClassSubmission("Ada", people=(ada,), origin="submission_1")]
    assert len(distinct([*alone, ClassSubmission("Ben", people=(other,))])) == 2
    with pytest.raises(
        IntakeError, match=r"e-mail ada@x\.edu is in two .*Ada \(submission_1\) and"
    ):
        distinct([*alone, ClassSubmission("group", people=(other, same))])


def test_two_spaces_never_meet():
    (ada,) = moodle.submissions(export("class", "Ada_1_assignsubmission_file_b.py"), BACKPROP)
    (ben,) = canvas.submissions(export("class", "ben_1_99173_b.py"), BACKPROP)
    assert {key.value for key in ada.keys} == {key.value for key in ben.keys} == {"1"}
    assert not {*ada.keys} & {*ben.keys}


OF_OTHERS = {
    "Canvas": ["lovelaceada_4821_99173_backprop.py", "turingalan_LATE_4822_99174_b.py"],
    "Moodle": ["Ada Lovelace_123_assignsubmission_file_backprop.py"],
    "Gradescope": ["submission_metadata.yml", "submission_1/backprop.py"],
    "nbgrader": ["submitted/ada/backprop/b.py"],
    "GitHub": ["grades.csv", "hw1-ada/backprop.py", "hw1-ben/backprop.py"],
    "plain": ["ada.py", "ben.py"],
}
TEXTS = {
    "submission_metadata.yml": "submission_1:\n  :submitters:\n  - :name: Ada\n    :sid: '1'\n",
    "grades.csv": "github_username,student_repository_name\nada,hw1-ada\nben,hw1-ben\n",
}


def written(root, paths):
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(TEXTS.get(path, WORK.decode() + f"# {path}"))
    return root


@pytest.mark.parametrize("platform", OF_OTHERS)
@pytest.mark.parametrize("inside", ["mallory", "mallory/class", "mallory/mallory/class"])
def test_what_the_only_student_calls_files_names_no_others(tmp_path, platform, inside):
    """The names are a student's, and nothing says that they are not those of the platform."""
    names = OF_OTHERS[platform]
    folder = written(tmp_path / "class", [f"{inside}/{name}" for name in names])
    for name in set(TEXTS) & set(names):
        (folder / inside / name).write_text(TEXTS[name])
    packed = shutil.make_archive(str(tmp_path / "packed"), "zip", folder)
    for path in (folder, Path(packed)):
        if path == folder and platform == "plain":
            assert [each.name for each in layouts.read(path, BACKPROP)[1]] == ["mallory"]
            continue
        with pytest.raises(IntakeError, match=r"the folder mallory, which may be .* add --one"):
            layouts.read(path, BACKPROP)
    (one,) = layouts.read(folder, BACKPROP, one=True)[1]
    assert one.keys == (Key(FILE_NAME, "class"),)


@pytest.mark.parametrize("platform", OF_OTHERS)
@pytest.mark.parametrize("neighbour", ["zoe/b.py", "zoe.py"])
def test_beside_another_student_a_folder_is_one_student(tmp_path, platform, neighbour):
    names = [f"mallory/{name}" for name in OF_OTHERS[platform]]
    folder = written(tmp_path / "class", [*names, neighbour])
    layout, found = layouts.read(folder, BACKPROP)
    assert layout == "folder"
    assert {each.keys for each in found} == {
        (Key(FILE_NAME, "mallory"),),
        (Key(FILE_NAME, neighbour.partition("/")[0]),),
    }


@pytest.mark.parametrize(
    ("outer", "inner"),
    [("class", "class"), ("hw1 (2)", "hw1"), ("Hw1-2", "hw1"), ("in", "assignment_9_export")],
)
def test_a_folder_that_only_comes_from_packing_is_looked_into(tmp_path, outer, inner):
    for names in (OF_OTHERS["Canvas"], OF_OTHERS["Moodle"]):
        folder = written(tmp_path / str(len(names)) / outer, [f"{inner}/{name}" for name in names])
        assert len(layouts.read(folder, BACKPROP)[1]) == len(names)


@pytest.mark.parametrize(("outer", "inner"), [("class", "c"), ("in", "ada"), ("ada2", "ada")])
def test_a_folder_whose_name_only_begins_alike_is_not(tmp_path, outer, inner):
    folder = written(tmp_path / outer, [f"{inner}/{name}" for name in OF_OTHERS["Canvas"]])
    with pytest.raises(IntakeError, match="may be the class"):
        layouts.read(folder, BACKPROP)


def test_no_two_students_together_take_the_place_of_a_third(tmp_path):
    """Each of these names is harmless alone. Ada hands in nothing."""
    together = {
        "canvas": ["m_1_99171_x.py", "m_1_99172_ada_4821_99173_b.py", "n_2_99173_LATE_4821_x.py"],
        "moodle": [
            "M_1_assignsubmission_file_N_2_assignsubmission_file_x.py",
            "N_2_assignsubmission_file__3_assignsubmission_file_x.py",
        ],
    }
    found = attempt(lambda: {*keys(canvas, *together["canvas"])})
    assert isinstance(found, str) or "4821" not in found
    assert {*keys(moodle, *together["moodle"])} == {"1", "2"}
    listed = [(who, f"hw1-{who}", "") for who in ("m", "n", "m-ada")]
    rows = repositories(
        "in", [*listed, ("ada", "", "")], "hw1-m", "hw1-n", "hw1-m-ada", "hw1-n-ada"
    )
    assert not rows["ada"].files


def test_tables_inside_the_folder_of_a_student_are_not_read(tmp_path):
    names = ["submission_1/submission_metadata.yml", "submission_1/b.py", "submission_2/b.py"]
    folder = written(tmp_path / "in", [*names, "submission_1/submission_metadata.yml"])
    (folder / names[0]).write_text("submission_2:\n  :submitters:\n  - :name: Mallory\n")
    found = layouts.read(folder, BACKPROP)[1]
    assert [each.name for each in found] == ["submission_1", "submission_2"]
    assert not any(each.people for each in found)
