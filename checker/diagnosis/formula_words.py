"""Words for the parts of a formula, which a student reads.

They are names of arguments and words of mathematics. Other names in the reference are quoted only
if they are words or symbols: "mean" and "dz1" tell a student something, "_log_sum" does not.
"""

import ast
import re

ORDINARY = {
    "sqrt": "the square root",
    "square": "the square",
    "exp": "the exponential",
    "expm1": "the exponential",
    "log": "the logarithm",
    "log1p": "the logarithm",
    "abs": "the absolute value",
    "absolute": "the absolute value",
    "tanh": "the tanh",
    "sum": "the sum",
    "mean": "the mean",
    "max": "the maximum",
    "min": "the minimum",
    "maximum": "the larger of two",
    "minimum": "the smaller of two",
    "cumsum": "the running sum",
    "sign": "the sign",
    "sin": "the sine",
    "cos": "the cosine",
    "argmax": "the index of the maximum",
    "argmin": "the index of the minimum",
    "sigmoid": "the sigmoid",
    "softmax": "the softmax",
    "log_softmax": "the logarithm of the softmax",
    "floor": "the rounding down",
    "ceil": "the rounding up",
    "round": "the rounding",
    "std": "the standard deviation",
    "var": "the variance",
    "clip": "the limit",
}
SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
EXCHANGED = (
    *(("sum", "mean"), ("max", "min"), ("maximum", "minimum"), ("argmax", "argmin")),
    *(("std", "var"), ("floor", "ceil"), ("sin", "cos"), ("cumsum", "cumprod"), ("sign", "abs")),
    *(("sum", "max"), ("mean", "max")),
)
AXES = {0: "axis 0", 1: "axis 1", -1: "the last axis", None: "all axes"}
BENDS = {
    "sigmoid": "(lambda v: 1 / (1 + np.exp(-v)))",
    "tanh": "np.tanh",
    "relu": "(lambda v: np.maximum(v, 0))",
}
LONGEST = 48  # characters of a formula that a sentence may quote
MODULES = {"np", "math", "float", "len", "int", "range"}
HARD_TO_READ = (ast.Lambda, ast.IfExp, ast.comprehension, ast.Starred, ast.Slice, ast.Dict)
UNSAID = re.compile(r"(?:, )?\*\*\w+|\.astype\([^()]*\)")  # says how to compute, and not what
PLAIN = {"state.": "previous ", "fitted.": "", ".forward(": "(", ".backward(": "_backward("}


class Words:
    """Puts the nodes of one function into words. `known` are the names that a student knows.

    `meanings` are the formulas that other names stand for.
    """

    def __init__(self, known: frozenset[str], tree: ast.AST | None = None) -> None:
        self.known = known
        self.meanings = _meanings(tree, known) if tree else {}

    def quoted(self, node: ast.AST) -> str:
        """A short formula, or nothing where it has names that would tell a student nothing."""
        parts = list(ast.walk(node))
        text = UNSAID.sub("", ast.unparse(node).replace("np.", ""))
        if not any(name.startswith("grad") for name in self.known):  # it is 1 in such a task
            text = text.replace("grad * ", "")
        names = {n.id for n in parts if isinstance(n, ast.Name) and n.id in text} - MODULES
        plain = not any(isinstance(n, HARD_TO_READ) or self._is_part(n) for n in parts)
        for code, word in PLAIN.items():
            text = text.replace(code, word)
        text = text.replace("'", '"')  # around a word, as in velocity == "outside"
        readable = all(_is_word(name) or self.tells(name) for name in names)
        return f"'{text}'" if readable and plain and len(text) <= LONGEST else ""

    def _is_part(self, node: ast.AST) -> bool:
        """Whether this is an entry of something that a student does not know, such as steps[0]."""
        match node:
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant()):
                return name not in self.known
        return False

    def is_dark(self, node: ast.AST) -> bool:
        """Whether a formula cannot be quoted, and has no name that a student knows."""
        names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} - MODULES
        return bool(names) and not names & self.known and not self.quoted(node)

    def tells(self, name: str) -> bool:
        """Whether a student knows this name, or can be told what it stands for."""
        return name in self.known or bool(name in self.meanings and self._meaning(name))

    def _meaning(self, name: str) -> str:
        return self.quoted(self.meanings[name])

    def explained(self, text: str) -> str:
        """A text with the meaning of the names that a student may not know."""
        quoted = " ".join(re.findall(r"'([^']+)'", text))
        names = dict.fromkeys(re.findall(r"[A-Za-z_]\w*", quoted))
        told = ((name, self._meaning(name)) for name in names if name in self.meanings)
        words = " and ".join(f"{name} is {formula}" for name, formula in told if formula)
        return f"{text}, where {words}" if words else text

    def of(self, node: ast.AST, otherwise: str) -> str:
        return self.quoted(node) or otherwise

    def about(self, node: ast.AST) -> str:
        """Which quantity a formula is about: the names in it."""
        names = [n.id for n in ast.walk(node) if isinstance(n, ast.Name)]
        told = [n for n in names if n in self.known]
        told = told or [n for n in names if n not in MODULES and _is_word(n)]
        return f" with {' and '.join(dict.fromkeys(told))}" if told else ""


def _meanings(tree: ast.AST, known: frozenset[str]) -> dict[str, ast.expr]:
    """The formulas of the names that are assigned once, without those that a student knows."""
    stored = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and _is_stored(n)]
    return {
        node.targets[0].id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        if stored.count(node.targets[0].id) == 1 and node.targets[0].id not in known
    }


def _is_stored(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def _is_word(name: str) -> bool:
    """Whether the name of a variable is a word or a symbol, such as "mean" or "dz1".

    One letter may stand for something else in the text, and two say as little, as in "at".
    """
    return name.isalnum() and len(name) > (2 if name.isalpha() else 1)


def kind_of(op: type[ast.operator]) -> str:
    """What a formula with this operator is called."""
    names: dict[type[ast.operator], str] = {
        ast.Add: "sum",
        ast.Sub: "difference",
        ast.Mult: "product",
        ast.Div: "quotient",
        ast.Pow: "power",
        ast.MatMult: "matrix product",
    }
    return names.get(op, "formula")
