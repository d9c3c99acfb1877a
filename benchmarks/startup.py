"""How long one waits for an answer: `.venv/bin/python benchmarks/startup.py`. Whole commands, medians of RUNS, after
one that warms the disk: the command line's help, and in the students' kit, solved and with nothing in its way, a bare
`pytest`, one exercise's check, and the import that a notebook's check cell needs. NumPy's import is to compare. Plugins
that other packages of this environment bring to pytest are off: students don't have them."""

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from timing import AUTOGRADER, ENVIRONMENT, RUNS, run, seconds

from autograder.course import PACKAGE, find_course
from autograder.release import kit_files

PYTHON = sys.executable
WITHOUT_PLUGINS = {**ENVIRONMENT, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def main() -> None:
    course = find_course()
    exercise = course.catalogue.exercises[0].name
    commands = {
        "autograder --help": [AUTOGRADER, "--help"],
        "pytest": [PYTHON, "-m", "pytest"],
        f"pytest --only {exercise}": [PYTHON, "-m", "pytest", "--only", exercise],
        "the check cell's import": [PYTHON, "-c", "from autograder.kit.notebook import check"],
        "import numpy": [PYTHON, "-c", "import numpy"],
    }
    with tempfile.TemporaryDirectory() as folder:
        kit = Path(folder)
        for name, content in kit_files(course).items():
            (kit / name).parent.mkdir(parents=True, exist_ok=True)
            (kit / name).write_bytes(content)
        shutil.copytree(course.solutions / PACKAGE, kit / PACKAGE, dirs_exist_ok=True)
        for what, command in commands.items():
            needed = [seconds(run, command, kit, WITHOUT_PLUGINS) for _ in range(RUNS + 1)][1:]
            print(f"{what:<28}{statistics.median(needed):6.2f} s   ({min(needed):.2f} to {max(needed):.2f})")


if __name__ == "__main__":
    main()
