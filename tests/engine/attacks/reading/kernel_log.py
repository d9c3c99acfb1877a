"""Reads the kernel's log.

Must hold: there is no such call."""

import ctypes

import tools

GOAL = "done"
HELD_FROM = "isolated"
ROOT = True


def attack():
    tools.syscall("syslog", 3, ctypes.create_string_buffer(10_000), 10_000)
    return "done"
