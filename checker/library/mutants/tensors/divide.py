"""Mutants of the quotient of two tensors."""


def upside_down(a, b):
    """The quotient is upside down: the second is divided by the first.

    What should come out where the row is 1?
    """
    return b / a


def whole_numbers_only(a, b):
    """The fractions are cut off: // divides whole numbers.

    What is 1 divided by 2?
    """
    return a // b


def multiplied(a, b):
    """The two are multiplied.

    Should a large divisor make the answer large or small?
    """
    return a * b


def turned_upright(a, b):
    """The row is turned upright, so each row of the tensor is scaled instead of each column.

    Shapes are aligned on the last axes. Which axis of the tensor has as many entries as the row?
    """
    return a / b.T


def sum_of_the_row(a, b):
    """Every entry is divided by the sum of the row.

    How much should column 0 change if only the last entry of the row changes?
    """
    return a / b.sum()


def something_added_to_the_divisor(a, b):
    """A small number is added to the divisor, which changes every answer a little.

    What is 1 divided by 1 in your version?
    """
    return a / (b + 1e-3)


def first_row_only(a, b):
    """Only the first row of each matrix is divided.

    Which of the rows does the row meet when it is repeated?
    """
    result = a.copy()
    result[..., 0, :] /= b[0]
    return result


def sign_of_the_divisor_forgotten(grad, a, b):
    """The gradient of the divisor has the wrong sign.

    If a divisor grows, does the quotient of two positive numbers rise or fall?
    """
    return grad / b, _summed(grad * a / b**2, b)


def square_forgotten(grad, a, b):
    """In the gradient of the divisor the square is missing.

    What is the derivative of 1 / x?
    """
    return grad / b, -_summed(grad * a / b, b)


def dividend_forgotten(grad, a, b):
    """In the gradient of the divisor the dividend is missing.

    Differentiate 3 / x. Where is the 3?
    """
    return grad / b, -_summed(grad / b**2, b)


def multiplied_instead_of_divided(grad, a, b):
    """The gradient of the dividend is multiplied with the divisor.

    How much does x / 3 change if x rises by one?
    """
    return grad * b, -_summed(grad * a / b**2, b)


def repeats_not_added_up(grad, a, b):
    """The gradient of the row has the shape of the tensor: its copies are not added up.

    One row has served many. Which shape does its gradient have?
    """
    return grad / b, -grad * a / b**2


def averaged_over_the_repeats(grad, a, b):
    """The gradient of the row is averaged over its copies, where the chain rule adds them up.

    A number that acts along many paths: are its contributions added or averaged?
    """
    return grad / b, -_summed(grad * a / b**2, b) * b.size / a.size


def _summed(each, b):
    return each.reshape(-1, b.shape[1]).sum(axis=0, keepdims=True)
