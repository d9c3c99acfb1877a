"""Returns an object whose class computes for ever when it is asked for its name.

Must hold: that happens in the worker, whose time is limited."""

GOAL = "endless"


class Meta(type):
    @property
    def __name__(cls):
        while True:
            pass


class Nameless(metaclass=Meta):
    __reduce__ = None


def attack():
    return Nameless()
