"""Writes into another process's memory.

Must hold: there is no such call."""

import ctypes
import struct

import target
import tools

GOAL = "done"
HELD_FROM = "isolated"
NEEDS = "a kernel that lets a user's processes trace each other"


def attack():
    nothing = struct.pack("QQ", ctypes.addressof(ctypes.create_string_buffer(8)), 0)
    tools.syscall("process_vm_writev", target.victim, nothing, 1, nothing, 1, 0)
    return "done"
