"""Read an archive as a `Folder`, in memory. Nothing is extracted, so no path can be abused.

The sizes that an archive declares may be false, so every read has a limit. The archives of students
are opened in a worker only: a damaged one may take any time and memory. What Python has for them
is imported when there is one, because few submissions have any.
"""

import contextlib
import io
import stat
from functools import partial
from typing import TYPE_CHECKING

from checker.sandbox.folder import DEEPEST_FOLDER, File, Folder, IntakeError, rubbish

if TYPE_CHECKING:
    import zipfile

LARGEST = 64 * 2**20  # bytes of an archive inside a submission, and of an unpacked tar archive
MOST_MEMBERS = 2000  # in the archive of one submission
LONGEST_NAME = 255  # as on a disk; layouts search the names of a class
# A file of at least this size with at least this compression ratio is taken for a zip bomb.
BOMB_SIZE, BOMB_RATIO = 2**20, 200
UNIX = (3, 19)  # the systems, Unix and macOS, that an archive may say it comes from
ENCRYPTED, UTF_8 = 0x1, 0x800  # flag bits of a zip member


def of_submission(name: str, data: bytes) -> Folder:
    """An archive that a student submitted. Raises IntakeError if it is damaged or too large."""
    try:
        if data.startswith(b"PK"):
            # Opening a zip archive reads its whole directory, so count the entries first.
            if data.count(b"PK\x01\x02") > MOST_MEMBERS:
                raise IntakeError(f"{name} holds more than {MOST_MEMBERS} files.")
            from zipfile import ZipFile

            folder = of_zip(ZipFile(io.BytesIO(data)), name, MOST_MEMBERS)
        else:
            folder = _tar(name, data)
    except (IntakeError, MemoryError):
        raise
    except Exception as error:  # damaged archives raise many kinds of exceptions
        raise IntakeError(f"{name} is a damaged archive: {_words(error)}.") from error
    _reject_same_names(folder)
    return folder


def of_zip(archive: "zipfile.ZipFile", name: str, limit: int) -> Folder:
    """A zip archive with up to `limit` files. Raises IntakeError if it has more."""
    members = archive.infolist()
    if len(members) > limit:
        raise IntakeError(f"{name} holds {len(members)} files; {limit} are allowed.")
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


def _name(member: "zipfile.ZipInfo") -> str:
    """The path of a member. Some programs write UTF-8 without setting the flag for it.

    Only where a backslash cannot be part of a name does it separate folders.
    """
    path = member.filename
    if not member.flag_bits & UTF_8:
        with contextlib.suppress(UnicodeError):
            path = path.encode("cp437").decode("utf-8")
    if member.create_system not in UNIX:
        path = path.replace("\\", "/")
    return "/".join(part[:LONGEST_NAME] for part in path.split("/"))


def _zip_problem(member: "zipfile.ZipInfo", path: str) -> str:
    mode = member.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return f"{path} is a link or a device in an archive."
    if member.flag_bits & ENCRYPTED:
        return f"{path} is protected by a password."
    if member.file_size > BOMB_SIZE and member.file_size > BOMB_RATIO * member.compress_size:
        return f"{path} unpacks to more than {BOMB_RATIO} times its size."
    return ""


def _read_zip(archive: "zipfile.ZipFile", member: "zipfile.ZipInfo", limit: int) -> bytes:
    try:
        with archive.open(member) as file:
            return file.read(limit)
    except MemoryError:
        raise
    except Exception as error:  # each way to compress has exceptions of its own
        raise OSError(0, f"its archive is damaged ({_words(error)})") from error


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__


def _tar(name: str, data: bytes) -> Folder:
    import gzip
    import tarfile

    if data.startswith(b"\x1f\x8b"):
        with gzip.open(io.BytesIO(data)) as packed:
            data = packed.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise IntakeError(f"{name} unpacks to more than {LARGEST // 2**20} MiB.")
    root = Folder(name)
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for count, member in enumerate(archive):
            if count >= MOST_MEMBERS:
                raise IntakeError(f"{name} holds more than {MOST_MEMBERS} files.")
            filename = member.name.rpartition("/")[2]
            special = not (member.isreg() or member.isdir()) or member.issparse()
            problem = f"{member.name} is a link or a device in an archive." if special else ""
            start = member.offset_data
            opened = partial(_slice, data, start, member.size)
            _put(
                root,
                member.name,
                None if member.isdir() else File(filename, member.size, opened, problem),
            )
    root.sort()
    return root


def _slice(data: bytes, start: int, size: int, limit: int) -> bytes:
    return data[start : start + min(size, limit)]


def _put(root: Folder, path: str, file: File | None) -> None:
    """Put a file, or an empty folder if `file` is None, at its path inside the root folder."""
    parts = path.rstrip("/").split("/")
    if file is not None and (parts[0] in ("", "~") or ".." in parts or parts[0][1:2] == ":"):
        file = File(file.name, problem=f"{path} points to a place outside its archive.")
    steps = [part for part in parts if part not in ("", ".", "..")]
    if any(map(rubbish, steps)) or not steps:
        return
    folder = root
    for part in (steps if file is None else steps[:-1])[:DEEPEST_FOLDER]:
        folder = folder.folders.setdefault(part, Folder(part))
    if file is not None:
        if file.name in folder.files:
            file = File(file.name, problem=f"{file.name} is in its archive twice.")
        folder.files[file.name] = file


def _reject_same_names(folder: Folder) -> None:
    """Reject files such as Model.py and model.py, which are the same file on some systems."""
    seen: dict[str, str] = {}
    for name in list(folder.files):
        other = seen.setdefault(name.casefold(), name)
        if other != name:
            problem = f"{other} and {name} differ only in upper and lower case: rename one of them."
            folder.files[other] = File(other, problem=problem)
            folder.files[name] = File(name, problem=problem)
    for inner in folder.folders.values():
        _reject_same_names(inner)
