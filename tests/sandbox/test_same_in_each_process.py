"""What a submission computes is the same in each process that grades it."""

from contextlib import closing

import pytest

from checker.sandbox import calls
from checker.sandbox.spawn import spawn
from checker.sandbox.worker_pool import Workers

HASHES = b"def f():\n    return [hash(word) % 2**20 for word in ('weights', 'biases')]\n"
# Another order changes the last digits of a sum.
ORDER = b"def f():\n    return [ord(letter) for letter in set('abcdefgh')]\n"


def answer(worker, code):
    with closing(worker):
        worker.load("a.py", code, {}, seconds=20.0, bare=False, imports=())
        (answers,) = worker.run([calls.Asked("f", 1, calls.pack([[]]), 999)], seconds=20.0)
        return answers.replies[0].results[0].tolist()


@pytest.mark.parametrize("code", [HASHES, ORDER], ids=["hashes", "order"])
def test_sets_of_words_have_one_order(code):
    with Workers() as first, Workers() as second:
        found = [answer(worker, code) for worker in (spawn(), first.start(), second.start())]
    assert found[0] == found[1] == found[2]
    assert len(found[0]) > 1
