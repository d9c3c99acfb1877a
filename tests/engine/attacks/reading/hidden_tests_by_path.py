"""Opens the file of hidden tests by its absolute path.

Must hold: its text does not come back."""

import target

GOAL = "leak"
HELD_FROM = "isolated"


def attack():
    return open(target.secret_file).read()
