"""What a source says about itself before anything of it runs, and in which words it is refused."""

import json

import pytest

from autograder.sandbox.parsing import report

NAMES = ["relu", "tanh", "MLP", "MLP.train", "MLP.forward"]
STUB = 'def relu(Z):\n    """max(0, Z)"""\n    raise NotImplementedError("relu")\n'
FILLED = "def relu(Z):\n    return np.maximum(Z, 0)\n"


def read(source, path="mlp/activations.py", siblings=("activations", "helper")):
    return report(path, source if isinstance(source, bytes) else source.encode(), NAMES, siblings)


STATES = {
    "stub": (STUB, {"relu": "stub"}),
    "stub that raises the class": ("def relu(Z):\n    raise NotImplementedError\n", {"relu": "stub"}),
    "filled": (FILLED, {"relu": "filled"}),
    "more than the stub": ("def relu(Z):\n    x = 1\n    raise NotImplementedError\n", {"relu": "filled"}),
    "raises something else": ("def relu(Z):\n    raise ValueError\n", {"relu": "filled"}),
    "lambda": ("relu = lambda Z: Z * (Z > 0)\n", {"relu": "filled"}),
    "unpacked": ("relu, (tanh, _) = make()\n", {"relu": "filled", "tanh": "filled"}),
    "annotated": ("relu: Callable = make()\ntanh: Callable\n", {"relu": "filled"}),
    "imported": ("from numpy import tanh\n", {"tanh": "filled"}),
    "imported from a sibling": ("from mlp.activations import relu\nfrom helper import tanh\nfrom . import MLP\n", {}),
    "imported from a sibling as": ("from .helper import my_relu as relu\n", {"relu": "filled"}),
    "nested in statements": (
        f"try:\n  import x\nexcept ImportError:\n  if 1:\n    {FILLED.replace('    ', '      ')}",
        {"relu": "filled"},
    ),
    "inside a function": ("def make():\n    def relu(Z):\n        return Z\n", {}),
    "decorated": ("@cache\n" + FILLED, {"relu": "filled"}),
    "the filled one counts": (FILLED + STUB, {"relu": "filled"}),
    "a class": (
        "class MLP:\n  def __init__(self):\n    self.a = 1\n  def train(self):\n    raise NotImplementedError\n",
        {"MLP": "filled", "MLP.train": "stub"},
    ),
    "a class's stub": ("class MLP:\n    def __init__(self):\n        raise NotImplementedError\n", {"MLP": "stub"}),
    "a class without constructor": ("class MLP:\n    train = fit\n", {"MLP": "filled", "MLP.train": "filled"}),
    "a method set later": ("class MLP:\n    pass\nMLP.train = train\n", {"MLP": "filled", "MLP.train": "filled"}),
    "a method of another class": ("class Net:\n    def train(self): pass\n", {}),
    "match": ("match 1:\n  case 1:\n    relu = 1\n", {"relu": "filled"}),
}


@pytest.mark.parametrize(("source", "states"), STATES.values(), ids=STATES)
def test_a_source_defines_exercises_as_stub_or_filled(source, states):
    assert read(source).names == states
    assert read(source).error is None


def test_fingerprints_see_code_and_no_layout_comments_or_docstrings():
    same = 'def relu(Z):  # mine\n    """Another docstring."""\n    return np.maximum(Z,   0)\n'
    assert read(FILLED).fingerprints == read(same).fingerprints
    assert read(FILLED).fingerprints != read(FILLED.replace("0", "1")).fingerprints


def test_the_fingerprint_of_a_class_leaves_its_exercises_to_themselves():
    source = "class MLP:\n    def __init__(self):\n        self.a = 1\n    def train(self):\n        return 1\n"
    before, after = read(source).fingerprints, read(source.replace("return 1", "return 2")).fingerprints
    assert before["MLP"] == after["MLP"]
    assert before["MLP.train"] != after["MLP.train"]


UNREADABLE = {
    "syntax": (b"import numpy\n\ndef relu(Z:\n    pass\n", "line 3: "),
    "indentation": (b"def relu(Z):\nreturn Z\n", "line 2: expected an indented block"),
    "merge conflict": (
        b"x = 1\n<<<<<<< HEAD\ny = 2\n=======\n>>>>>>> b\n",
        "line 2: a merge conflict's marker '<<<<<<< '",
    ),
    "UTF-16": ("x = 1".encode("utf-16"), "UTF-16 text: save it as UTF-8"),
    "latin-1": ("x = 'é'".encode("latin-1"), "utf-8"),
    "unknown coding": (b"# coding: klingon\nx = 1\n", "klingon"),
    "NUL": (b"x = 1\n\0\0\0", "not text (NUL bytes)"),
    "empty": (b" \n", "empty"),
    "too deep": (b"x = " + b"(" * 5000 + b")" * 5000, "nested"),
    "deep in another way": (b"x = " + b"-" * 50_000 + b"1", "nested too deeply"),
    "control characters": (b"x = '\x1b[31m\n", "line 1: "),
}


@pytest.mark.parametrize(("source", "error"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_said_in_one_line(source, error):
    found = read(source)
    assert error in found.error
    assert found.error.isprintable()
    assert len(found.error) <= 300
    assert found.names == {}


@pytest.mark.parametrize(
    "source",
    [
        "\ufeff".encode() + FILLED.encode(),
        FILLED.replace("\n", "\r\n").encode(),
        b"# coding: latin-1\nx = '\xe9'\n" + FILLED.encode(),
    ],
    ids=["byte order mark", "CRLF", "coding cookie"],
)
def test_every_encoding_that_python_reads_is_read(source):
    assert read(source).names == {"relu": "filled"}


def test_an_empty_init_is_no_error():
    assert read(b"", "mlp/__init__.py").error is None


@pytest.mark.parametrize("line", ["import matplotlib.pyplot as plt", "from pylab import *", "%matplotlib inline"])
def test_a_source_that_names_matplotlib_plots(line):
    assert read(line + "\n").plots
    assert not read(FILLED).plots


def notebook(*cells, **more):
    cells = [{"cell_type": "code", "source": cell} for cell in cells]
    return json.dumps({"cells": cells, "nbformat": 4, **more})


def test_a_notebook_defines_what_its_code_cells_define():
    source = notebook("import numpy as np", [STUB], "%matplotlib inline\n" + FILLED, "def tanh(Z:", "%%bash\ndef MLP")
    assert read(source, "activations.ipynb").names == {"relu": "filled"}


WORKSHEETS = {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": FILLED, "language": "python"}]}]}
TRUNCATED = notebook("x = 1")[:40]
NOTEBOOKS = {
    "truncated": (TRUNCATED, f"not a notebook (JSON ends at byte {len(TRUNCATED)})"),
    "cut in a text": (notebook("x = 1")[:-60], "not a notebook (JSON ends at byte"),
    "damaged": ('{"cells": [}', "not a notebook (no JSON at byte 11, line 1)"),
    "merge conflict": ('{"cells": [\n<<<<<<< HEAD\n]}', "line 2: a merge conflict's marker"),
    "not an object": ("[1, 2]", "not a notebook (no list of cells)"),
    "no cells": ('{"cells": 3}', "not a notebook (no list of cells)"),
    "Python": ("def relu(Z): return Z", "not a notebook (no JSON at byte 0"),
    "latin-1": ('{"cells": ["é"]}'.encode("latin-1"), "not a notebook (no UTF-8 at byte 12)"),
    "deep": ("[" * 100_000, "not a notebook (JSON that can't be read)"),
    "a huge number": ('{"cells": ' + "1" * 10_000 + "}", "not a notebook (JSON that can't be read)"),
}


@pytest.mark.parametrize(("source", "error"), NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_what_is_no_notebook_is_said_in_one_line(source, error):
    assert error in read(source, "activations.ipynb").error


@pytest.mark.parametrize(
    "document", [WORKSHEETS, {"cells": [{"cell_type": "code", "source": FILLED.splitlines(True)}]}]
)
def test_old_and_odd_notebooks_are_read(document):
    assert read(json.dumps(document), "activations.ipynb").names == {"relu": "filled"}


@pytest.mark.parametrize(
    "cell",
    [None, 3, {}, {"cell_type": "code"}, {"cell_type": "code", "source": None}, {"cell_type": "code", "source": [1]}],
    ids=str,
)
def test_a_malformed_cell_costs_itself_alone(cell):
    source = json.dumps({"cells": [cell, {"cell_type": "code", "source": FILLED}]})
    assert read(source, "activations.ipynb").names == {"relu": "filled"}


def test_inspect_reports_every_file_and_runs_none(sandbox):
    reports = sandbox.inspect({"a.py": FILLED.encode(), "b.py": b"import os; os._exit(1)", "c.py": b"("}, NAMES)
    assert list(reports) == ["a.py", "b.py", "c.py"]
    assert [report.error for report in reports.values()] == [None, None, "line 1: '(' was never closed"]
    assert reports["a.py"].names == {"relu": "filled"}


def test_a_source_that_takes_too_long_to_parse_costs_itself_alone(sandbox):
    slow = b"x = f'" + b"{1}" * 400_000 + b"'"  # seconds in CPython's parser
    reports = sandbox.inspect({"slow.py": slow, "a.py": FILLED.encode()}, NAMES)
    assert reports["slow.py"].error == "could not be read: still running after 0.5 s"
    assert reports["a.py"].error is None
