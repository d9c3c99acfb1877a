"""Gives another process a limit of one open file.

Must hold: nobody's limits can be set."""

import resource

import target

GOAL = "victim"
HELD_FROM = "isolated"


def attack():
    resource.prlimit(target.victim, resource.RLIMIT_NOFILE, (1, 1))
