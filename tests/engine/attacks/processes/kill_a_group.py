"""Kills another group of processes.

Must hold: no signals are sent."""

import os

import target

GOAL = "victim"
HELD_FROM = "isolated"


def attack():
    os.killpg(target.victim, 9)
