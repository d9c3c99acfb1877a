"""Watches what other processes do, by performance counters.

Must hold: there is no such call."""

import struct

import tools

GOAL = "done"
HELD_FROM = "isolated"
ROOT = True


def attack():
    counter = struct.pack("IIQ", 1, 112, 0) + bytes(96)
    tools.syscall("perf_event_open", counter, 0, -1, -1, 0)
    return "done"
