"""Reads the result of another student.

Must hold: it can't be read."""

import json

import target

GOAL = "leak"
HELD_FROM = "isolated"


def attack():
    return json.load(open(target.rival_result))
