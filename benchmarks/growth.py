"""How grading grows with the class: `.venv/bin/python benchmarks/growth.py [STUDENTS ...]`, by default 50, 200, 800 and
3200. Of `autograder grade` for one topic, the first, which is short, so that what a larger class adds is seen: seconds,
those of each further submission beside the smaller class, and the memory of the largest process. Whole commands, in
turn; medians of RUNS."""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from classes import students, write
from timing import AUTOGRADER, ENVIRONMENT, RUNS, seconds

from autograder.course import find_course


def main(sizes: list[int]) -> None:
    course = find_course()
    topic = course.catalogue.topics[0].name
    times: dict[int, list[float]] = {size: [] for size in sizes}
    memory: dict[int, list[int]] = {size: [] for size in sizes}

    def grade(source: Path, out: Path, size: int) -> None:
        command = [AUTOGRADER, "grade", source, "-o", out, "--assignment", topic]
        process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0
        memory[size].append(usage.ru_maxrss >> 10)

    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            people = students(course, size, [topic])
            write(((name, {topic: modules[topic]}) for name, modules in people), Path(folder, str(size)))
        for run in range(RUNS):
            for size in sizes:
                times[size].append(seconds(grade, Path(folder, str(size)), Path(folder, f"out-{size}-{run}"), size))
    print(f"{'students':>8}{'seconds':>9}{'ms each':>9}{'ms each more':>14}{'MB':>6}")
    before, earlier = 0, 0.0
    for size in sizes:
        needed = statistics.median(times[size])
        more = f"{1000 * (needed - earlier) / (size - before):.1f}" if before else ""
        print(f"{size:>8}{needed:>9.1f}{1000 * needed / size:>9.1f}{more:>14}{statistics.median(memory[size]):>6.0f}")
        before, earlier = size, needed


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [50, 200, 800, 3200])
