"""The cause of a failure in the verdict: named where it is certain, from values that came through the sandbox."""

import pytest

from autograder.judge import Judge
from autograder.submissions import Submission

MISTAKES = '''\
from mistakes import mistake
from mlp.scaling import double

@mistake("scaling.double")
def double_without_doubling(x):
    """Nothing is doubled."""
    return x

@mistake("scaling.double")
def double_in_place(x):
    """It is written into the argument."""
    x *= 2
    return x
'''
BOXES = '''\
from mistakes import mistake
from mlp.scaling import double

@mistake("boxes.both")
def both_doubled(x):
    """The second one is doubled as well."""
    return double(x), double(x)

@mistake("boxes.Box.grow")
def grow_once(self, times):
    """It grows once, however often it is asked to."""
    self.parameters = double(self.parameters)
    return self.parameters
'''


@pytest.fixture
def causes(other_course, package):
    """causes(scaling=source): what is named for each exercise that lost points, and the last lines of its tests."""
    course = other_course({})
    for name, source in (("scaling", MISTAKES), ("boxes", BOXES)):
        path = course.solutions / "mistakes" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(source, encoding="utf-8")

    def causes(**sources):
        files = {path: source.encode() for path, source in package(**sources).items()}
        with Judge(course, b"of these tests", None) as judge:
            verdict = judge.judge(Submission("alice", files))
        failed = {}
        for test in verdict.tests:
            assert not (test.passed and test.mistake)
            if not test.passed:
                failed.setdefault(test.exercise, set()).add((test.mistake, test.output.split("\n")[-1]))
        return failed

    return causes


def test_a_known_mistake_is_named_in_each_test_that_it_fails(causes):
    found = causes(scaling="def double(x):\n    return x + 0\ndef halve(x):\n    return x / 2\n")
    assert found == {"scaling.double": {("double_without_doubling", "Nothing is doubled.")}}


def test_what_it_did_to_its_arguments_is_compared_as_well(causes):
    found = causes(
        scaling="import numpy as np\ndef double(x):\n    x += x\n    return x\ndef halve(x):\n    return x / 2\n"
    )
    assert found == {"scaling.double": {("double_in_place", "It is written into the argument.")}}


def test_a_mistake_behind_another_ones_is_named_with_right_ones_in_their_place(causes):
    boxes = """\
from mlp.scaling import double

class Box:
    def __init__(self, start):
        self.parameters = start

    def grow(self, times):
        self.parameters = double(self.parameters)
        return self.parameters

def both(x):
    return double(x), double(x)
"""
    found = causes(scaling="def double(x):\n    return -2 * x\ndef halve(x):\n    return x / 2\n", boxes=boxes)
    assert {name: {mistake for mistake, _ in said} for name, said in found.items()} == {
        "scaling.double": {"sign"},
        "boxes.Box.grow": {"grow_once"},
        "boxes.both": {"both_doubled"},
    }


def test_what_ran_out_of_time_or_fits_nothing_has_no_cause(causes):
    for body in ("return x ** 2 + 1", "raise ValueError", "import os\n    os._exit(0)"):
        found = causes(scaling=f"def double(x):\n    {body}\ndef halve(x):\n    return x / 2\n")
        assert {mistake for mistake, _ in found["scaling.double"]} == {None}
