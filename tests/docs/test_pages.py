"""What the documentation shows is what happens, and it builds offline without a warning."""

import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from checker.cases.counterexample import Counterexample
from checker.cases.forms import kind
from checker.classroom.class_list import Person
from checker.commands.grade import grade
from checker.commands.program import course
from checker.course import course_manifest
from checker.course.assignment import Assignment, Task
from checker.course.assignment import names as assignments
from checker.grading.report import Diagnosis, Line, Report, TaskReport
from checker.handout.operation_page import explanation
from checker.proof.report import summary
from checker.reports import isolation
from reference.catalogue import names, operation

sys.path.append(str(Path(__file__).parents[2] / "docs"))

import sessions

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = {name: path.read_text(encoding="utf-8") for name, path in sessions.pages().items()}
SHOWN = [name for name, text in PAGES.items() if "```console" in text]
FENCED = re.compile(r"(?ms)^```([^\n]*)\n(.*?)^```")
REMOTE = re.compile(r"<(?:script|link|img|iframe|source|object)\b[^>]*\b(?:src|href)=\"(?:\w+:)?//")


def comparable(text):
    """Worst errors depend on the processor, and isolation on the kernel."""
    text = re.sub(r"0\.\d{3}", "0.xxx", text)
    text = re.sub(r"(?m)^Loose .*\n", "", text)
    text = re.sub(r"\n?  isolation: (limits only|none); `check doctor` explains it", "", text)
    return re.sub(r"(isolation\"?(: | value=)).*", r"\1", text)


@pytest.mark.parametrize("name", SHOWN)
def test_the_sessions_of_a_page_are_what_happens(tmp_path, tmp_path_factory, monkeypatch, name):
    if "check verify" in PAGES[name]:
        pytest.importorskip("torch", reason="PyTorch is not installed")
    # Without the progress of an earlier run, whose folder is gone: it would pass for a moved one.
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
    played = sessions.played(name, PAGES[name], tmp_path)
    assert comparable(played) == comparable(PAGES[name]), "run: python docs/sessions.py"


def test_every_session_with_the_checker_is_run():
    blocks = [found for text in PAGES.values() for found in FENCED.findall(text)]
    languages = [language for language, body in blocks if "$ check " in body]
    assert languages.count("console") >= 15
    assert set(languages) == {
        "console",
        "text",
    }  # text: it writes files, or needs a certain machine


def test_the_pages_build_without_a_warning_and_load_nothing_from_elsewhere(tmp_path):
    pytest.importorskip("torch", reason="PyTorch is not installed")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-n", "-q", "-b", "html"]
    command += ["-t", "quick"]  # without pictures, which have tests of their own
    done = subprocess.run(
        [*command, DOCS, tmp_path], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stderr) == (0, "")
    for path in tmp_path.rglob("*.html"):
        assert not REMOTE.search(path.read_text(encoding="utf-8")), path
    for path in tmp_path.rglob("*.css"):
        assert not re.search(r"@import|url\(['\"]?(?:\w+:)?//", path.read_text()), path
    for name, module in names().items():
        assert (tmp_path / place(module)).with_suffix(".html").exists(), name
        page = (DOCS / place(module)).with_suffix(".md").read_text(encoding="utf-8")
        assert formula(name) in page
        assert re.search(r"```python\n(?s:.*?)^def (forward|update|run)\(", page, re.MULTILINE)
        assert "\n## Common mistakes\n\n### " in page
    for name in assignments():
        assert (tmp_path / "assignments" / f"{name}.html").exists(), name


def place(module):
    """operations/linear/dense of reference.linear.dense."""
    return Path("operations", *module.split(".")[1:])


def formula(name):
    """The first indented line of the text."""
    lines = explanation(name)["text"].splitlines()
    return next(line.strip() for line in lines if line.startswith("    "))


def test_every_field_of_a_report_is_explained():
    path = "checker/reports/formats/results.schema.json"
    assert f"{{literalinclude}} ../../{path}\n" in PAGES["instructors/index.md"]
    schema = (ROOT / path).read_text(encoding="utf-8")
    fields = [
        each.name for kind in (Report, TaskReport, Person) for each in dataclasses.fields(kind)
    ]
    fields += [
        name for record in (Counterexample, Diagnosis, Line) for name in record.__annotations__
    ]
    for field in fields:
        assert f'"{field}": {{' in schema, field


def test_every_key_of_a_manifest_and_every_form_is_explained():
    page = PAGES["authors.md"]
    declared = {each.name for record in (Assignment, Task) for each in dataclasses.fields(record)}
    for key in declared - {"name", "folder", "tasks", "replaced_text"}:
        assert f"\n| `{key}` |" in page, key
    for form in {form for name in names() for form in kind(operation(name)).forms}:
        assert f" | `{form}` | " in page, form


def test_every_key_of_a_course_is_explained():
    rows = {line.split("`")[1]: line for line in PAGES["courses.md"].split("\n") if "| `" in line}
    for table, keys in {
        "[defaults]": course_manifest.DEFAULTS,
        "[change.NAME]": {*course_manifest.CHANGES} - {"marks", "task"},
        "[change.NAME.task.FUNCTION]": course_manifest.TASK_CHANGES,
    }.items():
        assert [key for key in keys if f"`{key}`" not in rows[table]] == []


def test_every_option_and_report_format_of_a_class_is_explained():
    page = PAGES["instructors/index.md"]
    for option in grade.params:
        words = [word for word in option.opts if word.startswith("-")]
        shown = [f"`{word}{end}" for word in words for end in (" ", "`")]
        assert not words or any(each in page for each in shown), option.name
        for name in getattr(option.type, "choices", ()) if option.name == "wanted" else ():
            assert f"\n| `{name}` |" in page, name


def test_every_column_of_the_proof_is_explained():
    for column in summary.COLUMNS:
        assert f"\n| {column} |" in PAGES["verification.md"], column
    assert ("No GPU results are recorded yet" in PAGES["verification.md"]) == bool(summary.no_gpu())


def test_the_messages_that_students_look_up_are_those_they_get():
    source = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("checker/**/*.py"))
    table = PAGES["students.md"].partition("| Message |")[2]
    messages = re.findall(r"`([^`]+)`", "".join(re.findall(r"(?m)^\| (`.*?`) \|", table)))
    assert len(messages) >= 8
    for message in messages:
        assert max(message.split("..."), key=len).strip() in source, message


def test_the_doctor_says_what_the_page_shows():
    shown = click.unstyle(isolation.explained("full", []))
    assert f"$ check doctor\n{shown}\n" in PAGES["security.md"]


def test_every_command_is_explained_and_every_path_exists():
    everything = "\n".join(PAGES.values())
    context = click.Context(course)
    for command in (course.get_command(context, name) for name in course.list_commands(context)):
        assert command.hidden or f"check {command.name}" in everything, command.name
    for path in re.findall(r"`((?:reference|checker|assignments|tests|docs)/[\w./]*)`", everything):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"`(\w+/[\w/]+\.py)`", PAGES["architecture.md"]):
        assert (ROOT / path).exists() or (ROOT / "checker" / path).exists(), path
    assert f" {len(names())} operations" in " ".join(PAGES["index.md"].split())
