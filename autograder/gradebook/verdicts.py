"""The verdict on one submission of an nbgrader course: the one in OUT where it still holds, else a new one."""

import atexit
from functools import cache
from pathlib import Path

from autograder.course import find_course
from autograder.judge import Judge
from autograder.names import folder_of
from autograder.pool import judged
from autograder.secret import course_secret
from autograder.submissions import Child
from autograder.verdict import RESULTS, Verdict, read_verdict, read_verdicts, write_grades, write_verdict

FOLDER = "verdicts"  # below the course folder, where OUT isn't named


@cache
def judge_of(home: Path) -> Judge:
    """One warm judge a process; it sees the tests as they were when it started."""
    judge = Judge(find_course(home), course_secret(home), None)
    atexit.register(judge.sandbox.close)
    return judge


def verdict_of(home: Path, out: Path, assignment: str, student: str) -> Verdict:
    """Judge what `student` submitted, unless that has been done, and keep results.json and grades.csv up to date."""
    judge, out = judge_of(home).of(assignment), out / assignment
    child = Child(student, [home / "submitted" / student / assignment])
    verdict, is_new = judged(judge, child, out / folder_of(student) / RESULTS)
    if is_new:
        write_verdict(verdict, out)
        write_grades(read_verdicts(out), judge.exercises, out)
    return verdict


def verdict_in(out: Path, assignment: str, student: str) -> Verdict:
    """The verdict that has just been made."""
    return read_verdict(out / assignment / folder_of(student) / RESULTS)
