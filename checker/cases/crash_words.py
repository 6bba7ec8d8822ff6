"""What an exception means, in a beginner's words, beside what Python and numpy say.

The words of an exception may have been written by the submission. They are short, and each pattern
reads them once.
"""

import re
from collections.abc import Callable

Explain = Callable[..., str]

NUMBERS = re.compile(r"\d+")


def _columns_and_rows(right: str, left: str) -> str:
    return (
        "these two arrays cannot be multiplied: the last axis of the left one has length "
        f"{left}, and the axis of the right one that it meets has length {right}. "
        "Compare their shapes: is a transpose (.T) missing, or the order wrong?"
    )


def _aligned(left: str, right: str) -> str:
    return _columns_and_rows(right, left)


def _broadcast(first: str, second: str) -> str:
    """Which axes do not fit, counted from the right, as numpy does."""
    a, b = ([int(n) for n in NUMBERS.findall(shape)] for shape in (first, second))
    pairs = zip(reversed(a), reversed(b), strict=False)
    place, (m, n) = next(
        ((k, pair) for k, pair in enumerate(pairs, 1) if pair[0] != pair[1] and 1 not in pair),
        (0, (0, 0)),
    )
    if not place:
        return "arrays of these shapes cannot be combined entry by entry"
    which = {1: "their last axes", 2: "their second last axes"}.get(
        place, f"their axes number {place} from the right"
    )
    return (
        f"arrays of these shapes cannot be combined entry by entry: {which} have the lengths {m} "
        f"and {n}. Lengths must be equal, or one of them 1"
    )


def _index(index: str, axis: str, size: str) -> str:
    if size == "0":
        return f"axis {axis} has no entries at all"
    if size == "1":
        return f"axis {axis} has a single entry, with the number 0"
    return f"axis {axis} has {size} entries, with the numbers 0 to {int(size) - 1}"


def _no_such_axis(axis: str, count: str) -> str:
    if count == "0":
        return "it is a single number, which has no axes"
    return f"it has {count} axes, with the numbers 0 to {int(count) - 1}, or -1 for the last one"


def _arguments(function: str, wanted: str, given: str) -> str:
    noun = "argument" if wanted == "1" else "arguments"
    return f"{function} is defined with {wanted} {noun} and called with {given}"


NONE = "one of the two values is None: a function that was called before may lack its `return`"
IS_NONE = (
    "the value is None: a function that was called before may lack its `return`, or it works in "
    "place and gives nothing back, such as shuffle, sort and append"
)
ONE_NUMBER = "functions of `math` and float() take one number, not an array: use those of numpy"
AS_ARRAY = "a list or tuple cannot be calculated with as a whole: make an array of it with np.array"
WHOLE = "an index, a length or a shape consists of whole numbers: use // instead of /, or int()"

TORCH = {"dim": "axis", "keepdim": "keepdims"}

EXPLANATIONS: tuple[tuple[str, Explain | str], ...] = (
    (r"mismatch in its core dimension .*\(size (\d+) is different from (\d+)\)", _columns_and_rows),
    (r"shapes \([\d,]*\) and \([\d,]*\) not aligned: (\d+) [^!]*!= (\d+)", _aligned),
    (
        r"Input operand \d does not have enough dimensions",
        "`@` multiplies arrays with axes. One of the two is a single number: use * for it",
    ),
    (r"could not be broadcast together with shapes (\([\d,]*\)) (\([\d,]*\)) ?$", _broadcast),
    (
        r"could not broadcast input array from shape (\([\d,]*\)) into shape (\([\d,]*\))",
        "an array of shape {0} does not fit into a place of shape {1}".format,
    ),
    (
        r"truth value of an array",
        "`if`, `and`, `or` and `not` need one True or False, and this is an array of several. To "
        "choose entry by entry, use np.where, and np.maximum or np.minimum instead of max or min; "
        "for a single answer, .any() or .all()",
    ),
    (r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)", _index),
    (
        r"(list|tuple|string) index out of range",
        "the {0} is shorter: its entries are counted from 0".format,
    ),
    (r"name 'np' is not defined", "the file needs the line: import numpy as np"),
    (
        r"name '(math|random|time|copy)' is not defined",
        "the file needs the line: import {0}".format,
    ),
    (r"invalid index to scalar variable", "it is one single number: no [ ] can follow it"),
    (
        r"(list|tuple) indices must be integers or slices, not (?:str|list|tuple)",
        "the entries of a {0} have numbers, and another thing stands in the brackets".format,
    ),
    (
        r"array is (\d+)-dimensional, but (\d+) were indexed",
        "the array has {0} axes, and {1} indices stand in the brackets".format,
    ),
    (r"axis -?(\d+) is out of bounds for array of dimension (\d+)", _no_such_axis),
    (
        r"cannot reshape array of size (\d+)",
        "a new shape must have room for exactly {0}"
        " entries: its lengths, multiplied, must give this number".format,
    ),
    (r"only (?:0-dimensional|length-1|size-1) arrays can be converted", ONE_NUMBER),
    (
        r"only integer scalar arrays can be converted",
        "an array stands where one whole number belongs: an index, a length or an axis (np.zeros "
        "takes x.shape, not x). To compare two arrays entry by entry, use np.maximum or np.minimum "
        "instead of np.max or np.min; np.concatenate takes one list of arrays",
    ),
    (
        r"'numpy\.float64' object cannot be interpreted as an integer",
        f"{WHOLE}. np.max and np.min take their second argument for an axis: the larger or smaller "
        "of two numbers is np.maximum or np.minimum",
    ),
    (
        r"'list' object cannot be interpreted as an integer",
        f"{WHOLE}. Several axes stand in round brackets, as in axis=(0, 2)",
    ),
    (
        r"'float' object cannot be interpreted as an integer",
        f"{WHOLE}. Infinity is no whole number: compare with it",
    ),
    (r"cannot be interpreted as an integer", WHOLE),
    (
        r"integer argument expected, got float",
        "functions of numpy such as np.average take their second argument for an axis: name what "
        "you mean, as in weights=w",
    ),
    (
        r"unexpected keyword argument '(dim|keepdim)'",
        lambda name: f"the word is torch's: in numpy it is {TORCH[name]}",
    ),
    (
        r"cannot convert float (infinity|NaN) to integer",
        "{0} is no whole number: compare with it, or find where it comes from".format,
    ),
    (r"integers(?:,| or) slices|must be of integer \(or boolean\)|single integer, got", WHOLE),
    (
        r"must match exactly, but along dimension (\d+).* size (\d+) .* size (\d+)",
        "arrays are joined along one axis and must agree in all others; in axis {0} they have the "
        "lengths {1} and {2}".format,
    ),
    (
        r"must have same number of dimensions",
        "arrays that are joined have the same number of axes: x[:, None] makes a column of x, and "
        "x[None] a row",
    ),
    (
        r"einstein sum subscripts string contains too (?:many|few) subscripts",
        "each letter stands for one axis, and this array has another number of axes: ... stands for"
        " any number of them",
    ),
    (
        r"all input arrays must have the same shape",
        "np.stack puts arrays of one shape on top of each other; these have different shapes",
    ),
    (
        r"inhomogeneous shape|setting an array element with a sequence",
        "an array has rows of equal length, with one number in each place. Here a place is given "
        "several numbers, or the rows differ in length",
    ),
    (r"unsupported operand type.*NoneType", NONE),
    (
        r"can't multiply sequence by non-int|can only concatenate (?:list|tuple)"
        r"|unsupported operand type.*'(?:list|tuple|range)'|bad operand type for .*'(?:list|tuple)'"
        r"|not supported between instances of '(?:list|tuple)' and '(?:int|float)'",
        AS_ARRAY,
    ),
    (
        r"'(?:list|tuple)' object has no attribute '(?:shape|T|ndim|size|sum|mean|max|min|dot)'",
        "only an array has it: make an array of the list or tuple with np.array",
    ),
    (
        r"'numpy.ndarray' object has no attribute 'append'",
        "a list can be appended to, an array cannot: begin with [], and make an array of it at the "
        "end with np.array",
    ),
    (
        r"'numpy.ndarray' object has no attribute 'index'",
        "a list has it, an array has not: np.argmin and np.argmax give the place of the smallest "
        "and of the largest entry",
    ),
    (
        r"non-broadcastable output operand",
        "+= keeps the shape of the array on its left, and what is added has a larger one: compare "
        "the two shapes",
    ),
    (
        r"numpy boolean (?:subtract|negative)",
        "these are True and False, which have no difference: ~ makes the opposite of them, and "
        ".astype(float) 1 and 0",
    ),
    (r"'bitwise_xor' not supported|operand type\(s\) for \^", "^ is no power in Python: write **"),
    (
        r"'bitwise_(?:and|or)' not supported|operand type\(s\) for [&|]:",
        "& and | join values that are True or False: put round brackets around each comparison",
    ),
    (r"'NoneType' object|non-iterable NoneType", IS_NONE),
    (
        r"'\S*(ndarray|float64|int64|float|int|list|tuple)' object is not callable",
        "round brackets behind a value call it as a function: use [ ] to index it, or * to multiply"
        ". T, shape, size and ndim take no brackets. Has one of your variables the name of a "
        "function?",
    ),
    (r"(\w+)\(\) takes (\d+) positional arguments? but (\d+) (?:was|were) given", _arguments),
    (
        r"(\w+)\(\) missing \d+ required positional arguments?: (.+)",
        "{0} needs {1} too: compare where it is defined with where it is called".format,
    ),
    (
        r"(?:not enough|too many) values to unpack \(expected (\d+)",
        "{0} names stand on the left of the =, and another number of values on its right".format,
    ),
    (
        r"cannot unpack non-iterable (\w+)",
        "one single value stands on the right of the =, and several names on its left".format,
    ),
    (
        r"Cannot cast ufunc '\w+' output from dtype\('float64'\) to dtype\('u?int",
        "an array of whole numbers cannot take fractions: make it with dtype=float, or write "
        "a = a + b instead of a += b",
    ),
    (
        r"cannot access local variable '(\w+)'",
        "{0} gets its value further down, or only in a branch that was not taken. To use a value "
        "from outside, take it as an argument".format,
    ),
    (
        r"maximum recursion depth exceeded",
        "the function calls itself again and again without coming to an end",
    ),
    (r"'tuple' object does not support item assignment", "a tuple cannot be changed: make a list"),
    (
        r"No module named '(\w+)'",
        "if {0}.py is your own, put it beside this file and hand it in too. Of all packages, only "
        "numpy is available".format,
    ),
    (
        r"Cannot interpret '\d+' as a data type",
        "all lengths of a shape belong into one pair of brackets: np.zeros((2, 3))",
    ),
    (
        r"Generator' object has no attribute '(?:rand|randn|randint)'",
        "a generator of np.random.default_rng has random, standard_normal, normal, uniform and "
        "integers",
    ),
    (
        r"'(?:int|float|float64|int64|numpy\.\w+)' object is not iterable"
        r"|object of type '(?:int|float|numpy\.\w+)' has no len|over a 0-d array|of unsized object",
        "it is one single number, which has no length and no entries: range(n) counts up to n - 1",
    ),
    (
        r"zero-size array to reduction|arg is an empty sequence|iterable argument is empty",
        "what it is taken of has no entries: was anything put into it?",
    ),
    (
        r"array split does not result in an equal division",
        "np.array_split also makes parts of different lengths",
    ),
    (r"Singular matrix", "this matrix has no inverse"),
    (
        r"dimensions of the array must be square",
        "only a matrix with as many rows as columns can be inverted or solved with",
    ),
    (
        r"breakpoint\(\) waits for a debugger",
        "there is none here: remove it, or run your file on its own with python",
    ),
    (
        r"EOF when reading a line|lost sys\.stdin",
        "input() waits for a keyboard, and there is none here: take the value as an argument",
    ),
)

OF_KIND = {
    "BdbQuit": "pdb waits for commands, and there is nobody here to give them: remove it",
    "FileNotFoundError": (
        "no files can be read here: what a function needs are its arguments. A program that reads "
        "a file belongs into another file, which imports this one"
    ),
    "KeyError": "the dictionary has no entry with this key",
    "ZeroDivisionError": "the number below the fraction line is 0 here",
    "AssertionError": "an `assert` in your file found something else than it expects",
}


def explained(kind: str, words: str) -> str:
    """What an exception of this type with these words means, or nothing if Python says it well."""
    if kind in OF_KIND:
        return OF_KIND[kind]
    for pattern, explanation in EXPLANATIONS:
        if match := re.search(pattern, words):  # compiled only once there is a crash
            if isinstance(explanation, str):
                return explanation
            return explanation(*match.groups())
    return ""
