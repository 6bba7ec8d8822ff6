"""A student's own folder is one submission, and a class is never taken for one."""

import shutil

import pytest
from handed_in import submission

from checker.classroom import layouts
from checker.course import assignment
from checker.grading.files import IntakeError

BACKPROP = assignment.find("backprop")
WORK = "def dense(x, weight, bias):\n    return x @ weight + bias\n"
TEST = "from backprop import dense\n\ndef test_dense():\n    assert dense(1, 1, 1)\n"
REPOSITORY = {
    ".git/config": "",
    ".venv/lib/backprop.py": WORK,
    "__pycache__/backprop.py": WORK,
    "README.md": "",
    "backprop.py": "from helpers import add\n" + WORK,
    "conftest.py": "",
    "data/points.csv": "1,2",
    "helpers.py": "import deeper\n",
    "deeper.py": "",
    "losses.py": "def mse(): pass",
    "setup.py": "",
    "tests/test_backprop.py": TEST,
}
ONE = {
    "a repository": REPOSITORY,
    "a file with its modules": {"backprop.py": "import parts\n" + WORK, "parts.py": "def f(): 0"},
    "one of its functions in a module": {
        "backprop.py": "from parts import sgd_step\n" + WORK,
        "parts.py": "def sgd_step(): 0",
    },
    "files of other assignments": {"backprop.py": WORK, "losses.py": "", "neuron.ipynb": "{}"},
    "a notebook": {"Backprop.ipynb": '["def dense(x):"]', "test_it.py": TEST},
    "a repository with another name": {".git/config": "", "solution.py": WORK, "plot.py": "x = 1"},
    "what check submit packs": {
        "checked.txt": "backprop: the file to grade is mine.py\n",
        "mine.py": "import my_parts\n",
        "my_parts.py": WORK,
    },
}
CLASS = {
    "files": {"ada.py": WORK, "ben.py": WORK},
    "folders": {"ada/backprop.py": WORK, "ben/backprop.py": WORK},
    "the starter beside the files": {"backprop.py": WORK, "ada.py": "# nothing", "ben.py": WORK},
    "the starter beside the folders": {"backprop.py": WORK, "ada/a.py": WORK, "ben/b.py": WORK},
    "the starter beside archives": {"backprop.py": WORK, "ada/a.zip": "", "ben/b.zip": ""},
    "a file that imports those of others": {
        "backprop.py": "import ada, ben\n",
        "ada.py": WORK,
        "ben.py": WORK,
    },
    "in a repository of the teacher": {".git/config": "", "ada.py": WORK, "ben.py": WORK},
    "a note for another assignment": {
        "checked.txt": "losses: the file to grade is ada.py\n",
        "ada.py": WORK,
        "ben/notes.txt": "",
    },
    "more code than is looked at": {
        "backprop.py": WORK,
        "ada/a.py": "",
        "ben/b.py": "#" * (2**24 + 1),
    },
    "a repository with more code than is looked at": {
        ".git/config": "",
        "ada.py": WORK,
        "ben/b.py": "#" * (2**24 + 1),
    },
}


def lay(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def found(path, **more):
    layout, submissions = layouts.read(path, BACKPROP, **more)
    return layout, [each.name for each in submissions]


@pytest.mark.parametrize("files", ONE.values(), ids=ONE)
def test_a_folder_that_can_only_be_one_submission_is_one(tmp_path, files):
    path = lay(tmp_path / "ada", files)
    layout, (ada,) = layouts.read(path, BACKPROP)
    assert (layout, ada.name) == ("one submission", "ada")
    chosen = submission(BACKPROP, ada.files)
    assert chosen.filename.lower().startswith(("backprop.", "solution.", "mine."))
    if ".git/config" not in files:
        packed = shutil.make_archive(str(tmp_path / "ben"), "zip", path)
        assert found(tmp_path / packed) == ("one submission", ["ben"])


@pytest.mark.parametrize("files", CLASS.values(), ids=CLASS)
def test_a_class_is_never_taken_for_one_submission(tmp_path, files):
    layout, names = found(lay(tmp_path / "class", files))
    assert layout == "folder"
    assert {"ada", "ben"} <= set(names)


@pytest.mark.parametrize("files", CLASS.values(), ids=CLASS)
def test_whoever_says_so_gets_one_submission(tmp_path, files):
    layout, names = found(lay(tmp_path / "class", files), one=True)
    assert (layout, names) == ("one submission", ["class"])


@pytest.mark.parametrize("name", ["work.py", "work.ipynb", "work.zip", "work.txt"])
def test_a_file_or_an_archive_of_a_student_is_one_submission(tmp_path, name):
    (tmp_path / name).write_text(WORK)
    assert found(tmp_path / name, one=True) == ("one submission", ["work"])
    if name.endswith((".py", ".ipynb")):
        assert found(tmp_path / name) == ("one submission", ["work"])


def test_an_archive_of_a_student_is_not_opened_in_this_process(tmp_path):
    lay(tmp_path / "ada", {"backprop.py": WORK})
    path = shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path / "ada")
    _, (packed,) = layouts.read(tmp_path / path, BACKPROP, one=True)
    assert [file.name for file in packed.files] == ["packed.zip"]
    assert submission(BACKPROP, packed.files).filename == "backprop.py"


def test_an_export_of_a_platform_stays_one_submission_if_that_was_said(tmp_path):
    """A student may put such a table into a repository."""
    files = {
        "submission_metadata.yml": "submission_1:\n  :submitters:\n  - :name: Eve\n",
        "submission_1/backprop.py": WORK,
    }
    path = lay(tmp_path / "ada", files)
    assert found(path)[0] == "Gradescope export"
    assert found(path, one=True) == ("one submission", ["ada"])


def test_reports_of_an_earlier_run_are_no_part_of_the_submission(tmp_path):
    path = lay(tmp_path / "ada", {"backprop.py": WORK, "results/feedback/ada.txt": WORK})
    for one in (True, False):
        _, (ada,) = layouts.read(path, BACKPROP, path / "results", one=one)
        assert [file.name for file in ada.files] == ["backprop.py"]


def test_what_lies_in_many_folders_of_code_is_no_student(tmp_path):
    files = {
        "ada.py": WORK,
        "conftest.py": "",
        "setup.py": "",
        "test_dense.py": TEST,
        "tests/test_dense.py": TEST,
        "README.md": "",
        "build/lib/x.txt": "",
    }
    assert found(lay(tmp_path / "class", files))[1] == ["ada"]


def test_nobody_is_left_out_because_of_a_name(tmp_path):
    files = {
        "setup.py": WORK,
        "tests/work.py": WORK,
        "docs/work.zip": "",
        "build/work.rar": "",
        "test_.py": WORK,
        "ada.py": WORK,
    }
    _, names = found(lay(tmp_path / "class", files))
    assert names == ["ada", "build", "docs", "setup", "test_", "tests"]


def test_a_path_without_a_file_is_an_error(tmp_path):
    with pytest.raises(IntakeError, match="there is no file or folder"):
        layouts.read(tmp_path / "nowhere.py", BACKPROP, one=True)
