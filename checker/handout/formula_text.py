"""Formulas in plain text, as the texts of the course have them.

`w <- w - rate g`, `dL/dx = A^T (A w - b)` and `y = x where x > 0, else 0` are such formulas.
"""

from collections.abc import Iterator

from checker.handout import formula
from checker.handout.formula import Node, NoFormulaError
from checker.handout.formula_reader import Reader
from checker.handout.formula_tokens import Token, tokens


def read(text: str) -> Node:
    """The tree of a text that is a formula as a whole. Raises NoFormulaError."""
    reader = Reader(tokens(text), prose=False)
    tree = reader.formula()
    if reader.at < len(reader.tokens):
        raise NoFormulaError(text)
    return tree


def fragments(text: str) -> Iterator[str | Node]:
    """The formulas in prose as trees, and what is between them as it is."""
    found = tokens(text)
    if text[-1:].isspace():  # code or an emphasised word follows
        found.append(Token("other", "", len(text), len(text), spaced=True))
    done = at = 0
    while at < len(found):
        reader = Reader(found[at:], prose=True)
        try:
            tree = reader.formula()
        except NoFormulaError:
            at += 1
            continue
        first, last = found[at], reader.tokens[reader.at - 1]
        if _stands_alone(text, first.start, last.end) and formula.is_formula(tree):
            if first.start > done:
                yield text[done : first.start]
            yield tree
            done, at = last.end, at + reader.at
        else:
            at += 1
    if done < len(text):
        yield text[done:]


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    joined = after in ("-", "/", "'", "^", ".") and text[end + 1 : end + 2].strip() not in ("", ")")
    return not (before.isalnum() or (before and before in "_-'/.\\")) and not (
        after.isalnum() or after == "_" or joined
    )
