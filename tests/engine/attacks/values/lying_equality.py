"""Returns an object that equals everything.

Must hold: it doesn't cross, and what stands for it equals nothing."""

GOAL = "mark"


class Equal:
    def __eq__(self, other):
        return True


def attack():
    return Equal()
