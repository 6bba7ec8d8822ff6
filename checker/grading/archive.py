"""The zip archive in which a learning platform exports a whole class.

The platform packs it, so it is opened here. The archives of students inside it are opened in a
worker (`sandbox/archive.py`).
"""

import zipfile
from pathlib import Path

from checker.sandbox.archive import of_zip
from checker.sandbox.folder import Folder, IntakeError

MOST_MEMBERS = 200_000
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the ways to compress that platforms use


def of_class(path: Path) -> Folder:
    """The folder in the archive. Raises IntakeError."""
    try:
        archive = zipfile.ZipFile(path)
        if any(member.compress_type not in METHODS for member in archive.infolist()):
            raise IntakeError(f"{path} is packed in an unusual way: unpack it and name the folder.")
        return of_zip(archive, path.stem, MOST_MEMBERS)
    except IntakeError:
        raise
    except Exception as error:  # damaged archives raise many kinds of exceptions
        raise IntakeError(f"{path} cannot be opened as a zip archive: {error}.") from error
