"""What a manifest asks of operations that they do not have is told with its line."""

import pytest
from click.testing import CliRunner

from checker.audit import manifest_meaning
from checker.commands.program import course
from checker.course import assignment
from checker.handout import scaffold


def test_what_operations_do_not_have_is_told_before_a_proof(tmp_path, monkeypatch):
    (tmp_path / "course.toml").write_text('title = "C"')
    monkeypatch.setenv("GRADPROOF_COURSE", str(tmp_path))
    (tmp_path / "01_wrong").mkdir()
    text = scaffold.files("wrong")["assignment.toml"]
    for old, new in (
        ('operation = "sigmoid"', 'operation = "sigmoind"'),
        ('asks = "backward"', 'asks = "step"'),
        ('["negative_slope"]', '["slope"]'),
        ("# fixed = { negative_slope", "fixed = { negative_slopes"),
    ):
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "01_wrong" / "assignment.toml").write_text(text)
    done = CliRunner().invoke(course, ["prove", "wrong"])
    assert done.exit_code == 2
    shown = " ".join(done.output.split())
    for place, words in (
        ("sigmoind", "task 1 (sigmoid): there is no operation 'sigmoind'"),
        (
            '"step"',
            "task 2 (leaky_relu_backward): 'step' is not a form of a function: use one of forward",
        ),
        ('["slope"]', "task 2 (leaky_relu_backward): 'slope' is not a setting of leaky_relu: its"),
        ("negative_slopes", "task 2 (leaky_relu_backward): 'negative_slopes' is not a setting of"),
    ):
        line = text[: text.index(place)].count("\n") + 1
        assert f"line {line}: {words}" in shown, shown
    assert "task.md: there is no such file" in shown


@pytest.fixture
def manifest(tmp_path, monkeypatch):
    """An assignment.toml of a course, with a task that fixes a setting."""
    (tmp_path / "course.toml").write_text('title = "C"\ntake = ["losses"]\n[defaults]\n')
    monkeypatch.setenv("GRADPROOF_COURSE", str(tmp_path))
    (tmp_path / "01_fixed").mkdir()
    path = tmp_path / "01_fixed" / "assignment.toml"
    path.write_text(
        'title = "F"\n[[task]]\nfunction = "f"\noperation = "adam"\nasks = "path"\npoints = 1\n'
    )
    return path


@pytest.mark.parametrize(
    ("operation", "fixed", "words"),
    [
        ("adam", "beta1 = 1.5", "beta1 = 1.5, but it takes numbers between 0 and 1"),
        ("adam", "beta1 = 1", "beta1 = 1, but it takes numbers between 0 and 1"),
        ("adam", 'beta1 = "x"', "beta1 = 'x', but it takes 0.9 or 0.5 or 0.0"),
        ("adam", "beta1 = true", "beta1 = True, but it takes 0.9 or"),
        ("adam", "beta1 = [0.5]", "beta1 = [0.5], but it takes no list"),
        ("adam", "bias_correction = 1", "bias_correction = 1, but it takes True or False"),
        ("adam", 'epsilon_mode = "in"', "epsilon_mode = 'in', but it takes 'outside' or 'inside'"),
        ("gradient_descent", "steps = 2.5", "steps = 2.5, but it takes whole numbers"),
        ("adam", "beta1 = 0.3", ""),
        ("adam", "beta1 = 0", ""),
        ("gradient_descent", "steps = 50", ""),
        ("average_pooling", "size = [7, 2]", ""),
    ],
)
def test_a_fixed_value_that_cannot_be_is_told_with_its_line(manifest, operation, fixed, words):
    asks = {"adam": "path", "gradient_descent": "run", "average_pooling": "forward"}[operation]
    text = manifest.read_text().replace("adam", operation).replace("path", asks)
    manifest.write_text(f"{text}fixed = {{ {fixed} }}\n")
    found = manifest_meaning.problems(assignment.find("fixed"))
    assert len(found) == bool(words)
    assert "".join(found).startswith(f"{manifest}, line 7: task 1 (f): {words}" if words else "")


@pytest.mark.parametrize("place", ["manifest", "defaults", "change"])
def test_a_package_that_is_not_installed_is_told_with_its_line(manifest, place):
    line, path = 'imports = ["numpy", "nowhere_at_all"]\n', manifest.parents[1] / "course.toml"
    name = "losses" if place == "change" else "fixed"
    if place == "manifest":
        path, number = manifest, 1
        path.write_text(line + path.read_text())
    else:
        table, number = ("", 4) if place == "defaults" else ("[change.losses]\n", 5)
        path.write_text(path.read_text() + table + line)
    (found,) = manifest_meaning.not_installed(assignment.find(name))
    assert found.startswith(f"{path}, line {number}: 'nowhere_at_all' is not installed here.")
    done = CliRunner().invoke(course, ["prove", name])
    assert done.exit_code == 2
    assert "nowhere_at_all" in done.output
