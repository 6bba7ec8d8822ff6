"""The text of an assignment as an HTML page that needs nothing else.

Formulas are MathML and pictures are part of the page. It has no script and loads nothing: the
content security policy in its head makes the browser refuse both. Every text is escaped.
"""

import contextlib
import re
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from importlib.resources import files as resources
from pathlib import Path

from checker.course.assignment import Assignment
from checker.handout import formula_text, indented, markdown
from checker.handout.formula import Node
from checker.handout.mathml import mathml

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
ADDRESS = re.compile(r"https?://|mailto:|#")
FOLLOWED = re.compile(r"(<math>(?:(?!</math>).)*</math>[,.;:?!)]+)")
FUNCTIONS = re.compile(r" \(`.*`\)$")  # at the end of a heading


def page(assignment: Assignment) -> str:
    """The complete page."""
    blocks = list(markdown.blocks(assignment.text))
    title = assignment.title
    if blocks and isinstance(first := blocks[0], markdown.Heading):
        title, blocks = first.text, blocks[1:]
    style = (resources("checker.handout") / "text.css").read_text(encoding="utf-8")
    written = _Writer(assignment.pictures)
    body = "\n".join(map(written.block, blocks))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>{written.inline(title)}</h1>\n{_facts(assignment)}\n</header>\n"
        f"{_contents(written.headings)}<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def stored(name: str, page: bytes) -> Path:
    """Where the page was written: the user's cache, or else a temporary folder."""
    import platformdirs

    path = platformdirs.user_cache_path("gradproof", appauthor=False) / "texts" / f"{name}.html"
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page)
        return path
    path = Path(tempfile.mkdtemp(prefix="gradproof-")) / f"{name}.html"
    path.write_bytes(page)
    return path


def _facts(assignment: Assignment) -> str:
    name, tasks = escape(assignment.name), len(assignment.tasks)
    bonus = assignment.points - assignment.maximum
    more = f" and {bonus:g} as a bonus" if bonus else ""
    many = f"{tasks} task{'s' * (tasks != 1)}, {assignment.maximum:g} points{more}"
    return (
        f"<p>{many}. <code>check start {name}</code> puts it into your folder, "
        f"<code>check {name}</code> grades it.</p>"
    )


def _contents(headings: list[tuple[str, str]]) -> str:
    if not headings:
        return ""
    links = "\n".join(f'<li><a href="#{mark}">{text}</a></li>' for mark, text in headings)
    return f'<nav aria-label="Sections">\n<ul>\n{links}\n</ul>\n</nav>\n'


class _Writer:
    """Writes blocks as HTML and remembers the headings."""

    def __init__(self, pictures: dict[str, bytes]) -> None:
        self.pictures = pictures
        self.headings: list[tuple[str, str]] = []  # of the second level: mark and text
        self.level = 1

    def block(self, block: markdown.Block) -> str:
        match block:
            case markdown.Heading(level, text):
                return self.heading(level, text)
            case markdown.Paragraph(text):
                return f"<p>{self.inline(text)}</p>"
            case markdown.Items(items, start):
                inside = "".join(f"<li>{self.inline(item)}</li>\n" for item in items)
                numbered = f'<ol start="{start}">\n{inside}</ol>'
                return numbered if start else f"<ul>\n{inside}</ul>"
            case markdown.Table(head, rows):
                return self.table(head, rows)
            case markdown.Code(text):
                return _typed(text)
            case markdown.Picture(description, name):
                return f"<figure>{self.picture(description, name)}</figure>"
            case markdown.Indented(text):
                return "\n".join(map(self.part, indented.parts(text)))

    def heading(self, level: int, text: str) -> str:
        """No level is left out below the title, which is the only one of the first."""
        self.level = min(max(level, 2), self.level + 1)
        mark = ""
        if self.level == 2:
            self.headings.append(
                (f"part-{len(self.headings) + 1}", self.inline(FUNCTIONS.sub("", text)))
            )
            mark = f' id="{self.headings[-1][0]}"'
        return f"<h{self.level}{mark}>{self.inline(text, formulas=False)}</h{self.level}>"

    def table(self, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
        names = "".join(f'<th scope="col">{self.inline(cell)}</th>' for cell in head)
        body = "".join(
            f"<tr>{''.join(f'<td>{self.inline(cell)}</td>' for cell in row)}</tr>\n" for row in rows
        )
        return f'<div class="wide"><table><tr>{names}</tr>\n{body}</table></div>'

    def part(self, part: indented.Formulas | str) -> str:
        """Formulas in a table without lines, or what is shown as typed."""
        if isinstance(part, str):
            return _typed(part)
        if len(part.rows) == 1:
            cells = " ".join(f"<span>{self.cell(cell)}</span>" for cell in part.rows[0])
            return f'<p class="wide formulas line">{cells}</p>'
        rows = "".join(
            f"<tr>{''.join(f'<td>{self.cell(cell)}</td>' for cell in row)}</tr>\n"
            for row in part.rows
        )
        return f'<div class="wide"><table class="formulas" role="presentation">{rows}</table></div>'

    def cell(self, cell: list[indented.Part]) -> str:
        written = []
        for part in cell:
            if isinstance(part, Node):
                written.append(mathml(part, display=True))
            elif part == indented.GAP_SHOWN:
                written.append('<span class="gap"></span>')
            else:
                written.append(self.inline(part, formulas=False))
        return "".join(written)

    def inline(self, text: str, *, formulas: bool = True) -> str:
        return "".join(self.span(span, formulas) for span in markdown.spans(text))

    def span(self, span: markdown.Span, formulas: bool) -> str:
        match span.kind:
            case "code":
                return f"<code>{escape(span.text)}</code>"
            case "strong" | "emphasis":
                tag = "strong" if span.kind == "strong" else "em"
                return f"<{tag}>{self.inline(span.text, formulas=formulas)}</{tag}>"
            case "picture":
                return self.picture(span.text, span.address)
            case "link" if ADDRESS.match(span.address):
                inside = self.inline(span.text, formulas=False)
                return f'<a href="{escape(span.address)}">{inside}</a>'
        return _prose(span.text) if formulas else escape(span.text, quote=False)

    def picture(self, description: str, name: str) -> str:
        if name not in self.pictures:
            return escape(description)
        data = b64encode(self.pictures[name]).decode()
        return f'<img alt="{escape(description)}" src="data:image/png;base64,{data}">'


def _prose(text: str) -> str:
    """No line begins with the comma that follows a formula."""
    return FOLLOWED.sub(r'<span class="whole">\1</span>', "".join(_parts(text)))


def _parts(text: str) -> Iterator[str]:
    for part in formula_text.fragments(text):
        yield mathml(part, display=False) if isinstance(part, Node) else escape(part, quote=False)


def _typed(text: str) -> str:
    return f"<pre>{escape(text, quote=False)}</pre>"
