"""What the documentation derives from the package, written when Sphinx starts.

Pages for operations and assignments, tables of counts and of rooms, and drawings. None of it is
kept in the repository.
"""

import re
import warnings
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import charts
import coverage_page
import experiment_pages
import gallery_pages
import keras_words
import lecture_pages
import operation_pages
import rooms
from markup import code, escaped, joined, table, toctree

from checker.audit import confusion_table
from checker.course import assignment as assignments
from checker.course import lectures
from checker.course.assignment import Assignment
from checker.proof.verify import Oracle, oracles
from reference import catalogue

HERE = Path(__file__).parent
DERIVED = ("operations", "assignments", "generated")  # folders of nothing else
CHECKED = {
    "PyTorch in float64": "torch float64",
    "PyTorch in float32": "torch float32",
    "PyTorch in float16": "torch float16",
    "PyTorch in bfloat16": "torch bfloat16",
    "PyTorch at the edges of the domain": "edges",
    "the derivative, in sixty digits": "derivative",
    "sixty digits, on plain float64 arrays": "accuracy float64",
    "float64, on plain float32 arrays": "accuracy float32",
    "the slopes beside a kink": "kinks",
}
TOTALS = (  # of the table of what each mutant is called, in the order of its columns
    "mutants written for an operation",
    "generic mutants that apply to an operation",
    "of both, killed by the cases",
    "of those written, named by the diagnosis",
    "correct variants",
    "of these, judged right",
    "written mutants that were left out of the library, one at a time",
    "of these, killed all the same",
    "of these, explained with certainty, in other words",
    "of these, with a likely explanation",
    "of these, with an observation",
    "of these, without an explanation",
)
NUMBERS = ("Operations", "PyTorch", "Float16", "Derivative", "Properties")  # of a family

Found = Mapping[str, Mapping[str, Oracle]]  # the oracles of each operation


def write(*, drawn: bool = True) -> None:
    """Write what is new or has changed, and remove what is derived no more."""
    files = {HERE / name: content for name, content in derived(drawn=drawn).items()}
    for path, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    for folder in DERIVED:
        for path in [p for p in (HERE / folder).rglob("*") if p.is_file() and p not in files]:
            path.unlink()


def derived(*, drawn: bool) -> dict[str, str | bytes]:
    """The content of each file, by its path in this folder."""
    course = [assignments.find(name) for name in assignments.names()]
    asked: dict[str, list[tuple[Assignment, assignments.Task]]] = {}
    for each in course:
        for task in each.tasks:
            asked.setdefault(task.operation, []).append((each, task))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of overflow at the edges of domains
        found = {name: oracles(spec) for name, spec in catalogue.operations().items()}
    files: dict[str, str | bytes] = {
        "assignments.md": overview(course),
        "generated/oracles.md": counts(found),
        "generated/families.md": by_family(found),
        "generated/no_torch.md": without_torch(),
        "generated/confusion.md": confusion(confusion_table.PATH.read_text("utf-8")),
        "generated/coverage.md": coverage_page.tables(),
        "generated/rooms.md": rooms.table_of_rooms(),
        "generated/rooms.svg": rooms.drawing(),
        "generated/graders.svg": charts.graders((HERE / "benchmarks.md").read_text("utf-8")),
    }
    files |= keras_words.tables()
    files |= experiment_pages.page(drawn=drawn)
    files |= gallery_pages.page(drawn=drawn)
    files |= lecture_pages.pages()
    for name, text in operation_pages.pages(found, asked).items():
        files[f"operations/{name}"] = text
    for each in course:
        files[f"assignments/{each.name}.md"] = assignment(each)
        files |= {f"assignments/{name}": data for name, data in each.pictures.items()}
    return files


def counts(found: Found) -> str:
    """How many operations each oracle checks."""
    rows = [(words, _having(title, found.values()), len(found)) for words, title in CHECKED.items()]
    return table(("Compared with", "Operations:", "Of:"), rows) + "\n"


def by_family(found: Found) -> str:
    """The same for each family, and how many properties its operations have."""
    families: dict[str, list[Mapping[str, Oracle]]] = {}
    for name, titles in found.items():
        families.setdefault(operation_pages.family_of(name), []).append(titles)
    rows = [
        (f"[{name}](/operations/{name}/index.md)", *_numbers(members))
        for name, members in families.items()
    ]
    rows.append(("all", *_numbers(found.values())))
    return table(("Family", *(f"{name}:" for name in NUMBERS)), rows) + "\n"


def _numbers(members: Collection[Mapping[str, Oracle]]) -> list[int]:
    """In the order of NUMBERS."""
    derivatives = _having("derivative", members)
    properties = sum(title.startswith("property ") for titles in members for title in titles)
    compared = [_having(f"torch {name}", members) for name in ("float64", "float16")]
    return [len(members), *compared, derivatives, properties]


def _having(title: str, members: Iterable[Mapping[str, Oracle]]) -> int:
    return sum(title in titles for titles in members)


def without_torch() -> str:
    specs = catalogue.operations()
    rows = [
        (f"[{name}](/operations/{operation_pages.path(name)}.md)", escaped(spec.torch))
        for name, spec in specs.items()
        if isinstance(spec.torch, str)
    ]
    return table(("Operation", "Why PyTorch cannot compute it"), rows) + "\n"


def confusion(text: str) -> str:
    """The totals of the table of what each mutant is called."""
    totals = re.findall(r"\*\*(\d+)\*\*", text)
    return table(("What", "Count:"), zip(TOTALS, totals, strict=True)) + "\n"


def overview(course: list[Assignment]) -> str:
    """The page about all assignments."""
    rows = [
        (
            f"[{each.title}](assignments/{each.name}.md)",
            code(each.name),
            len(each.tasks),
            f"{each.points:g}",
        )
        for each in course
    ]
    return joined(
        "# The course",
        f"The course has {len(course)} assignments, in the order of the lectures. "
        "`check start NAME` puts one of them in the current folder.",
        table(("Assignment", "Name", "Tasks:", "Points:"), rows),
        "## What the lectures teach, and where it is graded",
        "The lectures are five documents: 000 (Lamúrias), 001 (Vanschoren), 002, 003 (Brajard) and "
        "004 (Sennblad).",
        _linked(lectures.table()),
        toctree(f"assignments/{each.name}" for each in course),
    )


def _linked(text: str) -> str:
    """The table of the course with links to operations and assignments."""
    _, _, *rows = text.splitlines()
    known = assignments.names()

    def link(name: str) -> str:
        if name in known:
            return f"[{name}](assignments/{name}.md)"
        return f"[{name}](operations/{operation_pages.path(name)}.md)"

    cells = []
    for row in rows:
        block, taught, operations, places = row.strip("| ").split(" | ")
        linked = (", ".join(map(link, each.split(", "))) for each in (operations, places))
        cells.append((block, taught, *linked))
    return table(("What the lectures teach", "Lectures", "Operations", "Assignments"), cells)


def assignment(found: Assignment) -> str:
    """One assignment: its tasks, and the text that students read."""
    heading, _, text = found.text.partition("\n")
    rows = [
        (
            code(task.function),
            f"[{task.operation}](../operations/{operation_pages.path(task.operation)}.md)",
            task.asks,
            ", ".join(map(code, task.arguments)) or "none",
            f"{task.points:g}",
        )
        for task in found.tasks
    ]
    head = ("Function", "Operation", "Asks for", "Settings as arguments", "Points:")
    return joined(
        heading,
        f"Name: `{found.name}`. Tasks: {len(found.tasks)}. Points: {found.points:g}. "
        f"Start with `check start {found.name}`.",
        table(head, rows),
        text.strip(),
    )
