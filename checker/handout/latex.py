"""Formulas as LaTeX, which notebooks set."""

import re

from checker.handout.formula import FUNCTIONS, GREEK, Node

SIGNS = {
    "<-": r"\leftarrow ",
    "->": r"\rightarrow ",
    "<=": r"\le ",
    ">=": r"\ge ",
    "<": r"\lt ",
    ">": r"\gt ",
    "*": r"\cdot ",
    ".": r"\cdot ",
    "x": r"\times ",
    "...": r"\ldots ",
    "sum": r"\sum",
    "'": r"\prime ",
    "|": r"\vert ",
}
LETTERS = {letter: rf"\{name} " for name, letter in GREEK.items()}
FENCES = {"⌊": r"\lfloor ", "⌋": r"\rfloor ", "|": r"\vert "}
COMMANDS = FUNCTIONS - {"sign", "softmax", "sigmoid"}
NAME = re.compile(r"(\w*_\w*)")
SPECIAL = re.compile(r"[\\{}$&#^%~`]")


def latex(tree: Node, *, display: bool) -> str:
    """The formula without dollar signs. With `display` it has room: fractions are stacked."""
    return re.sub(r" +(?=[ ,;)\]}]|$)", "", _written(tree, display))


def words(prose: str) -> str:
    """Prose beside a formula. A name with an underscore is none that every program can set."""
    parts = NAME.split(SPECIAL.sub("", prose))
    parts[::2] = [rf"\text{{{part}}}" if part else "" for part in parts[::2]]
    parts[1::2] = map(_name, parts[1::2])
    return "".join(parts)


def _written(node: Node, stacked: bool) -> str:
    inside = [_written(part, stacked) for part in node.parts]
    match node.kind:
        case "number":
            return node.text
        case "name":
            return _name(node.text)
        case "words":
            return rf"~\text{{{node.text}}}~"
        case "sign" | "unary":
            return SIGNS.get(node.text, node.text)
        case "sub":
            return f"{inside[0]}_{{{_flat(node.parts[1])}}}"
        case "sup" if node.parts[1].text == "'":
            return f"{inside[0]}'"
        case "sup":
            return f"{{{inside[0]}}}^{{{_flat(node.parts[1])}}}"
        case "root":
            return rf"\sqrt{{{inside[0]}}}"
        case "group":
            left, right = (FENCES.get(each, each) for each in node.text)
            return f"{left}{inside[0]}{right}"
        case "fraction" if stacked:
            return r"\frac{{{}}}{{{}}}".format(*map(_bare, node.parts))
        case "fraction":
            return " / ".join(inside)
        case "under":
            base = r"\operatorname*{mean}" if node.parts[0].kind == "words" else inside[0]
            return f"{base}_{{{_flat(node.parts[1])}}} "
        case "product":
            return _product(node, inside, stacked)
        case _:
            return "".join(inside)


def _name(name: str) -> str:
    if name in LETTERS:
        return LETTERS[name]
    if len(name) == 1:
        return name
    if name in COMMANDS:
        return rf"\{name} "
    return r"\mathrm{" + name.replace("_", r"\_") + "}"


def _product(node: Node, inside: list[str], stacked: bool) -> str:
    """Factors side by side, with a space beside those of several letters."""
    for at, part in enumerate(node.parts):
        if stacked and part.holds_fraction:
            inside[at] = _bare(part)
    written = inside[0]
    for text in inside[1:]:
        wide = written.endswith("}") or text.startswith((r"\mathrm", r"\frac"))
        written += (r"\, " if wide else " ") + text
    return written


def _flat(node: Node) -> str:
    return rf"\text{{{node.text}}}" if node.kind == "words" else _written(node, stacked=False)


def _bare(node: Node) -> str:
    """The parts of a fraction need no parentheses around them."""
    whole = node.kind == "group" and node.text == "()"
    return _written(node.parts[0] if whole else node, stacked=True)
