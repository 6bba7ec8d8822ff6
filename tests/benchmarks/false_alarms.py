"""How often the proof of a right operation fails, with cases from other seeds.

python tests/benchmarks/false_alarms.py [SEEDS [NAME ...]]

All operations are asked, or those that are named, seven seeds each unless told. None should fail:
a failure is a bound that is too narrow, or a mistake that the usual cases do not show.
"""

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import product

import torch

from checker.proof.verify import verify
from reference import catalogue

APART = 10_000  # seeds of one set of cases


def failures(name: str, seed: int) -> list[str]:
    """The oracles that fail for the cases of a seed."""
    torch.set_num_threads(1)
    rows = verify({name: catalogue.operation(name)}, first=seed * APART)
    return [f"{name}, seed {seed}, {row.oracle}: {row.failure}" for row in rows if not row.passed]


def main() -> None:
    seeds = int(sys.argv[1]) if sys.argv[1:] else 7
    asked = list(product(sys.argv[2:] or catalogue.names(), range(1, seeds + 1)))
    start, failed = time.perf_counter(), 0
    with ProcessPoolExecutor() as pool:
        for found in pool.map(failures, *zip(*asked, strict=True), chunksize=4):
            failed += bool(found)
            print("\n".join(found), end="\n" if found else "", flush=True)
    print(f"{failed} of {len(asked)} failed, in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
