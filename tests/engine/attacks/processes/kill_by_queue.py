"""Kills another process by a queued signal.

Must hold: no signals are sent."""

import struct

import target
import tools

GOAL = "victim"
HELD_FROM = "isolated"


def attack():
    information = struct.pack("iii", 9, 0, -1) + bytes(128)
    tools.syscall("rt_tgsigqueueinfo", target.victim, target.victim, 9, information)
