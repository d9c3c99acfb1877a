"""A course of five exercises that are quick to write, right or wrong, and judges of it."""

import json

import pytest

from autograder.course import Answer, ByHand, Course
from autograder.judge import Judge
from autograder.kit.exercises import Catalogue, Exercise, Topic
from autograder.sandbox.client import Limits, Sandbox
from autograder.submissions import Submission

SCALING = """\
import numpy as np

def double(x):
    return 2 * np.asarray(x)

def halve(x):
    return np.asarray(x) / 2
"""
BOXES = """\
from mlp.scaling import double

class Box:
    def __init__(self, start):
        self.parameters = start

    def grow(self, times):
        for _ in range(times):
            self.parameters = double(self.parameters)
        return self.parameters

def both(x):
    return double(x), x
"""
SOLUTIONS = {"__init__": "", "scaling": SCALING, "boxes": BOXES}
STUBS = {
    "scaling": "def double(x):\n    raise NotImplementedError\ndef halve(x):\n    raise NotImplementedError\n",
    "boxes": "from mlp.scaling import double\n\nclass Box:\n"
    "    def __init__(self, start):\n        raise NotImplementedError\n"
    "    def grow(self, times):\n        raise NotImplementedError\n\ndef both(x):\n    raise NotImplementedError\n",
}
PUBLIC_SCALING = '''\
import pytest

def test_double_of_one(student, check):
    """For reading."""
    check.same(student.double(1), 2)

def test_double_is_twice(student, rng, check):
    """Twice what goes in."""
    x = rng.normal(size=(3, 4))
    check.same(check.array(student.double(x), (3, 4)), 2 * x)

@pytest.mark.supporting
def test_double_leaves_its_argument(student, rng, check):
    """The argument stays."""
    student.double(rng.normal(size=3))
    check.unchanged(student)

def test_double_is_undone_by_halve(student, rng, check):
    """There
    and back."""
    x = rng.normal(size=3)
    check.same(student.halve(student.double(x)), x)

def test_halve_is_half(student, rng, check):
    """Half of it."""
    x = rng.normal(size=3)
    check.same(student.halve(x), x / 2)
'''
PUBLIC_BOXES = '''\
def test_Box_init_keeps_its_start(student, rng, check):
    """What goes in is kept."""
    start = rng.normal(size=2)
    check.same(student.Box(start).parameters, start)

def test_Box_grow_doubles(student, rng, check):
    """It doubles."""
    box = student.Box(rng.normal(size=2))
    before = check.array(box.parameters, (2,))
    check.same(box.grow(3), 8 * before)
'''
HIDDEN_SCALING = '''\
import pytest

@pytest.mark.parametrize("shape", [(2,), (2, 5)], ids=["flat", "deep"])
def test_double_is_the_references(student, reference, rng, check, shape):
    """As the reference."""
    x = rng.normal(size=shape)
    check.same(student.double(x), reference.double(x))
'''
HIDDEN_BOXES = '''\
def test_both_are_the_references(student, reference, rng, check):
    """Both."""
    x = rng.normal(size=2)
    check.same(check.items(student.both(x), 2), list(reference.both(x)))
'''
TESTS = {
    "public/test_scaling.py": PUBLIC_SCALING,
    "public/test_boxes.py": PUBLIC_BOXES,
    "hidden/test_scaling.py": HIDDEN_SCALING,
    "hidden/test_boxes.py": HIDDEN_BOXES,
}


def make_course(root, tests=TESTS):
    for path, source in [
        *((f"solutions/mlp/{name}.py", source) for name, source in SOLUTIONS.items()),
        *((f"starter_code/mlp/{name}.py", source) for name, source in STUBS.items()),
        *((f"tests/{name}", source) for name, source in tests.items()),
    ]:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(source, encoding="utf-8")
    points = {"scaling": {"double": 10, "halve": 1}, "boxes": {"Box": 2, "Box.grow": 2, "both": 0.5}}
    topics = tuple(
        Topic(topic, topic, False, tuple(Exercise(topic, name, p, (), False) for name, p in exercises.items()))
        for topic, exercises in points.items()
    )
    by_hand = {"scaling": (ByHand("by_hand", 2, {"z_1": Answer(0.5, "a"), "z_2": Answer(-1, "b")}),), "boxes": ()}
    return Course(root, Catalogue("Small", topics), {}, by_hand, {}, {}, 0.0)


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture
def other_course(tmp_path):
    """other_course({"hidden/test_scaling.py": source}): with other tests."""
    return lambda tests: make_course(tmp_path, {**TESTS, **tests})


@pytest.fixture(scope="session")
def judge(course):
    with Judge(course, b"of these tests", None) as judge:
        judge.sandbox = Sandbox(Limits(call=0.5, load=0.5, memory=256 << 20))
        yield judge


@pytest.fixture
def judged(judge):
    """judged({"mlp/scaling.py": source}) -> its verdict."""

    def judged(files, assignment=None, student="alice"):
        files = {path: source if isinstance(source, bytes) else source.encode() for path, source in files.items()}
        return judge.of(assignment).judge(Submission(student, files))

    return judged


def package(**sources):
    return {f"mlp/{topic}.py": source for topic, source in {**SOLUTIONS, **sources}.items()}


def notebook(*sources):
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in sources]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


@pytest.fixture(name="package")
def _package():
    """package(scaling=source): the reference as mlp/, with other modules where they are given."""
    return package


@pytest.fixture(name="notebook")
def _notebook():
    """notebook("code", "more code"): a notebook of such cells."""
    return notebook
