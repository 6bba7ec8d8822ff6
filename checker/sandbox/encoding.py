"""The text of a submitted file, in the encodings that editors write."""

import codecs
import re

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark begins alike
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
DECLARED = re.compile(rb"\A(?:[^\n]*\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)")


def text(data: bytes) -> str:
    """Decode a file: by the mark in front of it, as UTF-8, or else as its first lines declare.

    Line ends become newlines. Raises UnicodeDecodeError if nothing fits.
    """
    mark = next((mark for mark in MARKS if data.startswith(mark)), b"")
    try:
        decoded = data.decode(MARKS.get(mark, "utf-8"))
    except UnicodeDecodeError:
        declared = DECLARED.match(data)
        if mark or declared is None:
            raise
        try:
            decoded = data.decode(declared[1].decode())
        except (LookupError, UnicodeError):  # no encoding, or one that is not for files
            decoded = data.decode()
    return re.sub("\r\n?", "\n", decoded)
