"""Grades @ASSIGNMENT@ for Classroom 50, which runs this in the repository of a student.

The wheel of the checker and the course lie beside this file. Classroom 50 wants whole numbers, so
all points are times 100.
"""

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

BESIDE = Path(__file__).resolve().parent
FROM_THE_RUNNER = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:  # what is imported or found from there is ours
        report = _graded(Path.cwd(), Path(folder))
    tests = [
        {
            "test-name": task["name"],
            "passed": task["score"] >= task["max_score"],
            "score": round(100 * task["score"]),
            "max-score": round(100 * task["max_score"]),
        }
        for task in report["tasks"]
    ]
    result = {
        "schema": "classroom50/result/v1",
        **{key: os.environ[name] for key, name in FROM_THE_RUNNER.items()},
        "review": os.environ.get("REVIEW_URL") or os.environ["COMMIT_URL"],
        "datetime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }
    Path("result.json").write_text(json.dumps(result, indent=2), encoding="utf-8")


def _graded(submission: Path, folder: Path) -> dict[str, Any]:
    """Install the checker, show its report as annotations, and return it."""
    (wheel,) = map(str, BESIDE.glob("*.whl"))
    installed, out, course = str(folder / "python"), folder / "out", str(BESIDE / "course")
    python = [sys.executable, "-m"]
    pip = ["pip", "install", "--quiet", "--target", installed, wheel]
    check = ["checker", "-C", course, "grade", str(submission), "--one", "-a", "@ASSIGNMENT@"]
    environment = os.environ | {"PYTHONPATH": installed}
    subprocess.run([*python, *pip], cwd=folder, check=True)
    check += ["-o", str(out), "--format", "github"]
    subprocess.run([*python, *check], cwd=folder, env=environment, check=True)
    (report,) = json.loads((out / "results.json").read_text(encoding="utf-8"))["submissions"]
    return dict(report)


if __name__ == "__main__":
    main()
