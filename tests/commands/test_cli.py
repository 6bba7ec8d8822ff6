"""The command line, as a student and an instructor use it."""

import csv
import dataclasses
import json
import operator
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.commands.program import course, main
from checker.handout import gallery
from reference.catalogue import operation

SAMPLES = Path(__file__).parents[1] / "sample_class"
REPORT_FIELDS = [
    "version",
    "assignment",
    "submission",
    "score",
    "max_score",
    "tasks",
    "notes",
    "isolation",
    "file",
    "steps",
]
TASK_FIELDS = [
    "name",
    "verdict",
    "score",
    "max_score",
    "message",
    "counterexample",
    "diagnosis",
    "line",
    "seen",
    "fresh",
    "reason",
]


@pytest.fixture
def check(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(course, list(map(str, words)))


def test_check_alone_lists_the_assignments(check):
    done = check()
    assert done.exit_code == 0
    assert "backprop       Backpropagation: 10 tasks, 20 points" in done.output


def test_a_new_student_starts_checks_and_is_told_what_is_next(check):
    done = check("start", "backprop")
    assert done.exit_code == 0
    assert Path("backprop.py").exists()
    assert "chain rule" in Path("backprop.md").read_text()
    done = check("backprop")
    assert done.exit_code == 1
    assert "0 of 20 points" in done.output
    assert "Next: forward_pass" in done.output


def test_start_never_overwrites(check):
    Path("backprop.py").write_text("my work")
    done = check("start", "backprop")
    assert "backprop.py exists already and was not changed." in done.output
    assert Path("backprop.py").read_text() == "my work"


def test_a_right_file_exits_with_0(check):
    done = check("backprop", SAMPLES / "right.py")
    assert done.exit_code == 0
    assert "20 of 20 points" in done.output


def test_the_file_is_found_by_what_is_in_it(check):
    Path("other.py").write_text("print('hello')")
    Path("homework3.py").write_bytes((SAMPLES / "right.py").read_bytes())
    assert check("backprop").exit_code == 0


def test_json_is_the_documented_contract(check):
    done = check("backprop", SAMPLES / "wrong_sign.py", "--format", "json")
    report = json.loads(done.stdout)
    assert list(report) == REPORT_FIELDS
    assert all(list(task) == TASK_FIELDS for task in report["tasks"])
    wrong = next(task for task in report["tasks"] if task["name"] == "mse_gradient")
    case_fields = ["inputs", "code", "failing", "cases", "expected", "got"]
    assert list(wrong["counterexample"]) == case_fields
    assert list(wrong["diagnosis"]) == ["mistake", "certainty", "misconception", "hint"]


def test_json_has_no_nan(check):
    Path("backprop.py").write_text("def mse_gradient(p, t): return p * float('nan')")
    report = json.loads(check("backprop", "--format", "json").stdout, parse_constant=pytest.fail)
    wrong = next(task for task in report["tasks"] if task["name"] == "mse_gradient")
    assert wrong["counterexample"]["got"] == {"dprediction": [["nan"]]}


def test_one_task_alone_can_be_graded(check):
    done = check("backprop", SAMPLES / "wrong_sign.py", "--task", "dense")
    assert done.exit_code == 0
    assert "1 of 1 points" in done.output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["backprop"], "no file here has a function of 'backprop'"),
        (["backprop", "nowhere.py"], "there is no file nowhere.py"),
        (["backprop", "."], "is a folder"),
        (["backprop", "data.bin"], "neither a .py file nor a .ipynb notebook"),
        (["backprop", "huge.py"], "2 MiB are allowed"),
        (
            ["backprop", "huge.py", "--task", "nope"],
            "no task 'nope' in backprop. Its tasks: forward_pass,",
        ),
        (["backpropp"], "there is no assignment, command or task 'backpropp'. Did you mean 'back"),
        (["start", "backpropp"], "Did you mean 'backprop'?"),
        (["grade", "nowhere", "-a", "backprop", "-o", "out"], "is not a folder of submissions"),
        (["grade", "empty", "-a", "backprop", "-o", "out"], "holds no .py file"),
        (["grade", "empty", "-a", "nope", "-o", "out"], "there is no assignment 'nope'"),
        (["verify", "--only", "dens"], "Did you mean 'dense'?"),
        (["explain", "dens"], "Did you mean 'dense'?"),
        (["prove", "backpropp"], "Did you mean 'backprop'?"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_to_do(check, words, message):
    Path("data.bin").write_bytes(b"\0")
    Path("empty").mkdir()
    with Path("huge.py").open("wb") as file:
        file.truncate(3 * 2**20)
    done = check(*words)
    assert done.exit_code == 2
    assert message in done.output


def test_two_files_that_could_be_meant_are_both_named(check):
    for name in ("a.py", "b.py"):
        Path(name).write_text("def sgd_step(): pass")
    done = check("backprop")
    assert done.exit_code == 2
    assert "a.py and b.py could each be the file to check" in done.output


def test_full_marks_by_another_convention_are_told_what_is_next(check):
    right = (SAMPLES / "right.py").read_text()
    Path("backprop.py").write_text(right.replace("2 * (prediction", "1 * (prediction"))
    done = check("backprop")
    assert "other convention" in done.output
    assert "All right. Hand in backprop.py." in done.output
    assert done.exit_code == 0


def test_what_is_our_fault_exits_with_3(check, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["check", "backprop", str(SAMPLES / "right.py")])
    monkeypatch.setattr("checker.commands.one_report.made", operator.floordiv)  # found by its name
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 3
    assert "check failed: TypeError: unsupported operand" in capsys.readouterr().err


def test_a_class_is_graded_into_a_table_and_records(check):
    done = check("grade", SAMPLES, "-a", "backprop", "-o", "out", "--jobs", "2")
    assert done.exit_code == 0
    rows = list(csv.DictReader(Path("out/grades.csv").read_text().splitlines()))
    records = json.loads(Path("out/results.json").read_text())
    assert records["assignment"] == "backprop"
    assert [row["submission"] for row in rows] == sorted(path.stem for path in SAMPLES.iterdir())
    scores = {row["submission"]: float(row["score"]) for row in rows}
    assert scores["right"] == scores["right_notebook"] == scores["crashes_at_import"] == 20
    assert scores["fakes_its_score"] == 0
    assert [s["score"] for s in records["submissions"]] == [float(row["score"]) for row in rows]


def test_a_class_of_odd_submissions_loses_nobody(check):
    room = Path("class")
    for name in ("anna", "ben", "nobody"):
        (room / name).mkdir(parents=True)
    right = (SAMPLES / "right.py").read_bytes()
    (room / "anna" / "my work.py").write_bytes(right)
    (room / "ben" / "one.py").write_bytes(right)
    (room / "ben" / "two.py").write_bytes(right + b"# which of the two?")
    (room / "=1+1.py").write_bytes(right)
    (room / ".hidden.py").write_bytes(right)
    (room / "notes.txt").write_text("not a submission")
    (room / "dangling.py").symlink_to("nowhere")
    done = check("grade", room, "-a", "backprop", "-o", "out")
    assert done.exit_code == 0
    table = csv.DictReader(Path("out/grades.csv").read_text().splitlines())
    rows = {row["submission"]: row["score"] for row in table}
    assert rows == {"anna": "20", "ben": "0", "nobody": "0", "'=1+1": "20", "dangling": "0"}


def test_verify_prints_one_row_for_each_operation(check):
    pytest.importorskip("torch", reason="PyTorch is not installed")
    done = check("verify", "--only", "dense", "--only", "sgd")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].split()[:3] == ["operation", "torch", "float64"]
    assert [line.split()[0] for line in lines[1:3]] == ["dense", "sgd"]
    assert lines[-1].endswith("all within their bounds")


def test_verify_as_data_has_every_row(check):
    rows = json.loads(check("verify", "--only", "dense", "--json").stdout)
    assert {row["operation"] for row in rows} == {"dense"}
    assert all(0 <= row["worst"] <= 1 and row["cases"] >= 10 for row in rows)
    assert all(row["failure"] is None for row in rows)


def test_verify_exits_with_1_where_the_reference_departs(check, monkeypatch):
    right = operation("dense")

    def averaged(grad, x, weight, bias):
        return grad @ weight.T, x.T @ grad, grad.mean(axis=0)

    wrong = dataclasses.replace(right, backward=averaged)
    monkeypatch.setattr("reference.catalogue.operation", lambda _: wrong)
    done = check("verify", "--only", "dense")
    assert done.exit_code == 1
    assert "FAILED" in done.output
    assert "got" in done.output
    assert "want" in done.output


@pytest.mark.parametrize(
    "command", ["start", "explain", "grade", "prove", "show", "verify", "backprop"]
)
def test_every_command_explains_itself(check, command):
    done = check(command, "--help")
    assert done.exit_code == 0
    assert len(done.output.splitlines()) > 4


def test_show_lists_its_pictures_and_draws_one(check, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")  # a line for each
    pictures, _, _ = check("show").output.partition("\nExperiments")
    listed = [line.split()[0] for line in pictures.splitlines()[2:]]
    assert listed == list(gallery.PICTURES)
    assert check("show", "network", "-o", "network.svg").exit_code == 0
    assert Path("network.svg").stat().st_size > 10_000
    assert check("show", "nothing").exit_code == 2
    assert "cannot be written" in check("show", "network", "-o", "no/where.png").output
