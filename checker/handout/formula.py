"""Formulas as trees. `mathml` and `latex` write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

GREEK = dict(
    zip(
        ("alpha", "beta", "gamma", "epsilon", "eta", "lambda", "mu", "pi", "rho", "sigma", "theta"),
        "αβγεηλμπρσθ",
        strict=True,
    )
)
FUNCTIONS = {"log", "exp", "sin", "cos", "tanh", "max", "min", "sign", "softmax", "sigmoid"}
OPERATORS = {"+", "-", "*", "/"}
RELATIONS = {"=", "<-", "->", "<", ">", "<=", ">="}

VARIABLE = re.compile(rf"(d?)([A-Za-z]|{'|'.join(GREEK)})(\d*)")
DERIVATIVE = re.compile(rf"d([A-Zabfhpswxyz]|{'|'.join(GREEK)})(\d*)")


class NoFormulaError(ValueError):
    """The text is no formula."""


@dataclass(frozen=True)
class Node:
    """A part of a formula. `text` is what it shows, `parts` what it consists of.

    The kinds: number, name, words, sign, unary (a sign before a number or a letter), row, product,
    sub, sup, fraction, root, group, under.
    """

    kind: str
    text: str = ""
    parts: tuple["Node", ...] = ()

    @property
    def holds_fraction(self) -> bool:
        """Parentheses around nothing but a fraction, which a fraction that is stacked can lose."""
        return self.text == "()" and self.parts[0].kind == "fraction"

    def all(self) -> Iterator["Node"]:
        yield self
        for part in self.parts:
            yield from part.all()


def is_formula(tree: Node) -> bool:
    """A variable, a function of something or a power is in it. Numbers alone are no formula."""
    nodes = list(tree.all())
    names = {node.text for node in nodes if node.kind == "name"}
    return (
        any(len(name) == 1 for name in names)
        or (is_computed(tree) and (bool(names) or any(node.kind == "sup" for node in nodes)))
        or bool(names & FUNCTIONS and tree.kind != "name")
    )


def is_computed(tree: Node) -> bool:
    """It says how something is computed, or compares: more than a variable or a shape."""
    return any(
        node.kind in ("sup", "under", "fraction", "root")
        or (node.kind == "sign" and node.text in RELATIONS | OPERATORS)
        for node in tree.all()
    )


def letter(text: str) -> Node:
    """A variable with its letter, and with its digits as an index; other names as they are."""
    if match := DERIVATIVE.fullmatch(text):
        return Node("row", parts=(Node("name", "d"), letter(match[1] + match[2])))
    match = VARIABLE.fullmatch(text)
    if match and match[3] and not match[1]:
        return Node("sub", parts=(letter(match[2]), Node("number", match[3])))
    return Node("name", GREEK.get(text, text))


def index(text: str) -> Node:
    """An index: a number, a word, or letters that each are an index of their own, as in w_ik."""
    if text.isdigit():
        return Node("number", text)
    if re.fullmatch("[i-n]{2,3}", text):
        return Node("product", parts=tuple(Node("name", letter) for letter in text))
    return Node("name", text)


def may_be_called(node: Node) -> bool:
    return node.kind in ("name", "sub", "row", "product") or (
        node.kind == "sup" and node.parts[1].text == "'"
    )


def applied(node: Node, group: Node) -> Node:
    if node.text == "sqrt":
        return Node("root", parts=group.parts)
    if node.text == "floor":
        return Node("group", "⌊⌋", group.parts)
    return Node("row", "call", (node, group))
