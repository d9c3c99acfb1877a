"""How grading grows with its workers: `.venv/bin/python benchmarks/workers.py [TOPIC [STUDENTS]]`, by default 200
students of the fourth topic. Submissions a minute of `autograder grade` with 1, 2 and 4 of them, as processes (--jobs)
and in a Dask cluster on this machine (--dask) that has warmed up. Whole commands, in turn; medians of RUNS. More
workers than processors are here to show what they cost."""

import contextlib
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from classes import students, write
from timing import AUTOGRADER, RUNS, run, seconds

from autograder.course import find_course

sys.path.insert(0, str(find_course().root / "tests" / "durability"))

from clusters import Cluster

WORKERS = (1, 2, 4)


def main(topic: str | None, count: int) -> None:
    course = find_course()
    topic = topic or course.catalogue.topics[3].name
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        source, out = Path(folder, "in"), Path(folder, "out")
        write(((name, {topic: modules[topic]}) for name, modules in students(course, count, [topic])), source)
        ways = {}
        for number in WORKERS:
            home = Path(folder, f"dask-{number}")
            home.mkdir()
            cluster = stack.enter_context(contextlib.closing(Cluster(home)))
            for name in range(number):
                cluster.worker(str(name))
            cluster.wait_for(number)
            ways["--jobs", number] = ["--jobs", number]
            ways["--dask", number] = ["--dask", cluster.address]
        rates: dict[tuple[str, int], list[float]] = {way: [] for way in ways}
        for _ in range(1 + RUNS):
            for way, options in ways.items():
                command = [AUTOGRADER, "grade", source, "-o", out, "--assignment", topic, *options]
                rates[way].append(60 * count / seconds(run, command))
                shutil.rmtree(out)
    print(f"{count} submissions of {topic}, graded a minute")
    print(f"{'workers':>8}{'--jobs':>8}{'--dask':>8}")
    for number in WORKERS:
        print(
            f"{number:>8}"
            + "".join(f"{statistics.median(rates[how, number][1:]):>8.0f}" for how in ("--jobs", "--dask"))
        )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None, int(sys.argv[2]) if len(sys.argv) > 2 else 200)
