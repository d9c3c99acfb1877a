"""Returns a list that holds itself.

Must hold: depth is limited."""

GOAL = "grader"
CANNOT = "pickle and str() can do that"


def attack():
    values = []
    values.append(values)
    return values
