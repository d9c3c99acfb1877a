"""Raises an exception with a message of 20 MB.

Must hold: messages are cut."""

GOAL = "flood"


def attack():
    raise ValueError("x" * 20_000_000)
