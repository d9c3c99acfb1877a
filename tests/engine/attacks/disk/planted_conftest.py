"""Puts a conftest.py beside the hidden tests, which pytest runs.

Must hold: no file can be made."""

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    with open(f"{target.folder}/hidden/conftest.py", "w") as file:
        file.write("import os; os._exit(0)")
