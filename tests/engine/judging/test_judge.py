"""Judging, from files to points, with a real sandbox: states, partial credit, whose fault it is, limits, sameness."""

import json

import pytest

from autograder.judge import Judge
from autograder.kit.calls import Notes, Outcome
from autograder.pictures import Pictures
from autograder.points import Attempt, points_of, split_points
from autograder.sandbox.client import Sandbox, Worker
from autograder.session import BUDGET, Session
from autograder.submissions import Submission


def states(verdict):
    return {name.partition(".")[2]: exercise.state for name, exercise in verdict.exercises.items()}


def scores(verdict):
    return {name.partition(".")[2]: exercise.score for name, exercise in verdict.exercises.items()}


FULL = {"double": 10.0, "halve": 1.0, "Box": 2.0, "Box.grow": 2.0, "both": 0.5}
WRONG = "def double(x):\n    return 3 * x\ndef halve(x):\n    return x / 2\n"


def test_the_reference_has_full_marks(judged, package):
    verdict = judged(package())
    assert scores(verdict) == FULL
    assert set(states(verdict).values()) == {"passed"}
    assert (verdict.score, verdict.max_score, verdict.output) == (15.5, 15.5, "")
    assert all(test.passed and test.score == test.max_score for test in verdict.tests)


def test_loose_files_flat_files_and_notebooks_count_as_much(judged, package, notebook):
    flat = {path.removeprefix("mlp/"): source for path, source in package().items()}
    one = "".join(source.replace("from mlp.scaling import double", "") for source in package().values())
    books = {
        path.replace("mlp/", "notebooks/").replace(".py", " (1).ipynb"): notebook(s) for path, s in package().items()
    }
    for files in (flat, {"work.py": one}, {"work.ipynb": notebook(one)}, books):
        verdict = judged(files)
        assert verdict.score == 15.5, files.keys()
        assert verdict.output == ""


def test_one_wrong_function_costs_its_own_points(judged, package):
    verdict = judged(package(scaling="def double(x):\n    return 2 * x\ndef halve(x):\n    return x\n"))
    assert scores(verdict) == {**FULL, "halve": 0.0}
    assert states(verdict)["halve"] == "failed"


def test_partial_credit_is_the_sum_of_tests(judged, package):
    source = "import numpy as np\ndef double(x):\n    x *= 2\n    return x\ndef halve(x):\n    return x / 2\n"
    verdict = judged(package(scaling=source))
    lost = {test.name for test in verdict.tests if not test.passed and test.exercise == "scaling.double"}
    assert lost == {"test_double_leaves_its_argument"}
    assert scores(verdict)["double"] == 7.5
    said = next(test.output for test in verdict.tests if not test.passed)
    assert said == "The argument stays.\ndouble changed an argument. Work on a copy."


def test_supporting_tests_alone_are_worth_nothing(judged, package):
    for answer in ("None", "0 * x", "x", "1"):
        verdict = judged(package(scaling=f"def double(x):\n    return {answer}\ndef halve(x):\n    return x / 2\n"))
        assert scores(verdict)["double"] == 0.0, answer
        said = next(test for test in verdict.tests if test.name == "test_double_leaves_its_argument")
        assert (said.passed, said.score) == (True, 0.0)
        assert said.output.endswith("Counts once a test of this exercise's values passes.")


def test_a_test_that_needs_a_failing_later_exercise_gives_its_points_to_the_others(judged, package):
    verdict = judged(package(scaling="def double(x):\n    return 2 * x\ndef halve(x):\n    return 3 * x\n"))
    assert (scores(verdict)["double"], states(verdict)["double"]) == (10.0, "passed")
    void = next(test for test in verdict.tests if test.name == "test_double_is_undone_by_halve")
    assert (void.passed, void.score, void.max_score) == (False, 0.0, 0.0)
    assert void.output.endswith("Not counted: it needs a later exercise, which fails.")


def test_feedback_shows_shapes_and_no_value(judged, package):
    verdict = judged(
        package(scaling="def double(x):\n    return 31.4159 + x.T\ndef halve(x):\n    raise ValueError('31.4159')\n")
    )
    text = verdict.to_json()
    assert "returned array of shape (4, 3), expected array of shape (3, 4)" in text
    assert "halve raised ValueError" in text
    assert "31.4" not in text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def double(x): raise NotImplementedError('double')\ndef halve(x): return x / 2\n", ("not_started", "passed")),
        ("def double(x):\n    x\n    raise NotImplementedError\ndef halve(x): return x / 2\n", ("failed", "passed")),
        ("def halve(x): return x / 2\n", ("missing", "passed")),
        ("double = None\ndef halve(x): return x / 2\n", ("missing", "passed")),
        ("def double(x): return 2 * x\nhalve = 5\n", ("passed", "failed")),
        ("from elsewhere import y\ndef double(x): return 2 * x\n", ("failed", "failed")),
        ("def double(x) return 2 * x\n", ("failed", "failed")),
        ("", ("missing", "missing")),
    ],
    ids=["stub", "more than the stub", "missing", "none", "no function", "import error", "syntax error", "empty"],
)
def test_states(judged, source, expected):
    verdict = judged({"mlp/scaling.py": source}, "scaling")
    assert tuple(states(verdict).values()) == expected
    assert all(test.output.count("\n") <= 2 for test in verdict.tests)


def test_a_broken_module_costs_its_own_exercises(judged, package):
    verdict = judged(package(scaling="1 / 0\n"))
    assert states(verdict) == {
        "double": "failed", "halve": "failed", "Box": "passed", "Box.grow": "passed", "both": "passed",
    }  # fmt: skip
    assert verdict.output == "mlp/scaling.py, line 1: ZeroDivisionError: division by zero."
    verdict = judged(package(boxes="1 / 0\n"))
    assert (states(verdict)["double"], states(verdict)["both"]) == ("passed", "failed")


def test_what_cannot_be_read_is_said_once(judged):
    verdict = judged({"mlp/scaling.py": "def double(x) return 2 * x\n"}, "scaling")
    assert verdict.output == "mlp/scaling.py: line 1: expected ':'."


@pytest.mark.parametrize("files", [{}, {"notes.py": "x = 1\n"}, {"x.ipynb": "no notebook"}, {"mlp/scaling.py": "\0"}])
def test_what_holds_no_exercise_earns_nothing(judged, files):
    verdict = judged(files)
    assert verdict.score == 0
    assert verdict.max_score == 15.5
    assert set(states(verdict).values()) <= {"missing", "failed"}


def test_what_times_out_is_called_once_and_what_was_in_time_keeps_its_points(judged, package, monkeypatch):
    source = "def double(x):\n    while x.ndim == 1:\n        pass\n    return 2 * x\ndef halve(x):\n    return x / 2\n"
    verdict = judged(package(scaling=source))
    outputs = {test.name: test.output.split("\n")[-1] for test in verdict.tests if not test.passed}
    assert "test_double_is_twice" not in outputs
    assert outputs["test_double_leaves_its_argument"] == "double took too long"
    assert scores(verdict)["double"] == 2.5
    assert scores(verdict)["halve"] == 1.0


def test_an_attribute_that_never_ends_is_read_once(judge, package, monkeypatch):
    source = package()["mlp/boxes.py"].replace("        self.parameters = start", "        self.start = start")
    source = source.replace(
        "    def grow", "    @property\n    def parameters(self):\n        while True: pass\n    def grow"
    )
    reads = []
    worker = Sandbox.worker

    def counted(self, *args, **kwargs):
        made = worker(self, *args, **kwargs)
        read = made.read
        monkeypatch.setattr(made, "read", lambda *names: reads.append(names[1]) or read(*names))
        return made

    monkeypatch.setattr(Sandbox, "worker", counted)
    files = {path: text.encode() for path, text in package(boxes=source).items()}
    verdict = judge.judge(Submission("alice", files))
    assert reads == ["parameters"]
    assert scores(verdict) == {**FULL, "Box": 0.0, "Box.grow": 0.0}


@pytest.mark.parametrize("clock", ["cpu", "wall"])
def test_beyond_the_budget_nothing_is_asked_any_more(judge, package, monkeypatch, clock):
    plan = judge.plan(Submission("alice", {path: text.encode() for path, text in package().items()}))
    session = Session(judge, plan, judge.seeds("alice"))
    if clock == "cpu":
        session._spent = BUDGET + 1
    else:
        session._started -= judge.sandbox.limits.backstop * BUDGET + 1
    loads, calls, load = [], [], Worker.load
    monkeypatch.setattr(Worker, "load", lambda worker: loads.append(1) or load(worker))
    monkeypatch.setattr(Worker, "call", lambda *_: calls.append(1) or Outcome(1, None, Notes()))
    session.run()
    assert (len(loads), calls) == (1, [])
    result, tests = session.marked(judge.exercises[0])
    assert (result.score, result.state) == (0.0, "failed")
    assert all(test.output.endswith("took too long") for test in tests)


def test_an_exercise_pays_for_no_state_that_another_left(judged, package):
    source = "calls = []\ndef double(x):\n    calls.append(1)\n    return 2 * x\n"
    source += "def halve(x):\n    return x if len(calls) > 4 else x / 2\n"  # wrong after all tests of double
    assert scores(judged(package(scaling=source))) == FULL


def test_a_worker_that_died_is_replaced_for_the_next_test(judged, package):
    verdict = judged(package(scaling="import os\ndef double(x):\n    os._exit(0)\ndef halve(x):\n    return x / 2\n"))
    assert scores(verdict) == {**FULL, "double": 0.0, "Box.grow": 0.0, "both": 0.0}
    assert next(test for test in verdict.tests if not test.passed).output.endswith("ended the process that it ran in")


def test_with_an_assignment_its_exercises_alone_are_judged_on_given_modules(judged, package):
    verdict = judged(package(scaling=WRONG), "boxes")
    assert scores(verdict) == {name: FULL[name] for name in ("Box", "Box.grow", "both")}
    assert json.loads(verdict.to_json())["extra_data"]["assignment"] == "boxes"
    assert judged(package(boxes="1 / 0"), "scaling").score == 11


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        ("z_1 = 0.5005\nz_2 = -1", 2.0),
        ("z_1 = 0.51\nz_2 = -1.0", 1.0),
        ("z_1 = True\nz_2 = None", 0.0),
        ("z_1 = '0.5'", 0.0),
    ],
)
def test_hand_calculations_are_points_beside_the_score(judged, package, notebook, cell, points):
    files = {**package(), "scaling (1).ipynb": notebook(package()["mlp/scaling.py"], cell)}
    verdict = judged(files, "scaling")
    assert verdict.by_hand == {"by_hand": points}
    assert verdict.score == 11
    assert judged(files).by_hand == {}


BROKEN = '''\
def test_both_breaks(student, rng, check):
    """It breaks."""
    student.both(rng.normal())[0].no_such_attribute
'''


def test_a_test_that_breaks_is_an_alarm_and_the_rest_is_judged(other_course, package):
    with Judge(other_course({"public/test_more.py": BROKEN}), b"s", None) as judge:
        files = {path: source.encode() for path, source in package().items()}
        verdict = judge.judge(Submission("alice", files))
    assert verdict.output == "A test itself broke: test_both_breaks. Tell the course's author."
    assert scores(verdict) == {**FULL, "both": 0.25}
    assert "The test itself broke (AttributeError)" in next(t.output for t in verdict.tests if not t.passed)


def test_the_same_submission_has_the_same_verdict_with_any_judge(course, package):
    source = WRONG + "import random, numpy as np\n"
    source += "def double(x):\n    return 2 * x + (np.random.rand() + random.random() < 1) * len({'a', 'b'})\n"
    files = {path: text.encode() for path, text in package(scaling=source).items()}
    texts = []
    for _ in range(2):
        with Judge(course, b"s", None) as judge:
            verdict = judge.judge(Submission("alice", files))
        verdict.execution_time = 0.0
        texts.append(verdict.to_json())
    assert texts[0] == texts[1]


def test_inputs_are_each_students_own(judge, package):
    plan = judge.plan(Submission("alice", {path: text.encode() for path, text in package().items()}))
    test = judge.tests_of(judge.exercises[0])[0]
    given = []
    for student in ("alice", "alice", "bob"):
        session = Session(judge, plan, judge.seeds(student))
        with session.worker() as worker:
            given.append(session.run_case(test.cases[0], worker, Pictures())[0].calls[0].args[0].tolist())
    assert given[0] == given[1] != given[2]


@pytest.mark.parametrize(("points", "count"), [(1, 3), (0.1, 3), (10, 7), (2.5, 1), (0.01, 2), (5, 0)])
def test_shares_are_hundredths_and_add_up(points, count):
    shares = split_points(points, count)
    assert len(shares) == count
    assert not count or round(sum(shares), 9) == points
    assert not count or max(shares) - min(shares) < 0.0101
    assert all(round(share, 2) == share for share in shares)


def test_what_is_left_of_no_test_is_blocked(judge):
    exercise = judge.exercises[0]
    tests = judge.tests_of(exercise)
    attempts = [Attempt("failed") for _ in tests]
    assert points_of(exercise, tests, attempts, [True] * len(tests), None, [])[0].state == "blocked"
    attempts = [Attempt(None if test.supporting else "failed") for test in tests]
    result, results = points_of(exercise, tests, attempts, [not test.supporting for test in tests], None, [])
    assert (result.state, result.score) == ("blocked", 0.0)
    assert sum(test.max_score for test in results) == exercise.points
