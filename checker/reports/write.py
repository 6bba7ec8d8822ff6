"""Write report files. Each is replaced as a whole, so that a full disk leaves the old one.

The checksums of all files that were written stand beside them, in the form of sha256sum. A file
that has another one was changed by hand: it is kept under another name. Each checksum is written
before its file, so that a run that is killed leaves no file without one.
"""

import hashlib
from pathlib import Path

from checker.classroom import whole_file
from checker.classroom.class_list import ClassRow
from checker.course.assignment import Assignment
from checker.reports import formats

CHECKSUMS = "written.sha256"


def write(
    out: Path,
    assignment: Assignment,
    rows: list[ClassRow],
    wanted: tuple[str, ...],
    options: formats.Options,
) -> tuple[list[str], dict[str, str], list[str]]:
    """Write the wanted formats into the folder `out`.

    Returns the names of the files and folders that were written there, in the order wanted, the
    new names of files that were changed by hand, and the reports of earlier runs that are there
    still and were not written now.
    """
    written: list[str] = []
    kept: dict[str, str] = {}
    out.mkdir(parents=True, exist_ok=True)
    known = _checksums(out / CHECKSUMS)
    made: dict[str, list[str]] = {}
    with (out / CHECKSUMS).open("ab", buffering=0) as journal:
        for name in dict.fromkeys(wanted):
            for path, pieces in formats.make(name)(assignment, rows, options):
                before = _checksum(out / path)
                with whole_file.unfinished(out / path, pieces) as new:
                    checksum = _checksum(new)
                    if before not in ("", checksum, *known.get(path, ())):
                        kept[path] = _moved(out / path).relative_to(out).as_posix()
                    # The line end comes first: a killed run may have left half a line.
                    line = f"\n{checksum}  {path}"
                    journal.write(line.encode("utf-8", "surrogateescape"))
                made[path] = [checksum]
                written.append(path.split("/")[0])
    lines = [f"{each}  {path}\n" for path, all_ in (known | made).items() for each in all_]
    whole_file.write(out / CHECKSUMS, "".join(lines))
    names = list(dict.fromkeys(written))
    older = [path for path in known if path not in made and (out / path).is_file()]
    tops = [path.split("/")[0] for path in older]
    left = [path if top in names else top for path, top in zip(older, tops, strict=True)]
    return names, kept, list(dict.fromkeys(left))


def _checksums(path: Path) -> dict[str, list[str]]:
    """The checksums of the files that were written before, by their paths.

    A file has several if a run was killed: it may be the old one or the new one.
    """
    found: dict[str, list[str]] = {}
    if path.exists():
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        for checksum, between, name in (line.partition("  ") for line in text.split("\n")):
            if between:
                found.setdefault(name, []).append(checksum)
    return found


def _checksum(path: Path) -> str:
    """The checksum of a file, or an empty text if there is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _moved(path: Path) -> Path:
    """Rename a file to the first free name."""
    other, number = path.with_stem(f"{path.stem}-edited"), 2
    while other.exists():
        other, number = path.with_stem(f"{path.stem}-edited-{number}"), number + 1
    return path.rename(other)
