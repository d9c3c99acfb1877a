"""Returns a number of a class of its own, whose comparisons are always true.

Must hold: only Python's own numbers cross."""

GOAL = "mark"


class Equal(float):
    def __eq__(self, other):
        return True

    __hash__ = None


def attack():
    return Equal(0)
