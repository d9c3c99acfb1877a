"""What of a notebook's cell is Python, without IPython."""

import ast

import pytest

from autograder.sandbox.cells import python

PYTHON = ["x = 5\ny = x % 3", "text = '''\n%time\n!ls\n'''", "(5\n% 3)", "a = b = 1", "x = 'what?'", "", "await f()"]
MAGICS = {
    "%matplotlib inline\nx = 1": "pass\nx = 1",
    "!pip install numpy\nx = 1": "pass\nx = 1",
    "if x:\n    !ls\ny = 1": "if x:\n    pass\ny = 1",
    "files = !ls\nx = 1": "pass\nx = 1",
    "out = %timeit -o f()\nx = 1": "pass\nx = 1",
    "np.dot?\nx = 1": "pass\nx = 1",
    "?np.dot\nx = 1": "pass\nx = 1",
    "np.dot??;\nx = 1": "pass\nx = 1",
    "!pip install a \\\n    b\nx = 1": "pass\n\nx = 1",
    "%%time\nx = 1": "\nx = 1",
    "\n%%capture out\nx = 1": "\n\nx = 1",
    ">>> x = 1\n... y = 2": "x = 1\ny = 2",
    "%%time\n%load_ext x\nx = 1": "\npass\nx = 1",
}


@pytest.mark.parametrize("source", PYTHON)
def test_what_is_python_is_not_touched(source):
    assert python(source) == source


@pytest.mark.parametrize(("source", "expected"), MAGICS.items(), ids=MAGICS)
def test_what_ipython_alone_understands_is_dropped_and_lines_keep_their_numbers(source, expected):
    assert python(source) == expected
    ast.parse(expected)


@pytest.mark.parametrize("source", ["%%bash\nls", "%%writefile mlp/x.py\nx = 1", "%%html\n<b>", "%%", "%% time"])
def test_cell_magics_of_other_languages_are_not_python(source):
    assert (python(source) is None) == (source != "%% time")


def test_a_long_cell_of_magics_takes_no_long_time():
    assert python("!ls\n" * 100_000).startswith("pass\npass\n")
    assert python("(\nx?" + " " * 100_000 + "y").startswith("(")
