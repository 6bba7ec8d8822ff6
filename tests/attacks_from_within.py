"""Attacks on the grader's own code in a worker, on its replies, and on the other calls of a task.

As in `attacks`: the code above `dense`, and in it. A submission runs in the process of the worker,
so it can replace all that it finds there. It can only send other bytes to the grader by that.
"""

WRONG = "return x @ weight - bias"

# Finds the worker's frame, and replaces what the worker sends by what `made` makes of it.
FORGE = """
import os, sys
def worker():
    frame = sys._getframe()
    while 'nonce' not in frame.f_locals: frame = frame.f_back
    return frame
scope = worker().f_globals
real, wire = scope['_send'], scope['wire']
def forged(line, nonce, value):
    try:
        kind = wire.decode(value)[0] if type(value) is wire.Encoded else value[0]
    except Exception: kind = ''
    real(line, nonce, made(value) if kind in kinds else value)
scope['_send'] = forged
Z = np.zeros((1,) * 32)
"""


def forges(value, kinds="('flat', 'each')"):
    """Every answer is `value`, in which `n` is the number of calls, and `left` what is left."""
    made = "def made(v):\n    left, n = v[1], len(v[2])\n    return " + value
    return f"{FORGE}\nkinds = {kinds}\n{made}", WRONG


def loads(value):
    """The reply to loading the file is `value`."""
    return f"{FORGE}\nkinds = ('loaded',)\ndef made(v): return {value}", WRONG


def observes(value):
    """What is seen of the call that fails is `value`."""
    return f"{FORGE}\nkinds = ('observed',)\ndef made(v): return {value}", WRONG


def does(code):
    return "", f"{code}\n{WRONG}"


def patched(code):
    """Code that runs first, with `scope`, the names of the module of the worker."""
    return f"{FORGE}\nkinds = ()\n{code}", WRONG


FORGED_REPLIES = {
    "words as long as a message": forges(
        "['each', left, [['raised', 'E' * 10**5, 'x' * 10**5, 1, True]] * n]"
    ),
    "a line beyond all lines": forges("['each', left, [['raised', 'E', '', 2**62, False]] * n]"),
    "a line below all lines": forges("['each', left, [['raised', 'E', '', -2**63, False]] * n]"),
    "an exception without a name": forges("['each', left, [['raised', '', '', 0, True]] * n]"),
    "a name that lies": forges(
        "['each', left, [['raised', 'NotImplementedError\\n', '', 1, False]] * n]"
    ),
    "more answers than calls": forges("['each', left, v[2] * 3 if n < 0 else [['x']] * (n + 1)]"),
    "results in place of a reply": forges("['each', left, [Z] * n]"),
    "arrays of many axes in a list": forges(
        "['each', left, [['returned', [[Z] * (12_000 // n)], False]] * n]"
    ),
    "arrays of a thousand numbers in a list": forges(
        "['each', left, [['returned', [[np.pi / np.arange(1., 1001.)] * (700 // n)], False]] * n]"
    ),
    "rows of which each is longer": forges(
        "['each', left, [['returned', [[np.zeros(k) for k in range(300)]], False]] * n]"
    ),
    "a list of texts": forges("['each', left, [['returned', [['x' * 10**4] * 50], False]] * n]"),
    "lists in lists": forges("['each', left, [['returned', [[[[[1]]]]], False]] * n]"),
    "numbers in place of arrays": forges("['each', left, [['returned', [1.5], False]] * n]"),
    "a truth value that is a number": forges("['each', left, [['returned', [Z], 1]] * n]"),
    "nothing that came back": forges("['each', left[:0], [['returned', [Z], False]] * n]"),
    "numbers that came back as words": forges("['each', [b''], [['returned', [Z], False]] * n]"),
    "no shapes": forges("['flat', left, np.zeros(n, bool), np.zeros(0, int), np.zeros(0)]"),
    "negative shapes": forges(
        "['flat', left, np.zeros(n, bool), np.array([2, -1, -6] * n), np.zeros(6 * n)]"
    ),
    "shapes that overflow": forges(
        "['flat', left, np.zeros(n, bool), np.array([3, 2**32, 2**32, 0] * n), np.zeros(9)]"
    ),
    "a negative number of axes": forges(
        "['flat', left, np.zeros(n, bool), np.array([-1] * n), np.zeros(n)]"
    ),
    "more axes than arrays may have": forges(
        "['flat', left, np.zeros(n, bool), np.array([99] + [1] * 99 * n), np.zeros(n)]"
    ),
    "truth values of another type": forges(
        "['flat', left, np.full(n, np.nan), np.array([0] * n), np.zeros(n)]"
    ),
    "values in another type": forges(
        "['flat', left, np.zeros(n, bool), np.array([0] * n), np.zeros(n, np.uint8)]"
    ),
    "not a number in many ways": forges(
        "['flat', left, np.zeros(n, bool), np.array([2, 1, 1] * n),"
        " (np.arange(n, dtype=np.uint64) + 0xFFF0000000000001).view(float)]"
    ),
    "a text that is no text": patched(
        "W = wire.Encoded(b'L' + (1).to_bytes(8, 'little') + b'S' + (2).to_bytes(8, 'little') +"
        " b'\\xed\\xa0')\nkinds = ('flat', 'each')\ndef made(v): return W"
    ),
    "the reply to the request before": patched(
        "used = []\ndef late(line, nonce, value):\n    used.append(nonce)\n"
        "    real(line, used[max(0, len(used) - 2)], value)\nscope['_send'] = late"
    ),
    "half a reply": patched(
        "import struct\ndef half(line, nonce, value):\n"
        "    line.sendall(nonce + struct.pack('<Q', 999) + b'L')\nscope['_send'] = half"
    ),
    "half a head": patched(
        "def half(line, nonce, value):\n    line.sendall(nonce)\n    os._exit(0)\n"
        "scope['_send'] = half"
    ),
    "a reply to what is not asked yet": patched(
        "line = worker().f_locals['line']\nfor n in (bytes(16), worker().f_locals['nonce']):\n"
        "    real(line, n, ['flat', np.zeros(0), np.zeros(0, bool), np.zeros(0, int), np.ones(9)])"
    ),
    "functions that are arrays": loads("['loaded', ['dense', *[Z] * 15_000], [], [], []]"),
    "functions that are lists of arrays": loads(
        "['loaded', ['dense'], [[np.pi / np.arange(1., 1001.)] * 500], [], []]"
    ),
    "reasons that are arrays": loads("['loaded', [], [], [[Z, Z]] * 7000, []]"),
    "notes that are arrays": loads("['loaded', ['dense'], [], [], [Z] * 15_000]"),
    "notes that hide something": loads(
        "['loaded', ['dense'], [], [], ['\\x1b[2J\\u202e it may not do what it seems to'] * 9999]"
    ),
    "all that can be missing": loads(
        "['loaded', [], ['dense'], [['dense', 'x' * 10**6], ['*', '']], []]"
    ),
    "more isolation than there is": loads("['ready', 'full', []]"),
    "a reason why it is unreadable": loads("['unreadable', '\\x1b]0;x\\x07' * 10**5]"),
    "a great deal was printed": observes("['observed', 'x\\n' * 10**6, 2**62, [], []]"),
    "less than nothing was printed": observes("['observed', '\\x1b[2J\\ud800', -2**63, [], []]"),
    "many long warnings": observes(
        "['observed', '', 0, [['w' * 500 + '\\x1b', 2**62]] * 5000, []]"
    ),
    "many calls": observes("['observed', '', 0, [], [['f' * 400 + '\\u202e', -1]] * 9000]"),
    "warnings that are arrays": observes("['observed', '', 0, [[Z, Z]] * 5000, [Z] * 5000]"),
}

PATCHED_WORKER = {
    "its calls": patched(
        "m = scope['messages']\nscope['_call'] = lambda *a: m.Returned([np.zeros(3)], False)"
    ),
    "its verdict on its own calls": patched("scope['_shapes'] = lambda arguments: 0"),
    "its limit of time": patched(
        "scope['limits'].processor = lambda seconds: None\nimport time\nend = time.time() + 99\n"
        "while time.time() < end: pass"
    ),
    "its chance": patched("scope['_seed'] = lambda number: np.random.seed(None)"),
    "its way to receive": patched("scope['_receive'] = lambda line: None"),
    "its format": patched("scope['wire'].encode = lambda value: b'N'"),
    "its largest result": patched(
        "r = scope['results']\nscope['results'] = lambda v, parts, most: [np.ones(9 * 2**20)]"
    ),
    "its records": patched(
        "R = scope['messages'].Returned\nR.mutated = property(lambda s: False)\n"
        "R.results = property(lambda s: [np.zeros(3)] * 9)"
    ),
    "its modules in the garbage": patched(
        "import gc, types\nfor o in gc.get_objects():\n"
        "    if isinstance(o, types.ModuleType) and o.__name__.startswith('checker'):\n"
        "        o.__dict__.update(dict.fromkeys([*o.__dict__], None))"
    ),
    "its frame": patched("worker().f_locals.clear()"),
    "its next question": does(
        "import sys, socket\nf = sys._getframe()\nwhile 'nonce' not in f.f_locals: f = f.f_back\n"
        "f.f_locals['line'].recv(9, socket.MSG_DONTWAIT | socket.MSG_PEEK)"
    ),
    "its numpy": patched(
        "np.ndarray.__module__\nfor name in ('concatenate', 'array', 'asarray', 'ndarray'):\n"
        "    setattr(np, name, lambda *a, **k: 7)"
    ),
    "numpy anew": patched("import importlib\nimportlib.reload(np)"),
    "numpy without its core": patched(
        "for n in [n for n in sys.modules if n.startswith('numpy')]: del sys.modules[n]\n"
        "import numpy as np"
    ),
}

FRAME = "import sys\nf = sys._getframe()\nwhile 'nonce' not in f.f_locals: f = f.f_back\n"

# The arguments of all calls of a task lie in one buffer.
OTHER_CALLS = {
    "their inputs from the frame": does(f"{FRAME}return f.f_locals['arguments'][-1][0]"),
    "their inputs from the buffer": does("return np.frombuffer(x.base.tobytes(), float)[:3]"),
    "their inputs beyond the array": does(
        "return np.lib.stride_tricks.as_strided(x, (len(x) + 9, weight.shape[1]), (8, 8))"
    ),
    "memory beyond the buffer": does(
        "import ctypes\nreturn np.frombuffer(ctypes.string_at(x.ctypes.data, 10**5))[:12]"
    ),
    "all inputs made zero, so that zero is right": (
        "",
        "np.asarray(x.base).view(np.uint8)[:] = 0\nreturn np.zeros((len(x), weight.shape[1]))",
    ),
    "all inputs made the same": (
        "",
        "b = x.base\nwhile b.base is not None and hasattr(b.base, 'base'): b = b.base\n"
        "b.setflags(write=True) if not b.flags.writeable else 0\nb[:] = 1\n"
        "return x @ weight * 0 + 1",
    ),
    "the calls taken away": does(f"{FRAME}f.f_locals['arguments'].clear()"),
    "the numbers that go back": does(f"{FRAME}f.f_locals['numbers'].resize(0, refcheck=False)"),
    "the layout of the arguments": does(f"{FRAME}f.f_locals['layout'][:] = 0"),
    "an argument of another shape": does("x.shape = (-1,)"),
    "an argument of another type": does("x.dtype = np.uint8"),
    "an argument freed": does("x.resize((10**6,), refcheck=False)"),
    "an argument that points elsewhere": does(
        "import ctypes\nctypes.memset(id(x) + 16, 0x41, 8)\nx.sum()"
    ),
    "arguments kept for another task": (
        "import builtins\nbuiltins.kept = []",
        f"builtins.kept.append((x, weight, bias))\n{WRONG}",
    ),
}


def returns(top, expression):
    return top, f"answer = {expression}\nreturn answer"


ODD_ANSWERS = {
    "a list in itself": returns("l = []\nl.append(l)", "l"),
    "lists a thousand deep": returns("l = []\nfor _ in range(10**5): l = [l]", "l"),
    "a deque of deques": returns(
        "from collections import deque\nd = deque()\nfor _ in range(900): d = deque([d])", "d"
    ),
    "a tuple of a thousand texts": returns("", "('x' * 100,) * 999"),
    "generators without an end": returns("import itertools as t", "t.count()"),
    "an iterator that raises": returns("", "(1 / 0 for _ in x)"),
    "an iterator that exits": returns("import sys", "(sys.exit() for _ in x)"),
    "a thousand rows and an odd one": returns("", "[np.zeros(9)] * 999 + [np.zeros(8)]"),
    "thirty-two axes": returns("", "np.ones((1,) * 32)"),
    "no entries in thirty-two axes": returns("", "np.ones((0,) * 32)"),
    "a megabyte in each case": returns("", "np.pi / np.arange(1.0, 20001.0)"),
    "an interface that lies": returns(
        "class A:\n    __array_interface__ = {'shape': (9,), 'typestr': '<f8', 'version': 3,\n"
        "        'data': (8, False)}",
        "A()",
    ),
    "a buffer that lies": returns("import ctypes", "(ctypes.c_double * 10**6).from_address(64)"),
    "numbers that raise": returns(
        "from fractions import Fraction\nclass F(Fraction):\n"
        "    def __float__(s): raise SystemExit(0)",
        "[[F(1)] * weight.shape[1]] * len(x)",
    ),
    "numbers that are too large": returns("", "[[10**400] * weight.shape[1]] * len(x)"),
    "a type without a name": returns(
        "class M(type):\n    __name__ = property(lambda c: 1 / 0)\nclass C(metaclass=M): pass",
        "C()",
    ),
    "a subclass without a size": returns(
        "class A(np.ndarray):\n    nbytes = 0\n    dtype = property(lambda s: 1 / 0)",
        "np.zeros(9).view(A)",
    ),
    "text that is not text": returns("class S(str):\n    __getitem__ = lambda s, k: 1", "S('a')"),
    "long doubles": returns("", "np.zeros((len(x), weight.shape[1]), np.longdouble) / 0"),
    "bits": returns("", "np.ones((len(x), weight.shape[1]), bool)"),
    "halves": returns("", "np.full((len(x), weight.shape[1]), 65504, np.float16)"),
    "the largest integers": returns(
        "", "np.full((len(x), weight.shape[1]), 2**64 - 1, dtype=np.uint64)"
    ),
    "the other byte order": returns("", "np.ones((len(x), weight.shape[1]), '>f8')"),
    "a record with one field": returns("", "np.ones((len(x), 1), [('a', 'f8')])"),
    "huge and tiny numbers": returns("", "np.full((len(x), weight.shape[1]), 1e308) * 5e-324"),
    "a class": returns("", "np.ndarray"),
    "a module": returns("", "np"),
}


def raises(top, expression="E()"):
    return top, f"raise {expression}"


ODD_EXCEPTIONS = {
    "its text is not text": raises("class E(Exception):\n    def __str__(s): return 1"),
    "its text exits": raises("class E(ValueError):\n    def __str__(s): raise SystemExit(0)"),
    "its text is another each time": raises(
        "class E(Exception):\n    n = 0\n    def __str__(s):\n        E.n += 1\n"
        "        return '<b>' * E.n"
    ),
    "its class lies": raises("class E(Exception): __class__ = property(lambda s: ValueError)"),
    "its name is a number": raises(
        "class M(type):\n    __name__ = 7\nclass E(Exception, metaclass=M): pass"
    ),
    "its object has many names": raises(
        "class O:\n    def __dir__(s): return ['a%d' % i for i in range(10**6)]",
        "AttributeError(name='a', obj=O())",
    ),
    "its object has names that are none": raises(
        "class O:\n    def __dir__(s): return [1, None, O]",
        "AttributeError(name='a', obj=O())",
    ),
    "its object kills": raises(
        "import os\nclass O:\n    def __dir__(s): os._exit(0)",
        "AttributeError(name='a', obj=O())",
    ),
    "a group of groups": raises(
        "E = ValueError()\nfor _ in range(5000): E = ExceptionGroup('x' * 99, [E])", "E"
    ),
    "a traceback of a million frames": (
        "import sys\nsys.setrecursionlimit(10**5)\n"
        "def deep(n):\n    if n: deep(n - 1)\n    raise ValueError('\\x1b[2J')",
        "deep(900)",
    ),
    "names of another script": raises("E = type('\\x1b[31m\\u202eE' * 99, (Exception,), {})"),
    "notes without an end": (
        "",
        "e = ValueError()\nfor _ in range(10**4): e.add_note('n' * 99)\nraise e",
    ),
    "not implemented in some places": raises("class E(NotImplementedError, ValueError): pass"),
}

SEEN = {
    "full points": does("print('\\n' * 30 + 'one: x, 1 of 1 points\\n\\n  dense 1 / 1 right')"),
    "a prompt": does("print('\\r\\x1b[2K$ check one\\r\\n', 'x' * 10**4)"),
    "letters twice as wide": does("print('\\uff11\\u3000\\uff4f\\uff46\\u3000\\uff11' * 200)"),
    "marks on marks": does("print('a' + '\\u0301' * 10**5)"),
    "surrogates": does("print('\\ud800', '\\udfff')"),
    "other line ends": does("print('a\\x85b\\u2028c\\u2029d\\x0be\\x0cf\\x1cg')"),
    "an end of the screen": does("print('\\x9b2J\\x90\\x9c\\x1b(0')"),
    "warnings with codes": does(
        "import warnings\nfor i in range(999): warnings.warn('\\x1b[2J%d' % i)"
    ),
    "warnings that are objects": does(
        "import warnings\nclass W(UserWarning):\n    def __str__(s): raise SystemExit(0)\n"
        "warnings.warn(W())"
    ),
    "a stream of its own": does(
        "import sys\nsys.stdout.text = '\\x1b[2J' * 10**6\nsys.stdout.length = -1"
    ),
    "not text on the stream": does("import sys\nsys.stdout.write(b'\\x1b[2J')"),
    "a name of a function": (
        "def f(): raise ValueError\nf.__code__ = f.__code__.replace(co_name='\\x1b[2J\\u202e')",
        "f()",
    ),
}

TIME = {
    "a long sleep at the import and in the function": (
        "import time\ntime.sleep(0.4)",
        "time.sleep(0.4)\nreturn x",
    ),
    "memory that is never freed": ("kept = []", "kept.append(np.ones(10**8))\nreturn x"),
    "descriptors": does("import os\nwhile True: os.dup(1)"),
    "the stack": does(
        "import sys\nsys.setrecursionlimit(10**6)\nl = []\nfor _ in range(10**6): l = [l]\nrepr(l)"
    ),
    "an endless exit": (
        "import atexit\natexit.register(lambda: [i for i in iter(int, 1)])",
        "import sys\nsys.exit()",
    ),
    "its own limits": does(
        "import resource as r\nfor k in range(16):\n    try: r.setrlimit(k, (0, 0))\n"
        "    except (OSError, ValueError): pass\nnp.ones(10**7)"
    ),
    "garbage": ("import gc\ngc.callbacks.append(lambda *a: 1 / 0)\ngc.set_threshold(1)", WRONG),
}

KINDS = {
    "forged replies": FORGED_REPLIES,
    "a patched worker": PATCHED_WORKER,
    "other calls": OTHER_CALLS,
    "odd answers": ODD_ANSWERS,
    "odd exceptions": ODD_EXCEPTIONS,
    "seen": SEEN,
    "time": TIME,
}
