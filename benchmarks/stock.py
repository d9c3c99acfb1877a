"""`autograder grade` beside stock nbgrader: `.venv/bin/python benchmarks/stock.py [TOPIC [STUDENTS]]`, by default 100
students of the second topic.

The same notebooks in two course folders. In the stock one, each check cell holds the same tests, on the same inputs, as
plain code that nbgrader runs in a kernel for each notebook (`stock_cell.py`); in ours the course is as released. Both
write autograded/ and the gradebook, and every score is compared, but for those of exercises that were judged with right
ones in the place of others, which stock nbgrader can't do. Whole commands, in turn; medians of RUNS."""

import json
import pickle
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from classes import students
from nbgrader.api import Gradebook
from timing import AUTOGRADER, BIN, RUNS, SECRET, run, seconds

from autograder.answers import fill_notebook
from autograder.cell_ids import by_hand_cell, check_cell
from autograder.course import Course, find_course
from autograder.names import folder_of
from autograder.release import release
from autograder.suite import Case, collect
from autograder.verdict import RESULTS, read_verdict

CONFIG = """\
c = get_config()
c.CourseDirectory.root = {root!r}
c.ExecutePreprocessor.timeout = 600
"""
CELL = """\
import sys, autograder
autograder.__path__.insert(0, {engine!r})
sys.path.insert(0, {here!r})
import stock_cell
stock_cell.{what}({name!r}, globals(), {tests!r}, {secret!r})
"""


def main(topic: str | None, count: int) -> None:
    course = find_course()
    topic = topic or course.catalogue.topics[1].name
    with tempfile.TemporaryDirectory() as folder:
        ours, stock = Path(folder, "release", "course"), Path(folder, "stock")
        release(course, ours.parent)
        make_stock(course, topic, ours, stock)
        for name, modules in students(course, count):
            released = ours / "release" / topic / f"{topic}.ipynb"
            for home in (ours, stock):
                path = home / "submitted" / name / topic / released.name
                path.parent.mkdir(parents=True)
                path.write_text(fill_notebook(course, topic, modules[topic], released), encoding="utf-8")
        pairs = []
        for _ in range(RUNS):
            for made in (ours / "verdicts", ours / "autograded", stock / "autograded"):
                shutil.rmtree(made, ignore_errors=True)
            own = seconds(run, [AUTOGRADER, "grade", ours, "--assignment", topic], ours)
            pairs.append((own, seconds(run, [BIN / "nbgrader", "autograde", topic], stock)))
        compared = compare(course, topic, ours, stock)
        rates = [[60 * count / needed for needed in pair] for pair in pairs]
        grade, nbgrader = (statistics.median(column) for column in zip(*rates, strict=True))
        ratio = statistics.median(theirs / own for own, theirs in pairs)
        print(f"{count} notebooks of {topic}, {compared} scores compared and equal")
        print(f"autograder grade {grade:.0f} a minute, nbgrader autograde {nbgrader:.0f} a minute, ratio {ratio:.1f}")


def make_stock(course: Course, topic: str, ours: Path, stock: Path) -> None:
    """The same assignment with the tests in its check cells."""
    tests = stock / "tests.pickle"
    shutil.copytree(ours / "source" / topic, stock / "source" / topic)
    (stock / "nbgrader_config.py").write_text(CONFIG.format(root=str(stock)), encoding="utf-8")
    plain = [
        (test.name, test.exercise.id, test.folder, test.supporting, [_plain(case) for case in test.cases])
        for test in collect(course).tests
        if test.exercise.topic == topic
    ]
    tests.write_bytes(pickle.dumps(plain))
    path = stock / "source" / topic / f"{topic}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    names = {check_cell(e.id): ("exercise", e.id) for e in course.topic(topic).exercises}
    names |= {by_hand_cell(item.name): ("by_hand", item.name) for item in course.by_hand[topic]}
    for cell in notebook["cells"]:
        if cell["id"] in names:
            what, name = names[cell["id"]]
            engine, here = str(course.root / "autograder"), str(Path(__file__).parent)
            cell["source"] = CELL.format(
                engine=engine, here=here, what=what, name=name, tests=str(tests), secret=SECRET
            )
    path.write_text(json.dumps(notebook), encoding="utf-8")
    run([BIN / "nbgrader", "generate_assignment", topic], stock)


def _plain(case: Case) -> tuple[str, tuple[str, ...], dict[str, object]]:
    return case.name, case.arguments, case.parameters


def compare(course: Course, topic: str, ours: Path, stock: Path) -> int:
    """How many scores were compared; AssertionError where two differ."""
    found, compared = [scores(home, topic) for home in (ours, stock)], 0
    for student, cells in found[0].items():
        verdict = read_verdict(ours / "verdicts" / topic / folder_of(student) / RESULTS)
        followed = {check_cell(name) for name, e in verdict.exercises.items() if e.judged_with}
        for cell in cells.keys() - followed:
            assert abs(cells[cell] - found[1][student][cell]) < 0.005, (student, cell, cells[cell], found[1][student])
            compared += 1
    return compared


def scores(home: Path, topic: str) -> dict[str, dict[str, float]]:
    with Gradebook(f"sqlite:///{home / 'gradebook.db'}") as book:
        return {
            submission.student.id: {
                grade.name: grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.auto_score is not None
            }
            for submission in book.assignment_submissions(topic)
        }


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None, int(sys.argv[2]) if len(sys.argv) > 2 else 100)
