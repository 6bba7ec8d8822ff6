"""What is exported grades elsewhere: the scripts run here, in folders as each system has them."""

import base64
import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import platformdirs
import pytest
import yaml
from click.testing import CliRunner

from checker.cases import case_cache
from checker.commands.program import course
from checker.course import assignment
from checker.course import course as courses
from checker.handout import exports
from checker.handout.wheel import wheel

NEURON = assignment.find("neuron")
ROOT = Path(__file__).parents[2]
SOLUTION = ROOT / "tests" / "solutions" / "02_neuron.py"
# Windows runs no shell scripts. Where these are skipped, what the scripts of the bundles and of the
# autograder do is untested; what they contain is tested everywhere.
RUNS_SCRIPTS = pytest.mark.skipif(os.name != "posix", reason="the scripts need a POSIX shell")
# A Python whose pip only unpacks the wheel: what that needs is there already.
PYTHON = """#!/bin/sh
mkdir -p "$3/bin"
cat > "$3/bin/pip" <<END
#!/bin/sh
exec {python} -m zipfile -e "\\$3" "$3/lib"
END
cat > "$3/bin/check" <<END
#!/bin/sh
PYTHONPATH="$3/lib" exec {python} -m checker "\\$@"
END
chmod +x "$3"/bin/*
"""


def executable(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def unpacked(data, folder):
    """The files of a zip, with the permissions that it gives them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            path = Path(archive.extract(entry, folder))
            path.chmod(entry.external_attr >> 16 & 0o777)


def hand_in(folder, text):
    """The repository of a student, with what lies in many of them."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "src").mkdir(parents=True)
    (folder / "tests").mkdir()
    for name in ("conftest.py", "course.toml", "click.py", "tests/test_it.py"):
        (folder / name).write_text("raise SystemExit('a file of the student was run')\n")
    (folder / "src" / "neuron.py").write_text(text)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the programs that the scripts call, and the case sets that are ready."""
    folder = tmp_path_factory.mktemp("programs")
    executable(folder / "python3.13", PYTHON.format(python=sys.executable))
    executable(folder / "apt-get", "#!/bin/sh\nexit 100\n")
    case_cache.load(NEURON)
    return folder


@pytest.fixture(scope="module")
def autograder(tmp_path_factory, installed):
    """The folder /autograder, after Gradescope has built the image."""
    folder = tmp_path_factory.mktemp("autograder")
    for name in ("source", "submission", "results"):
        (folder / name).mkdir()
    unpacked(exports.gradescope("neuron", 3), folder / "source")
    shutil.copy(folder / "source" / "run_autograder", folder)
    cases = folder / "source" / "cache" / "gradproof" / "cases"
    cases.mkdir(parents=True)
    for path in platformdirs.user_cache_path("gradproof", appauthor=False).glob("cases/neuron-*"):
        shutil.copy(path, cases)
    environment = os.environ | {"PATH": f"{installed}:{os.environ['PATH']}"}
    setup = folder / "source" / "setup.sh"
    done = subprocess.run([setup], env=environment, capture_output=True, text=True, check=True)
    assert "0 of" in done.stdout
    return folder


def graded(folder):
    done = subprocess.run([folder / "run_autograder"], cwd=folder, capture_output=True, text=True)
    results = folder / "results" / "results.json"
    found = json.loads(results.read_text()) if results.exists() else None
    results.unlink(missing_ok=True)
    return done, found


@RUNS_SCRIPTS
def test_the_autograder_of_gradescope_grades_a_submission(autograder):
    solution = SOLUTION.read_text()
    name = NEURON.tasks[0].function
    for text, full in ((solution, True), (solution.replace(f"def {name}(", "def other("), False)):
        hand_in(autograder / "submission", text)
        done, found = graded(autograder)
        assert done.returncode == 0, done.stderr
        assert (found["score"] == NEURON.points) == full
        assert (found["tests"][0]["status"] == "passed") == full
        assert sum(test["max_score"] for test in found["tests"]) == NEURON.points
    assert os.listdir(autograder / "results") == []


@RUNS_SCRIPTS
def test_a_late_submission_loses_points_as_gradescope_says_when_it_was_due(autograder):
    hand_in(autograder / "submission", SOLUTION.read_text())
    course_file = autograder / "source" / "course" / "course.toml"
    text = course_file.read_text()
    course_file.write_text(f"{text}\n[marks]\nlate_per_day = 0.5\n")
    metadata = autograder / "submission_metadata.json"
    due = {"due_date": "2026-03-01T09:00:00.000000-07:00"}
    metadata.write_text(json.dumps({"created_at": "2026-03-01T17:00:00Z", "assignment": due}))
    done, found = graded(autograder)
    metadata.unlink()
    course_file.write_text(text)
    assert done.returncode == 0, done.stderr
    assert found["score"] == NEURON.points / 2
    assert "1 day late; 50 % of" in found["output"]


@RUNS_SCRIPTS
def test_if_the_grader_fails_nobody_gets_0_points(autograder):
    hand_in(autograder / "submission", SOLUTION.read_text())
    course_file = autograder / "source" / "course" / "course.toml"
    text = course_file.read_text()
    course_file.write_text("nonsense")
    done, found = graded(autograder)
    course_file.write_text(text)
    assert done.returncode != 0
    assert found is None


def test_the_zip_has_its_scripts_at_the_root_and_a_seed(tmp_path):
    unpacked(exports.gradescope("neuron", 12345), tmp_path)
    for script in ("setup.sh", "run_autograder"):
        assert os.access(tmp_path / script, os.X_OK)
        assert "@" not in (tmp_path / script).read_text().replace('"$@"', "")
        assert "-a neuron" in (tmp_path / script).read_text()
    assert "--seed 12345 " in (tmp_path / "run_autograder").read_text()
    assert exports.gradescope("neuron", 1) == exports.gradescope("neuron", 1)


def test_each_zip_that_is_written_has_a_seed_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = set()
    for name in ("a.zip", "b.zip"):
        done = CliRunner().invoke(course, ["export", "gradescope", "neuron", "-o", name])
        assert f"{name} written" in done.output
        found.add(zipfile.ZipFile(name).read("run_autograder"))
    assert len(found) == 2
    done = CliRunner().invoke(course, ["export", "gradescope", "neuron", "-o", "a.zip"])
    assert done.exit_code == 2
    assert "a.zip exists already" in done.output


@RUNS_SCRIPTS
def test_the_script_for_classroom_50_writes_its_result(tmp_path, installed):
    bundle, student = tmp_path / "bundle", tmp_path / "hw1-ada"
    for path, data in exports.github("neuron").items():
        if path.startswith("classroom50/"):
            target = bundle / path.removeprefix("classroom50/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    name = NEURON.tasks[0].function
    hand_in(student, SOLUTION.read_text().replace(f"def {name}(", "def other("))
    runner = {
        "CLASSROOM": "cs",
        "ASSIGNMENT": "hw1",
        "SUBMISSION_TAG": "submit/1",
        "COMMIT_URL": "https://x/c",
        "RELEASE_URL": "https://x/r",
    }
    offline = {"PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1", "PIP_NO_COMPILE": "1"}
    command = [sys.executable, bundle / "autograder.py"]
    done = subprocess.run(
        command, cwd=student, env=os.environ | runner | offline, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    result = json.loads((student / "result.json").read_text())
    assert list(result) == [
        *("schema", "classroom", "assignment", "submission", "commit", "release", "review"),
        *("datetime", "score", "max-score", "tests"),
    ]
    assert result["schema"] == "classroom50/result/v1"
    assert result["review"] == "https://x/c"
    assert all(type(result[key]) is int for key in ("score", "max-score"))
    assert 0 < result["score"] < result["max-score"] == 100 * NEURON.points
    assert [test["passed"] for test in result["tests"]].count(False) >= 1
    assert "::notice title=Autograding report::" in done.stdout


def test_the_workflow_has_what_github_classroom_looks_for():
    files = exports.github("neuron")
    flow = yaml.safe_load(files["template/.github/workflows/classroom.yml"])
    assert flow["name"] == "Autograding Tests"
    job = flow["jobs"]["run-autograding-tests"]
    assert job["if"] == "github.actor != 'github-classroom[bot]'"
    commands = [step for step in job["steps"] if "run" in step]
    assert [step["working-directory"] for step in commands] == ["${{ runner.temp }}"] * 2
    words = commands[-1]["run"].split()
    assert words[:2] == ["check", "-C"]
    # The words of the command are those of check: it fails at the folder, not at an option.
    done = CliRunner().invoke(course, ["grade", "/nowhere", *words[words.index("--one") :]])
    assert "is not a folder" in done.output or "there is no file or folder" in done.output
    (name,) = (path for path in files if path.startswith("template/.github/check/gradproof"))
    assert files[name] == wheel()[1]


def test_a_solution_of_the_author_is_not_in_the_repositories_of_students(monkeypatch):
    monkeypatch.setenv(courses.VARIABLE, str(ROOT / "docs" / "examples" / "layers"))
    monkeypatch.setattr(exports, "wheel", lambda: ("a.whl", b""))
    here = [path for path in exports.github("layers") if "01_layers" in path]
    assert sorted(here) == [
        f"{place}/course/01_layers/{name}"
        for place in ("classroom50", "template/.github/check")
        for name in ("assignment.toml", "task.md")
    ]
    assert "course/01_layers/solution.py" in exports.docker("layers")


def test_the_image_copies_what_lies_beside_its_dockerfile():
    files = exports.docker("neuron")
    lines = files["Dockerfile"].decode().splitlines()
    copied = [line.split()[1] for line in lines if line.startswith("COPY ")]
    for name in copied:
        assert any(path == name or path.startswith(f"{name}/") for path in files)
    (entry,) = (line for line in lines if line.startswith("ENTRYPOINT "))
    words = json.loads(entry.removeprefix("ENTRYPOINT "))
    assert words == ["check", "-C", "/course", "grade", "/submission", "--one", "-a", "neuron"]
    assert "USER nobody" in lines
    assert "@" not in files["Dockerfile"].decode().replace("$PWD", "")


def test_the_wheel_is_one_and_has_every_file_of_the_packages():
    name, data = wheel()
    assert name == "gradproof-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {path: archive.read(path) for path in archive.namelist()}
    info = "gradproof-0.1.0.dist-info"
    record = list(csv.reader(files[f"{info}/RECORD"].decode().splitlines()))
    assert {row[0] for row in record} == files.keys()
    for path, checksum, size in record[:-1]:
        digest = base64.urlsafe_b64encode(hashlib.sha256(files[path]).digest()).decode()
        assert (checksum, size) == (f"sha256={digest.rstrip('=')}", str(len(files[path])))
    assert record[-1] == [f"{info}/RECORD", "", ""]
    assert b"Requires-Dist: numpy" in files[f"{info}/METADATA"]
    assert b"check = checker.__main__:main" in files[f"{info}/entry_points.txt"]
    assert b"MIT" in files[f"{info}/licenses/LICENSE"]
    for path in (
        "assignments/02_neuron/assignment.toml",
        "checker/handout/templates/setup.sh",
        "checker/reports/formats/results.schema.json",
        "checker/sandbox/fork_server.py",
        "reference/data/digits.csv.gz",
    ):
        assert path in files
    assert not [path for path in files if "__pycache__" in path]


def test_nothing_else_of_a_teachers_folder_is_exported(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words in (["new", "course"], ["new", "extra"]):
        assert CliRunner().invoke(course, words).exit_code == 0
    own = {path for path in tmp_path.rglob("*") if path.is_file()}
    (extra,) = {path.parent.name for path in own if path.name == "task.md"}
    private = ("submissions/ada.py", "results/grades.csv", "notes.txt", ".env")
    for name in (*private, *(f"{extra}/{name}" for name in private)):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("private")
    changed = 'title = "Mine"\ntake = ["neuron"]\n[change.neuron]\ntext = "texts/neuron.md"\n'
    (tmp_path / "course.toml").write_text(changed)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "neuron.md").write_text("![A neuron](own.png) and ![more](neuron.png)")
    for name in ("own.png", "other.png"):
        (tmp_path / "texts" / name).write_bytes(b"")
    (tmp_path / "operations").mkdir(exist_ok=True)
    (tmp_path / "operations" / "_helper.py").write_text("")
    (tmp_path / extra / "mutants").mkdir()
    (tmp_path / extra / "mutants" / "mse.py").write_text("")
    (tmp_path / extra / "task.md").write_text("![A drawing](drawn.png)")
    (tmp_path / extra / "drawn.png").write_bytes(b"")
    found = {path for path in exports.docker("extra") if path.startswith("course/")}
    expected = {f"course/{path.relative_to(tmp_path).as_posix()}" for path in own}
    added = ("operations/_helper.py", "texts/neuron.md", "texts/own.png")
    added += (f"{extra}/mutants/mse.py", f"{extra}/drawn.png")
    assert found == expected | {f"course/{path}" for path in added}


@pytest.mark.parametrize("form", ["gradescope", "github", "docker"])
def test_there_is_nothing_to_export_of_an_unknown_assignment(form, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words in ([], ["-o", "out"]):
        done = CliRunner().invoke(course, ["export", form, "neuronn", *words])
        assert done.exit_code == 2
        assert "Did you mean 'neuron'?" in done.output
    assert list(tmp_path.iterdir()) == []
