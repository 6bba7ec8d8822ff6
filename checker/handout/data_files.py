"""The data sets that a text names in code, as `digits.csv.gz`: they lie beside the text."""

import re
from pathlib import Path

import reference

FOLDER = Path(reference.__file__).parent / "data"
NAME = re.compile(r"`[^`]*?(\w+\.csv\.gz)[^`]*`")


def named(text: str) -> dict[str, bytes]:
    """The files by name. Other files that a text names are none of ours."""
    paths = (FOLDER / name for name in dict.fromkeys(NAME.findall(text)))
    return {path.name: path.read_bytes() for path in paths if path.is_file()}
