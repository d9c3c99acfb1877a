"""Reads the secret from the grader's memory through /proc/PID/mem, at the right address.

Must hold: neither a path in /proc nor the grader's memory is open to it."""

import target

GOAL = "leak"
HELD_FROM = "isolated"
NEEDS = "a kernel that lets a user's processes trace each other"


def attack():
    with open(f"/proc/{target.grader}/mem", "rb") as memory:
        memory.seek(target.address)
        return memory.read(target.length)
