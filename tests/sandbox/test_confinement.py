"""What a submission cannot do, tried in real workers, layer by layer."""

import os
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from checker.cases import generation
from checker.commands.program import course
from checker.course.assignment import Assignment, Task
from checker.grading.pipeline import grade
from checker.grading.submission import Submission
from checker.reports import isolation
from checker.sandbox import confinement
from checker.sandbox.spawn import spawn
from checker.sandbox.worker_pool import Workers

COURSE = Assignment("one", Path(), "One", 1.0, (Task("identity", "identity", "forward", 1),))
CASE_SETS = {"identity": generation.generate(COURSE.tasks[0])}


def level():
    worker = spawn()
    try:
        return worker.isolation
    finally:
        worker.close()


# Only a kernel that confines can be asked what it refuses; `check doctor` says what is missing.
# Where these are skipped, nothing that it refuses is tested.
confined = pytest.mark.skipif(level() != "full", reason="the kernel here has no full confinement")


@pytest.fixture(scope="module")
def workers():
    with Workers() as started:
        yield started


def tried(workers, body, top=""):
    """The report on a submission whose `identity` does this first."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    text = f"import os, sys, socket, ctypes\n{top}\ndef identity(x):\n{lines}\n    return x\n"
    return grade(COURSE, CASE_SETS, Submission("", "a.py", text.encode()), start=workers.start)


def denied(report):
    (task,) = report.tasks
    return task.verdict == "crashed" and any(
        word in task.message
        for word in ("Permission", "not permitted", "No such", "Read-only", "start new thread")
    )


@confined
@pytest.mark.parametrize("started", [spawn, None], ids=["spawned", "forked"])
def test_a_worker_reaches_full_isolation_here(workers, started):
    worker = started() if started else workers.start()
    try:
        assert worker.isolation == "full"
        assert {why.partition(":")[0] for why in worker.lacking} <= set(isolation.OPTIONAL)
    finally:
        worker.close()


@confined
@pytest.mark.parametrize(
    "body",
    [
        "open('/etc/passwd').read()",
        "open('/proc/self/environ').read()",
        "open('/proc/1/cmdline').read()",
        "os.listdir('/')",
        "open('/tmp/gradproof-was-here', 'w').write('x')",
        "open('gradproof-was-here', 'w').write('x')",
        "os.mkdir('/tmp/gradproof-was-here')",
        "os.unlink(sys.executable)",
        "os.fork()",
        "os.execv(sys.executable, ['python'])",
        "os.kill(os.getppid(), 9)",
        "os.kill(-1, 0)",
        "socket.socket()",
        "socket.socket(socket.AF_UNIX)",
        "socket.create_connection(('127.0.0.1', 80), 1)",
        "os.setuid(0)",
        "os.chroot('/')",
        "os.ptrace" if hasattr(os, "ptrace") else "os.setpgid(0, 0)",
        "import subprocess; subprocess.run(['true'])",
        "import threading; threading.Thread(target=print).start()",
        "import fcntl; fcntl.fcntl(0, fcntl.F_SETOWN, os.getppid()); open('/etc/passwd')",
    ],
)
def test_the_world_outside_is_shut_off(workers, body):
    report = tried(workers, body)
    assert denied(report), report.tasks[0].message or report.tasks[0].verdict
    assert not Path("/tmp/gradproof-was-here").exists()


@pytest.mark.parametrize("name", ["reference", "checker", "assignments", "torch", "scipy", "jax"])
def test_what_knows_the_answer_cannot_be_imported(workers, name):
    report = tried(workers, f"import {name}")
    assert report.tasks[0].verdict == "crashed"
    assert "is not allowed here: write it yourself, with numpy" in report.tasks[0].message


def test_the_grader_is_not_in_the_memory_of_a_submission(workers):
    """Starting a worker imports nothing that has answers: no case set, no reference."""
    search = "bad = [n for n in sys.modules if n.split('.')[0] in ('reference', 'assignments')]"
    assert tried(workers, f"{search}\nassert not bad, bad").tasks[0].verdict == "right"
    objects = "import gc\nfound = [o for o in gc.get_objects() if type(o).__name__ == 'CaseSet']"
    assert tried(workers, f"{objects}\nassert not found").tasks[0].verdict == "right"


FORGERY = """
import struct
frame = sys._getframe()
while 'nonce' not in frame.f_locals: frame = frame.f_back
body = {body}
os.write(3, frame.f_locals['nonce'] + struct.pack('<Q', len(body)) + body)
"""


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("os.kill(os.getpid(), 34)", "crashed"),
        ("os.kill(os.getpid(), 64)", "crashed"),
        ("os._exit(-1)", "crashed"),
        (FORGERY.format(body="b'A' + struct.pack('<BB3Q', 0, 3, 0, 2**62, 2**62)"), "crashed"),
        (FORGERY.format(body="b'A' + struct.pack('<BB2Q', 0, 2, 0, 2**63 + 5)"), "crashed"),
        (FORGERY.format(body="b'L' + struct.pack('<Q', 2**17) + b'N' * 2**17"), "crashed"),
        (FORGERY.format(body="b'L' + struct.pack('<Q', 1) + b'A' + bytes(10)"), "crashed"),
        ("while True: pass", "timed out"),
        ("import time; time.sleep(60)", "timed out"),
        ("os._exit(0)", "crashed"),
        ("os.abort()", "crashed"),
        ("ctypes.string_at(0)", "crashed"),
        ("x = bytearray(10**11)", "crashed"),
        ("sys.stdout.write('x' * 10**6)", "right"),
        ("def f(n): return f(n + 1)\nf(0)", "crashed"),
        ("os.write(3, b'x' * 4096)", "crashed"),
        ("os.close(3)", "crashed"),
    ],
)
def test_whatever_happens_costs_this_function_only(workers, body, verdict):
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    text = f"import os, sys, ctypes\ndef identity(x):\n{lines}\n    return x\ndef relu(x):\n"
    text += "    return x * (x > 0)\n"
    two = Assignment("two", Path(), "", 1.0, (*COURSE.tasks, Task("relu", "relu", "forward", 1)))
    case_sets = {**CASE_SETS, "relu": generation.generate(two.tasks[1])}
    report = grade(two, case_sets, Submission("", "a.py", text.encode()), start=workers.start)
    assert [task.verdict for task in report.tasks] == [verdict, "right"]


@pytest.mark.parametrize(
    "top",
    [
        "while True: pass",
        "import os; os._exit(0)",
        "import os; os.abort()",
        "input('Press enter')",
        "import matplotlib.pyplot as plt; plt.plot([1]); plt.show()",
        "raise SystemExit",
        "for _ in range(10**12): pass",
        "print('x' * 10**8)",
        "import nothing_of_this_name",
    ],
)
def test_what_a_file_does_beside_its_functions_costs_nothing(workers, top, monkeypatch):
    monkeypatch.setattr("checker.grading.session.LOADING", 0.5)
    assert tried(workers, "pass", top).score == 1


def test_files_submitted_together_import_each_other(workers):
    for line in ("from .helpers import f", "from helpers import f", "import helpers as h; f = h.f"):
        text = f"{line}\ndef identity(x):\n    return f(x)\n"
        others = {"helpers.py": b"def f(x):\n    return x\n"}
        submission = Submission("", "main.py", text.encode(), others)
        assert grade(COURSE, CASE_SETS, submission, start=workers.start).score == 1


def test_a_worker_without_limits_says_so(monkeypatch):
    """As on Windows, where there are no resource limits and no such kernel."""
    worker = spawn(("limits", "landlock", "seccomp"))
    try:
        assert worker.isolation == "none"
        assert {words.partition(":")[0] for words in worker.lacking} >= {"limits", "seccomp"}
    finally:
        worker.close()


def test_a_worker_with_limits_only_says_so():
    worker = spawn(("landlock", "seccomp"))
    try:
        assert worker.isolation == "limits only"
    finally:
        worker.close()


def test_the_levels_are_in_order():
    assert confinement.LEVELS == ("none", "limits only", "full")


def test_no_descriptor_and_no_process_is_left_over(workers):
    tried(workers, "pass")
    before = len(os.listdir("/dev/fd"))
    for _ in range(50):
        tried(workers, "os._exit(1)")
    assert len(os.listdir("/dev/fd")) == before


def test_a_socket_is_all_that_a_worker_has(workers):
    report = tried(workers, "os.fstat(4)")
    assert "Bad file descriptor" in report.tasks[0].message


def test_the_doctor_says_what_is_there_and_what_to_do():
    whole = isolation.explained("full", [])
    assert whole.count("✓") == 6
    less = click.unstyle(isolation.explained("full", ["cgroup: not here"]))
    assert "- cgroup      not here" in less
    assert "isolation is full without it" in less
    some = click.unstyle(isolation.explained("limits only", ["landlock: not here"]))
    assert "✗ landlock    not here" in some
    assert "use Linux 5.13 or newer" in some


def test_a_required_isolation_that_is_not_reached_grades_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(Workers, "start", lambda _: spawn(("landlock", "seccomp")))
    (tmp_path / "a.py").write_text("def dense(x, weight, bias): pass")
    command = ["grade", str(tmp_path), "-a", "backprop", "-o", str(tmp_path / "out")]
    done = CliRunner().invoke(course, [*command, "--require-isolation", "full"])
    assert done.exit_code == 2
    assert "'full' is required, but this machine only has 'limits only' (landlock" in done.output
    assert not (tmp_path / "out" / "grades.csv").exists()
