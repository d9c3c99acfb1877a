"""Reads its own memory at the place where the grader, which it was forked from, has the secret.

Must hold: it wasn't forked from the grader, and there is nothing at that place."""

import ctypes

import target

GOAL = "leak"


def attack():
    return ctypes.string_at(target.address, target.length)
