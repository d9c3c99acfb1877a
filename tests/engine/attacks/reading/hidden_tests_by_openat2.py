"""Opens the file of hidden tests by a newer system call, past Python and libc.

Must hold: no way of opening a file is left out."""

import os
import struct

import target
import tools

GOAL = "leak"
HELD_FROM = "isolated"


def attack():
    how = struct.pack("QQQ", os.O_RDONLY, 0, 0)
    return os.read(tools.syscall("openat2", -100, target.secret_file.encode(), how, len(how)), 1000)
