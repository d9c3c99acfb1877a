"""Lets all attacks loose, as the tests do, and prints what came of them as the table in autograder/sandbox/README.md:

python tests/engine/attacks/table.py"""

import sys
from collections import defaultdict
from pathlib import Path

import pytest

LEVELS = ("contained", "isolated", "isolated+")


class Results:
    """The attacks of each kind, as sets of names: all, shown to succeed without walls, held at each level."""

    def __init__(self):
        self.kinds = defaultdict(lambda: defaultdict(set))
        self.cases = {}

    def pytest_collection_modifyitems(self, items):
        self.cases = {item.nodeid: item.callspec.params for item in items}

    def pytest_runtest_logreport(self, report):
        attack, level = (self.cases[report.nodeid].get(name) for name in ("attack", "level"))
        if attack is None:  # stands for all of them, at a level that this machine doesn't have
            return
        kind = self.kinds[attack.kind]
        kind["all"].add(attack.name)
        if report.when == "call" and report.passed:
            kind[level or "shown"].add(attack.name)

    def rows(self):
        levels = [level for level in LEVELS if any(kind[level] for kind in self.kinds.values())]
        yield ("kind", "attacks", "succeed without walls", "can't here", *(f"held at {level}" for level in levels))
        yield ("---", *["---:"] * (3 + len(levels)))
        total = [0] * (3 + len(levels))
        for name, kind in self.kinds.items():
            shown = len(kind["shown"])
            counts = [len(kind["all"]), shown, len(kind["all"]) - shown, *(len(kind[level]) for level in levels)]
            total = [a + b for a, b in zip(total, counts, strict=True)]
            yield (name, *counts)
        yield ("**all**", *total)


if __name__ == "__main__":
    results = Results()
    status = pytest.main(["-q", "-rs", str(Path(__file__).with_name("test_attacks.py"))], plugins=[results])
    for row in results.rows():
        print("|", *(f"{cell} |" for cell in row))
    sys.exit(status)
