"""Reads the environment of another process of the same user from /proc.

Must hold: /proc can't be read."""

import target

GOAL = "leak"
HELD_FROM = "isolated"


def attack():
    return open(f"/proc/{target.victim}/environ", "rb").read()
