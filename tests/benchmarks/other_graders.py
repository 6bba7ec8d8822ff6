"""Other graders, each run as its documentation has it for one machine without containers."""

import csv
import json
import re
from pathlib import Path

from grader_class import CHECKS, HOME, LINES, MARKS, Marks, python, run


def pytest(folder: Path, files: dict[str, str]) -> Marks:
    tests = "".join(f"def test_{i}():\n    assert {line}\n\n" for i, line in enumerate(LINES))
    marks = {}
    for name, text in files.items():
        place = folder / name
        place.mkdir()
        (place / "submission.py").write_text(text)
        (place / "test_it.py").write_text(
            f"import numpy as np\nfrom submission import *\n\n{tests}"
        )
        done = run(python(), "-m", "pytest", "-q", "--tb=no", "test_it.py", cwd=place)
        if found := re.search(r"(\d+) passed", done.stdout):
            marks[name] = int(found[1]) / MARKS
        elif "failed" in done.stdout or "error" in done.stdout:
            marks[name] = 0.0
    return marks


def gradescope_utils(folder: Path, files: dict[str, str]) -> Marks:
    methods = "".join(
        f"    @weight(1)\n    def test_{i}(self):\n        self.assertTrue({line})\n\n"
        for i, line in enumerate(LINES)
    )
    case = "import unittest\nimport numpy as np\nfrom gradescope_utils.autograder_utils.decorators"
    case += f" import weight\nfrom submission import *\n\nclass T(unittest.TestCase):\n{methods}"
    runner = "import unittest\nfrom gradescope_utils.autograder_utils.json_test_runner import"
    runner += " JSONTestRunner\nsuite = unittest.defaultTestLoader.discover('tests')\n"
    runner += "with open('results.json', 'w') as f:\n    JSONTestRunner(stream=f).run(suite)\n"
    marks = {}
    for name, text in files.items():
        place = folder / name
        (place / "tests").mkdir(parents=True)
        (place / "submission.py").write_text(text)
        (place / "tests" / "test_it.py").write_text(case)
        (place / "run_tests.py").write_text(runner)
        run(python(), "run_tests.py", cwd=place)
        result = place / "results.json"
        if result.exists() and (found := result.read_text()):
            marks[name] = float(json.loads(found).get("score", 0)) / MARKS
    return marks


def otter(folder: Path, files: dict[str, str]) -> Marks:
    (folder / "tests").mkdir()
    for name, checks in CHECKS.items():
        cases = [
            {
                "code": f">>> import numpy as np\n>>> bool(np.allclose({check}))\nTrue",
                "hidden": False,
                "locked": False,
            }
            for check in checks
        ]
        suite = {"cases": cases, "scored": True, "setup": "", "teardown": "", "type": "doctest"}
        test = {"name": name, "points": [1] * len(cases), "suites": [suite]}
        (folder / "tests" / f"{name}.py").write_text(f"OK_FORMAT = True\ntest = {test!r}\n")
    (folder / "otter_config.json").write_text('{"lang": "python"}')
    tool = HOME / "bin" / "otter"
    run(tool, "generate", "-t", "tests", "-o", "grader.zip", "--no-environment", cwd=folder)
    marks = {}
    for name, text in files.items():
        place = folder / name
        place.mkdir()
        (place / "submission.py").write_text(text)
        run(
            tool,
            "run",
            "-a",
            folder / "grader.zip",
            "-o",
            place,
            place / "submission.py",
            cwd=place,
        )
        if (place / "results.json").exists():
            found = json.loads((place / "results.json").read_text())["tests"]
            marks[name] = sum(float(test.get("score", 0)) for test in found) / MARKS
    return marks


def nbgrader(folder: Path, files: dict[str, str]) -> Marks:
    def cell(i: int, source: str, **meta: object) -> dict[str, object]:
        rest = {"schema_version": 3, "task": False, "grade_id": f"c{i}", **meta}
        return {
            "cell_type": "code",
            "id": f"c{i}",
            "execution_count": None,
            "outputs": [],
            "metadata": {"nbgrader": rest},
            "source": source,
        }

    def notebook(text: str) -> str:
        cells = [cell(0, text, grade=False, solution=True, locked=False)]
        cells += [
            cell(
                i,
                f"import numpy as np\nassert {line}",
                grade=True,
                solution=False,
                locked=True,
                points=1,
            )
            for i, line in enumerate(LINES, 1)
        ]
        kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
        about = {"metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
        return json.dumps({"cells": cells, **about})

    places = {"source/bench": "# here", **{f"submitted/{k}/bench": v for k, v in files.items()}}
    for place, text in places.items():
        (folder / place).mkdir(parents=True)
        (folder / place / "p.ipynb").write_text(notebook(text))
    settings = "c = get_config()\nc.CourseDirectory.course_id = 'bench'\n"
    settings += "c.ExecutePreprocessor.timeout = 30\n"
    (folder / "nbgrader_config.py").write_text(settings)
    tool = HOME / "bin" / "nbgrader"
    run(tool, "generate_assignment", "bench", cwd=folder)
    run(tool, "autograde", "bench", cwd=folder)
    run(tool, "export", cwd=folder)
    with (folder / "grades.csv").open() as table:
        rows = [row for row in csv.DictReader(table) if row["timestamp"] or row["score"]]
    kept = [row for row in rows if (folder / "autograded" / row["student_id"]).exists()]
    return {row["student_id"]: float(row["score"]) / MARKS for row in kept}
