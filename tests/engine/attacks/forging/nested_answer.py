"""Sends an answer that says it holds 100 lists in each other's place, deeper than any reader's stack.

Must hold: depth is looked at before anything is made; the process ends."""

import os
import struct

import tools

GOAL = "grader"


def attack():
    if tools.worker()[0] is None:
        body = b"\x80\x04" + b"(" * 200_000 + b"t" * 200_000 + b"."
        os.write(3, struct.pack("!i", len(body)) + body)
    else:
        os.write(3, tools.message([[1, 1]] * 100_000 + [None]))
    os._exit(1)
