"""Opens a file with machine code of its own, in which no library takes part.

Must hold: it is the kernel that refuses."""

import ctypes
import mmap
import os

import target

GOAL = "leak"
HELD_FROM = "isolated"
MACHINE = "x86_64"


def attack():
    memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    memory.write(b"\x31\xf6\x31\xd2\xb8\x02\0\0\0\x0f\x05\xc3")  # esi = edx = 0; mov eax, 2 (open); syscall; ret
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    opened = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p)(address)(target.secret_file.encode())
    return os.read(opened, 1000)
