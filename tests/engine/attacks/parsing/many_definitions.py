"""Defines its exercise 60,000 times.

Must hold: looking for definitions has a limit."""

GOAL = "endless"
REPEAT = {"INNER = 0": ("", "def attack():\n    return [x for x in range(9)]\n", 60_000)}
INNER = 0


def attack():
    return 0
