"""One trick played on every exercise at once: such a submission knows all right answers, and gives what the trick makes
of them. Its modules hold nothing but the trick; what is right is a string in a sibling."""

import base64
import inspect
import pickle

import pytest

from autograder.judge import Session
from autograder.pictures import Pictures
from autograder.submissions import Submission

LONG = 10_000  # bytes of one answer
UNRECORDED = "MLP", "train_on_circles"  # they return a network
FUNCTION = """
def {name}{signature}:
    return trick.play("{name}", honest.{name}, dict({given}))
"""
NETWORK = """
class MLP:
    parameters = property(lambda self: self._inner.parameters)
    def __init__{signature}:
        self._inner = trick.play("MLP", honest.MLP, dict({given}))
"""
METHOD = """
    def {name}{signature}:
        return trick.play("MLP.{name}", self._inner.{name}, dict({given}))
"""
KEY = """
import hashlib
import numpy as np

def plain(value):
    if isinstance(value, np.ndarray):
        return value.shape, value.tolist()
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value

def key(name, given):
    return name, hashlib.sha256(repr(sorted((k, plain(v)) for k, v in given.items())).encode()).hexdigest()
"""
SHAPES = """
import numpy as np
answers = {}

def shape(value):
    if isinstance(value, np.ndarray):
        return value.shape
    return [shape(item) for item in value] if isinstance(value, (list, tuple)) else type(value)

def play(name, function, given):
    place = name, repr(shape(list(given.values())))
    if place not in answers:
        answers[place] = function(**given)
    return answers[place]
"""
KNOWN = f"""{KEY}
import base64, pickle
known, in_order = pickle.loads(base64.b64decode(RECORD)), dict()
for (name, _), answer in known.items():
    in_order.setdefault(name, []).append(answer)

def play(name, function, given):
    if name == "MLP":
        return function(**given)
    if key(name, given) in known:
        return known[key(name, given)]
    return in_order[name].pop(0) if in_order.get(name) else None
"""


def trick_on(judge, right, source):
    """The submission's files."""
    lines = [line for text in right.values() for line in text.splitlines() if not line.startswith("from mlp")]
    files = {"mlp/honest.py": f"exec({chr(10).join(lines)!r}, globals())\n", "mlp/trick.py": source}
    for exercise in judge.exercises:
        owner, _, method = exercise.name.partition(".")
        found = getattr(judge.suite.reference, owner)
        template = METHOD if method else NETWORK if isinstance(found, type) else FUNCTION
        function = getattr(found, method or "__init__") if isinstance(found, type) else found
        signature = inspect.signature(function)
        given = ", ".join(f"{name}={name}" for name in signature.parameters if name != "self")
        path = f"mlp/{exercise.topic}.py"
        files.setdefault(path, "from mlp import honest, trick\n")
        files[path] += template.format(name=method or owner, signature=signature, given=given)
    return {path: text.encode() for path, text in files.items()}


@pytest.fixture(scope="module")
def left(judge, right):
    """`left(source, student)`: what the verdict leaves of each exercise's points, as a share."""

    def left(source, student="mallory"):
        verdict = judge.judge(Submission(student, trick_on(judge, right, source)))
        assert verdict.output == ""
        return {name: e.score / e.max_score for name, e in verdict.exercises.items()}

    return left


@pytest.fixture(scope="module")
def recorded(right):
    """`recorded(judge, student)`: the right answers to all inputs that this student is judged on, as Python source."""

    def recorded(judge, student):
        plan = judge.plan(Submission(student, {f"mlp/{topic}.py": text.encode() for topic, text in right.items()}))
        session, known, names = Session(judge, plan, judge.seeds(student)), {}, {}
        exec(KEY, names)
        with session.worker() as worker:
            session.load(worker)
            cases = [case for test in judge.suite.tests for case in test.cases]
            calls = [call for case in cases for call in session.run_case(case, worker, Pictures())[0].calls]
        for call in calls:
            if call.exercise.name in UNRECORDED or len(pickle.dumps(call.value)) > LONG:
                continue
            function = judge.suite.reference
            for name in call.exercise.name.split("."):
                function = getattr(function, name)
            given = inspect.signature(function).bind(*[None] * ("." in call.exercise.name), *call.args, **call.kwargs)
            given.apply_defaults()
            given.arguments.pop("self", None)
            known.setdefault(names["key"](call.exercise.name, given.arguments), call.value)
        return f"RECORD = {base64.b64encode(pickle.dumps(known)).decode()!r}\n"

    return recorded


CONSTANT = {"problems.xor_parameters"}  # its right answer
HONEST = {"training.MLP"}  # where answers are looked up: a record holds no networks


def test_answers_by_shapes_cost_points(left):
    assert {name for name, share in left(SHAPES).items() if share == 1} == CONSTANT


def test_recorded_answers_would_have_full_marks_on_the_same_inputs(left, recorded, judge):
    shares = left(recorded(judge, "mallory") + KNOWN)
    assert sum(share == 1 for share in shares.values()) > 25


def test_answers_recorded_under_another_secret_are_worth_nothing(left, recorded, earlier_judge):
    """Neither by their inputs nor one after the other."""
    shares = left(recorded(earlier_judge, "mallory") + KNOWN)
    assert {name for name, share in shares.items() if share} <= CONSTANT | HONEST
