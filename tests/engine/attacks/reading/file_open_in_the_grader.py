"""Opens again, by way of /proc, a file that the grader has open.

Must hold: /proc/PID/fd isn't there for it."""

import target

GOAL = "leak"
HELD_FROM = "isolated"


def attack():
    return open(f"/proc/{target.grader}/fd/{target.grader_fd}").read()
