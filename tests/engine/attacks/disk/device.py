"""Makes a device file of the first disk.

Must hold: none can be made, by root either."""

import os
import stat

import target

GOAL = "files"
HELD_FROM = "isolated"
ROOT = True


def attack():
    os.mknod(f"{target.folder}/results/disk", stat.S_IFBLK | 0o600, os.makedev(8, 0))
