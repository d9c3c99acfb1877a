"""Returns a list so deep that printing it ends in an error.

Must hold: depth is limited."""

GOAL = "grader"
CANNOT = "pickle itself refuses to send it"


def attack():
    values = []
    for _ in range(100_000):
        values = [values]
    return values
