"""Kill a grading run at random moments, go on with --resume, and compare what comes of it with a run that nobody
disturbed: `python tests/durability/kills.py [KILLS]`. Exit code 1 and a line for each difference."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from autograder.answers import bank, fill_notebook, put, reference
from autograder.course import CHECKOUT, PACKAGE, read_course
from autograder.release import release

TOPIC, CLASS, KILLS = "activations", 60, 100
COMMAND = [sys.executable, "-c", "from autograder.cli import main; raise SystemExit(main())", "grade"]
GRADES = """
SELECT student_id, base_cell.name, auto_score, manual_score, extra_credit, needs_manual_grade,
    late_submission_penalty, timestamp
FROM grade JOIN base_cell ON base_cell.id = cell_id JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
    JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id ORDER BY 1, 2"""
COMMENTS = """
SELECT student_id, base_cell.name, auto_comment, manual_comment
FROM comment JOIN base_cell ON base_cell.id = cell_id JOIN submitted_notebook
    ON submitted_notebook.id = comment.notebook_id
    JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id ORDER BY 1, 2"""


def sources(course, count):
    """Right answers in several styles and known mistakes, by turns; no two alike."""
    right = reference(course)[TOPIC]
    answers = [a for name in ("variants", "mistakes") for found in bank(course, name).values() for a in found]
    answers = [answer for answer in answers if answer.exercise.topic == TOPIC]
    for number in range(count):
        source = put(right, answers[number // 2 % len(answers)]) if number % 2 else right
        yield f"s{number:04}", f"{source}\n# {number}\n"


class Folder:
    """A folder of submissions, graded into an OUT beside it."""

    def __init__(self, base, count=CLASS):
        self.base, self.submissions = base, base / "submissions"
        for student, source in sources(read_course(CHECKOUT), count):
            path = self.submissions / student / PACKAGE / f"{TOPIC}.py"
            path.parent.mkdir(parents=True)
            path.write_text(source, encoding="utf-8")

    def start(self, name):
        """A new run: its arguments, and the folder of its results."""
        out = self.base / name
        return [self.submissions, "-o", out, "--assignment", TOPIC], out

    def made(self, name):
        """What has to be the same in the end."""
        return files_in(self.base / name)


class CourseFolder:
    """An nbgrader course folder, a copy for each run."""

    def __init__(self, base, count=CLASS):
        self.base, course = base, read_course(CHECKOUT)
        release(course, base / "release")
        self.home = base / "release" / "course"
        notebook = self.home / "release" / TOPIC / f"{TOPIC}.ipynb"
        for student, source in sources(course, count):
            folder = self.home / "submitted" / student / TOPIC
            folder.mkdir(parents=True)
            (folder / notebook.name).write_text(fill_notebook(course, TOPIC, source, notebook), encoding="utf-8")
            (folder / "timestamp.txt").write_text("2026-01-11 18:00:00 UTC\n")

    def start(self, name):
        shutil.copytree(self.home, self.base / name)
        return [self.base / name, "--assignment", TOPIC], self.base / name / "verdicts" / TOPIC

    def made(self, name):
        home = self.base / name
        with sqlite3.connect(home / "gradebook.db") as database:
            tables = [database.execute(query).fetchall() for query in ("PRAGMA integrity_check", GRADES, COMMENTS)]
        return {**files_in(home / "verdicts"), **files_in(home / "autograded"), "gradebook.db": tables}


def files_in(folder):
    """By path: what stands in each file, but the time that it took."""
    found = {}
    for path in folder.rglob("*"):
        if path.name == "results.json":
            found[str(path.relative_to(folder))] = {**json.loads(path.read_bytes()), "execution_time": 0}
        elif path.is_file():
            found[str(path.relative_to(folder))] = path.read_bytes()
    return found


@dataclass
class Outcome:
    kills: int = 0
    runs: int = 0
    there: list[int] = field(default_factory=list)  # how many verdicts each kill found
    differences: list[str] = field(default_factory=list)

    def compare(self, name, expected, made):
        different = [path for path in {**expected, **made} if expected.get(path) != made.get(path)]
        self.differences += [f"{name}: {path} is different" for path in different]


def disturb(graded, kills, seed=0):
    """Kill `kills` times. A run that ends before its moment comes is compared, and another one begins."""
    rng, outcome = random.Random(seed), Outcome()
    environment = {**os.environ, "AUTOGRADER_SECRET": "of the kills"}
    arguments, _ = graded.start("undisturbed")
    started = time.monotonic()
    subprocess.run([*COMMAND, *arguments], env=environment, check=True, capture_output=True)
    length, expected = time.monotonic() - started, graded.made("undisturbed")
    while outcome.kills < kills:
        outcome.runs += 1
        name = f"run-{outcome.runs}"
        arguments, results = graded.start(name)
        verdicts, code = {}, None
        while code != 0:
            process = subprocess.Popen(
                [*COMMAND, *arguments, "--resume"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
            try:
                said = process.communicate(timeout=rng.uniform(0, length) if outcome.kills < kills else None)[1]
            except subprocess.TimeoutExpired:
                process.kill()
                said = process.communicate()[1]
                outcome.kills += 1
                outcome.there.append(len(verdicts_in(results)))
            code = process.returncode
            if code not in (0, -signal.SIGKILL):
                raise SystemExit(f"{name}: {said.decode()}")
            before, verdicts = verdicts, verdicts_in(results)
            again = [path for path in before if before[path] != verdicts.get(path)]
            outcome.differences += [f"{name}: {path} was graded twice" for path in again]
        outcome.compare(name, expected, graded.made(name))
        shutil.rmtree(graded.base / name)
    return outcome


def verdicts_in(results):
    """By path: which file it is, so that a verdict that was written again is seen."""
    found = {path: path.stat() for path in results.glob("*/results.json")}
    return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in found.items()}


def main(disturbances, kills=KILLS):
    """Of what is killed: the kind of class, and the function that kills."""
    differences = []
    for title, (kind, disturbing) in disturbances.items():
        with tempfile.TemporaryDirectory() as base:
            outcome = disturbing(kind(Path(base)), int(kills))
        differences += outcome.differences
        partway = sum(0 < number < CLASS for number in outcome.there)
        print(
            f"{title}: {outcome.kills} kills in {outcome.runs} runs of {CLASS} submissions, {partway} with some graded"
        )
        print(f"  {len(outcome.differences)} differences in the end", flush=True)
    print(*differences, sep="\n", end="")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main({"a plain folder": (Folder, disturb), "a course folder": (CourseFolder, disturb)}, *sys.argv[1:]))
