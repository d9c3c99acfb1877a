"""Sends a pickle that runs a command in whoever reads it.

Must hold: nothing that comes from a worker is unpickled."""

import os
import pickle
import struct
from pathlib import Path

import target

GOAL = "files"


class Bomb:
    def __reduce__(self):
        return Path.touch, (Path(target.folder, "from_the_grader"),)


def attack():
    body = pickle.dumps(Bomb())
    os.write(3, struct.pack("!i", len(body)) + body)
