"""Looks through all imported modules for what the grader's own file is.

Must hold: no module of the grader is in the process, and no path to it."""

import os
import sys

GOAL = "done"


def attack():
    main = sys.modules["__main__"]
    paths = [str(getattr(main, "__file__", "")), *sys.path, *sys.orig_argv]
    return "done" if any(p.endswith("naive.py") or "site-packages" in p or "tests" in p for p in paths) else os.name
