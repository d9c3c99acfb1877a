"""Gives the hidden tests' file another name.

Must hold: no link can be made."""

import os

import target

GOAL = "files"
HELD_FROM = "isolated"


def attack():
    os.link(target.secret_file, f"{target.folder}/results/link")
