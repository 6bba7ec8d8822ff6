"""What the ending of a submitted file's name says about its contents."""

import os

LARGEST_FILES = {".py": 2 * 2**20, ".ipynb": 20 * 2**20}  # bytes, by the ending of the name
UNUSUAL_ENDINGS = {
    "": ".py",
    ".txt": ".py",
    ".text": ".py",
    ".pyw": ".py",
    ".py3": ".py",
    ".json": ".ipynb",
}
ARCHIVES = (".zip", ".tar", ".tgz", ".gz")
UNSUPPORTED_ARCHIVES = {
    ".rar": "RAR",
    ".7z": "7-Zip",
    ".xz": "xz",
    ".bz2": "bzip2",
    ".zst": "zstd",
}


def suffix(name: str) -> str:
    """The ending of a name in lower case, such as ".py", or ""."""
    return os.path.splitext(name)[1].lower()


def graded_name(name: str) -> str:
    """The name under which a file is graded: `work.txt` is graded as `work.txt.py`."""
    return name + UNUSUAL_ENDINGS.get(suffix(name), "")
