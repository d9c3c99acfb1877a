"""Raises an exception whose text computes for ever.

Must hold: that happens in the worker, whose time is limited."""

GOAL = "endless"


class Endless(Exception):
    def __str__(self):
        while True:
            pass


def attack():
    raise Endless
