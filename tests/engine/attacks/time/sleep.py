"""Sleeps for a year, which takes no CPU time.

Must hold: there is a limit on the wall's clock as well."""

import time

GOAL = "endless"


def attack():
    time.sleep(3e7)
