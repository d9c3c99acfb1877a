"""Computes for ever in a class body, as the module is imported.

Must hold: loading is limited."""

GOAL = "endless"


class Attack:
    values = list(iter(int, 1))


def attack():
    return Attack
