"""The page of a class in a browser: what a click, a key, paper and a phone make of it."""

import dataclasses
import re

import pytest
from browser import PROGRAM, Browser
from made_files import files
from test_reports import ATTACKS, BACKPROP, HOSTILE, ORDINARY, row

from checker.grading.files import File
from checker.reports import class_summary

CODE = "import numpy as np\n\ndef sgd_step(w):\n    return w  # <b>&amp;</b>\n"
HERE = "document.querySelector('details.student[open] h3').textContent"
NAMES = "[...document.querySelectorAll('#marks tbody tr')].map(r => r.cells[0].textContent)"
SHOWN = NAMES.replace(".map", ".filter(r => !r.hidden).map")
# Only a browser runs the page's script and prints it. Where these are skipped, no click, key, paper
# or width of the page is tested, only its HTML.
IN_CHROMIUM = pytest.mark.skipif(PROGRAM is None, reason="needs Chromium to show the page")


def page(rows):
    (data,) = files("html", BACKPROP, rows).values()
    return data.decode()


def with_code(each, code=CODE, line=4):
    """A row whose second task blames a line of its file, which is there."""
    file = File("a.py", len(code), lambda limit: code.encode("utf-8", "replace"))
    blamed = {"cell": None, "number": line, "text": code.split("\n")[line - 1]}
    tasks = list(each.report.tasks)
    tasks[1] = dataclasses.replace(tasks[1], line=blamed)
    report = dataclasses.replace(each.report, tasks=tasks)
    submission = dataclasses.replace(each.submission, files=(file,))
    return dataclasses.replace(each, submission=submission, report=report, file="a.py")


def many(count):
    return [
        with_code(row(i, f"Student {i}", i % 13, f"wrong in way {i % 40}")) for i in range(count)
    ]


@pytest.fixture(scope="module")
def browser():
    with Browser() as found:
        found.size(1280)
        yield found


@pytest.fixture
def shown(browser, tmp_path):
    def show(rows, mark=""):
        path = tmp_path / "report.html"
        path.write_text(page(rows), encoding="utf-8", errors="replace")
        browser.logged.clear()
        browser.open(path, mark)
        return browser

    return show


def test_discrimination_tells_a_task_that_good_students_do_from_one_that_they_do_not():
    def scored(own, rest):
        tasks = [
            dataclasses.replace(task, score=score)
            for task, score in zip(ORDINARY[0].report.tasks, (own, rest, 0.0, 0.0), strict=True)
        ]
        # The score has lost points for lateness: that says nothing of the tasks.
        report = dataclasses.replace(ORDINARY[0].report, tasks=tasks, score=rest // 2)
        return dataclasses.replace(ORDINARY[0], report=report)

    rising = class_summary.tasks([scored(i, 2 * i) for i in range(4)])
    falling = class_summary.tasks([scored(i, 5 - i) for i in range(4)])
    assert rising[0].discrimination == "1.00"
    assert falling[0].discrimination == "-1.00"
    assert rising[2].discrimination == "\u2013"
    assert [task.tried for task in rising] == [4, 4, 4, 0]


def test_the_code_is_text_and_its_blamed_line_is_marked():
    text = page([with_code(ORDINARY[0])])
    line = "4      return w  # &lt;b&gt;&amp;amp;&lt;/b&gt;\n"
    assert f'<mark id="s0-4">{line}</mark>' in text
    assert '<a href="#s0-4">line 4</a>' in text
    assert "<summary>The code of" not in page(ORDINARY)


def test_every_header_says_what_it_heads_and_every_part_has_a_name():
    text = page(ORDINARY)
    assert not re.search(r"<th(?! scope=)[ >]", text)
    assert {"<header>", "<main>", '<nav aria-label="Parts of this page">'} <= set(
        re.findall(r"<(?:header|main|nav)[^>]*>", text)
    )
    named = re.findall(r'<section id="(\w+)" aria-labelledby="(\w+)-title">', text)
    assert len(named) == text.count("<section")
    assert all(f'id="{name}-title"' in text for _, name in named)


@IN_CHROMIUM
def test_search_and_sort(shown):
    browser = shown([row(2, "Ben", 8.5), row(1, "Ada", 12.0), row(3, "Cyd 10", 10.0, late=True)])
    browser.run("document.getElementById('search').focus()")
    browser.send("Input.insertText", text="CYD late")
    assert browser.run(SHOWN) == ["Cyd 10late"]
    assert browser.run("document.getElementById('found').value") == "1 of 3"
    browser.run("document.getElementById('search').value = ''; search()")
    assert len(browser.run(SHOWN)) == 3
    heads = "document.querySelectorAll('#marks th button')"
    orders = []
    for at in (1, 1, 0, 0):
        browser.run(f"{heads}[{at}].click()")
        orders.append("".join(name[0] for name in browser.run(NAMES)))
    assert orders == ["ACB", "BCA", "ABC", "CBA"]
    assert browser.run("document.querySelector('#marks [aria-sort]').ariaSort") == "descending"
    assert browser.logged == []


@IN_CHROMIUM
def test_a_link_opens_what_it_points_to(shown):
    rows = [ORDINARY[0], with_code(ORDINARY[1])]
    browser = shown(rows, "#s1-4")
    assert browser.run(HERE) == "Ben"
    mark = "document.querySelector('mark').getBoundingClientRect()"
    assert browser.run(f"{mark}.height") > 0
    assert 0 <= browser.run(f"{mark}.top") < 800
    browser = shown(rows)
    assert browser.run("document.querySelectorAll('details[open]').length") == 0
    link = "[...document.querySelectorAll('.who a')].find(a => a.textContent === 'Ben')"
    for _ in range(2):  # also if it was closed again
        browser.run(f"{link}.click(), new Promise(done => setTimeout(done, 50))")
        assert browser.run(HERE) == "Ben"
        assert browser.run("document.activeElement.textContent").startswith("Ben")
        browser.run("document.getElementById('close').click()")


@IN_CHROMIUM
def test_paper_shows_what_is_open_or_all(shown):
    browser = shown(many(12), "#s3")
    height = "[...document.querySelectorAll('.inside')].filter(e => e.offsetHeight > 100).length"
    browser.media("print")
    assert browser.run(height) == 1
    one = browser.pdf().count(b"/Type /Page\n")
    # Printing is asked for by the button; what it would print is seen from inside.
    browser.run(f"window.print = () => {{ window.printed = {height}; }}")
    browser.run("document.getElementById('print').click()")
    assert browser.run("window.printed") == 12
    assert browser.pdf().count(b"/Type /Page\n") > one
    browser.run("dispatchEvent(new Event('afterprint'))")
    assert browser.run(height) == 1
    browser.media()


@IN_CHROMIUM
def test_no_text_of_a_student_runs_as_a_script(shown):
    rows = [
        with_code(each, f"{text}\n{CODE}", 1) for each, text in zip(ATTACKS, HOSTILE, strict=True)
    ]
    browser = shown(rows)
    browser.run("document.getElementById('open').click()")
    assert browser.run("document.scripts.length") == 1
    assert browser.run("document.querySelectorAll('img, b').length") == 0
    assert browser.logged == []
    browser.run(
        "document.body.append(Object.assign(document.createElement('script'), "
        "{textContent: 'window.ran = 1'}))"
    )
    assert browser.run("window.ran") is None  # the policy blocks what escaping might miss
    assert len(browser.logged) == 1


@IN_CHROMIUM
@pytest.mark.parametrize("width", [400, 800, 1600])
def test_no_width_makes_the_page_scroll_sideways(shown, width):
    long = row(4, "n" * 150)
    strange = dataclasses.replace(long, file="", before=dataclasses.replace(long.report, score=0.5))
    rows = [with_code(each, "#" * 300 + CODE, 1) for each in (*ATTACKS, *ORDINARY)]
    browser = shown([*rows, strange])
    browser.size(width)
    browser.run("document.getElementById('open').click()")
    assert browser.run("document.documentElement.scrollWidth") <= width
    browser.size(1280)


@IN_CHROMIUM
def test_the_keyboard_reaches_search_sort_and_students(shown):
    browser = shown([with_code(ORDINARY[0])])
    reached = set()
    for _ in range(40):
        for kind in ("keyDown", "keyUp"):
            browser.send("Input.dispatchKeyEvent", type=kind, key="Tab", windowsVirtualKeyCode=9)
        reached.add(browser.run("document.activeElement.id || document.activeElement.textContent"))
    assert {"Go to the students", "search", "points", "Ada", "print"} <= reached


@IN_CHROMIUM
def test_a_large_class_opens_like_a_plain_page_and_stays_fluid(browser, tmp_path):
    text = page(many(1000))
    plain = tmp_path / "plain.html"
    line = "<p>Plain words, as any page has them, in a paragraph of its own.</p>\n"
    plain.write_text("<!doctype html><meta charset=utf-8>" + line * (len(text) // len(line)))
    path = tmp_path / "report.html"
    path.write_text(text)
    frame = "new Promise(d => requestAnimationFrame(() => requestAnimationFrame(() => d(1))))"

    def drawn(page):
        """Milliseconds until it is drawn."""
        browser.open(page)
        return browser.run(f"{frame}.then(() => performance.now())")

    times = [(drawn(plain), drawn(path)) for _ in range(3)]
    base, ours = map(min, zip(*times, strict=True))
    assert ours < 2 * base
    acted = "document.getElementById('search').value = 'student 99'; search();"
    acted += "document.querySelector('#marks th button').click();"
    spent = browser.run(
        f"(async () => {{ const t = performance.now(); {acted} await {frame};"
        " return performance.now() - t; })()"
    )
    assert spent < base
    assert browser.run("document.documentElement.scrollHeight") < 20_000
