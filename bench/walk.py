"""Walk matters along the law's path by dice, for as many steps as wished: no illegal state may be reached.

    make bench ARGS="walk --steps 1000000 --seed 1"

The walks and what must hold after each step are those of `tests/machine.py`. Every matter's walk is undone when
it ends, so the database stays small. A walk that breaks something prints its seed and stops.
"""

import argparse
import os
import time
from collections import Counter
from random import Random

STEPS_EACH = 90


def main(arguments: list[str]) -> int:
    """Walk until the steps are done; print how many acts of each kind were done and how many were refused."""
    parser = argparse.ArgumentParser(prog="bench walk", description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuoluo.config.settings")
    import django

    django.setup()
    from django.test.utils import setup_databases, teardown_databases

    kept = setup_databases(verbosity=0, interactive=False)
    try:
        return _walk(options.steps, options.seed)
    finally:
        teardown_databases(kept, verbosity=0)


def _walk(steps: int, seed: int) -> int:
    from django.db import transaction

    from tests.county import build
    from tests.machine import walk

    with transaction.atomic():
        county = build()
    done: Counter[str] = Counter()
    walked = matters = 0
    begun = time.monotonic()
    while walked < steps:
        with transaction.atomic():
            try:
                here = walk(county, Random(seed + matters), STEPS_EACH)
            except BaseException:
                print(f"broken with seed {seed + matters}", flush=True)
                raise
            transaction.set_rollback(True)
        done.update(here.done)
        walked += STEPS_EACH
        matters += 1
        if matters % 200 == 0:
            rate = walked / (time.monotonic() - begun)
            print(f"{walked:,} steps, {matters:,} matters, {rate:.0f} steps a second", flush=True)
    acts = sum(done.values())
    print(f"{walked:,} steps over {matters:,} matters: {acts:,} acts done, {walked - acts:,} refused")
    for name, count in done.most_common():
        print(f"  {name:20} {count:>9,}")
    return 0
