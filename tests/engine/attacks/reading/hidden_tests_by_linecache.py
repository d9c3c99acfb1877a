"""Asks `linecache`, which tracebacks use, for the lines of the hidden tests.

Must hold: the standard library reads no file either."""

import linecache

import target

GOAL = "leak"
HELD_FROM = "isolated"


def attack():
    return linecache.getlines(target.secret_file)
