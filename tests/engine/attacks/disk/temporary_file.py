"""Writes a temporary file, as libraries do.

Must hold: no file can be made."""

import tempfile

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    tempfile.mkstemp(dir=target.folder)
