"""The code of a file as text: its lines, and where functions seem to be defined in it.

The text is searched and not parsed, so that it may be broken. It is read once: however hostile it
is, the time grows only in proportion to its length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.sandbox import encoding, notebook_cells
from checker.sandbox.plain_text import clean, hidden_note

# Strings and comments, triple quotes first. Their contents are not code. One that is not closed
# extends to the end of its line, or of the file.
STRINGS_AND_COMMENTS = re.compile(
    r'("""|\'\'\')(?:[\s\S]*?\1|[\s\S]*)|#[^\n]*|"(?:\\.|[^"\\\n])*"?|\'(?:\\.|[^\'\\\n])*\'?',
    re.DOTALL,
)
BLOCK = re.compile(
    r"[ \t\f]*(?:async[ \t]+)?"
    r"(?:def|class|if|elif|else|for|while|with|try|except|finally|match|case)\b"
)
DEFINITION = re.compile(r"([ \t\f]*)(?:async[ \t]+)?def[ \t]+(\w+)|(\w+)[ \t]*=(?!=)")
# Definitions and imports in any text, also in a notebook that is not split into cells. Each begins
# with plain letters, which are found fastest; then it says that a word begins there.
BLANKS = r"[ \t]{0,20}"
FUNCTION = re.compile(rf"def(?<!\wdef)[ \t]{BLANKS}(\w+){BLANKS}\(")
CLASS = re.compile(rf"class(?<!\wclass)[ \t]{BLANKS}(\w+){BLANKS}[(:]")
LAMBDA = re.compile(r"lambda(?<!\wlambda)\b")
ASSIGNED = re.compile(rf"\b(\w+){BLANKS}={BLANKS}\Z")
LONGEST_ASSIGNED = 150  # characters in front of a lambda
IMPORTED = re.compile(r"from(?<!\wfrom)[ \t]+[\w.]+[ \t]+import[ \t]*(\([^)]{0,2000}\)|[^\n]*)")
MOST_NOTES = 5


@dataclass(frozen=True)
class Code:
    """The code of a file, the first lines of its cells if it is a notebook, and its functions.

    `defined` are the names that are defined at the left margin. `around` has, for each function
    that is defined elsewhere, the first line of the innermost statement around it, or nothing if
    it is only indented. `again` has the lines of the first and the last definition of each function
    that is defined twice at the left margin.
    """

    text: str = ""
    starts: list[int] = field(default_factory=list)
    defined: set[str] = field(default_factory=set)
    around: dict[str, str] = field(default_factory=dict)
    again: dict[str, tuple[int, int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read(filename: str, data: bytes) -> Code:
    """The code of a file, without any text if it cannot be read."""
    try:
        text = encoding.text(data)
        if not filename.lower().endswith(".ipynb"):
            note = hidden_note(text)
            return Code(text, [], *_definitions(text), [note] if note else [])
        cells = notebook_cells.cells(text)
    except ValueError:
        return Code()
    text = "\n".join(cells)
    return Code(text, notebook_cells.starts(cells), *_definitions(text), _notes(cells))


Definitions = tuple[set[str], dict[str, str], dict[str, tuple[int, int]]]


def _definitions(text: str) -> Definitions:
    """The names defined at the left margin, what is around the functions elsewhere, and doubles."""
    lines = text.split("\n")
    defined, around, again = set[str](), dict[str, str](), dict[str, tuple[int, int]]()
    places = dict[str, int]()
    open_lines: list[tuple[int, int]] = []  # indentation and number of the statements around
    for number, line in enumerate(_code(text).split("\n")):
        indent = len(line) - len(line.lstrip())
        if indent == len(line):
            continue
        while open_lines and open_lines[-1][0] >= indent:
            open_lines.pop()
        if match := DEFINITION.match(line):
            margin, function, name = match.groups()
            if name or not margin:
                defined.add(name or function)
                if function and places.setdefault(function, number) < number:
                    again[function] = places[function] + 1, number + 1
            else:
                around[function] = clean(lines[open_lines[-1][1]]) if open_lines else ""
        if BLOCK.match(line):
            open_lines.append((indent, number))
    return defined, around, again


def _code(text: str) -> str:
    """The text with strings and comments replaced. All lines keep their numbers."""
    return STRINGS_AND_COMMENTS.sub(lambda match: "''" + "\n" * match[0].count("\n"), text)


def _notes(cells: list[str]) -> list[str]:
    """Notes on characters that hide what a cell does."""
    found = [(number, hidden_note(cell)) for number, cell in enumerate(cells, 1)]
    return [f"code cell {number}: {note}" for number, note in found if note][:MOST_NOTES]


def names(filename: str, data: bytes) -> tuple[set[str], set[str]]:
    """The functions and classes that a file seems to define, and the names that it imports."""
    try:
        text = encoding.text(data)
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if filename.lower().endswith(".ipynb"):  # the text of a cell is a JSON string
        text = text.replace("\\n", "\n").replace("\\t", "\t")
    imported = (match[1] for match in IMPORTED.finditer(text))
    words = {word for names in imported for word in re.findall(r"\w+", names)}
    found = {match[1] for pattern in (FUNCTION, CLASS) for match in pattern.finditer(text)}
    return found | set(_lambdas(text)), words


def _lambdas(text: str) -> Iterator[str]:
    """The names that lambdas are assigned to."""
    for match in LAMBDA.finditer(text):
        before = text[max(0, match.start() - LONGEST_ASSIGNED) : match.start()]
        if name := ASSIGNED.search(before):
            yield name[1]
