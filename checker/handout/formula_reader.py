"""Reads a formula, token by token, into a tree.

What stands side by side is a product. A slash between spaces divides all factors around it, as in
`a b / c`; one without spaces only its neighbours, as in `1/2 x`.
"""

from collections.abc import Callable

from checker.handout import formula
from checker.handout.formula import (
    DERIVATIVE,
    FUNCTIONS,
    GREEK,
    OPERATORS,
    RELATIONS,
    VARIABLE,
    Node,
    NoFormulaError,
)
from checker.handout.formula_tokens import Token

APPLIED = {"log", "sin", "cos", "tanh"}  # to what follows, without parentheses
PUNCTUATION = {",", ";", ":", "..."}
# Words between formulas. Others may be names of quantities: rate, low, variance.
JOINING = {
    *("where", "else", "elsewhere", "if", "and", "with", "in", "of", "is", "are", "the", "for"),
    *("each", "gets", "to", "from", "by", "at", "but", "then", "being", "between", "after"),
    *("before", "over"),
}
DEEPEST = 8  # parentheses within parentheses
CLOSING = {"(": ")", "[": "]", "|": "|"}
ARTICLES = {"a", "A", "I"}  # words of one letter, unless one of these words follows
AFTER_A_VARIABLE = {"", "and", "or", "is", "are", "has", "by", "in", "to", "where", "with"}


class Reader:
    """Reads as far as the tokens are a formula. In prose, ordinary words and commas end it."""

    def __init__(self, tokens: list[Token], prose: bool) -> None:
        self.tokens, self.prose, self.at, self.depth = tokens, prose, 0, 0

    def next(self, ahead: int = 0) -> Token:
        if self.at + ahead < len(self.tokens):
            return self.tokens[self.at + ahead]
        return Token("end", "", 0, 0, spaced=True)

    def take(self, text: str = "") -> Token:
        token = self.next()
        if token.kind == "end" or (text and token.text != text):
            raise NoFormulaError(text)
        self.at += 1
        return token

    def formula(self) -> Node:
        """Expressions with relations, commas and joining words between them."""
        parts: list[Node] = []
        while self.goes_on(parts) and (part := self.attempt(self.part)) is not None:
            parts.append(part)
        if self.prose and not self.depth:  # a relation at the end belongs to the sentence
            while parts and parts[-1].kind == "sign":
                parts.pop()
                self.at -= 1
        first_is_sign = self.prose and not self.depth and bool(parts) and parts[0].kind == "sign"
        if first_is_sign or all(part.kind == "sign" for part in parts):
            raise NoFormulaError("empty")
        return parts[0] if len(parts) == 1 else Node("row", parts=tuple(parts))

    def goes_on(self, parts: list[Node]) -> bool:
        """Between two expressions stands a sign or a word."""
        return not parts or parts[-1].kind in ("sign", "words") or bool(self.between())

    def between(self) -> str:
        """The kind of what stands next if it stands between expressions, else nothing."""
        token = self.next()
        if token.text in RELATIONS or (
            token.text in PUNCTUATION and (self.depth or not self.prose)
        ):
            return "sign"
        joins = not self.prose and token.kind in ("name", "word") and token.text in JOINING
        return "words" if joins else ""

    def part(self) -> Node:
        kind = self.between()
        return Node(kind, self.take().text) if kind else self.sum()

    def attempt(self, read: Callable[[], Node]) -> Node | None:
        """What can be read, or None, with nothing taken."""
        start, depth = self.at, self.depth
        try:
            return read()
        except NoFormulaError:
            self.at, self.depth = start, depth
            return None

    def sum(self) -> Node:
        parts: list[Node] = []
        if self.next().text in ("+", "-"):
            parts.append(Node("unary", self.take().text))
        parts.append(self.quotient())
        while (term := self.attempt(self.term)) is not None:
            parts += term.parts
        return parts[0] if len(parts) == 1 else Node("row", parts=tuple(parts))

    def term(self) -> Node:
        sign = self.take()
        if sign.text not in ("+", "-") or (self.prose and sign.spaced != self.next().spaced):
            raise NoFormulaError(sign.text)
        return Node("row", parts=(Node("sign", sign.text), self.quotient()))

    def quotient(self) -> Node:
        parts = [self.product()]
        while (term := self.attempt(self.division)) is not None:
            if term.text == "/":
                fraction = Node("fraction", parts=(parts[-1], *term.parts))
                parts[-1] = self.product(fraction)
            else:
                parts += [Node("sign", term.text), *term.parts]
        return parts[0] if len(parts) == 1 else Node("row", parts=tuple(parts))

    def division(self) -> Node:
        sign = self.take()
        if sign.text not in ("/", "*", ".", "x") or not (sign.spaced and self.next().spaced):
            raise NoFormulaError(sign.text)
        if sign.text == "/" and self.next().text == "(":
            return Node("row", "/", (self.power(),))
        return Node("row", sign.text, (self.product(),))

    def product(self, first: Node | None = None) -> Node:
        """Factors side by side."""
        factors = [first or self.power()]
        while (factor := self.attempt(self.factor)) is not None:
            factors.append(factor)
        return factors[0] if len(factors) == 1 else Node("product", parts=tuple(factors))

    def factor(self) -> Node:
        token, before = self.next(), self.tokens[self.at - 1]
        if token.kind == "number" and before.kind == "number":
            raise NoFormulaError("two numbers side by side")
        if not self.prose and token.text in JOINING:
            raise NoFormulaError("a word between formulas")
        if token.text == "[" and before.text not in ("sum", "mean"):
            raise NoFormulaError("an index")
        if self.prose and token.text in ARTICLES and self.ordinary(1):
            raise NoFormulaError("an article")
        if self.prose and token.text == "(" and not token.spaced and before.kind == "number":
            raise NoFormulaError("a section")
        return self.power()

    def ordinary(self, ahead: int = 0) -> bool:
        """A word follows, or what else follows an article."""
        after = self.next(ahead)
        return after.kind in ("number", "code", "other") or (
            after.kind in ("name", "word") and after.text not in AFTER_A_VARIABLE
        )

    def power(self) -> Node:
        top = self.scripted()
        while self.next().text == "/" and not (self.next().spaced or self.next(1).spaced):
            if (below := self.attempt(self.denominator)) is None:
                break
            top = Node("fraction", parts=(top, below))
        return top

    def denominator(self) -> Node:
        self.take("/")
        return self.scripted()

    def scripted(self) -> Node:
        """An atom with its prime, arguments, indices and exponent."""
        node = self.atom()
        while not (token := self.next()).spaced:
            if token.text == "'":
                if self.next(1).kind == "name" and not self.next(1).spaced:
                    raise NoFormulaError("the s of a genitive")
                node = Node("sup", parts=(node, Node("sign", self.take().text)))
            elif token.text in ("(", "[") and formula.may_be_called(node):
                node = formula.applied(node, self.group())
            elif token.text == "^":
                self.take()
                node = Node("sup", parts=(node, self.exponent()))
            else:
                break
        return node

    def exponent(self) -> Node:
        if self.next().text == "-":
            sign = Node("unary", self.take().text)
            return Node("row", parts=(sign, self.exponent()))
        node = self.scripted()
        return node.parts[0] if node.kind == "group" and node.text == "()" else node

    def atom(self) -> Node:
        token = self.next()
        if token.kind == "number":
            return Node("number", self.take().text)
        if token.kind == "code" and not self.prose:
            return Node("name", self.take().text.strip("`"))
        if token.text in CLOSING:
            return self.group()
        if token.text == "...":
            return Node("sign", self.take().text)
        if token.kind == "word" and not self.prose:
            return Node("words", self.take().text)
        if token.kind != "name":
            raise NoFormulaError(token.text)
        return self.named()

    def group(self) -> Node:
        opening = self.take().text
        self.depth += 1
        if self.depth > DEEPEST:
            raise NoFormulaError("too many parentheses")
        inside = self.formula()
        self.depth -= 1
        self.take(CLOSING[opening])
        return Node("group", opening + CLOSING[opening], (inside,))

    def named(self) -> Node:
        token = self.take()
        if (
            self.prose
            and not self.depth
            and self.at == 1
            and token.text in ARTICLES
            and self.ordinary()
        ):
            raise NoFormulaError("an article")
        base, _, index = token.text.partition("_")
        if base in ("sum", "mean") and (over := self.attempt(lambda: self.over(base, index))):
            return over
        if token.text.endswith("_"):  # loss_(t-1)
            if self.next().text != "(":
                raise NoFormulaError(token.text)
            return Node("sub", parts=(formula.letter(base), self.group().parts[0]))
        if index and (len(index) == 1 or VARIABLE.fullmatch(base)):
            return Node("sub", parts=(formula.letter(base), formula.index(index)))
        if self.prose and not index and not self.is_name(base):
            raise NoFormulaError(token.text)
        return formula.letter(token.text)

    def is_name(self, word: str) -> bool:
        """A word that was just taken from prose is a variable or a function."""
        after, called = self.next(), self.next().text in ("(", "[") and not self.next().spaced
        if word in FUNCTIONS:
            return called or (word in APPLIED and (after.kind == "number" or len(after.text) == 1))
        if DERIVATIVE.fullmatch(word) or called:
            return True
        if VARIABLE.fullmatch(word) and (len(word) == 1 or not word.isalpha() or word in GREEK):
            return True
        before, here = self.tokens[max(self.at - 2, 0)], self.tokens[self.at - 1]
        follows = before.text in OPERATORS and before.spaced and here.spaced
        goes_on = after.text in OPERATORS and after.spaced and self.next(1).spaced
        return (follows or goes_on) and word.islower() and word not in JOINING

    def over(self, base: str, index: str) -> Node:
        """sum_i, sum over the rows i of, or sum alone."""
        sign = Node("sign", "sum") if base == "sum" else Node("words", base)
        if index:
            return Node("under", parts=(sign, formula.index(index)))
        if self.next().text == "over" and not self.prose:
            self.take()
            words = [self.take().text]
            while self.next().text != "of":
                words.append(self.take().text)
            self.take("of")
            one = len(words) == 1 and len(words[0]) == 1
            below = Node("name" if one else "words", " ".join(words))
            return Node("under", parts=(sign, below))
        first = self.at == 1  # in prose, a sum is part of a formula only within one
        if base == "mean" or (self.prose and first) or self.next().text in ("of", "over"):
            raise NoFormulaError(base)
        return sign
