"""Writes 0 points into another student's result.

Must hold: it can't be written."""

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    with open(target.rival_result, "w") as file:
        file.write('{"score": 0}')
