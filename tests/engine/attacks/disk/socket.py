"""Makes a socket in the file system.

Must hold: none can be made."""

import socket

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    socket.socket(socket.AF_UNIX).bind(f"{target.folder}/results/socket")
