"""The export of every platform is recognised, and no student in it is lost."""

import os
import shutil
from pathlib import Path

import pytest
from handed_in import submission

from checker.classroom import layouts
from checker.course import assignment
from checker.grading.files import IntakeError

BACKPROP = assignment.find("backprop")
WORK = b"def dense(x, weight, bias):\n    return x @ weight + bias\n"


def lay(root, files):
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def zipped(folder):
    return Path(shutil.make_archive(str(folder) + "-packed", "zip", folder.parent, folder.name))


def found(path):
    """The layout, and for each row its name and the file chosen, or why there is none."""
    layout, submissions = layouts.read(path, BACKPROP)
    return layout, {each.name: chosen(each) for each in submissions}


def chosen(submission_):
    try:
        return submission(BACKPROP, submission_.files).filename
    except IntakeError as error:
        return str(error)


GRADESCOPE = """\
---
submission_1:
  :submitters:
  - :name: Ada Lovelace
    :sid: '100'
    :email: ada@example.edu
  :created_at: 2023-09-20 10:11:12.123456000 -07:00
  :score: 12.0
  :results:
    tests:
    - name: ':submitters:'
      output: |
        submission_9:
          :submitters:
          - :name: Mallory
  :history:
  - :created_at: 2023-09-19 10:11:12.123456000 -07:00
    :score: 8.0
    :results:
      tests:
      - name: x
  - :created_at: 2023-09-18 10:11:12.123456000 -07:00
    :score: 0.0
submission_2:
  :submitters:
  - :name: 'Niamh O''Brien'
    :sid: "200"
  - :name: "Zo\\xEB \\u010Capek"
    :email: zoe@example.edu
submission_3:
  :submitters:
  - :name: Nobody Here
"""
EXPORT = {
    "assignment_9_export/submission_metadata.yml": GRADESCOPE.encode(),
    "assignment_9_export/submission_1/src/backprop.py": WORK,
    "assignment_9_export/submission_2/my work.py": WORK,
    "assignment_9_export/submission_4/backprop.py": WORK,
    "assignment_9_export/.DS_Store": b"",
    "__MACOSX/assignment_9_export/._submission_1": b"",
}


@pytest.mark.parametrize("packed", [False, True])
def test_a_gradescope_export(tmp_path, packed):
    root = lay(tmp_path / "export", EXPORT)
    layout, submissions = layouts.read(zipped(root) if packed else root, BACKPROP)
    assert layout == "Gradescope export"
    rows = {each.name: each for each in submissions}
    group = "Niamh O'Brien, Zoë Čapek"
    assert sorted(rows) == ["Ada Lovelace", group, "Nobody Here", "submission_4"]
    ada = rows["Ada Lovelace"]
    assert chosen(ada) == "backprop.py"
    assert (ada.people[0].id, ada.people[0].email) == ("100", "ada@example.edu")
    assert ada.submitted == "2023-09-20 10:11:12.123456000 -07:00"
    assert ada.earlier == 2
    assert [person.id for person in rows[group].people] == ["200", "zoe@example.edu"]
    assert chosen(rows["Nobody Here"]) == "nothing was submitted"
    assert chosen(rows["submission_4"]) == "backprop.py"


def test_a_canvas_download(tmp_path):
    names = [
        "lovelaceada_4821_99173_backprop.py",
        "turingalan_LATE_4822_99174_my work.py",
        "anon_aB3xY_99175_backprop.py",
        "LATE_anon_zZ9_99176_backprop.py",
        "müllerzoë_4823_99177_backprop.py",
        "user2_4824_99178_backprop.py",
    ]
    root = lay(tmp_path / "class", dict.fromkeys(names, WORK))
    lay(root, {"hoppergrace_4825_text.html": b"<p>see my mail</p>"})
    layout, submissions = layouts.read(root, BACKPROP)
    assert layout == "Canvas download"
    rows = {each.people[0].id: each for each in submissions}
    assert {who: each.name for who, each in rows.items()} == {
        "4821": "lovelaceada",
        "4822": "turingalan",
        "anon_aB3xY": "anon_aB3xY",
        "anon_zZ9": "anon_zZ9",
        "4823": "müllerzoë",
        "4824": "user2",
        "4825": "hoppergrace",
    }
    assert {who for who, each in rows.items() if each.late} == {"4822", "anon_zZ9"}
    assert chosen(rows["4825"]) == "no .py file or .ipynb notebook was submitted, only text.html."


def test_of_two_uploads_to_canvas_the_later_one_counts(tmp_path):
    files = {
        "ada_1_500_backprop-1.py": WORK + b"# later",
        "ada_1_400_backprop.py": WORK,
        "ada_1_600_plot.py": b"",
    }
    ((_, (ada,)),) = [layouts.read(lay(tmp_path / "class", files), BACKPROP)]
    found = submission(BACKPROP, ada.files)
    assert (found.filename, found.data) == ("backprop.py", WORK + b"# later")


def test_the_output_folder_is_no_submission(tmp_path):
    files = {"ada_1_500_backprop.py": WORK, "results/feedback/ada.txt": b""}
    folder = lay(tmp_path / "class", files)
    layout, (ada,) = layouts.read(folder, BACKPROP, folder / "results")
    assert (layout, ada.name) == ("Canvas download", "ada")
    assert layouts.read(folder, BACKPROP, tmp_path / "results")[0] == "folder"


@pytest.mark.parametrize("packed", [False, True])
def test_a_moodle_download(tmp_path, packed):
    files = {
        "Ada Lovelace_123_assignsubmission_file/backprop.py": WORK,
        "Alan Turing_124_assignsubmission_file_/src/work.py": WORK,
        "Participant_125_assignsubmission_file/backprop.py": WORK,
        "Eva__evaATuni.se__126_assignsubmission_file_/backprop.py": WORK,
        "Bo Ek_127_assignsubmission_onlinetext/onlinetext.html": b"<p>done</p>",
        "Default group_0_assignsubmission_file/backprop.py": WORK,
        "Flat Person_128_assignsubmission_file_backprop.py": WORK,
    }
    root = lay(tmp_path / "class", files)
    layout, submissions = layouts.read(zipped(root) if packed else root, BACKPROP)
    assert layout == "Moodle download"
    assert {each.people[0].id: (each.name, chosen(each)) for each in submissions} == {
        "123": ("Ada Lovelace", "backprop.py"),
        "124": ("Alan Turing", "work.py"),
        "125": ("Participant", "backprop.py"),
        "126": ("Eva", "backprop.py"),
        "127": ("Bo Ek", "no .py file or .ipynb notebook was submitted, only onlinetext.html."),
        "0": ("Default group", "backprop.py"),
        "128": ("Flat Person", "backprop.py"),
    }


def test_an_nbgrader_course(tmp_path):
    files = {
        "nbgrader_config.py": b"",
        "release/ps1/p1.ipynb": b"{}",
        "source/ps1/p1.ipynb": b"{}",
        "submitted/bitdiddle/ps1/p1.ipynb": b'{"cells": ["def dense(x):"]}',
        "submitted/bitdiddle/ps1/timestamp.txt": b"2015-02-02 15:58:23.948203 UTC\n",
        "submitted/hacker/backprop/p1.ipynb": b'["def dense(x):"]',
        "submitted/hacker/other/p1.ipynb": b'["def dense(x): other"]',
    }
    layout, submissions = layouts.read(lay(tmp_path / "course", files), BACKPROP)
    assert layout == "nbgrader course"
    assert [each.name for each in submissions] == ["bitdiddle", "hacker"]
    assert submissions[0].submitted == "2015-02-02 15:58:23.948203 UTC"
    assert [chosen(each) for each in submissions] == ["p1.ipynb", "p1.ipynb"]


def test_repositories_of_github_classroom(tmp_path):
    table = (
        "assignment_name,assignment_url,starter_code_url,github_username,roster_identifier,"
        "student_repository_name,student_repository_url,submission_timestamp,points_awarded,"
        "points_available,group_name\r\n"
        "hw1,u,u,ada,Ada Lovelace,hw1-ada,u,2023-09-20 10:11:12 UTC,,,\r\n"
        "hw1,u,u,alan,Alan Turing,hw1-team-x,u,,,,team x\r\n"
        "hw1,u,u,grace,Grace Hopper,hw1-team-x,u,,,,team x\r\n"
        "hw1,u,u,kurt,Kurt Gödel,hw1-kurt,u,,,,\r\n"
    )
    files = {
        "hw1-submissions/grades.csv": table.encode(),
        "hw1-submissions/hw1-ada/backprop.py": WORK,
        "hw1-submissions/hw1-ada/.git/config": b"",
        "hw1-submissions/hw1-team-x/backprop.py": WORK,
        "hw1-submissions/hw1-guest/backprop.py": WORK,
    }
    layout, submissions = layouts.read(lay(tmp_path / "in", files), BACKPROP)
    assert layout == "classroom repositories"
    rows = {each.name: each for each in submissions}
    assert sorted(rows) == ["Ada Lovelace", "Kurt Gödel", "guest", "team x"]
    assert [person.id for person in rows["team x"].people] == ["alan", "grace"]
    assert rows["Ada Lovelace"].submitted == "2023-09-20 10:11:12 UTC"
    assert chosen(rows["Kurt Gödel"]) == "nothing was submitted"
    without = {name: data for name, data in files.items() if not name.endswith(".csv")}
    _, submissions = layouts.read(lay(tmp_path / "bare", without), BACKPROP)
    assert [each.name for each in submissions] == ["ada", "guest", "team-x"]


def test_repositories_of_classroom_50(tmp_path):
    table = (
        "username,first_name,last_name,email,section,score,max_score,datetime,submission_tag,"
        "submitted_by,review_url,late,override\n"
        "ada,Ada,Lovelace,ada@x.edu,1,0,20,2026-11-20T10:00:00Z,submit/1,ada,u,true,\n"
        "grace-ada,Grace,Hopper,g@x.edu,1,0,20,2026-11-20T09:00:00Z,submit/1,g,u,false,\n"
    )
    files = {
        "scores.csv": table.encode(),
        "c50-hw1-ada/backprop.py": WORK,
        "c50-hw1-ada/result.json": b"{}",
        "c50-hw1-grace-ada/backprop.py": WORK,
    }
    layout, submissions = layouts.read(lay(tmp_path / "in", files), BACKPROP)
    assert layout == "classroom repositories"
    assert [(each.name, each.late, chosen(each)) for each in submissions] == [
        ("Ada Lovelace", True, "backprop.py"),
        ("Grace Hopper", False, "backprop.py"),
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_plain_folders_and_files(tmp_path, packed):
    files = {
        "anna.py": WORK,
        "ben/deep/er/solution.py": WORK,
        "carl/backprop.txt": WORK,
        "dora/Backprop.PY": WORK,
        "emil.py.txt": WORK,
        "fay/__pycache__/backprop.py": WORK,
        "gus.rar": b"Rar!",
        "notes.txt": b"not a submission",
    }
    root = lay(tmp_path / "class", files)
    layout, rows = found(zipped(root) if packed else root)
    assert layout == "folder"
    assert rows.pop("gus").startswith("gus.rar is a RAR archive")
    assert rows.pop("fay", "nothing was submitted") == "nothing was submitted"
    assert rows == {
        "anna": "anna.py",
        "ben": "solution.py",
        "carl": "backprop.txt.py",
        "dora": "Backprop.PY",
        "emil.py": "emil.py.txt.py",
    }


def test_what_is_in_a_file_decides_which_is_meant(tmp_path):
    files = {
        "anna/helper.py": b"import numpy",
        "anna/zzz.py": WORK,
        "ben/one.py": WORK,
        "ben/two.py": WORK,
        "carl/one.py": WORK,
        "carl/two.py": WORK + b"#",
        "dora/backprop.py": WORK + b"#",
        "dora/draft.py": WORK,
        "emil/a.py": b"",
        "emil/b.py": b"",
    }
    _, rows = found(lay(tmp_path / "class", files))
    assert rows == {
        "anna": "zzz.py",
        "ben": "one.py",
        "carl": "one.py and two.py could each be the submission: submit only one of them.",
        "dora": "backprop.py",
        "emil": "no function of backprop was found in a.py, b.py.",
    }


def test_the_untouched_starter_beside_the_work_is_not_meant(tmp_path):
    from checker.handout.starter import starter

    empty = starter(BACKPROP).encode()
    work = empty.replace(b"raise NotImplementedError", b"return 1")
    files = {"anna/backprop.py": empty, "anna/mine.py": work}
    assert found(lay(tmp_path / "class", files))[1] == {"anna": "mine.py"}


def test_links_and_what_is_no_file_are_rows_with_a_reason(tmp_path):
    secret = tmp_path / "secret"
    lay(secret, {"backprop.py": WORK})
    folder = lay(tmp_path / "class", {"anna/backprop.py": WORK})
    (folder / "ben.py").symlink_to(secret / "backprop.py")
    (folder / "carl").mkdir()
    (folder / "carl" / "in").symlink_to(secret, target_is_directory=True)
    (folder / "dora.py").symlink_to("/dev/zero")
    os.mkfifo(folder / "emil.py")
    (folder / "fay.py").mkdir()
    with (folder / "gus.py").open("wb") as file:
        file.truncate(2**30)
    _, rows = found(folder)
    assert rows == {
        "anna": "backprop.py",
        "ben": "ben.py is a link, and links are not followed.",
        "carl": "in is a link, and links are not followed.",
        "dora": "dora.py is a link, and links are not followed.",
        "emil": "emil.py is not an ordinary file.",
        "fay.py": "nothing was submitted",
        "gus": "gus.py has 1024 MiB; 2 MiB are allowed.",
    }


def test_a_file_that_turns_into_a_link_after_it_was_listed_is_not_read(tmp_path):
    folder = lay(tmp_path / "class", {"anna.py": WORK})
    _, (anna,) = layouts.read(folder, BACKPROP)
    (folder / "anna.py").unlink()
    (folder / "anna.py").symlink_to("/etc/passwd")
    assert chosen(anna).startswith("anna.py cannot be read")


def test_names_are_one_visible_line_and_no_two_the_same(tmp_path):
    files = {
        "submission_metadata.yml": b"".join(
            b"submission_%d:\n  :submitters:\n  - :name: Ada\n" % i for i in range(3)
        )
        + b'submission_7:\n  :submitters:\n  - :name: "\\e[31m\\u202Eevil\\n"\n',
        "submission_0/a.py": WORK,
    }
    _, submissions = layouts.read(lay(tmp_path / "class", files), BACKPROP)
    names = [each.name for each in submissions]
    assert names == [
        r"\x1b[31m\u202eevil",
        "Ada (submission_0)",
        "Ada (submission_1)",
        "Ada (submission_2)",
    ]


def test_a_name_that_is_no_utf_8_is_no_obstacle(tmp_path):
    (tmp_path / "class").mkdir()
    odd = os.fsencode(tmp_path / "class") + b"/\xff\n\x1b.py"
    Path(os.fsdecode(odd)).write_bytes(WORK)
    assert list(found(tmp_path / "class")[1]) == [r"\udcff \x1b"]


@pytest.mark.parametrize("name", ["nothing", "empty", "class.txt"])
def test_where_there_is_no_class_it_is_said(tmp_path, name):
    (tmp_path / "empty").mkdir()
    (tmp_path / "class.txt").write_bytes(WORK)
    with pytest.raises(IntakeError):
        layouts.read(tmp_path / name, BACKPROP)
