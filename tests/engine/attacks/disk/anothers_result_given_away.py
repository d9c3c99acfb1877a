"""Changes to whom another student's result belongs.

Must hold: its owner can't be changed."""

import os

import target

GOAL = "files"
HELD_FROM = "isolated"
ROOT = True


def attack():
    os.chown(target.rival_result, 65534, 65534)
