"""Changes its root folder, which is how root leaves a root folder.

Must hold: there is no such call, for root either."""

import os

import target

GOAL = "done"
HELD_FROM = "isolated"
ROOT = True


def attack():
    os.chroot(target.folder)
    return "done"
