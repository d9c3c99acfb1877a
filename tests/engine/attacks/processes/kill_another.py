"""Kills another process of the same user.

Must hold: no signals are sent."""

import os

import target

GOAL = "victim"
HELD_FROM = "isolated"


def attack():
    os.kill(target.victim, 9)
