"""Becomes a program that stands in memory only, in no file system.

Must hold: no other program can be run."""

import os

import tools

GOAL = "mark"


def attack():
    program = os.memfd_create("program", 0)
    os.write(program, b"#!/bin/true\n")
    tools.syscall("execveat", program, b"", b"\0" * 8, b"\0" * 8, 0x1000)
