"""How far a result moves when the inputs are rounded: ties, jumps, and functions that cancel."""

import numpy as np
import pytest

from checker.numerics.conditioning import DRAWS, JUMP, LEAST_SHARE, moved, moves
from checker.numerics.equations import SINGLE

X = np.array([0.3, -1.7, 2.0, 0.3])


def move_of(function, x=X, **settings):
    inputs = {"x": np.asarray(x, dtype=float)}
    base = [np.asarray(function(inputs["x"]))]
    (found,) = moves(lambda given: [np.asarray(function(given["x"]))], inputs, base, **settings)
    return found


@pytest.mark.parametrize("seed", range(DRAWS))
@pytest.mark.parametrize("alike", [True, False])
def test_each_number_moves_by_up_to_one_rounding_and_by_a_share_of_it(seed, alike):
    change = np.abs(moved({"x": X}, SINGLE, seed, alike=alike)["x"] / X - 1) / SINGLE
    assert (change <= 1 + 1e-6).all()
    assert (change >= LEAST_SHARE - 1e-6).all()


def test_equal_entries_move_alike_or_apart():
    alike = moved({"x": X}, SINGLE, 0, alike=True)["x"]
    assert alike[0] == alike[3]
    assert len(np.unique(alike)) == 3
    apart = moved({"x": X}, SINGLE, 0, alike=False)["x"]
    assert apart[0] != apart[3]


def test_labels_settings_and_absent_arguments_stay():
    labels, truth = np.array([0, 3]), np.array([True, False])
    given = {"labels": labels, "truth": truth, "axis": 3, "name": "mean", "bias": None}
    found = moved(given, SINGLE, 0, alike=True)
    assert all(found[name] is given[name] for name in given)


def test_a_real_setting_moves():
    found = moved({"rate": 0.1, "steps": 7}, SINGLE, 0, alike=True)
    assert 0 < abs(found["rate"] / 0.1 - 1) <= SINGLE
    assert found["steps"] == 7
    (one, other), axis = moved({"factors": ((0.5, 0.5), 3)}, SINGLE, 0, alike=True)["factors"]
    assert {one, other} != {0.5}
    assert axis == 3


def resized(given):
    """An image whose length and entries depend on a factor."""
    return [np.resize(given["x"], int(given["factor"] * 4)) * given["factor"] ** 1000]


def test_a_draw_that_changes_the_length_of_a_result_is_repeated():
    """A factor just below 2 makes the image shorter."""
    size = next(n for n in range(9) if moved(image(n), SINGLE, 0, alike=True)["factor"] < 2)
    (found,) = moves(resized, image(size), resized(image(size)), draws=1)
    assert (found > 100 * SINGLE * resized(image(size))[0]).all()


def image(size):
    return {"x": np.arange(1.0, size + 2), "factor": 2.0}


def test_settings_that_cannot_move_stay_and_the_arrays_move():
    def choosy(given):
        return resized(given) if given["factor"] == 2 else [np.zeros(3)]

    (found,) = moves(choosy, image(2), resized(image(2)))
    shares = found / resized(image(2))[0] / SINGLE
    assert (shares >= LEAST_SHARE - 1e-6).all()
    assert (shares <= 1 + 1e-6).all()


@pytest.mark.parametrize(
    ("function", "condition"),
    [
        (lambda x: x, 1.0),
        (lambda x: x**10, 10.0),
        (lambda x: np.sqrt(np.abs(x)), 0.5),
        (lambda x: np.exp(x), np.abs(X)),
        (lambda x: 3 + 0 * x, 0.0),
    ],
)
def test_a_move_is_the_condition_of_the_function(function, condition):
    found, size = move_of(function), np.abs(function(X))
    assert (found <= condition * size * SINGLE * (1 + 1e-5)).all()
    assert (found >= LEAST_SHARE * condition * size * SINGLE * (1 - 1e-5)).all()


def test_a_function_that_cancels_has_a_large_move():
    """x - 1 beside x = 1 loses what x and 1 have in common."""
    near = 1 + 1e-6
    relative = move_of(lambda x: x - 1, [near])[0] / (near - 1)
    assert LEAST_SHARE * 1e6 * SINGLE <= relative <= 1.1e6 * SINGLE


def test_an_unstable_formula_has_the_move_of_the_stable_one():
    """A bound comes from the function, so what a formula loses inside does not widen its own."""
    x = 1e4 + np.arange(8.0)
    stable = move_of(np.var, x, decisions=True)
    unstable = move_of(lambda x: (x**2).mean() - x.mean() ** 2, x)
    assert unstable == pytest.approx(stable, rel=1e-3)


def test_a_step_beside_a_decision_does_not_count_where_equal_entries_move_apart():
    """The place of the maximum of equal entries hangs on their roundings: it is no error."""
    tied = np.array([1.0, 1.0])
    assert move_of(lambda x: (x == x.max()).astype(float), tied).max() == 0


def test_a_decision_that_an_input_is_beside_counts_unless_it_is_told_not_to():
    """Beside 1/2, rounding decides, and every answer is right."""
    beside = np.array([0.5, 3.0])

    def decides(x):
        return np.where(x > 0.5, 1e3, -1e3)

    assert move_of(decides, beside).tolist() == [2e3, 0.0]
    assert move_of(decides, beside, decisions=False).tolist() == [0.0, 0.0]


def test_a_jump_is_more_than_many_roundings_of_the_largest_input():
    def steep(by):
        return lambda x: by * x

    largest = np.array([1.0])
    kept = move_of(steep(0.9 * JUMP), largest, decisions=False)
    assert kept[0] >= LEAST_SHARE * 0.9 * JUMP * SINGLE
    assert move_of(steep(JUMP / LEAST_SHARE * 1.01), largest, decisions=False)[0] == 0


def test_a_jump_is_measured_beside_a_large_result_too():
    """A sum of products may move by more than a thousand roundings of its factors."""

    def moves_of_a_sum(size, **settings):
        x, draws = 1e4 + np.arange(float(size)), []

        def compute(given):
            draws.append(abs(given["x"] @ given["y"] - x @ x))
            return [np.array([given["x"] @ given["y"]])]

        (found,) = moves(compute, {"x": x, "y": x}, [np.array([x @ x])], **settings)
        return found[0], draws, JUMP * SINGLE * x.max()

    sums = [moves_of_a_sum(size) for size in range(50, 500, 25)]
    assert any(max(draws[1::2]) > max(draws[::2]) > jump for _, draws, jump in sums)
    assert all(found == max(draws) for found, draws, _ in sums)
    assert moves_of_a_sum(200, decisions=False)[0] == 0


def test_a_draw_that_raises_or_changes_a_shape_or_is_not_finite_does_not_count():
    def raises(x):
        if not np.array_equal(x, X):
            raise ValueError
        return x

    assert move_of(raises).max() == 0
    assert move_of(lambda x: x if np.array_equal(x, X) else x[:2]).max() == 0
    assert move_of(lambda x: x if np.array_equal(x, X) else x * np.nan).max() == 0


def test_another_unit_moves_by_another_amount():
    single, half = move_of(lambda x: 3 * x), move_of(lambda x: 3 * x, unit=2.0**-11)
    np.testing.assert_allclose(half / single, 2.0**13, rtol=1e-3)


def test_arguments_are_not_changed():
    x = X.copy()
    move_of(lambda x: x**2, x)
    assert (x == X).all()
