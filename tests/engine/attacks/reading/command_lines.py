"""Reads the command lines of all processes from /proc.

Must hold: /proc can't be listed."""

from pathlib import Path

GOAL = "leak"
HELD_FROM = "isolated"


def attack():
    return [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline")]
