"""Makes another process the owner of its own socket, so that the grader itself has it killed by hanging up.

Must hold: nobody else can be made the owner of anything."""

import fcntl
import os
import select
import struct

import target
import tools

GOAL = "victim"
HELD_FROM = "isolated"


def attack():
    fcntl.ioctl(3, 0x8902, struct.pack("i", target.victim))  # SIOCSPGRP
    fcntl.ioctl(3, 0x5452, struct.pack("i", 1))  # FIOASYNC
    os.write(3, tools.forged(1))
    select.select([3], [], [], 5)  # until the grader hangs up
