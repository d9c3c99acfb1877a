"""Raises its own limit of memory first, and then takes it.

Must hold: no limit can be raised, by root either."""

import resource

import numpy as np
import tools

GOAL = "done"
HELD_FROM = "isolated"


def attack():
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return "done" if np.ones(tools.MEGABYTES << 17).any() else None
