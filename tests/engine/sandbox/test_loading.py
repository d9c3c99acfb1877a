"""Submissions as importable modules: what students may write at the top of a file, and what a failure costs."""

import numpy as np
import pytest

RELU = "import numpy as np\ndef relu(Z):\n    return np.maximum(Z, 0)\n"
STUB = "def relu(Z):\n    raise NotImplementedError('relu')\n"
IMPORTS = {
    "absolute": "from mlp.activations import relu",
    "relative": "from .activations import relu",
    "flat": "from activations import relu",
    "module": "import mlp.activations\nrelu = mlp.activations.relu",
    "module as": "import mlp.activations as a\nrelu = a.relu",
    "from the package": "from mlp import activations\nrelu = activations.relu",
    "relative package": "from . import activations\nrelu = activations.relu",
    "flat module": "import activations\nrelu = activations.relu",
    "star": "from .activations import *",
    "late": "def relu(Z):\n    from mlp.activations import relu\n    return relu(Z)",
    "importlib": "import importlib\nrelu = importlib.import_module('mlp.activations').relu",
    "either": "try:\n    from nowhere import relu\nexcept ImportError:\n    from mlp.activations import relu",
}


@pytest.mark.parametrize("line", IMPORTS.values(), ids=IMPORTS)
def test_a_module_imports_a_sibling_in_every_usual_way(start, value, line):
    source = f"{line}\ndef forward(Z):\n    return relu(Z) + 1\n"
    worker, loaded = start({"mlp/forward.py": source, "mlp/activations.py": RELU})
    assert (loaded.errors, loaded.blocked, loaded.notes) == ({}, {}, [])
    assert value(worker, "forward.forward", np.array([-1.0, 2.0])).tolist() == [1, 3]


def test_one_module_is_one_object_under_all_its_names(start, value):
    source = "import activations, mlp.activations, sys\nfrom . import activations as third\n"
    source += "def forward():\n    return activations is mlp.activations is third is sys.modules['activations']\n"
    worker, _ = start({"mlp/forward.py": source, "mlp/activations.py": "calls = []\n"})
    assert value(worker, "forward.forward") is True


def test_modules_may_import_each_other(start, value):
    files = {"mlp/a.py": "import mlp.b\ndef one(): return 1\ndef two(): return mlp.b.two()\n"}
    files["mlp/b.py"] = "from mlp import a\ndef two(): return 2 * a.one()\n"
    worker, loaded = start(files)
    assert loaded.errors == {}
    assert value(worker, "a.two") == 2


def test_the_package_may_import_its_modules(start, value):
    files = {
        "mlp/__init__.py": "from .activations import *\nfrom mlp.forward import forward\n",
        "mlp/activations.py": RELU,
    }
    worker, loaded = start({**files, "mlp/forward.py": "import mlp\ndef forward(Z): return mlp.relu(Z)\n"})
    assert (loaded.errors, loaded.notes) == ({}, [])
    assert value(worker, "forward.forward", np.array([-1.0])).tolist() == [0]


def test_a_failing_package_is_noted_and_costs_nothing(start, value):
    worker, loaded = start({"mlp/__init__.py": "x = 1\nfrom .nowhere import x\n", "mlp/activations.py": RELU})
    assert loaded.errors == {}
    assert loaded.notes == ["mlp/__init__.py, line 2: ModuleNotFoundError: No module named 'mlp.nowhere'"]
    assert value(worker, "activations.relu", np.array([1.0])).tolist() == [1]


@pytest.mark.parametrize(
    "source",
    [
        b"\xef\xbb\xbf" + RELU.encode(),
        RELU.replace("\n", "\r\n").encode(),
        b"# -*- coding: latin-1 -*-\nname = '\xe9'\n" + RELU.encode(),
        b"# coding: cp1252\nname = '\x80'\n" + RELU.encode(),
        RELU.encode().rstrip(),
        b"from __future__ import annotations\n" + RELU.encode(),
        b"from dataclasses import dataclass\nfrom typing import NamedTuple\n@dataclass\nclass A:\n    x: int\n"
        + RELU.encode(),
        b"if __name__ == '__main__':\n    exit(1)\nprint('loud' * 1000000)\nassert __file__\n" + RELU.encode(),
        b"import statistics, json, random, math, itertools, collections, decimal, logging, unittest\n" + RELU.encode(),
    ],
    ids=[
        "BOM",
        "CRLF",
        "latin-1",
        "cp1252",
        "no final newline",
        "future",
        "dataclass",
        "main guard",
        "standard library",
    ],
)
def test_what_python_runs_is_run(start, value, source):
    worker, loaded = start({"mlp/activations.py": source})
    assert (loaded.errors, loaded.notes) == ({}, [])
    assert value(worker, "activations.relu", np.array([-1.0, 1.0])).tolist() == [0, 1]


FAILURES = {
    "1 / 0": "ZeroDivisionError: division by zero",
    "import scipy": "ModuleNotFoundError: No module named 'scipy'",
    "import pytest": "ModuleNotFoundError: No module named 'pytest'",
    "import google.colab": "ModuleNotFoundError: No module named 'google'",
    "import mlp.nothing": "ModuleNotFoundError: No module named 'mlp.nothing'",
    "raise SystemExit(0)": "SystemExit: 0",
    "exit()": "SystemExit: None",
    "raise KeyboardInterrupt": "KeyboardInterrupt",
    "raise GeneratorExit": "GeneratorExit",
    "def f(: pass": "SyntaxError: invalid syntax",
    "return 5": "SyntaxError: 'return' outside function",
    "raise ValueError('a\\n\\x1b[31mb\\u202ec' + 'x' * 1000)": "ValueError: a [31mb c" + "x" * 100,
    "def f(): f()\nf()": "RecursionError: maximum recursion depth exceeded",
    "import numpy as np; np.ones(10**9)": "MemoryError: Unable to allocate",
    "input()": "EOFError: EOF when reading a line",
    "class E(Exception):\n    def __str__(self): raise self\nraise E": "E",
}


@pytest.mark.parametrize(("source", "error"), FAILURES.items(), ids=FAILURES)
def test_a_failing_module_is_one_line_and_costs_itself_alone(start, value, source, error):
    worker, loaded = start({"mlp/forward.py": f"# a comment\n{source}\n", "mlp/activations.py": RELU})
    assert list(loaded.errors) == ["mlp.forward"]
    line = loaded.errors["mlp.forward"]
    assert line.startswith("mlp/forward.py, line ")
    assert error in line
    assert line.isprintable()
    assert len(line) <= 300
    assert value(worker, "activations.relu", np.array([1.0])).tolist() == [1]


def test_a_line_number_is_that_of_the_source_itself(start):
    source = "import json\n\ndef read():\n    return json.loads('{')\n\nread()\n"
    assert start(source)[1].errors["mlp.activations"].startswith("mlp/activations.py, line 4: JSONDecodeError")


@pytest.mark.parametrize("first", ["activations", "forward"])
def test_what_imports_a_failed_module_is_blocked(start, first):
    files = {"mlp/activations.py": "x = 1\n1 / 0\n", "mlp/forward.py": "from mlp.activations import relu\n"}
    files["mlp/backprop.py"] = "import mlp.forward\n"
    _, loaded = start({f"mlp/{first}.py": files[f"mlp/{first}.py"], **files})
    assert loaded.errors == {"mlp.activations": "mlp/activations.py, line 2: ZeroDivisionError: division by zero"}
    assert loaded.blocked["mlp.forward"] == "mlp.activations"
    assert loaded.blocked.keys() == {"mlp.forward", "mlp.backprop"}


def test_a_module_that_copes_with_a_failed_one_is_not_blocked(start):
    source = "try:\n    from .activations import relu\nexcept BaseException:\n    relu = None\n"
    _, loaded = start({"mlp/activations.py": "exit()", "mlp/forward.py": source})
    assert loaded.blocked == {}


def test_what_imports_a_module_that_was_not_handed_in_is_blocked(start):
    _, loaded = start(
        {"mlp/forward.py": "from mlp.activations import relu\n"}, exercises=["activations.relu", "forward.f"]
    )
    assert loaded.blocked == {"mlp.forward": "mlp.activations"}


def test_missing_names_are_told_of_modules_that_loaded(start, call):
    source = RELU + "class MLP:\n    def train(self): pass\n"
    exercises = [
        "activations.relu",
        "activations.tanh",
        "activations.MLP.train",
        "activations.MLP.predict",
        "forward.f",
    ]
    worker, loaded = start({"mlp/activations.py": source, "mlp/forward.py": "1 / 0"}, exercises=exercises)
    assert loaded.missing == {"activations.tanh", "activations.MLP.predict"}
    assert call(worker, "activations.tanh", 1.0).error.kind == "missing"
    assert call(worker, "forward.f", 1.0).error.kind == "missing"


def test_one_file_may_hold_all_modules(start, value):
    source = RELU + "import mlp.forward\ndef forward(Z):\n    return mlp.forward.relu(Z) + 1\n"
    modules = {"mlp.activations": "all.py", "mlp.forward": "all.py"}
    worker, loaded = start({"all.py": source + "print(mlp.forward)"}, modules=modules)
    assert loaded.errors == {}
    assert value(worker, "forward.forward", np.array([-1.0])).tolist() == [1]


def test_siblings_can_be_imported_and_numpy_cannot_be_shadowed(start, value):
    files = {
        "mlp/activations.py": "from helper import h\nfrom mlp.helper import h\nimport numpy\ndef relu(Z): return h(Z)\n"
    }
    files |= {"helper.py": "def h(Z): return Z\n", "numpy.py": "1 / 0\n", "mlp/deep/er.py": "x = 1\n"}
    modules = {"mlp.activations": "mlp/activations.py", "helper": "helper.py", "mlp.helper": "helper.py"}
    modules |= {"numpy": "numpy.py", "mlp.deep.er": "mlp/deep/er.py"}
    worker, loaded = start(files, modules=modules)
    assert loaded.errors == {}
    assert value(worker, "activations.relu", 3) == 3


def test_only_what_the_exercises_need_is_run(start, value):
    files = {"mlp/activations.py": "import helper\ndef relu(Z): return helper.h\n", "helper.py": "h = 3\n"}
    files |= {"main.py": "while True: pass\n", "wrong.py": "1 / 0\n", "mlp/forward.py": "import wrong\n"}
    modules = {"mlp.activations": "mlp/activations.py", "mlp.forward": "mlp/forward.py"}
    modules |= {"main": "main.py", "wrong": "wrong.py", "helper": "helper.py"}
    worker, loaded = start(files, modules=modules, exercises=["activations.relu", "forward.forward"])
    assert loaded.errors == {"wrong": "wrong.py, line 1: ZeroDivisionError: division by zero"}
    assert loaded.blocked == {"mlp.forward": "wrong"}
    assert value(worker, "activations.relu", 1) == 3


def test_unseeded_randomness_is_the_same_in_every_worker(start, value):
    source = "import random, numpy as np\ndef f(): return [random.random(), np.random.rand()]\n"
    results = [value(start(source)[0], "activations.f") for _ in range(2)]
    assert results[0] == results[1]


# Taken from another source.

TAKES = {"activations.relu": "notebooks/activations.ipynb"}
MODULES = {"mlp.activations": "mlp/activations.py"}


@pytest.mark.parametrize("first_cell", ["", "from mlp.activations import ACTIVATIONS", "import mlp.activations"])
def test_a_definition_elsewhere_is_seen_by_tables_and_callers(start, value, notebook, first_cell):
    module = f"{STUB}def twice(Z):\n    return 2 * relu(Z)\nACTIVATIONS = {{'relu': relu}}\n"
    module += "def by_name(name, Z):\n    return ACTIVATIONS[name](Z)\n"
    files = {"mlp/activations.py": module, "notebooks/activations.ipynb": notebook(first_cell, RELU)}
    worker, loaded = start(files, modules=MODULES, takes=TAKES, exercises=["activations.relu"])
    assert (loaded.errors, loaded.notes, loaded.missing) == ({}, [], frozenset())
    for exercise, arguments in {"relu": [], "twice": [], "by_name": ["relu"]}.items():
        assert value(worker, f"activations.{exercise}", *arguments, np.array([-3.0, 0.0])).tolist() == [0, 0]


def test_a_module_without_the_name_gets_it(start, value):
    files = {"mlp/activations.py": "def f(): return relu(-1)\n", "more.py": RELU}
    worker, _ = start(files, modules=MODULES, takes={"activations.relu": "more.py"})
    assert value(worker, "activations.f") == 0


CLASS = "class MLP:\n    def __init__(self): {}\n    def train(self): {}\n"
NONE = "raise NotImplementedError"


@pytest.mark.parametrize(
    ("module", "other", "taken"),
    [
        ((NONE, NONE), ("self.a = 1", "return self.a + 1"), ["MLP", "MLP.train"]),
        (("self.a = 1", NONE), (NONE, "return self.a + 1"), ["MLP.train"]),
        ((NONE, "return self.a + 1"), ("self.a = 1", NONE), ["MLP"]),
    ],
    ids=["both", "a method", "the constructor"],
)
@pytest.mark.parametrize("first_line", ["", "from mlp.training import MLP\n"])
def test_a_class_and_its_methods_may_stand_in_two_sources(start, value, module, other, taken, first_line):
    files = {"mlp/training.py": CLASS.format(*module) + "def make(): return MLP().train()\n"}
    files["more.py"] = first_line + CLASS.format(*other)
    worker, loaded = start(
        files,
        modules={"mlp.training": "mlp/training.py"},
        takes={f"training.{name}": "more.py" for name in taken},
        exercises=["training.MLP", "training.MLP.train"],
    )
    assert loaded.errors == {}
    model = value(worker, "training.MLP")
    assert value(worker, "training.MLP.train", instance=model.id) == 2
    assert value(worker, "training.make") == 2


def test_what_is_taken_from_another_source_is_there_while_modules_load(start):
    files = {"a.py": "from mlp.two import two\ndef one(): return 1\n", "b.py": "def two(): return 2\n"}
    files["mlp/one.py"] = "def one(): raise NotImplementedError\n"
    files["mlp/two.py"] = "def two(): raise NotImplementedError\nTABLE = {'two': two}\nassert TABLE['two']() == 2\n"
    modules = {"mlp.one": "mlp/one.py", "mlp.two": "mlp/two.py"}
    _, loaded = start(files, modules=modules, takes={"one.one": "a.py", "two.two": "b.py"})
    assert (loaded.errors, loaded.notes) == ({}, [])


def test_what_is_taken_from_a_source_that_fails_is_noted(start, call):
    files = {"mlp/activations.py": STUB, "more.py": RELU + "1 / 0"}
    worker, loaded = start(files, modules=MODULES, takes={"activations.relu": "more.py"})
    assert loaded.notes == ["more.py, line 4: ZeroDivisionError: division by zero"]
    assert call(worker, "activations.relu", 1.0).error.kind == "not_started"


@pytest.mark.parametrize("path", ["mlp/activations.py", "activations.ipynb"])
@pytest.mark.parametrize("filled_first", [True, False])
def test_a_stub_hides_no_filled_in_definition_of_the_same_source(start, value, notebook, path, filled_first):
    parts = (
        [RELU, "class MLP:\n    def __init__(self): self.a = 1\n"],
        [STUB, "class MLP:\n    def __init__(self): " + NONE],
    )
    parts = [*parts[0], *parts[1]] if filled_first else [*parts[1], *parts[0]]
    source = notebook(*parts) if path.endswith(".ipynb") else "\n".join(parts)
    exercises = ["activations.relu", "activations.MLP"]
    worker, _ = start({path: source}, modules={"mlp.activations": path}, exercises=exercises)
    assert value(worker, "activations.relu", -1.0) == 0
    assert value(worker, "activations.MLP").type_name == "MLP"


# Notebooks.


def test_a_notebook_is_a_module(start, value, notebook):
    source = notebook(
        "import numpy as np\nfrom mlp.activations import relu", "def forward(Z):\n    return relu(Z) + b", "b = 1"
    )
    worker, loaded = start({"mlp/activations.py": RELU, "notebooks/forward.ipynb": source})
    assert loaded.errors == {}
    assert value(worker, "forward.forward", np.array([-1.0])).tolist() == [1]


def test_a_failing_cell_hides_nothing(start, value, notebook):
    cells = [
        "a = 1\n1 / 0",
        "def f(: pass",
        "raise SystemExit",
        "%%bash\nls",
        "await nothing()",
        "b = 2",
        "def relu(Z): return a + b",
    ]
    worker, loaded = start({"activations.ipynb": notebook(*cells)})
    assert loaded.errors == {}
    assert loaded.notes == [
        "activations.ipynb, cell 1, line 2: ZeroDivisionError: division by zero",
        "activations.ipynb, cell 2, line 1: SyntaxError: invalid syntax",
        "activations.ipynb, cell 3, line 1: SystemExit",
        "activations.ipynb, cell 4: not run, since it isn't Python: %%bash",
        "activations.ipynb, cell 5, line 1: NameError: name 'nothing' is not defined",
    ]
    assert value(worker, "activations.relu", 0) == 3


def test_a_notebook_may_use_what_a_kernel_gives(start, value, notebook):
    cells = [
        "%matplotlib inline\nfrom autograder.kit.notebook import check",
        "from autograder.kit.plots import plot_losses, plot_dataset",
        "from IPython.display import display, HTML\nimport IPython\ndisplay(HTML('x'))",
        "get_ipython().run_line_magic('time', '')",
        "check('relu')\nplot_losses([1, 2], title='x')\nIPython.display.clear_output(wait=True)",
        "%%time\nx = 1",
        "from __future__ import annotations",
        "def f(a: Nowhere): return a",
        "import asyncio\nasync def g(): return 5\ny = await g()",
        "def relu(Z): return x + y",
    ]
    worker, loaded = start({"activations.ipynb": notebook(*cells)})
    assert loaded.notes == []
    assert value(worker, "activations.relu", 0) == 6


def test_a_given_cell_that_uses_a_stub_is_no_note(start, notebook):
    assert start({"activations.ipynb": notebook("import numpy as np", STUB, "relu(np.ones(3))")})[1].notes == []


def test_a_cell_that_only_follows_from_another_is_no_note(start, notebook):
    cells = ["%time losses, n = train()", "print(losses[-1])", "print(loses[-1])", "1 / 0\nZ = 1", "Z + 1"]
    assert start({"activations.ipynb": notebook(*cells)})[1].notes == [
        "activations.ipynb, cell 3, line 1: NameError: name 'loses' is not defined",
        "activations.ipynb, cell 4, line 1: ZeroDivisionError: division by zero",
    ]


def test_a_cell_that_needs_an_event_loop_is_left(start, value, notebook):
    cells = ["import asyncio\nx = 1\nawait asyncio.sleep(0.1)\nx = 2", "def relu(Z): return x"]
    worker, loaded = start({"activations.ipynb": notebook(*cells)})
    assert "cell 1" in loaded.notes[0]
    assert value(worker, "activations.relu", 0) == 1


def test_what_is_no_notebook_is_the_modules_error(start):
    assert start({"activations.ipynb": b'{"cells": ['})[1].errors == {
        "mlp.activations": "activations.ipynb: not a notebook (JSON ends at byte 11)"
    }


def test_values_of_a_notebook_are_read_when_it_has_run(start, notebook):
    source = notebook("z_1 = 0.35", "1 / 0", "z_2 = z_1 * 2\nf = len\nz_4 = [[]] * 200_000")
    worker, _ = start({"mlp/activations.py": RELU, "hand.ipynb": source}, modules=MODULES)
    found = worker.values("hand.ipynb", ["z_1", "z_2", "z_3", "z_4", "f"])
    assert (found["z_1"], found["z_2"], found["f"].type_name) == (0.35, 0.7, "builtin_function_or_method")
    assert found.keys() == {"z_1", "z_2", "f"}
    assert worker.values("nowhere.ipynb", ["z_1"]) == {}


@pytest.mark.parametrize("path", ["mlp/activations.py", "activations.ipynb"])
def test_a_traceback_shows_the_students_line(start, value, notebook, path):
    source = "import traceback\ndef relu(Z):\n    try:\n        1 / 0  # here\n"
    source += "    except Exception:\n        return traceback.format_exc()\n"
    source = notebook(source) if path.endswith(".ipynb") else source
    worker, _ = start({path: source}, modules={"mlp.activations": path})
    shown = value(worker, "activations.relu", 1)
    assert "1 / 0  # here" in shown
    assert "line 4" in shown
