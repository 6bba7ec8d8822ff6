"""What `check submit` packs is graded as the files themselves are, and says nothing else."""

import getpass
import io
import json
import platform
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from handed_in import submission

from checker.course import assignment
from checker.sandbox.folder import File, IntakeError
from checker.student import hand_in

RIGHT = (Path(__file__).parents[1] / "sample_class" / "right.py").read_text()
WRONG = RIGHT.replace("np.sum(grad, axis=0)", "np.mean(grad, axis=0)")
PART = RIGHT.replace("def delta_rule", "def other")
ZIP = "backprop-submission.zip"


def write(files, folder="."):
    for name, text in files.items():
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def notebook(code):
    return json.dumps({"cells": [{"cell_type": "code", "source": code}]})


def packed():
    with zipfile.ZipFile(ZIP) as found:
        return {name: found.read(name).decode() for name in found.namelist()}


# The file to grade comes first. In some of them another file has more functions.
HANDED_IN = {
    "plain": {"backprop.py": WRONG},
    "umlauts": {"meine Übung 4.py": PART},
    "module": {"backprop.py": f"import helpers\n{PART}\n", "helpers.py": "import math\n"},
    "star": {"backprop.py": "from helpers import *\nx = 1\n", "helpers.py": PART},
    "one of two": {
        "Blatt 4 (neu).py": "import os, backprop\ndense = lambda x, weight, bias: 7.0\n",
        "backprop.py": RIGHT,
    },
    "package": {
        "backprop.py": "from tools.nets import dense, sgd_step\n",
        "tools/nets.py": f"from tools import base\n{PART}",
        "tools/base.py": "",
    },
    "notebook": {"Lösung.ipynb": notebook("x = 1\nimport helfer\n" + PART), "helfer.py": "a = 1"},
    "letters": {
        "Lösung.py": "import Übung\nfrom u\u0308bung2 import dense\n" + PART,
        "Übung.py": "",
        "übung2.py": "",
    },
    "notebook with letters": {
        "backprop.ipynb": notebook("from Übung import *\n" + PART),
        "Übung.py": "b = 1",
    },
    "by name": {
        "backprop.py": f"import importlib\nh = importlib.import_module('helpers')\n{PART}",
        "helpers.py": "",
    },
}


def earned(tasks):
    return {task["name"]: (task["verdict"], task["score"], task["message"]) for task in tasks}


def test_a_zip_is_graded_as_its_file_is(check):
    for name, files in HANDED_IN.items():
        write(files, f"class/{name} A")
        file = Path("class", f"{name} A", next(iter(files)))
        assert check("submit", "backprop", file).exit_code == 0
        assert packed().keys() == {*files, "checked.txt"}
        Path("class", f"{name} B").mkdir()
        Path(ZIP).rename(f"class/{name} B/{ZIP}")
    assert check("grade", "class", "-a", "backprop", "-o", "out").exit_code == 0
    rows = json.loads(Path("out/results.json").read_text())["submissions"]
    graded = {row["submission"]: row for row in rows}
    same = 0
    for name, files in HANDED_IN.items():
        whole, zipped = graded[f"{name} A"], graded[f"{name} B"]
        assert zipped["file"] == next(iter(files))
        if whole["file"] == zipped["file"]:
            assert zipped["tasks"] == whole["tasks"]
            same += 1
    assert same >= 5
    assert earned(graded["plain B"]["tasks"])["dense_backward"][0] == "wrong"


@pytest.mark.parametrize("name", ["one of two", "package"])
def test_the_file_that_was_checked_is_graded_and_not_its_module(check, name):
    write(HANDED_IN[name])
    file = next(iter(HANDED_IN[name]))
    alone = json.loads(check("backprop", file, "--no-shrink", "--format", "json").stdout)
    check("submit", "backprop", file)
    Path("class/ada").mkdir(parents=True)
    Path(ZIP).rename(f"class/ada/{ZIP}")
    check("grade", "class", "-a", "backprop", "-o", "out")
    (row,) = json.loads(Path("out/results.json").read_text())["submissions"]
    assert earned(row["tasks"]) == earned(alone["tasks"])


def test_only_what_is_imported_is_packed(check):
    write({"backprop.py": f"# notes and losses\nimport math\nimport os, helpers\n{RIGHT}"})
    write({"helpers.py": "", "notes.py": "", "losses.py": "", "diary.txt": "", "numpy.py": ""})
    assert check("submit", "backprop").exit_code == 0
    assert packed().keys() == {"backprop.py", "helpers.py", "checked.txt"}


def test_the_note_has_no_marks_and_no_names(check):
    write({"backprop.py": PART})
    check("backprop", "--no-shrink")
    assert "9 of 10 functions, without delta_rule." in check("submit", "backprop").output
    note = packed()["checked.txt"]
    assert note.startswith("backprop: the file to grade is backprop.py\n")
    assert f"Python {platform.python_version()}" in note
    assert "not in it: delta_rule\n" in note
    assert "network_gradient" in note
    assert not re.search(r"points|right|wrong|score", note)
    for private in (getpass.getuser(), platform.node(), str(Path.cwd().parent)):
        assert private not in re.sub("backprop|numpy|gradproof", "", note)


def test_it_says_which_tasks_have_not_all_points(check):
    write({"backprop.py": RIGHT.replace("delta1.sum(axis=0)", "delta1.mean(axis=0)")})
    check("backprop")
    told = " ".join(check("submit", "backprop").output.split())
    assert re.search(r"Not all points were given for \w+( and \w+)?\. Hand in this zip", told)


def test_it_says_when_this_very_file_was_checked(check):
    write({"backprop.py": f"import helpers\n{RIGHT}", "helpers.py": "a = 1"})
    words = "Not checked since it was changed: run `check backprop` first"
    assert words in check("submit", "backprop").output
    assert words in packed()["checked.txt"]
    check("backprop")
    told = check("submit", "backprop").output
    assert "It was checked as it is: 20" in told
    assert "Not all points" not in told
    assert re.search(r"(?m)^checked as it is here: \d{4}-\d\d-\d\d \d\d:\d\d UTC$", note())
    write({"helpers.py": "a = 2"})
    assert words in check("submit", "backprop").output
    check("backprop")
    write({"backprop.py": f"import helpers\n{RIGHT}\n"})
    assert words in check("submit", "backprop").output


def note():
    return packed()["checked.txt"]


def test_the_bytes_depend_on_the_contents_alone(check, tmp_path, monkeypatch):
    write({"backprop.py": RIGHT})
    handed = hand_in.of(Path("backprop.py"))
    first = hand_in.packed(handed, "backprop: the file to grade is backprop.py\n")
    write({"elsewhere/backprop.py": RIGHT})
    again = hand_in.of(tmp_path / "work/elsewhere/backprop.py")
    assert hand_in.packed(again, "backprop: the file to grade is backprop.py\n") == first
    backprop = assignment.find("backprop")
    assert again.digest(backprop) == handed.digest(backprop)


@pytest.mark.parametrize("name", ["backprop.py", "helpers.py"])
def test_what_is_too_large_is_refused(check, name):
    write({"backprop.py": f"import helpers\n{RIGHT}", "helpers.py": ""})
    with Path(name).open("a") as file:
        file.write("#" * (2**21 + 1))
    done = check("submit", "backprop")
    assert done.exit_code == 2
    assert "nothing was packed" in done.output
    assert "MiB" in done.output
    assert not Path(ZIP).exists()


@pytest.mark.parametrize("name", [".hidden.py", "a\nb.py", "a\\b.py", "c:d.py"])
def test_a_name_that_no_grader_would_find_is_refused(check, name):
    write({name: RIGHT})
    done = check("submit", "backprop", name)
    assert done.exit_code == 2
    assert "rename the file" in done.output


def test_an_older_zip_is_replaced_and_something_else_is_kept(check):
    write({"backprop.py": RIGHT})
    assert "replaces" not in check("submit", "backprop").output
    assert "replaces" in check("submit", "backprop").output
    with zipfile.ZipFile(ZIP, "w") as mine:
        mine.writestr("holiday.txt", "a beach")
    kept = Path(ZIP).read_bytes()
    done = check("submit", "backprop")
    assert done.exit_code == 2
    assert "is something else" in done.output
    assert Path(ZIP).read_bytes() == kept
    assert sorted(path.name for path in Path().iterdir()) == [ZIP, "backprop.py"]


def test_a_link_is_not_replaced(check):
    write({"backprop.py": RIGHT})
    check("submit", "backprop")
    Path(ZIP).rename("old.zip")
    Path(ZIP).symlink_to("old.zip")
    assert "is something else" in check("submit", "backprop").output


def zipped(files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def file(name, data):
    return File(name, len(data), lambda limit: data[:limit])


NOTE = "backprop: the file to grade is backprop.py\n"


def test_an_old_zip_does_not_win_over_a_newer_file_beside_it():
    old = zipped({"backprop.py": RIGHT, "checked.txt": NOTE})
    files = [file("backprop.py", WRONG.encode()), file(ZIP, old)]
    with pytest.raises(IntakeError, match="submit only one"):
        submission(assignment.find("backprop"), files)


@pytest.mark.parametrize("platform_unpacks", [False, True])
def test_the_note_counts_for_its_assignment_alone(platform_unpacks):
    files = {"small.py": "import big\ndef dense(): 1\n", "big.py": RIGHT}
    for name, graded in {"backprop": "small.py", "losses": "big.py"}.items():
        written = {**files, "checked.txt": f"{name}: the file to grade is small.py\n"}
        handed = [file(n, text.encode()) for n, text in written.items()]
        if not platform_unpacks:
            handed = [file("x.zip", zipped(written))]
        assert submission(assignment.find("backprop"), handed).filename == graded


def test_help_needs_no_numpy():
    script = """
import sys
from checker.commands.program import course
for words in (["--help"], ["submit", "--help"], ["progress"], []):
    course(words, standalone_mode=False)
    assert "numpy" not in sys.modules, words
"""
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
