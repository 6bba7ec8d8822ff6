"""Broadcasting beyond the declared form: any two shapes that align, and those that do not."""

import numpy as np
import pytest

from checker.proof.oracles.torch_agreement import agree
from checker.proof.trial import Trial
from reference.catalogue import operation
from reference.tensors import add, broadcast_shape, matmul, matmul_shape

PAIRS = [
    ((), ()),
    ((3,), ()),
    ((3, 1), (1, 4)),
    ((4,), (2, 3, 4)),
    ((2, 1, 4), (3, 1)),
    ((0, 4), (4,)),
]


@pytest.mark.parametrize("shapes", PAIRS, ids=str)
@pytest.mark.parametrize("name", ["add", "subtract", "multiply", "divide"])
def test_gradient_equals_torch_for_all_shapes_that_align(name, shapes):
    _same_as_torch(name, *shapes)


@pytest.mark.parametrize("shapes", [((2, 3), (5, 3, 4)), ((5, 1, 2, 3), (4, 3, 2))], ids=str)
def test_a_batch_of_products_aligns_its_leading_axes(shapes):
    _same_as_torch("batched_matmul", *shapes)


def test_batched_product_is_the_one_printed_in_the_lecture():
    a = np.arange(1, 13.0).reshape(2, 2, 3)
    b = np.arange(13, 25.0).reshape(2, 3, 2)
    printed = [[[94, 100], [229, 244]], [[508, 532], [697, 730]]]
    assert operation("batched_matmul").forward(a, b).tolist() == printed


@pytest.mark.parametrize("shapes", [((3, 2), (2, 3)), ((2,), (3,)), ((0,), (2,))], ids=str)
def test_what_does_not_align_is_an_error(shapes):
    with pytest.raises(ValueError, match="do not align"):
        broadcast_shape.run(*shapes)
    with pytest.raises(ValueError, match="broadcast"):
        add.forward(*map(np.ones, shapes))


def test_the_error_names_the_axis_and_both_sizes():
    with pytest.raises(ValueError, match="axis -2 has 3 entries in the first and 2 in the second"):
        broadcast_shape.run((3, 2), (2, 2))


def test_the_error_of_a_product_names_columns_and_rows():
    with pytest.raises(ValueError, match="the first have 3 columns and those of the second 2 rows"):
        matmul_shape.run((2, 3), (2, 3))
    with pytest.raises(ValueError, match="mismatch"):
        matmul.forward(np.ones((2, 3)), np.ones((2, 3)))


def _same_as_torch(name, *shapes):
    pytest.importorskip("torch", reason="PyTorch is not installed")

    rng = np.random.default_rng(0)
    a, b = (rng.integers(1, 9, size=shape).astype(float) for shape in shapes)
    for equation in agree(Trial(operation(name), {"a": a, "b": b}), np.float64):
        assert equation.ratio <= 1, str(equation)
