"""Submissions that try to get points without work, or to do harm: the code above and in `dense`.

tests/sandbox/test_attacks.py runs each of them, inside the sandbox only. None of them computes what
the task asks for, so none may earn a point.
"""

WRONG = "return np.zeros(3)"


def returns(expression):
    return "", f"return {expression}"


def does(code):
    return "", f"{code}\n{WRONG}"


def first(code):
    """Code that runs before the function is defined; the function is wrong."""
    return code, WRONG


COMPARISON = {
    "equals everything": (
        "class E:\n    __eq__ = __le__ = __ge__ = lambda s, o: True\n    __hash__ = None",
        "return E()",
    ),
    "array that equals everything": (
        "class E(np.ndarray):\n    __eq__ = __le__ = __ge__ = lambda s, o: True",
        "return np.zeros((len(x), weight.shape[1])).view(E)",
    ),
    "ufuncs that say yes": (
        "class E(np.ndarray):\n    def __array_ufunc__(s, u, m, *i, **k): return np.ones(1, bool)",
        "return np.zeros((len(x), weight.shape[1])).view(E)",
    ),
    "computed when looked at": (
        "class L:\n    def __array__(s, *a, **k): raise SystemExit(0)",
        "return L()",
    ),
    "patched allclose": first("np.allclose = np.array_equal = lambda *a, **k: True"),
    "patched abs and max": first("np.abs = np.absolute = lambda x: x * 0\nnp.max = lambda *a: 0"),
    "patched all": first("np.all = lambda *a, **k: True"),
    "patched builtins": first(
        "import builtins\nbuiltins.all = builtins.any = lambda x: True\n"
        "builtins.isinstance = lambda *a: True\nbuiltins.len = lambda x: 0"
    ),
    "patched comparisons": first("np.less_equal = np.greater_equal = lambda *a: True"),
    "warnings as errors": first("import warnings\nwarnings.simplefilter('error')"),
    "numpy raises on everything": first("np.seterr(all='raise')"),
    "nan": returns("np.full((len(x), weight.shape[1]), np.nan)"),
    "inf": returns("np.full((len(x), weight.shape[1]), np.inf)"),
    "nothing": returns("np.zeros((0, weight.shape[1]))"),
    "one number for all": returns("np.float64(0)"),
    "a matrix": returns("np.asmatrix(np.zeros((len(x), weight.shape[1])))"),
    "one row for all": returns("np.zeros((1, 1))"),
    "side effects everywhere": first(
        "import os, locale, warnings\nos.chdir('/')\nos.umask(0)\nwarnings.simplefilter('error')\n"
        "np.set_printoptions(threshold=0)\nlocale.setlocale(locale.LC_ALL, 'C')"
    ),
    "text": returns("np.full((len(x), weight.shape[1]), 'right')"),
    "objects": returns("np.full((len(x), weight.shape[1]), None)"),
    "masked": returns("np.ma.masked_all((len(x), weight.shape[1]))"),
    "complex": returns("np.zeros((len(x), weight.shape[1])) + 1j"),
    "structured": returns("np.zeros(3, dtype=[('a', 'f8')])"),
    "dates": returns("np.zeros((len(x), weight.shape[1]), dtype='M8[s]')"),
    "a report of its own": returns("{'verdict': 'right', 'score': 1}"),
    "a generator": ("", "yield from x"),
    "itself": returns("dense"),
    "a matrix with no strides": returns(
        "np.lib.stride_tricks.as_strided(np.zeros(1), (10**6, 10**6), (0, 0))"
    ),
    "changed by a thread later": does(
        "import threading\nthreading.Thread(target=lambda: x.fill(0)).start()"
    ),
    "seeds for others": first("np.random.seed(1)\nimport random\nrandom.seed(1)"),
}

DELEGATION = {
    "the reference": does("from reference.linear.dense import forward"),
    "the reference by its loader": does(
        "import importlib\nimportlib.import_module('reference.linear.dense')"
    ),
    "the checker": does("import checker.cases.case_cache"),
    "torch": does("import torch"),
    "jax": does("import jax"),
    "torch by a hidden name": does("t = __import__('to' + 'rch')\nreturn t.zeros(1)"),
    "code in disguise": does("import base64\nexec(base64.b64decode(b'aW1wb3J0IHNjaXB5'))"),
    "the case set made again": does("from checker.cases import generation"),
    "the reference by path": does(
        "import importlib.util as u, glob\n"
        "for p in glob.glob('/**/linear/dense.py', recursive=True):\n"
        "    u.spec_from_file_location('d', p).loader.exec_module(__import__('types'))"
    ),
    "the finders put back": does(
        "import sys\nsys.meta_path[:] = [f for f in sys.meta_path if isinstance(f, type)]\n"
        "sys.path.insert(0, '/work')\nsys.path.insert(0, '.')\nimport reference.linear.dense"
    ),
    "another interpreter": does(
        "import sys, subprocess\nsubprocess.run([sys.executable, '-c', 'import reference'])"
    ),
    "a shell": does("import os\nassert os.system('true') != 0, 'it ran'"),
    "itself anew": does("import os, sys\nos.execv(sys.executable, [sys.executable, '-V'])"),
    "a library from memory": does(
        "import os, ctypes\nf = os.memfd_create('l')\nctypes.CDLL(f'/proc/self/fd/{f}')"
    ),
    "a shadow of numpy": first("import sys, types\nsys.modules['numpy'] = types.ModuleType('n')"),
}

EXHAUSTION = {
    "a loop": does("while True: pass"),
    "a loop in C": does("sum(range(10**13))"),
    "a long sleep": does("import time\ntime.sleep(10**6)"),
    "a wait for input": does("input()"),
    "a debugger": does("breakpoint()"),
    "all threads of linear algebra": does(
        "import os, ctypes, glob\nos.environ['OPENBLAS_NUM_THREADS'] = '64'\n"
        "a = np.ones((3000, 3000))\nfor _ in range(1000): a = a @ a"
    ),
    "a thread that works on": does(
        "import threading\n"
        "threading.Thread(target=lambda: [i for i in iter(int, 1)], daemon=True).start()"
    ),
    "a read of what never comes": does("import sys\nsys.stdin.read()"),
    "memory": does("a = []\nwhile True: a.append(bytearray(10**8))"),
    "memory at once": does("np.ones(10**12)"),
    "recursion": does("f = lambda n: f(n + 1)\nf(0)"),
    "recursion without a limit": does(
        "import sys\nsys.setrecursionlimit(10**9)\nf = lambda n: f(n + 1)\nf(0)"
    ),
    "a fork bomb": does("import os\nwhile True: os.fork()"),
    "vfork": does("import ctypes\nassert ctypes.CDLL(None).vfork() < 0"),
    "threads": does(
        "import threading, time\n"
        "for _ in range(10**4): threading.Thread(target=time.sleep, args=(99,)).start()"
    ),
    "a daemon": does("import os\nos.setsid()\nos.fork()"),
    "a full disk": does("open('/tmp/gradproof-attack', 'wb').write(bytes(10**9))"),
    "a flood of prints": does("print('x' * 10**7)"),
    "a flood of errors": does("import sys\nsys.stderr.write('x' * 10**7)"),
    "a flood on the descriptors": does("import os\nfor d in (1, 2): os.write(d, b'x' * 10**6)"),
    "a giant answer": returns("np.zeros((10**4, 10**4))"),
    "a giant exception": does("raise ValueError('x' * 10**8)"),
    "a chain of exceptions": does(
        "e = None\nfor _ in range(10**5):\n    n = ValueError()\n    n.__cause__, e = e, n\nraise e"
    ),
    "signals ignored": does(
        "import signal\nfor s in range(1, 32):\n"
        "    if s not in (9, 19): signal.signal(s, signal.SIG_IGN)\nwhile True: pass"
    ),
    "limits lifted": does(
        "import resource\nresource.setrlimit(resource.RLIMIT_AS, (-1, -1))\nnp.ones(10**10)"
    ),
    "limits of the parent": does(
        "import resource, os\nresource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))"
    ),
    "a higher priority": does("import os\nos.nice(-20)"),
    "all processors": does("import os\nos.sched_setaffinity(0, range(64))"),
    "a crash": does("import ctypes\nctypes.memset(0, 0, 1)"),
    "an abort": does("import os\nos.abort()"),
    "a deep expression": first("x = " + "-" * 10_000 + "1"),
    "a wide expression": first("x = " + "+".join(["1"] * 50_000)),
    "a regular expression": does("import re\nre.match('(a+)+$', 'a' * 60 + 'b')"),
    "a huge power": does("9 ** 9 ** 9"),
}

FORGERY = {
    "exit 0": does("import os\nos._exit(0)"),
    "sys.exit": does("import sys\nsys.exit(0)"),
    "exit at once": first("import os\nos._exit(0)"),
    "interrupted": does("raise KeyboardInterrupt"),
    "an answer on every descriptor": does(
        "import os\nfor d in range(64):\n    try: os.write(d, b'right' * 100)\n"
        "    except OSError: pass"
    ),
    "a second answer on the worker's own line": does(
        "import sys, struct\nf = sys._getframe()\nwhile f:\n"
        "    if 'nonce' in f.f_locals:\n"
        "        l, n = f.f_locals['line'], f.f_locals['nonce']\n"
        "        l.sendall(n + struct.pack('<Q', 1) + b'N')\n"
        "        l.sendall(n + struct.pack('<Q', 1) + b'T')\n"
        "    f = f.f_back"
    ),
    "a nonce of zeros": does(
        "import os, struct\nos.write(3, bytes(16) + struct.pack('<Q', 1) + b'N')"
    ),
    "marks in advance": does("import os\nos.write(3, b'.' * 100)"),
    "the line closed": does("import os\nos.close(3)"),
    "a message too long": does(
        "import os, struct\nos.write(3, b'.' * 99 + bytes(16) + struct.pack('<Q', 2**62))"
    ),
    "a file of results": does("open('results.json', 'w').write('{\"score\": 1}')"),
    "results made writable": does("import os\nos.chmod('/tmp', 0o777)"),
    "the parent killed": does("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)"),
    "everybody killed": does("import os\nos.kill(-1, 9)"),
    "signals by another way": does(
        "import fcntl, os\nfcntl.fcntl(3, fcntl.F_SETOWN, os.getppid())\n"
        "fcntl.fcntl(3, fcntl.F_SETFL, os.O_ASYNC)"
    ),
    "the grader's functions replaced": does(
        "import gc\nfor o in gc.get_objects():\n"
        "    if getattr(o, '__module__', '') == 'checker.sandbox.messages': o.message = None"
    ),
    "the checksum forged": does(
        "import sys\nfor m in list(sys.modules.values()):\n"
        "    if hasattr(m, 'checksum'): m.checksum = lambda a: bytes(8)\nx *= 0"
    ),
}

READING = {
    "frames": does(
        "import sys\nf = sys._getframe()\nwhile f:\n"
        "    for v in f.f_locals.values():\n"
        "        if hasattr(v, 'expected'): return v.expected\n    f = f.f_back"
    ),
    "objects": does(
        "import gc\nfor o in gc.get_objects():\n"
        "    if type(o).__name__ in ('CaseSet', 'Result', 'Case'): return o.low"
    ),
    "the memory of the parent": does("import os\nopen(f'/proc/{os.getppid()}/mem', 'rb').read(1)"),
    "its own maps": does("open('/proc/self/maps').read()"),
    "process_vm_readv": does(
        "import ctypes, os\nread = ctypes.CDLL(None).process_vm_readv\n"
        "assert read(os.getppid(), 0, 0, 0, 0, 0) < 0"
    ),
    "ptrace": does(
        "import ctypes, os\nassert ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0) < 0"
    ),
    "secrets of the environment": does(
        "import os\nassert not [k for k in os.environ if 'TOKEN' in k or 'HOME' in k]"
    ),
    "case sets in the cache": does("import os\nos.listdir(os.path.expanduser('~/.cache'))"),
    "other submissions": does("import os\nos.listdir('..')"),
    "shared memory": does(
        "from multiprocessing import shared_memory as s\ns.SharedMemory('gp', True, 8)"
    ),
    "System V memory": does("import ctypes\nassert ctypes.CDLL(None).shmget(1, 8, 0o1666) < 0"),
    "inputs kept for later": does("import os\nnp.save('/tmp/gradproof-attack.npy', x)"),
    "the answer of the first call": ("KEPT = []", "KEPT.append(x)\nreturn KEPT[0]"),
    "another answer later": ("N = [0]", "N[0] += 1\nreturn np.zeros(N[0])"),
    "the state of chance": does("return np.zeros(3) + np.random.get_state()[2]"),
    "right on the second run only": (
        "import os",
        "if os.path.exists('/tmp/gradproof-attack'): return x @ weight + bias\n"
        "open('/tmp/gradproof-attack', 'w').write('seen')\nreturn np.zeros(3)",
    ),
    "right at some other time": does("import time\nif time.time() < 0: return x @ weight + bias"),
    "who is asking": does("import sys\nif any('checker' in m for m in sys.modules): return x"),
    "passwords": does("open('/etc/shadow').read()"),
    "the root folder": does("import os\nos.listdir('/root')"),
}

NETWORK = {
    "tcp": does("import socket\nsocket.create_connection(('10.0.0.1', 80), 1)"),
    "udp": does("import socket\nsocket.socket(2, 2).sendto(b'x', ('8.8.8.8', 53))"),
    "a server": does("import socket\nsocket.create_server(('', 8080))"),
    "a local socket": does("import socket\nsocket.socket(1).connect('/var/run/docker.sock')"),
    "a name": does("import socket\nsocket.getaddrinfo('example.org', 80)"),
    "a download": does("import urllib.request as u\nu.urlopen('http://example.org')"),
    "a pair": does("import socket\nsocket.socketpair()"),
}

TAMPERING = {
    "an import hook": first(
        "import sys\nclass H:\n    def find_spec(s, n, p=None, t=None):\n"
        "        raise SystemExit\nsys.meta_path.insert(0, H())"
    ),
    "a trace": first("import sys\nsys.settrace(lambda *a: None)\nsys.setprofile(lambda *a: None)"),
    "a pickle": (
        "class P:\n    def __reduce__(s): return (exit, ())",
        "return np.array([P()], dtype=object)",
    ),
    "a pickled array": does("np.load('/tmp/x.npy', allow_pickle=True)"),
    "a pipe": does("import os\nos.mkfifo('/tmp/gradproof-attack')"),
    "a link": does("import os\nos.symlink('/etc/passwd', '/tmp/gradproof-attack')"),
    "a mapped file": does("np.memmap('/tmp/gradproof-attack', mode='w+', shape=9)"),
    "stdout replaced": first("import sys\nsys.stdout = sys.stderr = None"),
    "an exit handler": first("import atexit, os\natexit.register(os._exit, 0)"),
    "a destructor": ("class D:\n    def __del__(s): import os; os._exit(0)", "D()\nreturn x"),
    "names of the worker": first("import __main__\n__main__.__dict__.clear()"),
    "the modules gone": first("import sys\nsys.modules.clear()"),
    "mounts": does(
        "import ctypes\nassert ctypes.CDLL(None).mount(b'/', b'/mnt', b'', 4096, 0) < 0"
    ),
    "namespaces": does("import ctypes\nassert ctypes.CDLL(None).unshare(0x10000000) < 0"),
    "another root": does("import os\nos.chroot('/tmp')"),
    "another user": does("import os\nos.setuid(0)"),
    "io_uring": does("import ctypes\nassert ctypes.CDLL(None).syscall(425, 8, 0) < 0"),
    "bpf": does("import ctypes\nassert ctypes.CDLL(None).syscall(321, 0, 0, 0) < 0"),
    "keys": does("import ctypes\nassert ctypes.CDLL(None).syscall(250, 0, -3, 0) < 0"),
}

REPORTS = {
    "escape codes": does("raise ValueError('\\x1b[2J\\x1b]0;owned\\x07 right')"),
    "a script": does("raise ValueError('<script>alert(1)</script>')"),
    "a formula": does("raise ValueError('=cmd|calc!A0')"),
    "control characters": does("raise ValueError('\\x00\\x01\\ufffe\\u202e')"),
    "lines of its own": does("raise ValueError('bad\\ndense 1 / 1 right')"),
    "a name that is a script": (
        "class X(Exception): pass\nX.__name__ = '<img src=x onerror=alert(1)>'",
        "raise X",
    ),
    "an exception that lies": (
        "class X(Exception):\n    def __str__(s): raise SystemExit",
        "raise X",
    ),
    "surrogates": does("raise ValueError('\\ud800')"),
}

KINDS = {
    "comparison": COMPARISON,
    "delegation": DELEGATION,
    "exhaustion": EXHAUSTION,
    "forgery": FORGERY,
    "reading": READING,
    "network": NETWORK,
    "tampering": TAMPERING,
    "reports": REPORTS,
}
