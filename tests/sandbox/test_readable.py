"""What a submission can read: numpy and the standard library, and nothing else on this machine."""

import os
import sys
from contextlib import closing
from pathlib import Path

import pytest

from checker.sandbox import calls, readable
from checker.sandbox.spawn import spawn

ROOT = Path(__file__).parents[2]
HIDDEN_FROM = [ROOT / "reference" / "__init__.py", ROOT / "pyproject.toml", Path(__file__)]

# It drops the import hooks, extends its path by all folders that it knows, and tries everything.
SEARCH = """
import os, sys
from importlib import machinery
sys.meta_path[:] = [machinery.BuiltinImporter, machinery.FrozenImporter, machinery.PathFinder]
sys.path += {folders}
found = []
for name in ("answers", "reference", "checker", "click", "tests"):
    try:
        __import__(name)
        found.append(name)
    except ImportError:
        pass
for path in {files}:
    try:
        open(path).close()
        found.append(path)
    except OSError:
        pass
seen = [path for path in {files} if os.path.exists(path)]

def search():
    import xml.dom, json.tool, numpy.polynomial  # these are allowed
    raise LookupError(found)

def look():
    raise LookupError(seen)
"""


def lacking():
    with closing(spawn()) as worker:
        return {words.partition(":")[0] for words in worker.lacking}


LACKING = lacking()
# Without these layers a submission may read more, and `check doctor` says so.
confined = pytest.mark.skipif("landlock" in LACKING, reason="the kernel here has no Landlock")
separate = pytest.mark.skipif("namespace" in LACKING, reason="no mount namespace is allowed here")


@pytest.fixture
def secret(tmp_path):
    folder = tmp_path / "secret"
    folder.mkdir()
    (folder / "answers.py").write_text("dense = 42\n")
    return folder


def words(secret, function):
    """What a submission says that searches for files with answers."""
    files = [str(path) for path in (secret / "answers.py", *HIDDEN_FROM)]
    folders = [str(secret), str(ROOT), "", "."]
    text = SEARCH.format(files=files, folders=folders)
    with closing(spawn()) as worker:
        worker.load("a.py", text.encode(), {}, seconds=20.0, bare=False, imports=())
        (answers,) = worker.run([calls.Asked(function, 1, calls.pack([[]]), 1)], seconds=20.0)
        (reply,) = answers.replies
    return reply.kind, reply.words


@pytest.fixture
def python(tmp_path, secret, monkeypatch):
    """An environment whose site-packages lead to the secret folder, as .pth files may."""
    home = tmp_path / "environment"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = home / "lib" / version / "site-packages"
    packages.mkdir(parents=True)
    (home / "bin").mkdir()
    base = Path(sys.base_prefix, "bin", version)
    (home / "bin" / "python").symlink_to(base)
    (home / "pyvenv.cfg").write_text(f"home = {base.parent}\n")
    (packages / "path.pth").write_text(
        f"{secret}\n{ROOT}\nimport sys; sys.path.insert(0, '{ROOT}')"
    )
    monkeypatch.setattr(sys, "executable", str(home / "bin" / "python"))


@confined
@pytest.mark.usefixtures("python")
def test_a_folder_that_a_pth_file_names_cannot_be_read(secret):
    assert words(secret, "search") == ("LookupError", "[]")


@confined
def test_neither_the_path_of_the_caller_nor_its_folder_can_be_read(secret, monkeypatch):
    """This repository is an editable install here, and the working folder."""
    monkeypatch.setenv("PYTHONPATH", f"{secret}{os.pathsep}{ROOT}")
    monkeypatch.syspath_prepend(secret)
    monkeypatch.chdir(ROOT)
    assert words(secret, "search") == ("LookupError", "[]")


@separate
def test_no_other_file_can_even_be_seen(secret):
    assert words(secret, "look") == ("LookupError", "[]")


def test_only_the_standard_library_belongs_to_it(tmp_path, secret, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(secret), *sys.path, str(ROOT)])
    folders = readable.library()
    assert os.path.dirname(os.__file__) in folders
    assert not {str(secret), str(ROOT), "", *readable.numpy()} & set(folders)
    for name in ("answers.py", "site-packages", "dist-packages", "test", "reference"):
        assert not readable.is_standard(tmp_path / name)
    (tmp_path / "json").symlink_to(secret)
    assert not readable.is_standard(tmp_path / "json")
    for name in ("abc.py", "asyncio", "lib-dynload", "_ctypes.cpython-311-x86_64-linux-gnu.so"):
        assert readable.is_standard(tmp_path / name)
