"""One exercise of one submission, judged again with the inputs that it was graded with, as text for the teacher's
terminal: each test's calls with their values, what came back and what was expected, traceback and prints. Called by the
command line.

Whose inputs: those of the student that the folder or file belongs to where the class is graded, for the whole kit; for
submitted/<student>/<assignment> of an nbgrader course those of that assignment and that course's secret. Nothing shown
here goes to students."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from autograder.course import Course
from autograder.downloads import find_child
from autograder.errors import AutograderError
from autograder.judge import Judge
from autograder.kit.check import CheckFailed
from autograder.kit.messages import describe_call, kind_text
from autograder.kit.student import Call, CallFailed
from autograder.names import display
from autograder.pictures import Pictures
from autograder.sandbox.client import Worker
from autograder.secret import course_secret
from autograder.session import Session
from autograder.submissions import Child, read_child
from autograder.suite import Test

CALLS = 3  # of one test, the last ones
LINES = 25  # of one value, traceback or print
CHARACTERS = 5_000
WIDTH = 110
LABEL = 12


def explain(course: Course, path: Path, name: str) -> str:
    """How the tests of the exercise `name` go on the submission at `path`."""
    try:
        exercise = course.catalogue.find(name)
    except KeyError as unknown:
        raise AutograderError(unknown.args[0]) from None
    path = path.absolute()
    home, assignment = _place(course, path)
    if assignment not in (None, exercise.topic):
        raise AutograderError(f"{path}: {exercise.name} is no exercise of {assignment}, but of {exercise.topic}.")
    child = Child(path.parent.name, [path]) if assignment else find_child(path)
    if not all(path.exists() for path in child.paths):
        raise AutograderError(f"{path}: no such submission.")
    submission = read_child(child)
    with Judge(course, course_secret(home), assignment) as judge:
        seeds, plan = judge.seeds(submission.name), judge.plan(submission)
        session = Session(judge, plan, seeds)
        lines = [
            f"{exercise.id} of {display(submission.name)}, {assignment or 'the whole kit'}, seed {seeds.name}",
            *(display(note) for note in (*submission.problems, *plan.notes)),
        ]
        with np.errstate(all="ignore"):
            session.run()
        if exercise.id in session.states:
            return "\n".join([*lines, "", session.reason(exercise)])
        if others := session.judged_with.get(exercise.id):
            lines.append(f"Judged with right ones in the place of: {', '.join(others)}.")
        if cause := session.causes.get(exercise.id):
            lines.append(f"{cause.sentence} ({cause.id})")
        again = Session(judge, plan, seeds)  # which has seen nothing time out yet
        with session.worker_of(exercise) as worker, np.errstate(all="ignore"):
            worker.load()
            for test in judge.tests_of(exercise):
                lines += ["", *_run(test, again, worker)]
    return "\n".join(lines)


def _place(course: Course, path: Path) -> tuple[Path, str | None]:
    """Whose secret, and which assignment."""
    home, topics = path.parent.parent.parent, [topic.name for topic in course.catalogue.topics]
    in_nbgrader = path.parent.parent.name == "submitted" and (home / "nbgrader_config.py").is_file()
    return (home, path.name) if in_nbgrader and path.name in topics else (course.root, None)


def _run(test: Test, session: Session, worker: Worker) -> Iterator[str]:
    """A test in lines. As when grading, its first case that fails is the last one that runs."""
    for case in test.cases:
        student, problem = session.run_case(case, worker, Pictures())
        if problem:
            break
    yield f"{'FAILED' if problem else 'passed'}  {case.name.replace('::', '  ')}"
    yield f"        {test.sentence}"
    calls = student.calls[-CALLS:]
    if earlier := len(student.calls) - len(calls):
        yield from _labelled("", f"… after {earlier} earlier {'call' if earlier == 1 else 'calls'}")
    for call in calls:
        yield from _call(call)
    if isinstance(problem, CheckFailed):
        yield from _labelled("expected", problem.expected or problem.summary)
        if problem.returned:
            yield from _labelled("but", problem.returned)
        yield from _labelled("perhaps", problem.hint)
    elif problem and not (isinstance(problem, CallFailed) and calls and calls[-1].error):
        yield from _labelled("error", f"{type(problem).__name__}: {problem}")


def _call(call: Call) -> Iterator[str]:
    yield from _labelled("called", describe_call(call))
    names = [*call.parameters, *[f"argument {i + 1}" for i in range(len(call.parameters), len(call.args))]]
    for name, value in [*zip(names, call.args, strict=False), *call.kwargs.items()]:
        if not isinstance(value, (bool, int, float, str, type(None))):  # those stand in the line above
            yield from _labelled("", f"{name} = {_text(value)}")
    if call.error:
        yield from _labelled("raised" if call.error.kind == "raised" else "failed", _error(call))
    else:
        yield from _labelled("returned", _text(call.value))
    yield from _labelled("changed", ", ".join(call.notes.changed_arguments))
    yield from _labelled("warned", "\n".join(call.notes.warned))
    yield from _labelled("printed", call.notes.output)


def _error(call: Call) -> str:
    assert call.error
    return call.error.trace or str(CallFailed(call.exercise.name, call.error))


def _text(value: Any) -> str:
    """A plain value, whole where it is small."""
    try:
        with np.printoptions(threshold=60, edgeitems=3, precision=6, linewidth=WIDTH - LABEL):
            shape = f"shape {value.shape}, {value.dtype}\n" if isinstance(value, np.ndarray) and value.ndim else ""
            return shape + (str(value) if shape else repr(value))
    except ValueError:  # an integer of too many digits
        return kind_text(value)


def _labelled(label: str, text: str) -> Iterator[str]:
    """The text beside its label, capped and without anything that a terminal would obey; nothing of no text."""
    lines = text[:CHARACTERS].expandtabs().rstrip().splitlines()
    if len(lines) > LINES:
        lines = [*lines[: LINES // 2], "…", *lines[-LINES // 2 :]]
    for i, line in enumerate(lines):
        yield f"  {'' if i else label:{LABEL - 2}}{display(line, 2 * WIDTH)}".rstrip()
