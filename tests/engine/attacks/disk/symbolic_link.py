"""Makes a link where the grader will write.

Must hold: no link can be made."""

import os

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    os.symlink(target.secret_file, f"{target.folder}/results/link")
