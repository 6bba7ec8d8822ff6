"""A table that a platform exported, to be imported again with a few cells changed.

All else is kept byte for byte: separators, quotes, line ends and encoding. A platform may reject a
table in which they differ.
"""

import re
from collections.abc import Iterator

from checker.reports.formats import FormatError

SEPARATORS = ",;\t"
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")


class Sheet:
    """Rows of cells. `rows` has the text of each cell; its quoting is kept beside it."""

    def __init__(self, data: bytes) -> None:
        self._bom = data.startswith(b"\xef\xbb\xbf")
        self._encoding, text = _decoded(data)
        first = re.split(r"[\r\n]", text, maxsplit=1)[0]
        self._separator = max(SEPARATORS, key=first.count)
        self._raw = list(_rows(text, self._separator))
        self.rows = [[_text(cell) for cell in cells] for cells, _ in self._raw]
        if not self.rows:
            raise FormatError("the gradebook is empty")

    def set(self, row: int, column: int, text: str) -> None:
        cells = self._raw[row][0]
        cells += [""] * (column + 1 - len(cells))
        quoted = cells[column].startswith('"') or re.search(rf'["\r\n{self._separator}]', text)
        cells[column] = '"{}"'.format(text.replace('"', '""')) if quoted else text

    def keep(self, rows: list[int]) -> None:
        self._raw = [self._raw[i] for i in rows]
        self.rows = [self.rows[i] for i in rows]

    def keep_columns(self, columns: list[int]) -> None:
        self._raw = [
            ([cells[c] for c in columns if c < len(cells)], end) for cells, end in self._raw
        ]

    def encoded(self) -> bytes:
        text = "".join(self._separator.join(cells) + end for cells, end in self._raw)
        data = text.encode("utf-8" if self._encoding == "utf-8-sig" else self._encoding, "replace")
        return b"\xef\xbb\xbf" + data if self._bom else data


def _decoded(data: bytes) -> tuple[str, str]:
    for encoding in ENCODINGS:
        if encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return encoding, data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FormatError("the gradebook is not a text file: export it as CSV")


def _rows(text: str, separator: str) -> Iterator[tuple[list[str], str]]:
    """The cells of each row, as they are written, and its line end."""
    cell = re.compile(rf'("(?:[^"]|"")*"|[^{separator}\r\n]*)({separator}|\r\n|\r|\n|\Z)')
    cells: list[str] = []
    at = 0
    while at < len(text):
        match = cell.match(text, at)
        if match is None:
            raise FormatError(f"the gradebook is damaged at {text[at : at + 40]!r}")
        cells.append(match[1])
        at = match.end()
        if match[2] == separator and at < len(text):
            continue
        yield cells, "" if match[2] == separator else match[2]
        cells = []


def _text(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell
