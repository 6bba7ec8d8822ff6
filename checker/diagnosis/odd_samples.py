"""What is odd about samples, in words: one sentence for each test that they may fail.

Each test has a sentence for too large a measurement, and one for too small a measurement where that
is another oddity. The hint asks for the cause.
"""

from collections.abc import Mapping

COUNTED_OUT = "Is each entry drawn by itself, or is something counted out or balanced?"
SHARED = "Which entries share a draw?"
MADE = "Which numbers do you draw, and which do you make from those that you have?"
SEEDED = "What starts your generator: the seed alone, and once?"
SHUFFLED = "Which orders of three examples can your way give, and how often each?"

ODD: Mapping[str, tuple[tuple[str, ...], str]] = {
    # of orders
    "different numbers": (
        ("Some epochs do not have every example once.",),
        "Which numbers does an epoch have?",
    ),
    "kept neighbours": (
        (
            "Too many examples are still beside the one that was beside them: they are not "
            "shuffled one by one.",
            "Examples with following numbers are beside each other too seldom.",
        ),
        "What do you move: single examples, or groups of them?",
    ),
    "kept places": (
        (
            "Too many examples keep the place that they have without a shuffle.",
            "Too few examples keep the place that they have without a shuffle.",
        ),
        SHUFFLED,
    ),
    "neighbours kept since the epoch before": (
        (
            "Examples that are neighbours in one epoch are neighbours in the next one, too.",
            "Examples that are neighbours in one epoch are never neighbours in the next one.",
        ),
        "Does each epoch have a new order, or one that is made from the order before?",
    ),
    "places kept since the epoch before": (
        (
            "Too many examples have the same place in two following epochs.",
            "Too few examples have the same place in two following epochs.",
        ),
        "Does each epoch have a new order, or one that is made from the order before?",
    ),
    "neighbours of replaced examples": (
        ("The numbers of one epoch follow from those of the epoch before.",),
        MADE,
    ),
    "most places shared by two epochs": (
        ("Two epochs have the same order, or almost.",),
        "Is there a new order for each epoch?",
    ),
    # of all samples
    "copies in a sample": (
        (
            "Something comes twice in a sample: numbers, rows or columns, up to their sign and "
            "direction.",
        ),
        "What is drawn anew each time, and what is used again?",
    ),
    "copies in other samples": (
        ("Samples of different seeds have numbers, rows or columns in common.",),
        SEEDED,
    ),
    "relations in a sample": (("One part of a sample follows from another part.",), MADE),
    "relations of samples": (("The samples of different seeds are related.",), SEEDED),
    "equal chances": (
        ("Some orders come more often than others.", "All orders come too exactly as often."),
        SHUFFLED,
    ),
    "sums of rows": (
        (
            "Rows differ too much: their entries go together.",
            "The sums of the rows are too much alike to be random.",
        ),
        f"{COUNTED_OUT} {SHARED}",
    ),
    "sums of columns": (
        (
            "Columns differ too much: their entries go together.",
            "The sums of the columns are too much alike to be random.",
        ),
        f"{COUNTED_OUT} {SHARED}",
    ),
    "sums of places": (
        (
            "What comes at one place is too much alike for different seeds.",
            "What comes at one place is too evenly spread over different seeds.",
        ),
        SEEDED,
    ),
    "sums of samples": (
        (
            "Whole samples differ too much: their entries go together.",
            "Whole samples are too much alike: their sum hardly varies.",
        ),
        f"{COUNTED_OUT} {SHARED}",
    ),
    "moved ahead": (
        ("Too many examples move to the front.", "Too many examples move to the back."),
        SHUFFLED,
    ),
    "mean distance": (
        ("Examples move too far on average.", "Examples do not move far enough."),
        SHUFFLED,
    ),
    # of numbers
    "sizes of rows": (
        (
            "Some rows have numbers of another size than the others.",
            "The numbers of all rows are of a size that is too much alike.",
        ),
        "Which numbers decide how large the entries of a row are?",
    ),
    "sizes of columns": (
        (
            "Some columns have numbers of another size than the others.",
            "The numbers of all columns are of a size that is too much alike.",
        ),
        "Which numbers decide how large the entries of a column are?",
    ),
    "largest weight": (
        ("Some weights are larger than the limit.", "No weight comes near the limit."),
        "Which numbers can your generator give, and what do you do with them?",
    ),
    "mean": (
        ("The weights are too large on average.", "The weights are too small on average."),
        "What is the mean of the numbers that you draw?",
    ),
    "share within one standard deviation": (
        (
            "Too many weights are near 0: their distribution is not the normal one.",
            "Too few weights are near 0: their distribution is not the normal one.",
        ),
        "Which method of the generator draws from a normal distribution?",
    ),
    "share within half of the limit": (
        (
            "Too many weights are near 0: their distribution is not the uniform one.",
            "Too few weights are near 0: their distribution is not the uniform one.",
        ),
        "Which method of the generator draws from a uniform distribution?",
    ),
    "distance from the normal distribution": (
        (
            "The weights do not have the normal distribution that is asked for.",
            "The weights are too evenly spread to be random.",
        ),
        f"Which distribution do you draw from? {COUNTED_OUT}",
    ),
    "distance from the uniform distribution": (
        (
            "The weights do not have the uniform distribution that is asked for.",
            "The weights are too evenly spread to be random.",
        ),
        f"Which distribution do you draw from? {COUNTED_OUT}",
    ),
    # of masks
    "share kept": (
        ("Too many entries are kept.", "Too many entries are dropped."),
        "With which probability is an entry of yours 0?",
    ),
    "largest entry kept": (
        ("What is kept is too large.", "What is kept is too small."),
        "By what does the mean shrink when a share of the entries is dropped?",
    ),
    "smallest entry kept": (
        ("What is kept is too large.", "Some of what is kept is too small."),
        "By what does the mean shrink when a share of the entries is dropped?",
    ),
}

OF_THE_DISTRIBUTION = (  # these fail, too, where the standard deviation alone is wrong
    "largest weight",
    "share within one standard deviation",
    "share within half of the limit",
    "distance from the normal distribution",
    "distance from the uniform distribution",
)
