"""Make text that a submission can influence safe to show in a report."""

import re
import unicodedata

LONGEST_LINE = 160
PARAGRAPH = 2000
# Control characters, direction marks, lone surrogates, private and unassigned characters.
HIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn"}
# Characters of other categories that show nothing: joiners, fillers, variation selectors.
HIDDEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
WHITESPACE = set(" \t\n\r\f\v")
EMOJI_PARTS = {"\u200d", "\ufe0e", "\ufe0f"}  # after a symbol, they only choose how it looks
REVERSING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
MISLEADING = "it may not do what it seems to"  # ends such a note
MOST_LINES = 5  # that a note lists


def visible(text: str) -> str:
    r"""The text with an escape such as `\u202e` for every character that shows nothing.

    Spaces and line ends stay as they are.
    """
    if text.isascii() and not CONTROL.search(text):
        return text
    if text.replace("\n", " ").isprintable() and not HIDDEN.search(text):
        return text
    shown, symbol = [], False
    for character in text:
        if symbol and character in EMOJI_PARTS:
            shown.append(character)
            continue
        symbol = unicodedata.category(character).startswith("S")
        shown.append(_escape(character) if _hidden(character) else character)
    return "".join(shown)


def clean(text: str, longest: int = LONGEST_LINE) -> str:
    """One line in which every character is visible, cut after `longest` characters."""
    line = " ".join(visible(text[: 4 * longest]).split())
    return line if len(line) <= longest else line[: longest - 1] + "\u2026"


def hidden_note(text: str) -> str:
    """A sentence on the characters of a source that hide what it does, or an empty string."""
    reversing, unseen = [], []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if REVERSING.search(line):
            reversing.append(number)
        elif CONTROL.search(line) or (not line.isascii() and len(visible(line)) > len(line)):
            unseen.append(number)
    notes = []
    if reversing:
        notes.append(f"characters that reverse the direction of text in {_lines(reversing)}")
    if unseen:
        notes.append(f"invisible characters in {_lines(unseen)}")
    return f"the file has {' and '.join(notes)}: {MISLEADING}" if notes else ""


def _hidden(character: str) -> bool:
    if character in WHITESPACE:
        return False
    hidden = unicodedata.category(character) in HIDDEN_CATEGORIES
    return hidden or HIDDEN.match(character) is not None


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _lines(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:MOST_LINES]))
    more = f" and {len(numbers) - MOST_LINES} more" if len(numbers) > MOST_LINES else ""
    return f"{'line' if len(numbers) == 1 else 'lines'} {shown}{more}"
