"""Returns a list of a class of its own, whose comparisons are always true.

Must hold: what it holds crosses, and its class doesn't."""

GOAL = "mark"


class Equal(list):
    def __eq__(self, other):
        return True

    __hash__ = None


def attack():
    return Equal([0])
