"""Removes the folder of results with all that is in it.

Must hold: nothing can be removed."""

import shutil

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    shutil.rmtree(f"{target.folder}/results")
