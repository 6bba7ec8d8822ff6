"""An archive as a folder, read in memory. Nothing is ever extracted, so no name can lead anywhere.

What an archive says of itself may be false, its sizes above all. Every read is bounded by us.
"""

import gzip
import io
import stat
import tarfile
import zipfile
import zlib
from functools import partial
from pathlib import Path

from checker.classroom.folder import DEEPEST, File, Folder, IntakeError, rubbish, too_large

SUFFIXES = (".zip", ".tar", ".tgz", ".gz")
LARGEST = 64 * 2**20  # of an archive inside a submission, and of all that comes out of a tar
MOST_MEMBERS = 2000  # of one submission
MOST_IN_CLASS = 200_000
SUSPICIOUS = 2**20, 200  # a file from this size on does not shrink to less than a 200th
ENCRYPTED, UTF_8 = 0x1, 0x800


def of_class(path: Path) -> Folder:
    """The zip that a learning platform makes of a whole class."""
    try:
        return _zip(zipfile.ZipFile(path), path.stem, MOST_IN_CLASS)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise IntakeError(f"{path} cannot be opened as a zip archive: {error}.") from error


def of_submission(file: File) -> Folder:
    """An archive that a student handed in. Raises IntakeError where it is none, or a bomb."""
    data = file.read(LARGEST)
    try:
        if data.startswith(b"PK"):
            # The directory is read whole when a zip is opened: count before opening.
            if data.count(b"PK\x01\x02") > MOST_MEMBERS:
                raise IntakeError(f"{file.name} holds more than {MOST_MEMBERS} files.")
            folder = _zip(zipfile.ZipFile(io.BytesIO(data)), file.name, MOST_MEMBERS)
        else:
            folder = _tar(file.name, data)
    except IntakeError:
        raise
    except Exception as error:  # damage shows in these two modules in a dozen ways
        words = str(error) or type(error).__name__
        raise IntakeError(f"{file.name} is a damaged archive: {words}.") from error
    _refuse_look_alikes(folder)
    return folder


def _zip(archive: zipfile.ZipFile, name: str, most: int) -> Folder:
    members = archive.infolist()
    if len(members) > most:
        raise IntakeError(f"{name} holds {len(members)} files; {most} are allowed.")
    root = Folder(name)
    for member in members:
        path = _name(member)
        file = File(
            path.rpartition("/")[2],
            member.file_size,
            partial(_read_zip, archive, member),
            _zip_problem(member, path),
        )
        _put(root, path, None if member.is_dir() else file)
    root.sort()
    return root


def _name(member: zipfile.ZipInfo) -> str:
    """Some archivers write UTF-8 and forget to say so."""
    if not member.flag_bits & UTF_8:
        try:
            return member.filename.encode("cp437").decode("utf-8").replace("\\", "/")
        except UnicodeError:
            pass
    return member.filename.replace("\\", "/")


def _zip_problem(member: zipfile.ZipInfo, path: str) -> str:
    size, ratio = SUSPICIOUS
    mode = member.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return f"{path} is a link or a device in an archive."
    if member.flag_bits & ENCRYPTED:
        return f"{path} is protected by a password."
    if member.file_size > size and member.file_size > ratio * member.compress_size:
        return f"{path} unpacks to more than {ratio} times its size."
    return ""


def _read_zip(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    try:
        with archive.open(member) as file:
            return file.read(most)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        raise OSError(0, f"its archive is damaged ({error})") from error


def _tar(name: str, data: bytes) -> Folder:
    if data.startswith(b"\x1f\x8b"):
        with gzip.open(io.BytesIO(data)) as packed:
            data = packed.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise IntakeError(too_large(name, len(data), LARGEST))
    root = Folder(name)
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for count, member in enumerate(archive):
            if count >= MOST_MEMBERS:
                raise IntakeError(f"{name} holds more than {MOST_MEMBERS} files.")
            last = member.name.rpartition("/")[2]
            odd = not (member.isreg() or member.isdir()) or member.issparse()
            problem = f"{member.name} is a link or a device in an archive." if odd else ""
            start = member.offset_data
            opened = partial(_slice, data, start, member.size)
            _put(
                root,
                member.name,
                None if member.isdir() else File(last, member.size, opened, problem),
            )
    root.sort()
    return root


def _slice(data: bytes, start: int, size: int, most: int) -> bytes:
    return data[start : start + min(size, most)]


def _put(root: Folder, path: str, file: File | None) -> None:
    """Put a file, or an empty folder, where its path says: inside the archive and nowhere else."""
    parts = path.rstrip("/").split("/")
    if file is not None and (parts[0] in ("", "~") or ".." in parts or parts[0][1:2] == ":"):
        file = File(file.name, problem=f"{path} would lead out of its archive.")
    steps = [part for part in parts if part not in ("", ".", "..")]
    if any(map(rubbish, steps)) or not steps:
        return
    folder = root
    for part in (steps if file is None else steps[:-1])[:DEEPEST]:
        folder = folder.folders.setdefault(part, Folder(part))
    if file is not None:
        if file.name in folder.files:
            file = File(file.name, problem=f"{file.name} is in its archive twice.")
        folder.files[file.name] = file


def _refuse_look_alikes(folder: Folder) -> None:
    """Model.py and model.py are one file on some systems: which of them, nobody can say."""
    seen: dict[str, str] = {}
    for name in list(folder.files):
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            problem = f"{other} and {name} differ in capital letters only."
            folder.files[other] = File(other, problem=problem)
            folder.files[name] = File(name, problem=problem)
    for each in folder.folders.values():
        _refuse_look_alikes(each)
