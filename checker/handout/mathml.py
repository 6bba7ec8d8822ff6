"""Formulas as MathML, which browsers set without a script."""

from html import escape

from checker.handout.formula import Node

SIGNS = {
    "<-": "←",
    "->": "→",
    "<=": "≤",
    ">=": "≥",
    "-": "&minus;",
    "*": "·",
    ".": "·",
    "x": "&times;",
    "sum": "∑",
}
PRIME = '<mo form="postfix" lspace="0" rspace="0">&prime;</mo>'
SLASH = '<mo lspace="0.1em" rspace="0.1em">/</mo>'
TIMES = "<mo>&#x2062;</mo>"
THIN = '<mspace width="0.2em"></mspace>'
SPACE = "&nbsp;"


def mathml(tree: Node, *, display: bool) -> str:
    """The formula as an element. With `display` it has room: fractions are stacked."""
    style = ' displaystyle="true"' if display else ""
    return f"<math{style}>{_written(tree, display)}</math>"


def _written(node: Node, stacked: bool) -> str:
    inside = [_written(part, stacked) for part in node.parts]
    match node.kind:
        case "number":
            return f"<mn>{node.text}</mn>"
        case "name":
            return f"<mi>{escape(node.text)}</mi>"
        case "words":
            return f"<mtext>{SPACE}{escape(node.text)}{SPACE}</mtext>"
        case "sign" if node.text == "...":
            return "<mi>…</mi>"
        case "sign":
            return _sign(node.text)
        case "unary":
            return f'<mo form="prefix">{SIGNS.get(node.text, node.text)}</mo>'
        case "sub":
            return f"<msub>{_one(inside[0])}{_small(node.parts[1])}</msub>"
        case "sup" if node.parts[1].text == "'":
            return f"{inside[0]}{PRIME}"
        case "sup" if node.parts[0].kind == "sub":
            base, index = node.parts[0].parts
            low = _one(_written(base, stacked)) + _small(index)
            return f"<msubsup>{low}{_small(node.parts[1])}</msubsup>"
        case "sup":
            return f"<msup>{_one(inside[0])}{_small(node.parts[1])}</msup>"
        case "root":
            return f"<msqrt>{inside[0]}</msqrt>"
        case "group":
            return f"{_fence(node.text[0], 'prefix')}{inside[0]}{_fence(node.text[1], 'postfix')}"
        case "fraction" if stacked:
            top, below = (f"<mrow>{_bare(part)}</mrow>" for part in node.parts)
            return f"<mfrac>{top}{below}</mfrac>"
        case "fraction":
            return f"{inside[0]}{SLASH}{inside[1]}"
        case "under":
            kind = "munder" if stacked else "msub"
            return f"<{kind}>{_one(inside[0])}{_small(node.parts[1])}</{kind}>"
        case "product":
            bare = [_bare(p) if stacked and p.holds_fraction else "" for p in node.parts]
            return _product(node.parts, [b or i for b, i in zip(bare, inside, strict=True)])
        case _:
            return "".join(inside)


def _product(parts: tuple[Node, ...], inside: list[str]) -> str:
    """Factors side by side, with a space beside long names, fractions and sums."""
    written = inside[0]
    for left, right, text in zip(parts, parts[1:], inside[1:], strict=False):
        wide = _is_wide(left) or _is_wide(right) or left.text == "sum"
        written += (THIN if wide else TIMES) + text
    return written


def _is_wide(node: Node) -> bool:
    """It has a name of several letters, or a part of its own width."""
    base = node.parts[0] if node.kind in ("sub", "sup") else node
    return node.kind in ("fraction", "under") or (base.kind == "name" and len(base.text) > 1)


def _sign(text: str) -> str:
    big = ' movablelimits="false"' if text == "sum" else ""
    return f"<mo{big}>{SIGNS.get(text) or escape(text)}</mo>"


def _fence(text: str, form: str) -> str:
    return f'<mo form="{form}" stretchy="false" lspace="0" rspace="0">{text}</mo>'


def _small(node: Node) -> str:
    """What stands below or above is written in one line."""
    if node.kind == "words":
        return f"<mtext>{escape(node.text)}</mtext>"
    return _one(_written(node, stacked=False))


def _bare(node: Node) -> str:
    """The parts of a fraction need no parentheses around them."""
    whole = node.kind == "group" and node.text == "()"
    return _written(node.parts[0] if whole else node, stacked=True)


def _one(text: str) -> str:
    return f"<mrow>{text}</mrow>"
