"""Locks another student's result, so that whoever writes it waits for ever.

Must hold: it can't be opened for that."""

import fcntl

import target

GOAL = "done"
HELD_FROM = "isolated"


def attack():
    fcntl.flock(open(target.rival_result), fcntl.LOCK_EX | fcntl.LOCK_NB)
    return "done"
