"""Marks computed another way than by the checker: in whole cents, without decimals."""

from datetime import timedelta
from fractions import Fraction


def second_sum(scores, rules, after, extension=0, most=20):
    """The mark for these points of the tasks, handed in so long `after` the deadline.

    `most` is the highest mark without a bonus.
    """
    cents = sum(round(100 * score) for score in scores)
    late = after - timedelta(days=extension)
    days = -(-late // timedelta(days=1))
    if late > timedelta(minutes=rules.get("grace_minutes", 0)):
        per_day, late_most = rules.get("late_per_day", 0), rules.get("late_most", 1)
        penalty = min(days * Fraction(str(per_day)), Fraction(str(late_most))) * 100 * most
        half_up = (2 * penalty.numerator + penalty.denominator) // (2 * penalty.denominator)
        cents = max(0, cents - half_up)
    if unit := round(100 * rules.get("rounding", 0)):
        cents = (2 * cents + unit) // (2 * unit) * unit
    return Fraction(cents, 100)
