"""Puts compiled code where Python takes it for the hidden tests'.

Must hold: no file can be made."""

import importlib.util
import marshal
import os

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    cache = importlib.util.cache_from_source(target.secret_file)
    os.makedirs(os.path.dirname(cache), exist_ok=True)
    with open(cache, "wb") as file:
        file.write(importlib.util.MAGIC_NUMBER + bytes(12) + marshal.dumps(compile("SECRET = 1", "", "exec")))
