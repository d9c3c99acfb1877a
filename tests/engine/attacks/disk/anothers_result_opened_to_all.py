"""Changes who may read another student's result.

Must hold: its mode can't be changed."""

import os

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    os.chmod(target.rival_result, 0o777)
