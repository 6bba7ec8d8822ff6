"""`check read` makes one page of a text. It loads nothing, runs nothing and escapes everything."""

import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import platformdirs
import pytest
from click.testing import CliRunner

from checker.commands.program import course
from checker.course import assignment
from checker.handout import data_files, markdown, text_page
from checker.handout.latex_text import with_latex

COURSE = list(assignment.names())
# Words of formulas that are shown as signs.
SIGNS = {"sqrt", "floor", "over", "beta", "gamma", "dbeta", "dgamma", "epsilon", "sigma"}
EMPTY = {"meta", "img", "br"}  # elements without an end


class Outline(HTMLParser):
    """The elements of a page with their attributes, and its headings; all are closed in order."""

    def __init__(self, page):
        super().__init__()
        self.open, self.elements, self.words = [], [], ""
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.words += " "
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words += data

    def named(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module", params=COURSE)
def text(request):
    return assignment.find(request.param)


@pytest.fixture
def check(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    return lambda *words: CliRunner().invoke(course, ["read", *map(str, words)])


def written(tmp_path, text):
    """The page of a text of one's own."""
    (tmp_path / "task.md").write_text(text, encoding="utf-8")
    return text_page.page(replace(assignment.find("backprop"), folder=tmp_path))


def test_a_page_loads_nothing_and_runs_nothing(text):
    page = text_page.page(text)
    outline = Outline(page)
    assert not {"script", "link", "iframe", "object"} & {tag for tag, _ in outline.elements}
    assert all(each["src"].startswith("data:image/png;base64,") for each in outline.named("img"))
    assert len(outline.named("img")) == len(text.pictures)
    assert "url(" not in page
    assert "@import" not in page
    policy = next(each for each in outline.named("meta") if "http-equiv" in each)
    assert policy["content"].startswith("default-src 'none'")
    assert "script-src" not in policy["content"]


def test_a_page_has_landmarks_and_headings_in_order(text):
    outline = Outline(text_page.page(text))
    assert [tag for tag, _ in outline.elements if tag in ("header", "nav", "main")] == [
        "header",
        "nav",
        "main",
    ]
    levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    marks = {attributes["id"] for _, attributes in outline.elements if "id" in attributes}
    links = [each["href"].removeprefix("#") for each in outline.named("a")]
    assert set(links) == marks
    assert len(links) == levels.count(2)
    assert all(each["alt"] for each in outline.named("img"))


def test_the_words_of_the_text_are_on_the_page_and_its_formulas_are_set(text):
    outline = Outline(text_page.page(text))
    assert len(outline.named("math")) > 10
    shown = set(re.findall(r"\w+", outline.words))
    prose = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text.text)
    missing = {word for word in re.findall(r"\b[A-Za-z]{4,}\b", prose) if word not in shown}
    assert missing <= SIGNS


def test_no_mark_of_markdown_is_left(text):
    for block in markdown.blocks(text.text):
        words = {
            markdown.Paragraph: lambda b: [b.text],
            markdown.Items: lambda b: b.items,
            markdown.Heading: lambda b: [b.text],
        }.get(type(block), lambda b: [])(block)
        plain = [s.text for each in words for s in markdown.spans(each) if s.kind == "text"]
        assert not any(re.search(r"`|\*\*|\]\(|(?<![\s(])\*|^ *#", part) for part in plain), plain


def test_every_construct_is_rendered(tmp_path):
    page = written(
        tmp_path,
        "# Title\n\nOne *two* **three** `four` [five](https://example.org).\nSix\n\n"
        "- seven\n  more\n- eight\n\n3. nine\n4. ten\n\n| a | b |\n|---|---|\n| 1 | `2` |\n\n"
        "```python\nx = 1\n```\n\n    w <- w - g\n\n    # typed\n\n#### Deep\n\n## Next (`f`)\n",
    )
    for part in (
        "<h1>Title</h1>",
        "<p>One <em>two</em> <strong>three</strong> <code>four</code> "
        '<a href="https://example.org">five</a>. Six</p>',
        "<ul>\n<li>seven more</li>\n<li>eight</li>\n</ul>",
        '<ol start="3">\n<li>nine</li>\n<li>ten</li>\n</ol>',
        '<th scope="col">',
        "<td><code>2</code></td>",
        "<pre>x = 1</pre>",
        "<mo>←</mo>",
        "<pre># typed</pre>",
        '<h2 id="part-1">Deep</h2>',
        '<h2 id="part-2">Next (<code>f</code>)</h2>',
        '<li><a href="#part-2">Next</a></li>',
    ):
        assert part in page


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "`<script>`",
        "    <script>\n\n    a = <script>",
        "![<script>](x.jpg)",
        "[<script>](javascript:x)",
        '[a](https://e.org/"onclick="alert(1))',
        "## <script>",
        "- <script>\n\n| <script> | b |\n|---|---|\n| <script> | 1 |",
        "    x_n <- `<script>` + 1",
        "```\n<script>\n```",
    ],
)
def test_everything_is_escaped(tmp_path, text):
    page = written(tmp_path, f"# One\n\n{text}\n")
    outline = Outline(page)
    assert "script" not in {tag for tag, _ in outline.elements}
    assert not any(name.startswith("on") for _, given in outline.elements for name in given)
    assert not any(each["href"].startswith("javascript") for each in outline.named("a"))


def test_a_picture_that_is_missing_is_described(tmp_path):
    assert "<figure>A face</figure>" in written(tmp_path, "# One\n\n![A face](face.jpg)\n")


def test_out_writes_the_page_and_opens_nothing(check, monkeypatch):
    monkeypatch.setattr("webbrowser.open", lambda _: pytest.fail("a browser was opened"))
    done = check("backprop", "--out", "page.html")
    assert done.exit_code == 0
    assert done.output == "page.html written.\n"
    assert Path("page.html").read_text("utf-8") == text_page.page(assignment.find("backprop"))


def test_the_page_is_opened_from_the_cache(check, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or True)
    done = check("Backpropagation")
    path = Path("cache/texts/backprop.html").resolve()
    assert opened == [path.as_uri()]
    assert f"{path} is open in your browser." in done.output
    assert "<h1>Backpropagation</h1>" in path.read_text("utf-8")


def test_without_a_browser_it_says_where_the_page_is(check, monkeypatch):
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    done = check("losses")
    assert done.exit_code == 0
    assert Path(done.output.rpartition("The page is ")[2].strip()).is_file()


def test_without_a_cache_the_page_lies_in_a_temporary_folder(check, monkeypatch, tmp_path):
    (tmp_path / "cache").write_text("no folder")
    monkeypatch.setattr("tempfile.mkdtemp", lambda **_: str(tmp_path))
    monkeypatch.setattr("webbrowser.open", lambda _: True)
    assert check("losses").exit_code == 0
    assert (tmp_path / "losses.html").is_file()


def test_alone_it_lists_the_texts(check):
    done = check()
    assert done.exit_code == 0
    assert all(name in done.output for name in COURSE)


@pytest.mark.parametrize("words", [("backpropp",), ("backprop", "--out", "no/folder/page.html")])
def test_a_wrong_name_or_file_is_told(check, words):
    done = check(*words)
    assert done.exit_code == 2
    assert "Did you mean 'backprop'?" in done.output or "cannot be written" in done.output


def test_reading_waits_for_no_library(tmp_path):
    script = (
        "import os, sys; os._exit = sys.exit\n"
        "sys.argv = ['check', 'read', 'backprop', '--out', sys.argv[1]]\n"
        "from checker.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "print(*sys.modules)"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "page.html")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "checker.handout.text_page" in done.stdout.split()
    assert not {"numpy", "matplotlib", "markdown_it"} & set(done.stdout.split())


def test_for_notebooks_only_formulas_change(text):
    """Code, links, pictures and what is typed stay as they are."""
    kept = re.compile(r"`[^`\n]+`|!\[[^\]]*\]\([^)]*\)|^#.*$", re.MULTILINE)
    prose = re.sub(r"(?m)^    .*$", "", text.text)
    changed = with_latex(text.text)
    assert [k for k in kept.findall(prose) if k not in changed] == []
    assert changed.count("$$") % 2 == 0
    assert "<-" not in re.sub(r"(?m)^    .*$", "", changed)


def test_what_a_tab_indents_is_a_formula_on_the_page_and_in_a_notebook(tmp_path):
    text = "# One\n\n\tw <- w - g\n"
    assert "<mo>←</mo>" in written(tmp_path, text)
    assert r"\displaystyle w\leftarrow w-g" in with_latex(text)


def test_texts_speak_of_nothing_that_only_the_repository_has(text):
    for word in ("reference.", "checker.", "docs/", "tests/", "repository", "gradproof"):
        assert word not in text.text


def test_data_that_a_text_names_comes_with_the_assignment(check, monkeypatch):
    monkeypatch.setattr("checker.student.progress_bar.case_sets", lambda _: None)
    ours = Path(text_page.__file__).parents[2] / "reference/data/digits.csv.gz"
    for words in ("start", "training"), ("start", "selection", "--notebook"):
        done = CliRunner().invoke(course, words)
        assert "digits.csv.gz written." in done.output
        assert Path("digits.csv.gz").read_bytes() == ours.read_bytes()
        Path("digits.csv.gz").unlink()
    assert data_files.named("`np.load('x')` and `mine.csv.gz`") == {}
