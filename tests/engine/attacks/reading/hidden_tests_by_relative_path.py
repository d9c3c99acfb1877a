"""Moves to the hidden tests' folder first, and opens the file by its bare name.

Must hold: the folder it stands in makes no difference."""

import os

import target

GOAL = "leak"
HELD_FROM = "isolated"


def attack():
    os.chdir(f"{target.folder}/hidden")
    return open("test_hidden.py").read()
