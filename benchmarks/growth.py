"""How grading grows with the class: `.venv/bin/python benchmarks/growth.py [STUDENTS ...]`, by default 50, 200, 800 and
3200. Seconds of `autograder grade` for each submission of one topic, the first, which is short, so that what a larger
class adds is seen, and the largest process's memory."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from classes import students, write

from autograder.course import find_course

AUTOGRADER = Path(sys.executable).with_name("autograder")
ENVIRONMENT = {**os.environ, "AUTOGRADER_SECRET": "of the benchmark"}


def main(sizes: list[int]) -> None:
    course = find_course()
    topic = course.catalogue.topics[0].name
    print(f"{'students':>8}{'seconds':>9}{'ms each':>9}{'MB':>6}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            source, out = Path(folder, "in"), Path(folder, "out")
            write(((name, {topic: modules[topic]}) for name, modules in students(course, size, [topic])), source)
            command = [AUTOGRADER, "grade", source, "-o", out, "--assignment", topic]
            started = time.perf_counter()
            process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - started
            assert status == 0
            print(f"{size:>8}{seconds:>9.1f}{1000 * seconds / size:>9.0f}{usage.ru_maxrss >> 10:>6}")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [50, 200, 800, 3200])
