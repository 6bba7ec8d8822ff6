"""What `check prove` found as a page: the sums, and for each task which case catches what."""

from html import escape

from checker.assignment import Assignment
from checker.prove import Proof, TaskProof
from checker.reports import proof as words
from checker.reports.html import document

STEP = 10  # from the left edge of one square of a matrix to that of the next
SIDE = 8
TALLEST = 28
SORTS = {"convention": "another convention", "unstable": "unstable"}


def page(assignment: Assignment, proof: Proof) -> str:
    body = [
        f"<h1>{escape(assignment.title)}: the proof</h1>",
        _verdict(proof),
        _facts(assignment, proof),
        _faults(proof),
        _tasks(proof),
        KEY,
        *map(_task, proof.tasks),
    ]
    return document(f"{assignment.title}: the proof", "".join(body))


def _verdict(proof: Proof) -> str:
    if proof.holds:
        return (
            '<p><strong class="right">Proven:</strong> what is right is passed, the starter earns '
            "nothing, and every known mistake is caught, named, and told from every other.</p>"
        )
    return '<p><strong class="wrong">Not proven.</strong> What is to be mended stands below.</p>'


def _facts(assignment: Assignment, proof: Proof) -> str:
    right = {task.task for task in proof.tasks if task.reference}
    reference = sum(task.points for task in assignment.tasks if task.function in right)
    known = [len(task.matrix) for task in proof.tasks]
    facts = {
        "the reference": _share(reference, assignment.points),
        "the starter": _share(proof.starter_score, assignment.points),
        "right variants kept": _of(
            sum(task.alternatives - len(task.failed_alternatives) for task in proof.tasks),
            sum(task.alternatives for task in proof.tasks),
        ),
        "mistakes caught": _of(
            sum(known) - sum(len(task.survivors) for task in proof.tasks), sum(known)
        ),
        "and named": _of(sum(known) - sum(len(task.confusion) for task in proof.tasks), sum(known)),
        "pairs not told apart": str(sum(len(task.undecided) for task in proof.tasks)),
    }
    shown = "".join(f"<div><dt>{name}</dt><dd>{fact}</dd></div>" for name, fact in facts.items())
    return f'<dl class="facts">{shown}</dl>'


def _share(score: float, points: float) -> str:
    return f"{100 * score / points:g} %"


def _of(count: int, total: int) -> str:
    return f"{count} / {total}"


def _faults(proof: Proof) -> str:
    found = [(task.task, fault) for task in proof.tasks for fault in words.faults(task)]
    if proof.starter_score:
        found.insert(0, ("the starter", f"it earns {proof.starter_score:g} points"))
    rows = (
        f'<tr><td><code>{escape(task)}</code></td><td class="name">{escape(fault)}</td></tr>'
        for task, fault in found
    )
    return f"<h2>To be mended</h2><table>{''.join(rows)}</table>" if found else ""


def _tasks(proof: Proof) -> str:
    head = "".join(f'<th class="number">{title}</th>' for title in words.HEAD[1:])
    rows = []
    for task in proof.tasks:
        name, *cells = words.row(task)
        kind = "" if task.holds else ' class="wrong"'
        shown = "".join(f'<td class="number">{cell}</td>' for cell in cells)
        link = f'<a href="#{escape(name)}"{kind}><code>{escape(name)}</code></a>'
        rows.append(f'<tr><td class="name">{link}</td>{shown}</tr>')
    table = f"<table><tr><th>task</th>{head}</tr>{''.join(rows)}</table>"
    return f'<h2>Tasks</h2><div class="scroll">{table}</div>'


KEY = (
    '<p class="key"><span><i class="caught"></i>caught</span>'
    '<span><i class="close"></i>caught, but so closely that another machine may not</span>'
    '<span><i class="passed"></i>not seen by this case</span></p>'
    '<p class="key">A column is a case, the smallest first; its height says how many it catches. '
    "An idle case catches nothing known: it is there for what nobody thought of.</p>"
)


def _task(task: TaskProof) -> str:
    name = escape(task.task)
    rows = "".join(_version(task, version) for version in task.matrix)
    head = f'<tr><th>{_notes(task)}</th><th>{_columns(task)}</th><th class="number">cases</th></tr>'
    table = f'<div class="scroll"><table class="matrix">{head}{rows}</table></div>'
    return f'<h2 id="{name}"><code>{name}</code></h2>{table}'


def _notes(task: TaskProof) -> str:
    """What is particular about some cases."""
    idle = len(task.idle)
    notes = [f"{idle} of {task.cases} cases {'is' if idle == 1 else 'are'} idle"] if idle else []
    notes += ["the first is a worked example"] if task.examples else []
    notes += [f"extreme: the last {len(task.extreme)}"] if task.extreme else []
    return "; ".join(notes)


def _columns(task: TaskProof) -> str:
    """Above each case a bar for the number of versions that it catches."""
    counts = [sum(case in caught for caught in task.matrix.values()) for case in range(task.cases)]
    most = max([1, *counts])
    bars = "".join(
        f'<rect x="{STEP * case}" width="{SIDE}" y="{TALLEST - height:.1f}" height="{height:.1f}"/>'
        for case, count in enumerate(counts)
        for height in [max(1, TALLEST * count / most)]
    )
    return _drawing(task, TALLEST, "how many each case catches", f'<g class="bars">{bars}</g>')


def _version(task: TaskProof, name: str) -> str:
    sort, misconception = task.about[name]
    caught, close = set(task.matrix[name]), set(task.close[name])
    kinds = {
        "passed": set(range(task.cases)) - caught,
        "close": close,
        "caught": caught - close,
    }
    squares = "".join(
        f'<path class="{kind}" d="{"".join(map(_square, sorted(cases)))}"/>'
        for kind, cases in kinds.items()
        if cases
    )
    marks = f'<span class="mark">{SORTS[sort]}</span>' if sort in SORTS else ""
    if not caught:
        marks += '<span class="mark wrong">not caught</span>'
    elif name in task.confusion:
        marks += f'<span class="mark wrong">called {escape(task.confusion[name])}</span>'
    title = f"{name}: caught by {len(caught)} of {task.cases} cases"
    return (
        f"<tr><td>{escape(misconception)} {marks}</td><td>{_drawing(task, SIDE, title, squares)}"
        f'</td><td class="number">{len(caught)}</td></tr>'
    )


def _square(case: int) -> str:
    return f"M{STEP * case} 0h{SIDE}v{SIDE}h-{SIDE}z"


def _drawing(task: TaskProof, height: int, title: str, inside: str) -> str:
    width = STEP * task.cases - STEP + SIDE
    return (
        f'<svg width="{width}" height="{height}" role="img"><title>{escape(title)}</title>'
        f"{inside}</svg>"
    )
