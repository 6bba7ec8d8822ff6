"""The lines of a task are run beside a submission, and say what does not fit them."""

import numpy as np
import pytest

from checker.sandbox.asked_lines import AskedLines, methods
from checker.sandbox.form_error import FormError

X = np.arange(6.0).reshape(2, 3)


class Layer:
    def __init__(self, weight):
        self.weight = weight

    def forward(self, x):
        self.x = x


def one(x):
    return x


Layer.without = one


def asked(text, x=X, **names):
    return AskedLines(["x"], text, {"__file__": __file__, **names})(x)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a, b = f(x)\nreturn b", 2),
        ("return f(x)[0]", 1),
        ("return -f(x)[1] * 3 + 1 - 4 / 2", -7),
        ("n, m = x.shape\nreturn n * m", 6),
        ("first, second = x\nreturn second[-1]", 5),
        ('d = {"a": 1, "b": {"c": x.size}}\nd["a"] = 4\nreturn d["a"] + d["b"]["c"]', 10),
        ("rows = []\nfor row in x:\n    rows.append(row.sum())\nreturn rows", [3, 12]),
        ("for row in x:\n    a, b, c = row\nreturn [a, (b, c)]", [3, (4, 5)]),
        ("l = Layer(2)\nl.weight = 5\nreturn l.weight", 5),
        ("l = Layer(weight=2)\nl.forward(x.T)\nreturn l.x.shape", (3, 2)),
    ],
)
def test_the_lines_mean_what_they_mean_in_python(text, result):
    assert asked(text, f=lambda x: (1, 2), Layer=Layer) == result


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a, b = x_alone(x)\nreturn a", "two values are asked, and x_alone returns one array of"),
        ("a, b = none(x)\nreturn a", "two values are asked, and none returns None: is a `return`"),
        ("a, b = three(x)\nreturn a", "and three returns a tuple of three values. It is asked"),
        ("a, b, c, d = three(x)\nreturn a", "like this: `a, b, c, d = three(x)`"),
        ("return three(x, x)", "takes 1 positional argument but 2 were given. It is asked like"),
        ("return three(y=x)", "got an unexpected keyword argument 'y'"),
        ("return Layer()", "missing 1 required positional argument: 'weight'; self is counted"),
        ("l = Layer(x)\nreturn l.without()", ""),
        ("l = Layer(x)\nreturn l.without(x)", "; the first argument of a method is self"),
        (
            "l = Layer(x)\nreturn l.wieght",
            "the Layer object has no attribute wieght: its attributes are",
        ),
        (
            "l = Layer(x)\nreturn l.wieght",
            " weight. It is asked like this: `l = Layer(x)`, then `l.wieght`",
        ),
        ('d = grads(x)\nreturn d["W"], 1', "the dictionary d has no 'W': its keys are 'dW'. It is"),
        ('d = grads(x)\nreturn d["W"], 1', """`d = grads(x)`, then `d["W"]`"""),
        ('d = three(x)\nreturn d["W"]', "the key 'W' is asked, and d is a tuple of three values"),
        ("d = three(x)\nreturn d[3]", "the entry 3 is asked, and d is a tuple of three values"),
        (
            "return none(x).T",
            "none returns None: is a `return` missing? It is asked like this: `no",
        ),
        ("a = x.size\nreturn a.T2", "a is one number, which has no T2. It is asked like this: `a"),
        ("return none(x) * 2", "`none(x) * 2` fails: unsupported operand"),
        ("return nobody(x)", "there is no nobody in the file"),
    ],
)
def test_what_does_not_fit_is_told_with_the_line(text, words):
    names = {
        "x_alone": lambda x: x,
        "none": lambda x: None,
        "three": lambda x: (1, 2, 3),
        "grads": lambda x: {"dW": x},
        "Layer": Layer,
    }
    if not words:
        assert asked(text, **names).weight is X
        return
    with pytest.raises(FormError) as told:
        asked(text, **names)
    assert words in str(told.value)


def test_the_line_is_that_of_the_function_that_does_not_fit():
    for text, begins in (("a, b = f(x)\nreturn a", "f"), ("return Layer()", "__init__")):
        with pytest.raises(FormError) as told:
            asked(text, f=one, Layer=Layer)
        own = {"f": one, "__init__": Layer.__init__}[begins]
        assert told.value.line == own.__code__.co_firstlineno
    with pytest.raises(FormError) as told:
        asked("a, b = f(x)\nreturn a", f=np.sum)
    assert told.value.line == 0


def test_what_a_function_raises_itself_is_left_as_it_is():
    def wrong(x):
        return x + "text"

    class Wrong:
        @property
        def value(self):
            return self.nothing

        def __mul__(self, other):
            return wrong(other)

    for text in ("return f(x)", "return Wrong() * x"):
        with pytest.raises(TypeError):
            asked(text, f=wrong, Wrong=Wrong)
    with pytest.raises(AttributeError, match="nothing"):
        asked("w = Wrong()\nreturn w.value", Wrong=Wrong)


def test_methods_are_there_or_may_be():
    names = {"Layer": Layer, "Made": lambda: Layer(1)}
    wanted = ["Layer.forward", "Layer.backward", "Made.anything"]
    assert methods(names, wanted) == ["Layer.forward", "Made.anything"]
