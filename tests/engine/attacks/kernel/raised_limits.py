"""Raises its limits of files and file sizes.

Must hold: no limit can be raised, by root either."""

import resource

GOAL = "done"
HELD_FROM = "isolated"
ROOT = True
NEEDS = "root with CAP_SYS_RESOURCE"


def attack():
    for limit in resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC:
        resource.prlimit(0, limit, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return "done"
