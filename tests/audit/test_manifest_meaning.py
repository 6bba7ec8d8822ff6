"""What a manifest asks of operations that they do not have is told with its line."""

from click.testing import CliRunner

from checker.__main__ import course
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
