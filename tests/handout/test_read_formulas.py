"""Formulas in plain text are read as they are meant, and nothing else is taken for one."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.course import assignment
from checker.handout import formula_text, indented, markdown
from checker.handout.formula import Node, NoFormulaError
from checker.handout.latex import latex
from checker.handout.mathml import mathml

COURSE = list(assignment.names())

MEANT = [
    ("w <- w - rate g", r"w\leftarrow w-\mathrm{rate}\, g"),
    ("dL/dx = A^T (A w - b)", r"\frac{dL}{dx}={A}^{T}\, (A w-b)"),
    ("1/(n k) sum (p - y)^2", r"\frac{1}{n k}\, \sum {(p-y)}^{2}"),
    ("-(1/n) sum_i log p[i, y_i]", r"-\frac{1}{n}\, \sum_{i} \log p[i,y_{i}]"),
    ("e^x_i / sum_j e^x_j", r"\frac{{e}^{x_{i}}}{\sum_{j} {e}^{x_{j}}}"),
    ("(x - m) / sqrt(v + epsilon)", r"\frac{x-m}{\sqrt{v+\epsilon}}"),
    ("rate / (1 - beta1^t) * m / u", r"\frac{\mathrm{rate}}{1-{\beta _{1}}^{t}}\cdot \frac{m}{u}"),
    ("a / (1 + a) |g_before|", r"\frac{a}{1+a}\, \vert g_{\mathrm{before}}\vert"),
    ("|loss_t - loss_(t-1)| < b", r"\vert \mathrm{loss}_{t}-\mathrm{loss}_{t-1}\vert \lt b"),
    ("z where z > 0, else 0", r"z~\text{where}~z\gt 0,~\text{else}~0"),
    ("floor(i f + 1/2)", r"\lfloor i f+\frac{1}{2}\rfloor"),
    ("sum over the batch of c_i", r"\sum_{\text{the batch}} c_{i}"),
    ("f'(x) / 2", r"\frac{f'(x)}{2}"),
    ("3 x 4", r"3\times 4"),
]

IN_PROSE = [
    ("the shape (n, k) has n rows", ["the shape ", None, " has ", None, " rows"]),
    ("a row is a list of 3 numbers", ["a row is a list of 3 numbers"]),
    ("see section 2.1, and lecture 004", ["see section 2.1, and lecture 004"]),
    ("between 1/4 and 1/2 (one half)", ["between 1/4 and 1/2 (one half)"]),
    ("Keras's answer - but why?", ["Keras's answer - but why?"]),
    ("the factor 1 - rate is missing", ["the factor ", None, " is missing"]),
    ("a + b, where a is small", [None, ", where ", None, " is small"]),
    ("and p, not y", ["and ", None, ", not ", None]),
    ("28 x 28 pixels", ["28 x 28 pixels"]),
    ("the sigmoid f(z) = 1 / (1 + e^-z).", ["the sigmoid ", None, "."]),
    ("(never closed", ["(never closed"]),
    ("an x-axis, x/unknown", ["an x-axis, x/unknown"]),
    ("raise a ", ["raise a "]),
]


@pytest.mark.parametrize(("plain", "meant"), MEANT)
def test_a_formula_is_read_as_it_is_meant(plain, meant):
    assert latex(formula_text.read(plain), display=True) == meant


def test_a_bar_closes_what_a_bar_opened():
    assert [part.kind for part in formula_text.read("|a| b |c|").parts] == [
        "group",
        "name",
        "group",
    ]


@pytest.mark.parametrize(("text", "parts"), IN_PROSE)
def test_formulas_in_prose_are_found_and_nothing_else(text, parts):
    found = [None if isinstance(part, Node) else part for part in formula_text.fragments(text)]
    assert found == parts


@pytest.mark.parametrize("text", ["", "10 20 30", "a +", "(a", "a)", "= =", "%", "a ^"])
def test_what_is_no_formula_is_refused(text):
    with pytest.raises(NoFormulaError):
        formula_text.read(text)


@pytest.mark.parametrize("name", COURSE)
def test_every_line_with_an_arrow_or_a_power_is_set(name):
    """What stays as typed is code, a drawing or a table of numbers."""
    blocks = markdown.blocks(assignment.find(name).text)
    for block in blocks:
        if isinstance(block, markdown.Indented):
            for part in indented.parts(block.text):
                assert not isinstance(part, str) or not {"<-", "^"} & set(part.split()), part


@pytest.mark.parametrize("name", COURSE)
def test_every_formula_is_well_formed_in_both_languages(name):
    trees = list(trees_of(assignment.find(name).text))
    assert len(trees) > 10
    for tree in trees:
        ET.fromstring(mathml(tree, display=True).replace("&", "&amp;"))
        written = latex(tree, display=True)
        assert written.count("{") == written.count("}")
        assert written.count(r"\vert") % 2 == 0


def trees_of(text):
    for block in markdown.blocks(text):
        match block:
            case markdown.Paragraph(words):
                for span in markdown.spans(words):
                    if span.kind == "text":
                        yield from (
                            part
                            for part in formula_text.fragments(span.text)
                            if isinstance(part, Node)
                        )
            case markdown.Indented(words):
                for part in indented.parts(words):
                    if isinstance(part, indented.Formulas):
                        cells = (each for row in part.rows for cell in row for each in cell)
                        yield from (each for each in cells if isinstance(each, Node))


WORDS = ["a", "x_1", "dL", "f", "(", "|", "[", ")", "]", "^", "/", " / ", " ", " - ", "sum ", "0.5"]
WORDS += [
    "sum over ",
    "of ",
    ", ",
    "<-",
    "'",
    "where ",
    "`c`",
    "\n",
    "    ",
    "- ",
    "*",
    "x ",
    "é",
    "$",
]


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_any_text_can_be_read(text):
    for tree in trees_of(text):
        ET.fromstring(mathml(tree, display=False).replace("&", "&amp;"))
    indented_text = "".join(f"    {line}\n" for line in text.splitlines())
    for tree in trees_of(indented_text):
        ET.fromstring(mathml(tree, display=True).replace("&", "&amp;"))


def test_many_parentheses_are_no_formula_and_take_no_time():
    text = "f(" * 500
    assert list(formula_text.fragments(text)) == [text]


def test_columns_are_kept():
    (part,) = indented.parts("    step         1 where x > 0\n    leaky_relu   s * x\n")
    assert [row[0][0] for row in part.rows] == ["step", "leaky_relu"]
    assert [isinstance(row[1][0], Node) for row in part.rows] == [True, True]


@pytest.mark.parametrize(
    "typed",
    [
        "x1 --- w1 ---\\\n1  --- b  ---/   y = f(x)",
        "tape = [['sin', 4]]   # x0 + x1",
        "4  5  6   +  10 20 30    =    14 25 36",
        "rng = np.random.default_rng(seed)",
        "x       -4     -1\nswish   -0.072 -0.269",
    ],
)
def test_code_drawings_and_tables_of_numbers_stay_as_typed(typed):
    assert list(indented.parts(typed)) == [typed]
