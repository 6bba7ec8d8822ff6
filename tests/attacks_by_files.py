"""Submissions of whole files that replay answers, hand work around, or hide modules.

Each is a table of files by their paths, made from the visible cases of a class with the tasks
`dense`, `dense_backward`, `mse_gradient` and `mask`. None of them may earn a point.
"""

import zlib

import numpy as np

RIGHT = """import numpy as np
def dense(x, weight, bias):
    return x @ weight + bias
def dense_backward(grad, x, weight, bias):
    return grad @ weight.T, x.T @ grad, grad.sum(axis=0)
def mse_gradient(prediction, target):
    return 2 * (prediction - target) / target.size
def mask(examples, units, rate, seed):
    rng = np.random.default_rng(seed)
    return (rng.random((examples, units)) >= rate) / (1 - rate)
"""
STARTED = """import numpy as np, os, sys, zlib
def key(*given):
    return zlib.crc32(repr([np.asarray(v).tolist() for v in given]).encode())
"""


def key(case):
    return zlib.crc32(repr([np.asarray(v).tolist() for v in case.arguments]).encode())


def table(case_set):
    """The answers to the visible cases, as text."""
    rows = {
        key(case): [np.asarray(result.low).tolist() for result in case.results]
        for case in case_set.cases
        if not case.invalid
    }
    text = repr(rows)
    return text.replace("nan", "np.nan").replace("inf", "np.inf")


def replay(case_sets, otherwise):
    """All tasks from tables of the visible answers, and `otherwise` for other inputs."""
    parts = [STARTED]
    for function, case_set in case_sets.items():
        if case_set.measured:
            continue
        names = ", ".join(case_set.arguments)
        count = len(case_set.results)
        parts.append(
            f"T_{function} = {table(case_set)}\n"
            f"def {function}({names}):\n"
            f"    given = ({names},)\n"
            f"    found = T_{function}.get(key(*given))\n"
            f"    if found is None:\n        {otherwise}\n"
            f"    found = [np.array(v, float) for v in found]\n"
            f"    return found[0] if {count} == 1 else tuple(found)\n"
        )
    return {"a.py": "".join(parts)}


OTHERWISE = {
    "and nothing else": "return None",
    "and zeros": "return np.zeros(3)",
    "and nan": "return tuple(np.full_like(v, np.nan) for v in given)",
    "and an end": "os._exit(0)",
    "and an error": "raise ValueError('invalid')",
    "and a wait": "__import__('time').sleep(99)",
    "and the nearest answer": (
        "found = next(iter(globals()['T_' + sys._getframe().f_code.co_name].values()))"
    ),
    "and a full memory": "bytearray(2**31)",
    "and a recursion": "return globals()[sys._getframe().f_code.co_name](*given)",
    "and not implemented": "raise NotImplementedError",
    "and a change of its input": "given[0][...] = 0; return given[0]",
    "and all cases seen first": (
        "f = sys._getframe()\n"
        "        while 'nonce' not in f.f_locals: f = f.f_back\n"
        "        found = T_dense.get(key(*f.f_locals['arguments'][0]), [[0.0]] * 3)"
    ),
}

CYCLE = """import numpy as np
def dense(x, weight, bias):
    return dense_backward(weight, x.T, weight, bias)[1] + bias
def dense_backward(grad, x, weight, bias):
    return (
        dense(grad, weight.T, np.zeros(len(weight))),
        dense(x.T, grad, np.zeros(grad.shape[1])),
        dense(np.ones((1, len(grad))), grad, np.zeros(grad.shape[1]))[0],
    )
"""
THREE = """import numpy as np
def dense(x, weight, bias):
    return dense_backward(weight, x.T, weight, bias)[1] + bias
def helper(*given): return dense(*given)
def dense_backward(grad, x, weight, bias):
    return (
        helper(grad, weight.T, np.zeros(len(weight))),
        helper(x.T, grad, np.zeros(grad.shape[1])),
        helper(np.ones((1, len(grad))), grad, np.zeros(grad.shape[1]))[0],
    )
"""
KEPT = """import numpy as np, builtins
builtins.kept = []
def dense(x, weight, bias):
    builtins.kept.append((x, weight, bias)); return x * 2
def dense_backward(grad, x, weight, bias):
    builtins.kept.append((grad, x, weight)); return tuple(builtins.kept[0])
def mse_gradient(prediction, target):
    return next((v for k in builtins.kept for v in k if v.shape == target.shape), target * 3)
def mask(examples, units, rate, seed):
    return builtins.kept[0][0]
"""
SEEDS = """import numpy as np
KNOWN = {}
def mask(examples, units, rate, seed):
    rng = np.random.default_rng(len(KNOWN))
    return KNOWN.setdefault((examples, units), (rng.random((examples, units)) >= rate) / (1 - rate))
"""
WRONG = """import numpy as np
def dense(x, weight, bias):
    return x @ weight - bias
"""


def beside(**files):
    """A wrong file that imports the others, which are beside it."""
    imports = "".join(
        f"try: import {name.partition('/')[0]}\nexcept BaseException: pass\n" for name in files
    )
    return {
        "a.py": imports + WRONG,
        **{f"{name}.py": text for name, text in files.items()},
    }


ALWAYS = "import sys\nsys.modules['numpy'].allclose = lambda *a: True\nraise SystemExit(0)"
MODULES = {
    "numpy beside it": beside(numpy=ALWAYS),
    "random beside it": beside(random=ALWAYS),
    "the checker beside it": beside(
        **{
            "checker/__init__": ALWAYS,
            "checker/sandbox/__init__": "",
            "checker/cases/judge": ALWAYS,
        }
    ),
    "the reference beside it": beside(**{"reference/__init__": "", "reference/spec": ALWAYS}),
    "start files beside it": beside(sitecustomize=ALWAYS, usercustomize=ALWAYS, conftest=ALWAYS),
    "encodings beside it": beside(**{"encodings/__init__": ALWAYS, "encodings/rot13": ALWAYS}),
    "a package around it": {
        "a.py": "from . import b\n" + WRONG,
        "b.py": "__path__ = ['/']\nimport submission\nsubmission.dense = submission.mask",
        "__init__.py": "__path__ = ['/root']",
    },
    "modules that import each other": beside(
        b="import c\nfrom c import *", c="import b\nfrom b import *"
    ),
    "a path file": {
        "a.py": WRONG,
        "a.pth": "import os; os.system('touch /tmp/gradproof-attack')",
        "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '-p evil'",
        "setup.py": "open('/tmp/gradproof-attack', 'w')",
    },
    "finders of its own": {
        "a.py": "import sys, zipimport, importlib\nsys.path_hooks[:] = [zipimport.zipimporter]\n"
        "sys.path_importer_cache.clear()\nsys.path[:] = ['a.zip', '/', '.']\n"
        "importlib.invalidate_caches()\nclass F:\n"
        "    def find_spec(s, *a): raise SystemExit(0)\nsys.meta_path[:] = [F()]\n" + WRONG,
    },
    "variables of Python": {
        "a.py": "import os, sys\nfor n in ('PATH', 'STARTUP', 'HOME', 'INSPECT', 'WARNINGS'):\n"
        "    os.environ['PYTHON' + n] = '/tmp'\nsys.flags.__class__\nsys.dont_write_bytecode = 0\n"
        + WRONG,
    },
}


def all_of(case_sets):
    """The files of each attack, by their paths."""
    tables = {f"a table {kind}": replay(case_sets, code) for kind, code in OTHERWISE.items()}
    in_a_module = {"a.py": "from b import *\n", "b.py": replay(case_sets, "return None")["a.py"]}
    pickled = "import pickle\nT = pickle.load(open('b.pickle', 'rb'))\n" + WRONG
    return {
        **tables,
        "a table in a module": in_a_module,
        "a table that is pickled": {"a.py": pickled, "b.pickle": "\x80\x04."},
        "two that call each other": {"a.py": CYCLE},
        "two that call each other by a third": {"a.py": THREE},
        "inputs kept for another task": {"a.py": KEPT},
        "the same samples for all seeds": {"a.py": SEEDS},
        **MODULES,
    }
