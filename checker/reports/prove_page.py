"""The result of `check prove` as a page: totals, and for each task which case catches what."""

from html import escape

from checker.audit.prove import Proof, TaskProof
from checker.course.assignment import SOLUTION, Assignment
from checker.reports import prove_table as words
from checker.reports.templating import document

SQUARE_STEP = 10  # between the left edges of neighbouring squares of a matrix
SQUARE_SIDE = 8
TALLEST_BAR = 28
MUTANT_LABELS = {"convention": "another convention", "unstable": "unstable"}


def page(assignment: Assignment, proof: Proof) -> str:
    body = [
        f"<h1>{escape(assignment.title)}: the proof</h1>",
        _verdict(proof),
        _facts(assignment, proof),
        _faults(proof),
        _tasks(proof),
        LEGEND,
        *map(_task, proof.tasks),
    ]
    return document(f"{assignment.title}: the proof", "".join(body))


def _verdict(proof: Proof) -> str:
    if proof.holds:
        return (
            '<p><strong class="right">Proven:</strong> right answers pass, the starter earns '
            "nothing, and every known mistake is caught, named and distinguished.</p>"
        )
    return '<p><strong class="wrong">Not proven.</strong> The problems are listed below.</p>'


def _facts(assignment: Assignment, proof: Proof) -> str:
    right = {task.task for task in proof.tasks if task.reference}
    reference = sum(task.points for task in assignment.tasks if task.function in right)
    known = [len(task.matrix) for task in proof.tasks]
    facts = {
        "the reference": _share(reference, assignment.points),
        "the starter": _share(proof.starter_score, assignment.points),
        "right variants kept": _of(
            sum(task.variants - len(task.failed_variants) for task in proof.tasks),
            sum(task.variants for task in proof.tasks),
        ),
        "mistakes caught": _of(
            sum(known) - sum(len(task.survivors) for task in proof.tasks), sum(known)
        ),
        "and named": _of(sum(known) - sum(len(task.confusion) for task in proof.tasks), sum(known)),
        "pairs not distinguished": str(sum(len(task.undecided) for task in proof.tasks)),
    }
    shown = "".join(f"<div><dt>{name}</dt><dd>{fact}</dd></div>" for name, fact in facts.items())
    return f'<dl class="facts">{shown}</dl>'


def _share(score: float, points: float) -> str:
    return f"{100 * score / points:g} %"


def _of(count: int, total: int) -> str:
    return f"{count} / {total}"


def _faults(proof: Proof) -> str:
    problems = [(task.task, fault) for task in proof.tasks for fault in words.faults(task)]
    if proof.starter_score:
        problems.insert(0, ("the starter", f"it earns {proof.starter_score:g} points"))
    problems += [(SOLUTION, words) for words in proof.wrong_in_solution or ()]
    rows = (
        f'<tr><td><code>{escape(task)}</code></td><td class="name">{escape(fault)}</td></tr>'
        for task, fault in problems
    )
    return f"<h2>Problems</h2><table>{''.join(rows)}</table>" if problems else ""


def _tasks(proof: Proof) -> str:
    head = "".join(f'<th class="number">{title}</th>' for title in words.COLUMNS[1:])
    rows = []
    for task in proof.tasks:
        name, *cells = words.row(task)
        kind = "" if task.holds else ' class="wrong"'
        shown = "".join(f'<td class="number">{cell}</td>' for cell in cells)
        link = f'<a href="#{escape(name)}"{kind}><code>{escape(name)}</code></a>'
        rows.append(f'<tr><td class="name">{link}</td>{shown}</tr>')
    table = f"<table><tr><th>task</th>{head}</tr>{''.join(rows)}</table>"
    return f'<h2>Tasks</h2><div class="scroll">{table}</div>'


LEGEND = (
    '<p class="key"><span><i class="caught"></i>caught</span>'
    '<span><i class="close"></i>caught, but so narrowly that another machine may not</span>'
    '<span><i class="passed"></i>not caught by this case</span></p>'
    '<p class="key">A column is a case, the smallest first. Its height is the number of '
    "mistakes that it catches. An idle case catches no known mistake, but may catch an unknown "
    "one.</p>"
)


def _task(task: TaskProof) -> str:
    title = escape(task.task)
    rows = "".join(_mutant(task, name) for name in task.matrix)
    head = f'<tr><th>{_notes(task)}</th><th>{_columns(task)}</th><th class="number">cases</th></tr>'
    table = f'<div class="scroll"><table class="matrix">{head}{rows}</table></div>'
    return f'<h2 id="{title}"><code>{title}</code></h2>{table}'


def _notes(task: TaskProof) -> str:
    """Which cases are idle, worked examples or extreme."""
    idle = len(task.idle)
    notes = [f"{idle} of {task.cases} cases {'is' if idle == 1 else 'are'} idle"] if idle else []
    notes += ["the first is a worked example"] if task.examples else []
    notes += [f"extreme: the last {len(task.extreme)}"] if task.extreme else []
    return "; ".join(notes)


def _columns(task: TaskProof) -> str:
    """A bar above each case: the number of mutants that it catches."""
    counts = [sum(case in caught for caught in task.matrix.values()) for case in range(task.cases)]
    most = max([1, *counts])
    bars = "".join(
        f'<rect x="{SQUARE_STEP * case}" width="{SQUARE_SIDE}" '
        f'y="{TALLEST_BAR - height:.1f}" height="{height:.1f}"/>'
        for case, count in enumerate(counts)
        for height in [max(1, TALLEST_BAR * count / most)]
    )
    title = "number of mistakes that each case catches"
    return _drawing(task, TALLEST_BAR, title, f'<g class="bars">{bars}</g>')


def _mutant(task: TaskProof, name: str) -> str:
    """The row of a mutant: a square for each case."""
    kind, misconception = task.about[name]
    caught, close = set(task.matrix[name]), set(task.close[name])
    cases_of = {
        "passed": set(range(task.cases)) - caught,
        "close": close,
        "caught": caught - close,
    }
    squares = "".join(
        f'<path class="{colour}" d="{"".join(map(_square, sorted(cases)))}"/>'
        for colour, cases in cases_of.items()
        if cases
    )
    marks = f'<span class="mark">{MUTANT_LABELS[kind]}</span>' if kind in MUTANT_LABELS else ""
    if not caught:
        marks += '<span class="mark wrong">not caught</span>'
    elif name in task.confusion:
        marks += f'<span class="mark wrong">diagnosed as {escape(task.confusion[name])}</span>'
    title = f"{name}: caught by {len(caught)} of {task.cases} cases"
    drawing = _drawing(task, SQUARE_SIDE, title, squares)
    return (
        f"<tr><td>{escape(misconception)} {marks}</td><td>{drawing}"
        f'</td><td class="number">{len(caught)}</td></tr>'
    )


def _square(case: int) -> str:
    return f"M{SQUARE_STEP * case} 0h{SQUARE_SIDE}v{SQUARE_SIDE}h-{SQUARE_SIDE}z"


def _drawing(task: TaskProof, height: int, title: str, inside: str) -> str:
    width = SQUARE_STEP * task.cases - SQUARE_STEP + SQUARE_SIDE
    return (
        f'<svg width="{width}" height="{height}" role="img"><title>{escape(title)}</title>'
        f"{inside}</svg>"
    )
