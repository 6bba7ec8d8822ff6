"""Right ways to write a momentum that rises."""


def one_fraction(epoch, highest, *, period=250):
    periods = 1 + epoch // period
    return min((2 * periods - 1) / (2 * periods), highest)


def stops_where_it_has_arrived(epoch, highest, *, period=250):
    missing = 0.5 / (1 + int(epoch / period))
    return highest if missing < 1 - highest else 1 - missing
