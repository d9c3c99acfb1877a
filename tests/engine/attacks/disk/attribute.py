"""Hides data in an attribute of a file.

Must hold: attributes can't be set."""

import os

import target

GOAL = "files"
HELD_FROM = "isolated"
NEEDS = "a file system with attributes"


def attack():
    os.setxattr(target.rival_result, "user.note", b"100 points")
