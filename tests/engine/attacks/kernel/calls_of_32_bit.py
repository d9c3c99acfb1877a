"""Makes a system call as 32-bit programs do, whose numbers are others.

Must hold: a filter knows the machine; the process ends."""

import ctypes
import mmap
import os

GOAL = "done"
HELD_FROM = "isolated"
MACHINE = "x86_64"


def attack():
    memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    memory.write(b"\xb8\x14\0\0\0\xcd\x80\xc3")  # mov eax, 20 (getpid); int 0x80; ret
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    return "done" if ctypes.CFUNCTYPE(ctypes.c_int)(address)() == os.getpid() else None
