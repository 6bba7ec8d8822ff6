"""The lines by which a task asks for functions of another form: what is read off them."""

import re

import pytest

from checker.audit import manifest_meaning
from checker.course import assignment, call_lines
from checker.course.manifest import ManifestError

FUNCTIONS = """
out, cache = affine_forward(x, weight, bias)
return affine_backward(grad, cache)
"""
OBJECT = """
W = weight.T
layer = Linear(W, bias.reshape(-1, 1))
layer.scale = 2
layer.forward(x)
dx = layer.backward(grad)
return dx, -layer.dW.T * x.shape[0], layer.db[0]
"""
STEPS = """
config = {"rate": learning_rate}
w, path = start, []
for dw in grads:
    w, config = step(w, dw, config=config)
    path.append(w.copy())
return path
"""
MANIFEST = '''
title = "T"

[[task]]
function = "backward"
operation = "relu"
asks = "backward"
points = 1
calls = """
out, cache = relu_forward(x)
{line}
"""
'''


def test_what_students_write_is_what_is_called_and_nothing_else_has():
    assert call_lines.read(FUNCTIONS).names == ("affine_forward", "affine_backward")
    assert call_lines.read(OBJECT).names == ("Linear",)
    assert call_lines.read(OBJECT).methods == ("Linear.forward", "Linear.backward")
    assert call_lines.read(STEPS).names == ("step",)
    assert call_lines.read("return Cost.delta(a, y)").methods == ("Cost.delta",)
    assert call_lines.read("f = Sigmoid()\nreturn f(z)").methods == ("Sigmoid.__call__",)


def test_the_other_names_are_the_arguments_with_their_lines():
    assert call_lines.read(FUNCTIONS).given == {"x": 2, "weight": 2, "bias": 2, "grad": 3}
    assert call_lines.read(OBJECT).given == {"weight": 2, "bias": 3, "x": 5, "grad": 6}
    assert call_lines.read(STEPS).given == {"learning_rate": 2, "start": 3, "grads": 4}


def test_names_for_what_functions_take_and_return_are_read_off():
    uses = call_lines.read(STEPS).uses
    assert uses["step"].parameters == ("w", "dw", "config")
    assert uses["step"].returns == ("w", "config")
    uses = call_lines.read(OBJECT).uses
    assert uses["Linear"].parameters == ("W", "bias")
    assert uses["Linear"].as_they_are == {"W"}
    assert [uses[name].kept for name in ("Linear.forward", "Linear.backward")] == [False, True]
    assert call_lines.read("return f(x.T, x, 2)").uses["f"].parameters == ("x", "x2", "value")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("x = f(\nreturn x", 1, "'(' was never closed"),
        ("y = f(x)", 1, "the last line of calls must be `return ...`"),
        ("return x", 1, "calls must call some function of the student"),
        ("y = f(x)\nwhile y:\n    pass\nreturn y", 2, "`while y:` cannot be in calls"),
        ("import os\nreturn f(x)", 1, "`import os` cannot be in calls"),
        ("y = lambda: f(x)\nreturn y", 1, "`lambda: f(x)` cannot be in calls"),
        ("return [f(y) for y in x]", 1, "cannot be in calls: use names"),
        ("return f(x[1:])", 1, "`x[1:]` cannot be in calls"),
        ("return f(*x)", 1, "`*x` cannot be in calls"),
        ("return f(**x)", 1, "** cannot be in calls"),
        ("return f(x ** 2)", 1, "`x ** 2` cannot be in calls"),
        ("y = f(x)\nreturn np.sum(y)", 2, "np cannot be in calls"),
        ("y = f(x)\nreturn len(y)", 2, "len cannot be called: only what students write"),
        ("f(x)[0] = 1\nreturn f(x)", 1, ""),
        ("x += f(x)\nreturn x", 1, "`x += f(x)` cannot be in calls"),
        ("return f()()", 1, "`f()` cannot be called in calls: give it a name"),
        ("return f(x)\nreturn f(x)", 1, "`return` is the last line"),
    ],
)
def test_what_is_not_understood_is_told_with_its_line(text, line, words):
    found = list(call_lines.problems(text))
    if not words:
        assert found == []
        return
    assert [number for number, _ in found] == [line]
    assert words in found[0][1]


def test_in_a_manifest_it_is_the_line_of_the_file(tmp_path):
    manifest = tmp_path / "assignment.toml"
    manifest.write_text(MANIFEST.format(line="return len(cache)"))
    words = f"{manifest}, line 11: task 1 (backward): len cannot be called"
    with pytest.raises(ManifestError, match=re.escape(words)):
        assignment.read(tmp_path)
    text = MANIFEST.replace("points = 1\n", "").format(line="points = cache\nreturn f(points)")
    manifest.write_text(f"{text}points = 0\n")
    with pytest.raises(ManifestError, match=r"line 13: task 1 .* points must be above 0"):
        assignment.read(tmp_path)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("return relu_backward(upstream, cache)", "line 11: .*no line before has 'upstream', and"),
        ("return relu_backward(grad, cache), 1, 2", ""),
        ("return x(grad)", "line 9: .*x is an argument of the task: call the function"),
    ],
)
def test_names_are_those_of_the_arguments_of_the_task(tmp_path, line, words):
    (tmp_path / "assignment.toml").write_text(MANIFEST.format(line=line))
    found = manifest_meaning.problems(assignment.read(tmp_path))
    assert len(found) == bool(words)
    assert re.search(words, "".join(found))


def test_as_many_results_are_returned_as_are_asked(tmp_path):
    text = MANIFEST.replace('"relu"', '"dense"').replace("grad, cache", "cache")
    (tmp_path / "assignment.toml").write_text(text.format(line="return x, bias"))
    (words,) = manifest_meaning.problems(assignment.read(tmp_path))
    assert "line 11: " in words
    assert "3 results are asked: dx, dweight, dbias; `return` has another number" in words


def test_ranks_are_those_of_arguments(tmp_path):
    text = MANIFEST.format(line="return relu_backward(grad, cache)")
    (tmp_path / "assignment.toml").write_text(f"{text}ranks = {{ y = 2 }}\n")
    (words,) = manifest_meaning.problems(assignment.read(tmp_path))
    assert "line 13: task 1 (backward): relu has no argument 'y': use x" in words
    (tmp_path / "assignment.toml").write_text(f"{text}ranks = {{ x = 4 }}\n")
    (words,) = manifest_meaning.problems(assignment.read(tmp_path))
    assert words.endswith("x has 1 or 2 or 3 axes in the cases")
    (tmp_path / "assignment.toml").write_text(f"{text}ranks = {{ x = true }}\n")
    with pytest.raises(ManifestError, match=r"line 13: .* ranks must be a table"):
        assignment.read(tmp_path)
