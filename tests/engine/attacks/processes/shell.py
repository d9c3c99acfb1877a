"""Runs a command of the shell in the background.

Must hold: no process can be started."""

import os

GOAL = "survivor"
HELD_FROM = "isolated"


def attack():
    os.system("sleep 60 &")
