"""Rooms import only rooms below them, and nobody waits for what they do not use."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = (  # from the ground up
    "numerics",
    "sandbox",
    "course",
    "library",
    "cases",
    "handout",
    "diagnosis",
    "grading",
    "audit",
    "proof",
    "classroom",
    "reports",
    "student",
    "commands",
)
HEAVY = {"numpy", "hypothesis", "torch", "scipy", "matplotlib", "jinja2", "distributed"}
# Parts of the standard library that take milliseconds and that few commands need.
SLOW = {"difflib", "importlib.metadata", "secrets", "tarfile", "webbrowser", "zipfile"}


STAYING = "import os, sys; os._exit = sys.exit"  # so that the modules can be listed


def module_name(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for path in sorted((ROOT / "checker").rglob("*.py"))}


def imports(path):
    """Every module of ours that a file imports, those inside functions and type blocks too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide which room is meant"
            for alias in node.names:
                inside = f"{node.module}.{alias.name}"
                yield inside if inside in MODULES else node.module


EDGES = {name: set(imports(path)) for name, path in MODULES.items()}


def room(module):
    top, _, rest = module.partition(".")
    return rest.partition(".")[0] if top == "checker" else top


def allowed(name):
    """What a room may import, as its charter says."""
    charter = ast.get_docstring(ast.parse(MODULES[f"checker.{name}"].read_text()))
    listed = re.search(r"May import: ([^.]*)\.", charter)[1]
    return set() if listed == "nothing of ours" else set(re.split(r",\s+", listed))


def test_every_module_lives_in_a_room():
    flat = [path.stem for path in (ROOT / "checker").glob("*.py")]
    assert sorted(flat) == ["__init__", "__main__"]
    assert {room(name) for name in MODULES} == {"", "__main__", *ROOMS}


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_imports_what_its_charter_says_and_nothing_above_it(name):
    below = {"reference", *ROOMS[: ROOMS.index(name)]}
    assert allowed(name) <= below
    ours = {"checker", "reference"}
    for module, targets in EDGES.items():
        if room(module) == name:
            rooms = {room(each) for each in targets if each.partition(".")[0] in ours}
            assert rooms <= allowed(name) | {name}, module


def test_no_circle_of_imports():
    waiting = dict(EDGES)
    while True:
        done = {
            name for name, targets in waiting.items() if not targets & (waiting.keys() - {name})
        }
        if not done:
            break
        waiting = {name: targets for name, targets in waiting.items() if name not in done}
    assert not waiting


def test_only_forms_and_kinds_ask_what_kind_an_operation_is():
    branch = re.compile(r"\bspec\.kind\s*(==|!=|in\b|not\b)|\basks\s*(==|!=|in \()|match .*asks")
    asking = {
        name
        for name, path in MODULES.items()
        if branch.search(path.read_text(encoding="utf-8"))
        and not name.startswith(("checker.cases.forms", "checker.proof.kinds"))
    }
    assert asking == set()


def test_no_function_takes_more_than_five_positional_parameters():
    for name, path in MODULES.items():
        if name.startswith(("checker.library.", "checker.proof.external.")):
            continue  # signatures of operations, and of other libraries
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and not node.decorator_list:
                given = [arg.arg for arg in node.args.args if arg.arg not in ("self", "cls")]
                assert len(given) <= 5, f"{name}.{node.name}"


def loaded(code):
    """The modules that a fresh interpreter has after running some code."""
    script = f"import sys\n{code}\nprint('modules:', *sys.modules)"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("modules:")[2].split())


def test_the_specification_knows_nothing_of_checking():
    found = loaded("from reference.catalogue import operations; operations()")
    assert "reference.linear.dense" in found
    assert not found & {"torch", "hypothesis", "click", "checker", "scipy"}


def test_finding_one_operation_imports_one_file():
    found = loaded("from reference.catalogue import operation; operation('dense')")
    assert "reference.linear.dense" in found
    assert "reference.losses.mse" not in found


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["verify", "--help"],
        ["grade", "--help"],
        ["show", "--help"],
        ["hint", "--help"],
        ["new", "--help"],
        ["publish", "--help"],
        ["backprop", "--help"],
        ["prove", "--help"],
        [],
    ],
)
def test_help_waits_for_no_library(arguments):
    found = loaded(
        f"{STAYING}; sys.argv = ['check', *{arguments!r}]\n"
        "from checker.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass"
    )
    assert "checker.__main__" in found
    assert not found & (HEAVY | SLOW)


RIGHT = "tests/sample_class/right.py"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the same process grades")
def test_the_process_that_shows_a_report_needs_no_library():
    found = loaded(
        f"{STAYING}; sys.argv = ['check', 'backprop', {RIGHT!r}]\n"
        "from checker.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0"
    )
    assert "checker.sandbox.grader_process" in found
    assert not found & (HEAVY | SLOW)


def test_a_student_with_a_ready_case_set_waits_for_neither_hypothesis_nor_the_reference():
    code = (
        "import os\nfrom pathlib import Path\n"
        "from checker.cases import case_cache\nfrom checker.commands import one_report\n"
        "from checker.course import assignment\nfrom checker.grading import intake\n"
        "from checker.sandbox.spawn import first, spawn\n"
        "size, worker = os.terminal_size((80, 24)), spawn()\n"
        "backprop = assignment.find('backprop')\n"
        "look = one_report.Look(size, False, False, '')\n"
        f"wanted = one_report.Wanted(backprop, intake.read(Path({RIGHT!r})), (), True, look,"
        " case_cache.place(backprop), None)\n"
        "report, shown = one_report.made(first(worker), wanted)\n"
        "worker.close()\nassert report.score == report.max_score and not shown"
    )
    loaded(code)
    found = loaded(code)
    assert "checker.grading.pipeline" in found
    assert not found & {
        "distributed",
        "hypothesis",
        "jinja2",
        "torch",
        "scipy",
        "matplotlib",
        "reference.linear.dense",
        "checker.cases.mutants",
        "checker.classroom",
        "checker.diagnosis.stages",
        "checker.student.dependence",
        "tarfile",
        "webbrowser",
        "zipfile",
    }
