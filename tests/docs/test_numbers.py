"""Every number in a text or docstring is computed here, or is exempt by a rule that has a name.

An entry quotes a file and marks the numbers that its expression computes: «0.5». The entries are in
numbers_in_docstrings.py and numbers_in_texts.py. What test_texts.py computes is not repeated. An
exempt number is given rather than found: see given_numbers.py.
"""

import ast
import functools
import inspect
import math
import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from computations import known, shared
from given_numbers import GIVEN, NAMES_ITS_SOURCE
from numbers_in_docstrings import DOCSTRINGS, LIBRARIES
from numbers_in_texts import PAGES, TEXTS
from test_texts import CASES, solution

from checker.course import assignment
from reference.descent import toy_surface

ROOT = Path(__file__).parents[2]
WORDS = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty",
)
MAP = ".:-=+%#@"  # each sign is about twice as high as the one before
TABLE = [
    *(
        (f"reference/{name}.py", words, functools.partial(shared, name, words, path))
        for name, words, path in LIBRARIES
    ),
    *((f"reference/{name}.py", *entry) for name, *entry in DOCSTRINGS),
    *((f"assignments/{name}/task.md", *entry) for name, *entry in TEXTS),
    *((f"docs/{name}.md", *entry) for name, *entry in PAGES),
]
FILES = [
    path
    for path in sorted([*ROOT.glob("reference/**/*.py"), *ROOT.glob("assignments/*/task.md")])
    if path.parent.name != "experiments"  # whose numbers come out when they are run
]


def said(path):
    """A page, or the prose of all docstrings of a module: no examples, formulas or literature."""
    text = path.read_text(encoding="utf-8")
    return text.partition("\n## Reading")[0] if path.suffix == ".md" else "\n\n".join(prose(text))


def prose(code):
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            text = ast.get_docstring(node, clean=not isinstance(node, ast.Module)) or ""
            for paragraph in text.split("\n\n"):
                if not paragraph.startswith(("    ", ">>> ", "Source:")):
                    yield paragraph


def marked(words):
    """Words as a pattern, with any space between them, and a group for each marked number."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(pattern.replace("«", "(").replace("»", ")"))


def rounded(value, number):
    """A value, with as many digits as a number is printed with."""
    if "/" in number:
        return Fraction(value).limit_denominator(1000)
    mantissa, exponent, _ = number.partition("e")
    return float(f"{value:.{len(mantissa.partition('.')[2])}{'e' if exponent else 'f'}}")


def read(number):
    return Fraction(number) if "/" in number else float(number)


@pytest.mark.parametrize(("name", "words", "compute"), TABLE, ids=[" ".join(e[:2]) for e in TABLE])
def test_a_number_is_what_is_computed(name, words, compute):
    found = marked(words).search(said(ROOT / name))
    assert found, "the text has changed: mark its words anew"
    values = np.ravel(compute()).tolist()
    assert [rounded(*each) for each in zip(values, found.groups(), strict=True)] == [
        read(number) for number in found.groups()
    ]


@pytest.mark.parametrize("name", assignment.names())
def test_a_text_counts_its_functions_or_its_points(name):
    found = assignment.find(name)
    (count,) = re.findall(r"You write (\w+) functions|(\d+) in all\.", found.text)
    assert count in ((WORDS[len(found.tasks)], ""), ("", f"{found.points:g}"))


def test_the_map_of_the_toy_surface_has_its_heights():
    assert drawn_map() in said(ROOT / "assignments/07_optimisers/task.md")


def drawn_map():
    rows = []
    for y in np.arange(9, -3, -1) / 5:
        heights = [toy_surface.forward(x, y) for x in np.arange(21) / 5]
        signs = [MAP[min(7, int(math.log2(1 + height)))] for height in heights]
        for (column, row), sign in (((4, 1.6), "S"), ((15, 0.4), "*")):
            if row == y:
                signs[column] = sign
        rows.append(f"    {y:4.1f}   {' '.join(signs)}\n")
    return "".join(rows)


# What is given, and needs no expression.

NUMBER = re.compile(r"(?<![\w.^-])-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?(?!-?\w)")
SENTENCE = re.compile(r"(?:[^.?\n]|[.?](?!\s)|\n(?!\n))+")


def spans(path, text):
    """Where numbers are computed or given."""
    name = path.relative_to(ROOT).as_posix()
    for words in [words for place, words, _ in TABLE if place == name]:
        yield from groups(marked(words), text)
    for pattern in GIVEN.values():
        yield from groups(re.compile(pattern), text)
    for sentence in SENTENCE.finditer(text):
        if NAMES_ITS_SOURCE.search(sentence[0]):
            yield sentence.span()
    yield from settings(path, text) if path.suffix == ".md" else defaults(path, text)


def groups(pattern, text):
    for found in pattern.finditer(text):
        yield from found.regs[1:]


def settings(path, text):
    """What test_texts.py computes, and the settings of an example, which follow their names."""
    task = path.parent.name
    for words in [words for place, _, words in CASES if place == task]:
        yield from (found.span() for found in marked(words).finditer(text))
    functions = [f for f in vars(solution(task)).values() if inspect.isfunction(f)]
    names = {"rate", "rates", "gradients"}.union(
        *(inspect.signature(f).parameters for f in functions)
    )
    words = "|".join(name for name in names if len(name) > 1)
    number = r"-?\d[\d.]*(?:e-?\d+)?"
    named = rf"\b(?:(?:{words})(?: of| =)?|[a-z] =)\s\(*"
    yield from groups(re.compile(rf"{named}({number}(?:,\s{number})*)"), text)


def defaults(path, text):
    """The defaults of an operation, in the sentences that name them."""
    for sentence in SENTENCE.finditer(text):
        if re.search(r"\b(?:default|here)", sentence[0]):
            for found in NUMBER.finditer(text, *sentence.span()):
                if read(found[0].replace(",", "")) in known(path):
                    yield found.span()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_number_is_computed_or_given(path):
    text = said(path)
    explained = list(spans(path, text))
    for found in NUMBER.finditer(text):
        result = re.search(r"[.e]|\d\D?\d\D?\d", found[0])
        if result and not any(start <= found.start() < end for start, end in explained):
            line = text[: found.start()].count("\n")
            pytest.fail(f"{found[0]} is neither computed nor given: {text.splitlines()[line]}")
