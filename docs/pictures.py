"""The pictures of the README, drawn from what the program prints, measures and declares.

python docs/pictures.py    writes docs/images/*.svg, and *.png with a browser
"""

import base64
import contextlib
import importlib
import io
import os
import re
import sys
import tempfile
from html import escape
from itertools import count
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

HERE = Path(__file__).parent
# The root as well: else the folder docs/assignments would hide the package of that name.
sys.path[:0] = [str(HERE), str(HERE.parent)]
# They are found only after the folders are on the path.
charts, rooms = map(importlib.import_module, ("charts", "rooms"))
course = importlib.import_module("checker.commands.program").course

SAMPLE = "tests/sample_class/wrong_mean_instead_of_sum.py"
COMMAND = ["backprop", SAMPLE]
SIZE = {"COLUMNS": "100", "LINES": "32"}  # of the terminal
COLUMN, LINE, MARGIN = 8.4, 19.0, 20.0  # of a character, of a line, around all
WIDTH = 100  # characters
PAGE = (1100, 1100)  # pixels of the window of a browser
WINDOWS = ((800, "light"), (800, "dark"), (400, "light"))  # in which a text is shown, side by side
HIGH, SCALE = 1250, 0.6  # pixels of these windows, and what is left of a pixel in the picture
CELLS = """\
%load_ext gradproof
---
def dense_backward(grad, x, weight, bias):
    print("grad", grad.shape)
    dbias = grad.mean(axis=0)
    return grad @ weight.T, x.T @ grad, dbias
---
%check backprop dense_backward"""
NOTEBOOK = """<!doctype html><meta charset="utf-8"><style>{highlighting}
body {{ margin: 0; padding: 12px; background: #fff; color: #24292f; font: 14px/1.5 sans-serif; }}
body > div {{ display: grid; grid-template-columns: 64px 1fr; gap: 0 8px; margin-bottom: 12px; }}
b {{ font: 13px/1.5 monospace; color: #8b929e; text-align: right; padding-top: 7px; }}
.highlight pre {{ margin: 0; padding: 6px 8px; font: 13px/1.5 monospace; background: #f6f8fa;
  border: 1px solid #d8dee4; }}
</style>{cells}"""
NO_BREAK = "\u00a0"  # a space that SVG keeps
INK, PAPER = "#d7dae0", "#1c2026"
COLOURS = {"1": "#ffffff", "2": "#8b929e", "31": "#ef7d72", "32": "#7fc98a", "33": "#e3bb68"}
COLOURS |= {"36": "#6fc3d0", "90": "#8b929e"}
STYLED = re.compile(r"\x1b\[([\d;]*)m")


def terminal() -> str:
    """A check of a sample file, as a terminal shows it."""
    shown = CliRunner(env=SIZE).invoke(course, COMMAND, color=True).output
    prompt = f"\x1b[2m$\x1b[0m check {' '.join(COMMAND).replace(SAMPLE, Path(SAMPLE).name)}"
    lines = [prompt, *shown.splitlines()]
    height = 2 * MARGIN + LINE * len(lines)
    rows = "\n".join(_row(line, at) for at, line in zip(count(), lines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * MARGIN + COLUMN * WIDTH:g} '
        f'{height:g}" role="img"><title>{escape(click.unstyle(lines[0]))}</title>\n'
        f'<rect width="100%" height="100%" rx="8" fill="{PAPER}"/>\n'
        f'<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="{INK}" '
        f'xml:space="preserve">\n{rows}\n</g></svg>\n'
    )


def _row(line: str, number: int) -> str:
    """One line of text: a span for each run of one colour, placed by its first column."""
    spans, style, column = [], "", 0
    for at, part in enumerate(STYLED.split(line)):
        if at % 2:
            style = part
        elif part:
            colour = next((COLOURS[each] for each in style.split(";") if each in COLOURS), INK)
            weight = ' font-weight="bold"' if "1" in style.split(";") else ""
            x = MARGIN + COLUMN * column
            text = escape(part).replace(" ", NO_BREAK)
            spans.append(f'<tspan x="{x:g}" fill="{colour}"{weight}>{text}</tspan>')
            column += len(part)
    return f'<text y="{MARGIN + LINE * (number + 0.75):g}">{"".join(spans)}</text>'


def standalone(drawing: str) -> str:
    """A drawing of a page as a file of its own: with a background, in one ink."""
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    if size is None:
        raise ValueError("the drawing has no viewBox")
    paper = '<rect width="100%" height="100%" fill="#ffffff" stroke="none"/>'
    text = drawing.replace("currentColor", "#24292f")
    if "xmlns=" not in text:
        text = text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return re.sub(r"(<svg [^>]*>)", rf"\1{paper}", text, count=1)


def pictures() -> dict[str, str]:
    benchmarks = (HERE / "benchmarks.md").read_text(encoding="utf-8")
    return {
        "terminal.svg": terminal(),
        "graders.svg": standalone(charts.graders(benchmarks)),
        "rooms.svg": standalone(rooms.drawing()),
    }


def class_pages(browser: Any) -> dict[str, bytes]:
    """The page of the sample class in a browser: its beginning, and in dark a student's part."""
    with tempfile.TemporaryDirectory() as out:
        words = ["grade", str(HERE.parent / "tests/sample_class"), "-a", "backprop", "-o", out]
        CliRunner().invoke(course, [*words, "--report", "html"], catch_exceptions=False)
        page = Path(out) / "report.html"
        browser.size(*PAGE)
        browser.open(page)
        first = browser.picture()
        browser.media(scheme="dark")
        before, _, _ = page.read_text(encoding="utf-8").partition("<h3>wrong_shapes")
        browser.open(page, "#" + re.findall(r'id="(s\d+)"', before)[-1])
        browser.run("document.getElementById('students').scrollIntoView()")
        return {"class_page.png": first, "class_students.png": browser.picture()}


def text_page(browser: Any) -> bytes:
    """The page of an assignment: in light, in dark and in a narrow window, side by side."""
    with tempfile.TemporaryDirectory() as out:
        page, beside = Path(out) / "backprop.html", Path(out) / "beside.html"
        CliRunner().invoke(course, ["read", "backprop", "--out", str(page)], catch_exceptions=False)
        images = []
        for width, scheme in WINDOWS:
            browser.size(width, HIGH)
            browser.media(scheme=scheme)
            browser.open(page)
            data = base64.b64encode(browser.picture()).decode()
            images.append(f'<img src="data:image/png;base64,{data}" width="{SCALE * width:g}">')
        text = f'<body style="margin: 0; display: flex">{"".join(images)}'
        beside.write_text(text, encoding="utf-8")
        browser.size(round(SCALE * sum(width for width, _ in WINDOWS)), round(SCALE * HIGH))
        browser.open(beside)
        return browser.picture()


def notebook(browser: Any) -> bytes:
    """Cells of a notebook, and what the last one of them shows."""
    # Only a notebook needs them.
    from IPython.core.interactiveshell import InteractiveShell
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from traitlets.config import Config

    with tempfile.TemporaryDirectory() as out:
        os.environ["IPYTHONDIR"] = out
        shell = InteractiveShell(config=Config(HistoryManager={"enabled": False}))
        lexer, style, shown = get_lexer_by_name("ipython3"), HtmlFormatter(), []
        for number, cell in enumerate(CELLS.split("\n---\n"), start=1):
            with contextlib.redirect_stdout(io.StringIO()):
                shell.run_cell(cell, store_history=True)
            shown.append(f"<div><b>In [{number}]:</b>{highlight(cell, lexer, style)}</div>")
        result = shell.user_ns["Out"][number]._repr_html_()
        shown.append(f"<div><b>Out[{number}]:</b>{result}</div>")
        page = Path(out) / "notebook.html"
        text = NOTEBOOK.format(highlighting=style.get_style_defs(), cells="".join(shown))
        page.write_text(text, encoding="utf-8")
        browser.media()
        browser.size(960, 100)
        browser.open(page)
        browser.size(960, browser.run("document.documentElement.scrollHeight"))
        return browser.picture()


def browsed() -> dict[str, bytes]:
    """The pictures that need a browser."""
    sys.path.append(str(HERE.parent / "tests"))
    with importlib.import_module("browser").Browser() as browser:
        pages = class_pages(browser)
        browser.send("Emulation.setScrollbarsHidden", hidden=True)
        return pages | {"page.png": text_page(browser), "notebook.png": notebook(browser)}


if __name__ == "__main__":
    (HERE / "images").mkdir(exist_ok=True)
    for name, text in pictures().items():
        (HERE / "images" / name).write_text(text, encoding="utf-8")
        print(f"docs/images/{name} written.")
    for name, data in browsed().items():
        (HERE / "images" / name).write_bytes(data)
        print(f"docs/images/{name} written.")
