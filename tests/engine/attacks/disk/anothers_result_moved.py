"""Moves another student's result away.

Must hold: it can't be moved."""

import os

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    os.rename(target.rival_result, f"{target.folder}/gone")
