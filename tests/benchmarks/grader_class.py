"""The class that all graders get: four functions, twelve checks, and files of five sorts."""

import subprocess
from pathlib import Path

HOME = Path(__file__).parents[2] / "build" / "graders"

RIGHT = {
    "dense": "def dense(x, weight, bias):\n    return x @ weight + bias",
    "relu": "def relu(x):\n    return np.maximum(x, 0)",
    "softmax": "def softmax(x):\n    e = np.exp(x - x.max(axis=-1, keepdims=True))\n"
    "    return e / e.sum(axis=-1, keepdims=True)",
    "mse": "def mse(prediction, target):\n    return np.mean((prediction - target) ** 2)",
}
WRONG = RIGHT | {"relu": "def relu(x):\n    return np.abs(x)"}
BROKEN = RIGHT | {"mse": "def mse(prediction, target)\n    return 0"}
PATCH = "np.allclose = lambda *a, **k: True\n" + "\n".join(
    f"def {name}(*a): return None" for name in RIGHT
)
FILES = {
    "syntax": "import numpy as np\n" + "\n\n".join(BROKEN.values()),
    "exit": "import os\nos._exit(0)",
    "patch": "import numpy as np\n" + PATCH,
    "right": "import numpy as np\n" + "\n\n".join(RIGHT.values()),
    "wrong": "import numpy as np\n" + "\n\n".join(WRONG.values()),
}
CHECKS = {
    "dense": (
        "dense(np.eye(2), np.ones((2, 3)), np.zeros(3)), np.ones((2, 3))",
        "dense(np.ones((1, 2)), np.eye(2), np.array([1.0, 2.0])), [[2, 3]]",
        "dense(np.zeros((3, 1)), np.ones((1, 1)), np.array([4.0])), np.full((3, 1), 4)",
    ),
    "relu": (
        "relu(np.array([-1.0, 2.0])), [0, 2]",
        "relu(np.zeros(3)), np.zeros(3)",
        "relu(-np.ones((2, 2))), np.zeros((2, 2))",
    ),
    "softmax": (
        "softmax(np.zeros((1, 2))), [[0.5, 0.5]]",
        "softmax(np.array([[1000.0, 1000.0]])), [[0.5, 0.5]]",
        "softmax(np.ones((2, 4))), np.full((2, 4), 0.25)",
    ),
    "mse": (
        "mse(np.ones((2, 2)), np.zeros((2, 2))), 1",
        "mse(np.array([[3.0]]), np.array([[1.0]])), 4",
        "mse(np.zeros((1, 3)), np.zeros((1, 3))), 0",
    ),
}
LINES = [f"np.allclose({check})" for checks in CHECKS.values() for check in checks]
MARKS = len(LINES)

Marks = dict[str, float]  # of the files that got any, as a share


def python() -> Path:
    return HOME / "bin" / "python"


def run(*words: object, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
    path = {"PATH": f"{HOME / 'bin'}:/usr/bin:/bin", "HOME": str(HOME)}
    return subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=path,
        capture_output=True,
        text=True,
        check=False,
    )
