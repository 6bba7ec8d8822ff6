"""What a worker may read: the standard library and numpy.

The folders are not taken from `sys.path`, to which a .pth file, an editable install, PYTHONPATH or
the working directory may have added any folder, such as the one with the reference.
"""

import os
import sys
from pathlib import Path

# Folders of the standard library that are no modules.
SUPPORT = ("lib-dynload", "__pycache__")


def library() -> list[str]:
    """The folders of the standard library, or its archive."""
    home = os.path.dirname(os.__file__)
    # Python may have been installed with its compiled modules in a folder of their own.
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    compiled = os.path.join(sys.base_exec_prefix, sys.platlibdir, version, "lib-dynload")
    inside = os.path.dirname(compiled) == home
    return [home] if inside or not os.path.isdir(compiled) else [home, compiled]


def is_standard(entry: Path) -> bool:
    """Whether a file or folder in the library's folder belongs to the standard library.

    Other packages may be installed there, and links may lead anywhere.
    """
    module = entry.name.partition(".")[0]
    known = module in sys.stdlib_module_names or module.startswith("_sysconfigdata")
    return (known or entry.name in SUPPORT) and not entry.is_symlink()


def numpy() -> list[Path]:
    """The folder of numpy, and that of the libraries that its wheels bring along."""
    import numpy

    package = Path(numpy.__file__).parent
    libraries = package.with_name("numpy.libs")
    return [package, libraries] if libraries.is_dir() else [package]
