"""Never ends in a finalizer, as its result is thrown away.

Must hold: that is part of what is limited."""

GOAL = "endless"


class Endless:
    def __del__(self):
        while True:
            pass


def attack():
    Endless()
    return 0
