"""A table that a person or a platform made: read, and perhaps written again with a few new cells.

All else is kept byte for byte: separators, quotes, line ends and encoding. A platform may reject a
table in which they differ.
"""

import re
from collections.abc import Iterator

from checker.sandbox.plain_text import PARAGRAPH, clean

SEPARATORS = ",;\t"
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
LINE_END = re.compile(r"\r\n|\r|\n")
# What begins a formula, in every width and form that a program may read as the same.
FORMULA_STARTS = "=+@-\u2212\u207a\u207c\u208a\u208c\u2a75\u2a76\ufb29\ufe62\ufe63\ufe66\ufe6b"
FORMULA_STARTS += "\uff0b\uff0d\uff1d\uff20"
BEGINS = re.escape(FORMULA_STARTS)
# Each of these separates cells in some program or other, and some programs ignore quotes.
BETWEEN = r"[,;|:\"']"
NUMBER = rf"[+-][0-9.]+(?:[\s)]|{BETWEEN}|\Z)"
FORMULA = re.compile(
    rf"(\A(?=[{BEGINS}])|{BETWEEN}\s*(?=[{BEGINS}])(?!{NUMBER})|\s(?=[{BEGINS}]\S)(?!{NUMBER}))"
)


def cell(text: str) -> str:
    """One visible line, with an apostrophe wherever a spreadsheet could see a formula begin."""
    return FORMULA.sub(r"\1'", clean(text, PARAGRAPH))


class SheetError(ValueError):
    """A table cannot be used. The message says where and why."""


class Sheet:
    """Rows of cells. `rows` has the text of each cell; its quoting is kept beside it."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._bom = data.startswith(b"\xef\xbb\xbf")
        self._encoding, text = self._decoded(data)
        first = LINE_END.split(text, maxsplit=1)[0]
        self._separator = max(SEPARATORS, key=first.count)
        self._raw = list(self._split(text))
        self.rows = [[_text(cell) for cell in cells] for cells, _ in self._raw]
        if not self.rows:
            raise SheetError(f"{name} is empty")

    def lines(self) -> list[int]:
        """The number of the first line of each row. A cell may go over several lines."""
        numbers = [1]
        for cells, _ in self._raw:
            numbers.append(numbers[-1] + 1 + sum(len(LINE_END.findall(cell)) for cell in cells))
        return numbers[:-1]

    def set(self, row: int, column: int, text: str) -> None:
        cells = self._raw[row][0]
        cells += [""] * (column + 1 - len(cells))
        quoted = cells[column].startswith('"') or re.search(rf'["\r\n{self._separator}]', text)
        cells[column] = '"{}"'.format(text.replace('"', '""')) if quoted else text

    def keep(self, rows: list[int], columns: list[int]) -> None:
        """Drop all other rows and columns."""
        self.rows = [self.rows[i] for i in rows]
        kept = [self._raw[i] for i in rows]
        self._raw = [([cells[c] for c in columns if c < len(cells)], end) for cells, end in kept]

    def encoded(self) -> bytes:
        text = "".join(self._separator.join(cells) + end for cells, end in self._raw)
        data = text.encode("utf-8" if self._encoding == "utf-8-sig" else self._encoding, "replace")
        return b"\xef\xbb\xbf" + data if self._bom else data

    def _decoded(self, data: bytes) -> tuple[str, str]:
        for encoding in ENCODINGS:
            if encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
                continue
            try:
                return encoding, data.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise SheetError(f"{self.name} is not a text file: export it as CSV")

    def _split(self, text: str) -> Iterator[tuple[list[str], str]]:
        """The cells of each row, as they are written, and its line end."""
        separator = self._separator
        cell = re.compile(rf'("(?:[^"]|"")*"|[^{separator}\r\n]*)({separator}|\r\n|\r|\n|\Z)')
        cells: list[str] = []
        at = 0
        while at < len(text):
            match = cell.match(text, at)
            if match is None:
                raise SheetError(f"{self.name} is damaged at {text[at : at + 40]!r}")
            cells.append(match[1])
            at = match.end()
            if match[2] == separator:
                if at == len(text):
                    yield [*cells, ""], ""
                continue
            yield cells, match[2]
            cells = []


def _text(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell
