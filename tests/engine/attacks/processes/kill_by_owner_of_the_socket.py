"""Makes another process the owner of its own socket, so that the grader itself has it killed by hanging up.

Must hold: nobody else can be made the owner of anything."""

import fcntl
import struct

import target

GOAL = "victim"
HELD_FROM = "isolated"


def attack():
    fcntl.ioctl(3, 0x8902, struct.pack("i", target.victim))  # SIOCSPGRP
    fcntl.ioctl(3, 0x5452, struct.pack("i", 1))  # FIOASYNC
