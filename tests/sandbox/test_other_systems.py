"""A worker grades on systems that lack much of what Linux has. They are imitated here.

A Windows or a Mac is not at hand, so the worker's process loses the names that they lack before it
imports anything of ours, and what starts it behaves as there.
"""

import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from checker.cases import case_cache
from checker.course import assignment
from checker.grading.pipeline import grade
from checker.grading.submission import Submission
from checker.sandbox import interpreter, spawn

# Skipped, nothing goes unnoticed: on the systems themselves all other tests are of these.
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux imitates the other systems")

RIGHT = Path(__file__).parents[1] / "sample_class" / "right.py"
PATHS = "sys.path += [root, numpy]\n"
# The names are removed once what is not ours is there: it was built for Linux, and may use them.
WITHOUT = """
import numpy, os, signal, socket, tempfile, time
for name in {names!r}.split():
    owner, name = name.split(".")
    vars(globals()[owner]).pop(name)
for name in {modules!r}.split():
    sys.modules[name] = None
sys.platform = {system!r}
"""
LINUX_ONLY = "os.O_PATH os.memfd_create os.pidfd_open os.sched_getaffinity socket.SOCK_SEQPACKET "
UNIX_ONLY = """
os.O_CLOEXEC os.O_DIRECTORY os.O_NOFOLLOW os.O_NONBLOCK os.fork os.getegid os.geteuid os.getgid
os.getuid os.killpg os.nice os.setgid os.setgroups os.setsid os.setuid os.sysconf os.uname
signal.SIGALRM signal.SIGCHLD signal.SIGHUP signal.SIGKILL signal.SIGPIPE signal.SIGXCPU
signal.setitimer signal.pthread_sigmask socket.AF_UNIX socket.recv_fds socket.send_fds
time.clock_gettime """
UNIX_MODULES = "fcntl grp pwd resource termios"
LACKING = {"darwin": (LINUX_ONLY, "none_of_these"), "win32": (LINUX_ONLY + UNIX_ONLY, UNIX_MODULES)}
# A Mac has mapped more memory than the limit from the beginning, and refuses it.
REFUSING = """
import resource
enforced = resource.setrlimit
def refusing(kind, limits):
    if kind == resource.RLIMIT_AS:
        raise ValueError("current limit exceeds maximum limit")
    enforced(kind, limits)
resource.setrlimit = refusing
"""
# A socket can be shared with one process, by its number, which Windows passes to it.
FROM_SHARE = """
def received(data):
    number, pid = data.split()
    assert int(pid) == os.getpid(), "it was shared with another process"
    return socket.socket(fileno=int(number))
socket.fromshare = received
"""


@pytest.fixture(params=LACKING, autouse=True)
def _system(request, monkeypatch, tmp_path):
    names, modules = LACKING[request.param]
    script = WITHOUT.format(names=names, modules=modules, system=request.param)
    if request.param == "win32":
        _like_windows(monkeypatch, tmp_path)
    script += FROM_SHARE if request.param == "win32" else REFUSING
    there = interpreter.START_SCRIPT.replace(PATHS, PATHS + script)
    monkeypatch.setattr(interpreter, "START_SCRIPT", there)
    monkeypatch.setattr(sys, "platform", request.param)


def _like_windows(monkeypatch, folder):
    """Sockets are shared and not inherited, and the Python of an environment starts another one."""
    launcher = folder / "python"
    launcher.write_text(f'#!/bin/sh\n"{sys.executable}" "$@"\nexit $?\n')
    launcher.chmod(0o755)
    monkeypatch.setattr(sys, "_base_executable", sys.executable)
    monkeypatch.setattr(sys, "executable", str(launcher))
    windows = SimpleNamespace(name="nt", environ=os.environ, path=os.path)
    for module in (spawn, interpreter):
        monkeypatch.setattr(module, "os", windows)
    pair, start = socket.socketpair, subprocess.Popen

    def inheritable():
        ends = pair()
        ends[1].set_inheritable(True)
        return ends

    def started(command, *, pass_fds, start_new_session, **options):
        assert not pass_fds
        return start(command, close_fds=False, **options)

    def shared(line, pid):
        return f"{line.fileno()} {pid}".encode()

    monkeypatch.setattr(socket.socket, "share", shared, raising=False)
    monkeypatch.setattr(socket, "socketpair", inheritable)
    monkeypatch.setattr(subprocess, "Popen", started)


def test_a_worker_says_how_little_it_is_isolated():
    with closing(spawn.spawn()) as worker:
        lacking = {words.partition(":")[0] for words in worker.lacking}
        assert worker.isolation == "none"
    assert lacking >= {"limits", "landlock", "seccomp", "namespace"}
    assert ("privileges" in lacking) is (sys.platform == "win32")


def test_a_right_file_is_right_and_a_wrong_one_is_not():
    course, code = assignment.find("backprop"), RIGHT.read_bytes()
    sets = case_cache.load(course)
    only = ("dense", "dense_backward")
    right, wrong = (
        grade(course, sets, Submission("", "backprop.py", text), only=only, start=spawn.spawn)
        for text in (code, code.replace(b"weight.T", b"weight"))
    )
    assert [task.verdict for task in right.tasks] == ["right", "right"]
    assert [task.verdict for task in wrong.tasks] == ["right", "wrong"]
