"""What failed is judged again with right exercises in the place of earlier ones that failed."""

import pytest

from autograder.sandbox.replacing import alike

DOUBLE_WRONG = "import numpy as np\ndef double(x):\n    return 3 * np.asarray(x)\ndef halve(x):\n    return x / 2\n"
BOTH = "class Box:\n    def __init__(self, start):\n        self.parameters = start\n    def grow(self, times):\n" \
    "        return self.parameters * 2**times\n"  # fmt: skip
WAYS = {
    "from-import": "from mlp.scaling import double\ndef both(x):\n    return double(x), x\n",
    "another name": "from mlp.scaling import double as twice\ndef both(x):\n    return twice(x), x\n",
    "star": "from mlp.scaling import *\ndef both(x):\n    return double(x), x\n",
    "late import": "def both(x):\n    from mlp.scaling import double\n    return double(x), x\n",
    "module attribute": "import mlp.scaling\ndef both(x):\n    return mlp.scaling.double(x), x\n",
    "flat module": "import scaling\ndef both(x):\n    return scaling.double(x), x\n",
    "closure": "from mlp.scaling import double\n"
    "def made():\n    f = double\n    return lambda x: (f(x), x)\nboth = made()\n",
    "default argument": "from mlp.scaling import double\ndef both(x, f=double):\n    return f(x), x\n",
    "partial": "from functools import partial\nfrom mlp.scaling import double\n"
    "def apply(f, x):\n    return f(x), x\nboth = partial(apply, double)\n",
    "class attribute": "from mlp import scaling\nclass Uses:\n    f = staticmethod(scaling.double)\n"
    "def both(x):\n    return Uses.f(x), x\n",
}


@pytest.fixture
def exercises(judged, package):
    """exercises(scaling=source, boxes=source): the results by bare name."""

    def exercises(**sources):
        verdict = judged(package(**sources))
        return {name.partition(".")[2]: result for name, result in verdict.exercises.items()}

    return exercises


@pytest.mark.parametrize("way", WAYS)
def test_a_replaced_function_is_replaced_wherever_it_is_used(exercises, way):
    results = exercises(scaling=DOUBLE_WRONG, boxes=BOTH + WAYS[way])
    assert results["double"].state == "failed"
    assert (results["both"].state, results["both"].judged_with) == ("passed", ["scaling.double"])


HALVE = "def halve(x):\n    return x / 2\n"
TABLE = "TABLE = {'double': (double, halve)}\n"


@pytest.mark.parametrize(
    "double",
    [
        "def double(x):\n    return 3 * x\n",
        "def deco(f):\n    return lambda x: 3 * x\n@deco\ndef double(x):\n    return x\n",
        "def double(x):\n    while True: pass\n",
        "def double(x):\n    raise NotImplementedError\n",
        "",
    ],
    ids=["wrong", "decorated", "without end", "stub", "missing"],
)
def test_a_table_holds_right_ones(exercises, double):
    boxes = BOTH + "from mlp.scaling import TABLE\ndef both(x):\n    return TABLE['double'][0](x), x\n"
    results = exercises(scaling=double + HALVE + TABLE, boxes=boxes)
    assert results["double"].state != "passed"
    assert (results["both"].state, results["both"].score) == ("passed", 0.5)


@pytest.mark.parametrize(
    "scaling",
    [
        None,
        "def double(x) return 2\n",
        "LIMIT = 3\nimport torch\ndef double(x):\n    return 1\n",
        "exit()\n",
        "while 1: 1\n",
    ],
    ids=["absent", "syntax", "import", "exit", "loop"],
)
def test_what_stands_on_a_module_that_fails_is_judged(judged, package, scaling):
    files = package(scaling=scaling or "")
    if scaling is None:
        del files["mlp/scaling.py"]
    verdict = judged(files)
    assert [e.state for name, e in verdict.exercises.items() if name.startswith("boxes.")] == ["passed"] * 3
    assert sum(e.score for e in verdict.exercises.values()) == 4.5


def test_helpers_of_a_module_that_fails_are_still_there(exercises):
    scaling = "import torch\ndef helper(x):\n    return x\ndef double(x):\n    return 3 * x\n"
    boxes = BOTH + "from mlp.scaling import double, helper\ndef both(x):\n    return helper(double(x)), x\n"
    assert exercises(scaling=scaling, boxes=boxes)["both"].state == "passed"


def test_no_right_value_is_had_through_a_later_exercise(exercises):
    """A wrong one that calls later ones, which are wrong themselves, gains nothing."""
    scaling = "def double(x):\n    from mlp.boxes import both\n    return both(x)[0]\ndef halve(x):\n    return x / 2\n"
    results = exercises(scaling=scaling, boxes=BOTH + "def both(x):\n    return 3 * x, x\n")
    assert (results["double"].state, results["both"].state) == ("failed", "failed")
    assert results["double"].judged_with == []


def test_its_own_mistake_stays_a_mistake(exercises):
    results = exercises(
        scaling=DOUBLE_WRONG, boxes=BOTH + "from mlp.scaling import double\ndef both(x):\n    return x, x\n"
    )
    assert (results["both"].state, results["both"].score) == ("failed", 0)


def test_results_come_in_the_containers_of_the_students_own():
    assert alike((1.0, [2.0]), [0, (0,)]) == [1.0, (2.0,)]
    assert alike((1.0, 2.0), None) == (1.0, 2.0)
    assert alike([(1, 2), (3, 4)], [[1, 2]]) == [[1, 2], (3, 4)]


GROW = """\
    def grow(self, times):
        for _ in range(times):
            self.parameters = double(self.parameters)
        return self.parameters
"""
CLASS = {
    "a method": ("        self.parameters = start\n    def grow(self, times):\n        return 0\n", "Box.grow"),
    "a constructor": ("        self.parameters = 0 * start\n" + GROW, "Box"),
    "a constructor that raises": ("        raise ValueError\n" + GROW, "Box"),
}


@pytest.mark.parametrize("kind", CLASS)
def test_what_uses_a_class_gets_a_right_one(exercises, kind):
    source, wrong = CLASS[kind]
    boxes = "from mlp.scaling import double\nclass Box:\n    def __init__(self, start):\n" + source
    boxes += "def both(x):\n    box = Box(x)\n    return box.grow(1), x\n"
    results = exercises(boxes=boxes)
    assert {name for name, result in results.items() if result.state != "passed"} == {wrong}
    assert results["both"].judged_with


def test_whatever_is_asked_of_the_lender_it_lends_only_what_failed(judged, package):
    """The submission has the socket, and may say anything there. It gets no exercise that isn't lent, and no other."""
    scaling = DOUBLE_WRONG
    boxes = BOTH + (
        "import socket, struct, sys\n"
        "def both(x):\n"
        "    frame = sys._getframe()\n"
        "    while frame and 'library' not in getattr(frame.f_locals.get('self'), '__dict__', {}):\n"
        "        frame = frame.f_back\n"
        "    peer = frame.f_locals['self'].library.replacing._peer\n"
        "    value = peer.result('call', 'boxes.both', None, (x,), {})\n"
        "    return tuple(value)\n"
    )
    verdict = judged(package(scaling=scaling, boxes=boxes))
    assert verdict.exercises["boxes.both"].score == 0
    boxes = BOTH + "import os\ndef both(x):\n    os.write(4, b'x' * 100)\n    return os.read(4, 100), x\n"
    verdict = judged(package(scaling=scaling, boxes=boxes))
    assert verdict.exercises["boxes.both"].score == 0
    assert judged(package()).score == 15.5
