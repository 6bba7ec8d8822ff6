"""The reference is asked all inputs of the test suites of PyTorch and ONNX, and none gets lost."""

import dataclasses
from importlib import import_module

import pytest

from checker.proof import external
from checker.proof.external.calls import CALLS, NotMappedError, linear, softmax
from checker.proof.external.comparing import compare
from checker.proof.report import page, summary
from checker.proof.row import ProofRow
from reference import catalogue

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

LEAST = {"op_db": 830, "module_db": 500, "optim_db": 45, "onnx": 230}  # that must be compared


@pytest.mark.parametrize("database", external.DATABASES)
@pytest.mark.filterwarnings("ignore")
def test_every_input_is_compared_or_counted_with_its_reason(database, monkeypatch):
    module = import_module(f"checker.proof.external.{external.DATABASES[database]}")
    asked, questions = [], module.questions

    def listed():  # making them takes longer than answering them
        asked.extend(questions())
        return iter(asked)

    monkeypatch.setattr(module, "questions", listed)
    *rows, total = external.rows(database)
    assert [row.failure for row in rows if not row.passed] == []
    assert total.cases == sum(row.cases for row in rows) >= LEAST[database]
    assert total.cases + sum(total.left_out.values()) == len(asked)
    assert all(total.left_out)


def worst(call, result, leaves):
    return max(equation.ratio for equation in compare(call, result, leaves))


def sample():
    torch.manual_seed(0)
    sizes = ((2, 4, 3), (5, 3), (5,))
    return [torch.randn(size, dtype=torch.float64, requires_grad=True) for size in sizes]


def test_gradients_go_back_through_what_was_moved():
    """PyTorch's weight is transposed, and its input may have further axes."""
    leaves = sample()
    equations = compare(linear(*leaves), torch.nn.functional.linear(*leaves), leaves)
    assert [equation.left.shape for equation in equations[1:]] == [(2, 4, 3), (5, 3), (5,)]
    assert max(equation.ratio for equation in equations) <= 1


def test_a_wrong_backward_and_a_wrong_forward_are_noticed(monkeypatch):
    x, *_ = sample()
    right = catalogue.operation("softmax")

    def doubled(grad, x):
        return (2 * right.backward(grad, x)[0],)

    call, result = softmax(x, 1), torch.softmax(x, 1)
    assert worst(call, result, [x]) <= 1
    assert worst(call, torch.softmax(x, 2), [x]) > 1
    wrong = dataclasses.replace(right, backward=doubled)
    monkeypatch.setattr(catalogue, "operation", {"softmax": wrong}.__getitem__)
    assert worst(call, result, [x]) > 1


def test_what_the_reference_lacks_is_said_in_words():
    with pytest.raises(NotMappedError, match="a weight for each class"):
        CALLS["nn.functional.cross_entropy"](torch.zeros(2, 3), torch.zeros(2), torch.ones(3))
    row = ProofRow(
        "all of op_db",
        "external op_db",
        7,
        0,
        0.0,
        left_out={f"reason {i}": 9 - i for i in range(6)},
    )
    assert "reason 5 (4)" in page.page([row])
    (line,) = summary.external([row])
    assert "7 compared. 39 left out: reason 0 (9)" in line
    assert "other reasons (9)" in line
