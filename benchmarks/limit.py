"""`autograder grade` beside the bare limit: `.venv/bin/python benchmarks/limit.py [STUDENTS]`, by default 60.

The limit is the same tests in a process forked from a warm one for each submission, on as many cores, with no
isolation, no files, no right exercises in the place of wrong ones and no search for what is wrong. Both are timed as
whole commands, on the right ones of a class and on all of it, in turn; medians of RUNS."""

import os
import statistics
import sys
import tempfile
from pathlib import Path

import bare
from classes import students, write
from timing import AUTOGRADER, RUNS, SECRET, run, seconds

from autograder.answers import Modules
from autograder.course import find_course
from autograder.secret import Seeds
from autograder.suite import collect

JOBS = os.cpu_count() or 1


def main(count: int) -> None:
    everyone = dict(students(find_course(), count))
    right = {name: modules for number, (name, modules) in enumerate(everyone.items()) if number % 10 < 6}
    print(f"{'':<22}{'grade, s':>10}{'limit, s':>10}{'ratio':>8}")
    for what, people in ((f"{len(right)} right ones", right), (f"all {len(everyone)}", everyone)):
        pairs = [(seconds(grade, people), seconds(limit, people)) for _ in range(RUNS)]
        ours, bare_limit = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"{what:<22}{ours:>10.1f}{bare_limit:>10.1f}{statistics.median(a / b for a, b in pairs):>8.2f}")


def grade(people: dict[str, Modules]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "in"), Path(folder, "out")
        write(people.items(), source)
        run([AUTOGRADER, "grade", source, "-o", out, "--jobs", JOBS])


def limit(people: dict[str, Modules]) -> None:
    """In a process of its own, since it imports and collects everything, as a command does."""
    parent = os.fork()
    if parent == 0:
        course = find_course()
        suite = collect(course)
        for number, (name, modules) in enumerate(people.items()):
            if number >= JOBS:
                os.wait()
            if os.fork() == 0:
                bare.scores(course, suite, modules, Seeds(SECRET.encode(), name, None))
                os._exit(0)
        while True:
            try:
                os.wait()
            except ChildProcessError:
                os._exit(0)
    assert os.waitpid(parent, 0)[1] == 0


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
