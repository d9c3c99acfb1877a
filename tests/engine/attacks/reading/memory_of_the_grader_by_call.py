"""Reads the secret from the grader's memory by process_vm_readv, at the right address.

Must hold: there is no such call."""

import ctypes
import struct

import target
import tools

GOAL = "leak"
HELD_FROM = "isolated"
NEEDS = "a kernel that lets a user's processes trace each other"


def attack():
    text = ctypes.create_string_buffer(target.length)
    ours = struct.pack("QQ", ctypes.addressof(text), target.length)
    theirs = struct.pack("QQ", target.address, target.length)
    tools.syscall("process_vm_readv", target.grader, ours, 1, theirs, 1, 0)
    return text.raw
