"""Unpacks 500 KB to more than its budget.

Must hold: a MemoryError."""

import zlib

import tools

GOAL = "done"


def attack():
    packer = zlib.compressobj(1)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(tools.MEGABYTES)) + packer.flush()
    return "done" if zlib.decompress(bomb) else None
