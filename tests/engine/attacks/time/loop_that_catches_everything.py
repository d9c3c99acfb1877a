"""Never ends, whatever exception is raised in it.

Must hold: limits are kept by killing the process, from outside."""

GOAL = "endless"


def attack():
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
