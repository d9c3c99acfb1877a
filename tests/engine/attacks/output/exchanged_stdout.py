"""Replaces sys.stdout by an object whose methods never end.

Must hold: that happens in the worker, whose time is limited."""

import sys

GOAL = "endless"


class Stream:
    def write(self, text):
        while True:
            pass

    flush = write


def attack():
    sys.stdout = Stream()
    print("x")
