"""Cuts another student's result to nothing, by its path.

Must hold: it can't be cut."""

import os

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    os.truncate(target.rival_result, 0)
