"""Removes another student's result.

Must hold: it can't be removed."""

import os

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    os.unlink(target.rival_result)
