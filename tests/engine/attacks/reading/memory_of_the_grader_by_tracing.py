"""Attaches to the grader as a debugger and reads a word of its memory.

Must hold: there is no ptrace."""

import os

import target
import tools

GOAL = "done"
HELD_FROM = "isolated"
NEEDS = "a kernel that lets a user's processes trace each other"
ATTACH, DETACH = 16, 17


def attack():
    tools.syscall("ptrace", ATTACH, target.victim, 0, 0)
    os.waitpid(target.victim, 0x40000000)
    tools.syscall("ptrace", DETACH, target.victim, 0, 0)
    return "done"
