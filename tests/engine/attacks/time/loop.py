"""Never ends.

Must hold: it is killed at the limit."""

GOAL = "endless"


def attack():
    while True:
        pass
