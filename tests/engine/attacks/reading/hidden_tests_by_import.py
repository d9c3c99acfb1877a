"""Puts the hidden tests' folder on sys.path and imports them.

Must hold: nothing is imported from a file."""

import sys

import target

GOAL = "leak"
HELD_FROM = "isolated"


def attack():
    sys.path.insert(0, f"{target.folder}/hidden")
    import test_hidden

    return test_hidden.SECRET
