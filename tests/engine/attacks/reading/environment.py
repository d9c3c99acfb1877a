"""Looks for the course secret in the environment.

Must hold: the environment is one of our own, with nothing in it."""

import os

GOAL = "leak"


def attack():
    return dict(os.environ)
