"""Returns an object whose conversion to an array never ends.

Must hold: it is never converted."""

GOAL = "endless"


class Slow:
    def __array__(self, *args, **kwargs):
        while True:
            pass


def attack():
    return Slow()
