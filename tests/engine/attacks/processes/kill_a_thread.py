"""Kills another process by a signal to its thread.

Must hold: no signals are sent."""

import target
import tools

GOAL = "victim"
HELD_FROM = "isolated"


def attack():
    tools.syscall("tgkill", target.victim, target.victim, 9)
