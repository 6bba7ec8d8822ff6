"""This package as a wheel, made from what is installed: no registry and no network is needed.

It has every file of our packages, and the metadata of the installed distribution.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution

from checker.cases.provenance import ROOT
from checker.handout.zip_file import packed

DISTRIBUTION = "gradproof"
WHEEL = "Wheel-Version: 1.0\nGenerator: gradproof\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def wheel() -> tuple[str, bytes]:
    """The file name of the wheel, and its bytes."""
    installed = distribution(DISTRIBUTION)
    packages = (installed.read_text("top_level.txt") or "").split()
    return built(installed.version, code(packages) | metadata(installed.version))


def built(version: str, files: dict[str, bytes]) -> tuple[str, bytes]:
    """The file name and the bytes of a wheel of these files, which have their metadata already."""
    name = f"{DISTRIBUTION}-{version}"
    record = [f"{path},{_checksum(data)},{len(data)}\n" for path, data in files.items()]
    place = f"{name}.dist-info/RECORD"
    return f"{name}-py3-none-any.whl", packed(
        files | {place: "".join([*record, f"{place},,\n"]).encode()}
    )


def metadata(version: str, not_needed: tuple[str, ...] = ()) -> dict[str, bytes]:
    """The metadata of the installed distribution as those of a version.

    Extras, and packages that are `not_needed`, are left out of a version with a part of the code.
    """
    found = _metadata(distribution(DISTRIBUTION))
    text = re.sub(r"(?m)^Version: .*$", f"Version: {version}", found["METADATA"].decode(), count=1)
    for name in not_needed:
        text = re.sub(rf"(?m)^Requires-Dist: {name}\b.*\n", "", text)
    if not_needed:
        text = re.sub(r"(?m)^(Provides-Extra: .*|Requires-Dist: .*extra ==.*)\n", "", text)
    found["METADATA"] = text.encode()
    return {f"{DISTRIBUTION}-{version}.dist-info/{path}": data for path, data in found.items()}


def code(packages: Iterable[str]) -> dict[str, bytes]:
    """Every file of these packages by its path."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for package in packages
        for path in sorted((ROOT / package).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def _metadata(installed: Distribution) -> dict[str, bytes]:
    text = installed.read_text("METADATA") or installed.read_text("PKG-INFO") or ""
    files = {
        "METADATA": text,
        "WHEEL": WHEEL,
        "entry_points.txt": installed.read_text("entry_points.txt") or "",
        "top_level.txt": installed.read_text("top_level.txt") or "",
    }
    licences = {
        # It is in the source tree if the distribution is installed in place.
        f"licenses/{name}": installed.read_text(f"licenses/{name}")
        or (ROOT / name).read_text(encoding="utf-8")
        for name in re.findall(r"(?m)^License-File: (.+)$", text)
    }
    return {path: content.encode() for path, content in (files | licences).items()}


def _checksum(data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=")
    return f"sha256={digest.decode()}"
