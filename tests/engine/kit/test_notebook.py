import importlib.util
import json
import linecache
import os
import subprocess
import sys

import pytest

from autograder.kit.by_hand import answer_hashes

DOUBLE = "def double(Z):\n    return 2 * Z\n"


class Notebook:
    """Cells run as IPython runs them: one namespace, each cell's source known under a name that is no file's."""

    def __init__(self):
        self.namespace, self.count = {}, 0
        exec("from autograder.kit.notebook import check, check_by_hand", self.namespace)

    def run(self, cell):
        self.count += 1
        name = f"<cell {self.count}>"
        linecache.cache[name] = (len(cell), None, cell.splitlines(keepends=True), name)
        exec(compile(cell, name, "exec"), self.namespace)

    def ask(self, cell):
        return eval(compile(cell, "<ask>", "eval"), self.namespace)


@pytest.fixture
def notebook(kit, monkeypatch):
    (kit / "notebooks").mkdir()
    monkeypatch.chdir(kit / "notebooks")
    monkeypatch.syspath_prepend(str(kit))
    before = {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] == "mlp"}
    yield Notebook()
    for name in [name for name in sys.modules if name.partition(".")[0] == "mlp"]:
        del sys.modules[name]
    sys.modules.update(before)


def test_a_right_function_is_done_and_saved(notebook, kit):
    notebook.run(DOUBLE)
    assert repr(notebook.ask('check("double")')) == "double: done\nAll 3 checks pass.\nSaved in mlp/bends.py."
    text = (kit / "mlp" / "bends.py").read_text()
    assert "def double(Z):\n    return 2 * Z\n" in text
    assert 'GIVEN = {"double": double}' in text
    assert repr(notebook.ask('check("bends.double")')) == "double: done\nAll 3 checks pass."


def test_a_wrong_function_is_told_why_and_saved(notebook, kit):
    notebook.run('def half(Z, rest=0.0):\n    print("debug")\n    return Z\n')
    assert repr(notebook.ask('check("half")')).split("\n") == [
        "half: wrong",
        "  Half of 3 is 1.5.",
        "",
        "  called    half(Z (1,), rest=1)",
        "  returned  [3  ]",
        "  expected  [2.5]",
        "             ^ first difference: entry 0",
        "  printed   debug",
        "",
        "0 of 1 checks pass.",
        "Saved in mlp/bends.py.",
    ]


def test_html_says_the_same_and_is_escaped(notebook):
    notebook.run("def double(Z):\n    raise ValueError('<b>&')\n")
    html = notebook.ask('check("double")')._repr_html_()
    assert "double: wrong" in html
    assert "&lt;b&gt;&amp;" in html


def test_a_wrong_function_does_not_take_the_place_of_a_right_one(notebook, kit, fill):
    fill("bends")
    before = (kit / "mlp" / "bends.py").read_text()
    notebook.run("def double(Z):\n    return 3 * Z\n")
    said = repr(notebook.ask('check("double")'))
    assert said.startswith("double: wrong")
    assert said.endswith("Not saved: mlp/bends.py has one that is right, and keeps it.")
    assert (kit / "mlp" / "bends.py").read_text() == before
    notebook.run(DOUBLE)
    assert "Saved in mlp/bends.py." in repr(notebook.ask('check("double")'))


def test_a_stub_is_not_started_and_not_saved(notebook, kit, fill):
    fill("bends")
    before = (kit / "mlp" / "bends.py").read_text()
    notebook.run('def double(Z):\n    raise NotImplementedError("double")\n')
    said = repr(notebook.ask('check("double")'))
    assert said.startswith("double: not started\nHere it is the stub; it is filled in in mlp/bends.py:6.")
    assert said.endswith("\nfrom mlp.bends import double")
    assert (kit / "mlp" / "bends.py").read_text() == before


def test_a_stub_without_a_module_is_not_started(notebook, kit):
    (kit / "mlp" / "bends.py").unlink()
    notebook.run('def double(Z):\n    raise NotImplementedError("double")\n')
    assert repr(notebook.ask('check("double")')) == "double: not started"


def test_a_cell_that_did_not_run_is_asked_for(notebook):
    assert "Run the cell that defines it first." in repr(notebook.ask('check("double")'))


def test_an_unknown_name_is_said(notebook):
    assert "Did you mean: double" in repr(notebook.ask('check("dubble")'))


def test_cells_out_of_order_and_run_again_do_no_harm(notebook, kit):
    notebook.run("def half(Z, rest=0.0):\n    return Z / 2 + rest\n")
    notebook.run(DOUBLE)
    assert notebook.ask('check("half")').verdict == "done"
    assert notebook.ask('check("double")').verdict == "done"
    notebook.run("def half(Z, rest=0.0):\n    return Z\n")
    assert notebook.ask('check("half")').verdict == "wrong"
    assert notebook.ask('check("double")').verdict == "done"
    text = (kit / "mlp" / "bends.py").read_text()
    assert text.count("def ") == 2
    assert "return 2 * Z" in text
    assert "return Z / 2 + rest" in text, "the right one is kept"


def test_a_class_is_saved_by_the_check_of_each_method(notebook, kit, fill):
    fill("bends")
    notebook.run(
        "from mlp.bends import double\n"
        "class Net:\n    def __init__(self, sizes):\n        self.sizes = sizes\n"
        '    def run(self, X):\n        raise NotImplementedError("Net.run")\n'
    )
    assert notebook.ask('check("Net")').verdict == "done"
    assert notebook.ask('check("Net.run")').verdict == "not started"
    notebook.run(
        "class Net:\n    def __init__(self, sizes):\n        self.sizes = sizes\n"
        "    def run(self, X):\n        return double(X)\n"
    )
    report = notebook.ask('check("Net.run")')
    assert (report.verdict, report.detail[-1]) == ("done", "Saved in mlp/model.py.")
    namespace = {"__name__": "mlp.model", "__package__": "mlp"}
    exec((kit / "mlp" / "model.py").read_text(), namespace)
    assert namespace["Net"]([1]).run(2) == 4


def test_what_is_imported_from_the_module_is_not_saved(notebook, kit, fill):
    fill("bends")
    notebook.run("from mlp.bends import double")
    assert repr(notebook.ask('check("double")')) == "double: done\nAll 3 checks pass."


def test_without_the_module_nothing_is_saved(notebook, kit):
    (kit / "mlp" / "bends.py").unlink()
    notebook.run(DOUBLE)
    assert repr(notebook.ask('check("double")')) == "double: done\nAll 3 checks pass."
    assert not (kit / "mlp" / "bends.py").exists()


def test_a_broken_file_is_left_alone_and_named(notebook, kit):
    (kit / "mlp" / "bends.py").write_text("def double(:\n")
    notebook.run(DOUBLE)
    report = notebook.ask('check("double")')
    assert report.verdict == "done"
    assert report.detail[-1].startswith("Not saved in mlp/bends.py: line 1: ")
    assert (kit / "mlp" / "bends.py").read_text() == "def double(:\n"


def test_hand_calculations_are_compared_with_hashes(notebook, kit):
    path = kit / "exercises.json"
    answers = {"z": answer_hashes("pass", "z", 0.35), "a": answer_hashes("pass", "a", -1)}
    path.write_text(json.dumps({**json.loads(path.read_text()), "by_hand": {"pass": {"answers": answers}}}))
    notebook.run("z = None\na = None")
    assert notebook.ask('check_by_hand("pass")').verdict == "not started"
    notebook.run("z = 0.3514\na = 'x'")
    assert repr(notebook.ask('check_by_hand("pass")')) == "pass: wrong\n  z  right\n  a  not a number"
    notebook.run("z = 0.353\na = -1")
    assert repr(notebook.ask('check_by_hand("pass")')) == "pass: wrong\n  z  wrong\n  a  right"
    notebook.run("z = 0.35")
    assert notebook.ask('check_by_hand("pass")').verdict == "done"
    for odd in ("float('nan')", "float('inf')", "[1]", "10 ** 400"):
        notebook.run(f"z = {odd}")
        assert notebook.ask('check_by_hand("pass")').verdict == "wrong"
    assert notebook.ask('check_by_hand("other")').verdict == "not started"


CELLS = [
    "from autograder.kit.notebook import check",
    "%%time\ndef half(Z, rest=0.0):\n    return Z / 2 + rest",
    "%time x = 3\nlines = !echo hello\nimport math\nSCALE = 2\ndef double(Z):\n    return SCALE * Z\ndouble(math.pi);",
    'print(check("double"))',
    'print(check("half"))',
]


@pytest.mark.skipif(importlib.util.find_spec("IPython") is None, reason="needs IPython")
def test_cells_of_a_real_ipython_are_saved_without_magics(notebook, kit):
    script = (
        "import sys; sys.path.insert(0, '..')\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        f"for cell in {CELLS!r}: shell.run_cell(cell, store_history=True)\n"
    )
    environment = {**os.environ, "IPYTHONDIR": str(kit / "ipython")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False)
    assert "double: done\nAll 3 checks pass.\nSaved in mlp/bends.py." in done.stdout, done.stdout + done.stderr
    assert "half: done\nThe check passes.\nNot saved in mlp/bends.py: the cell's code can't be had." in done.stdout
    text = (kit / "mlp" / "bends.py").read_text()
    assert "SCALE = 2\n\n\ndef double(Z):\n    return SCALE * Z\n" in text
    assert "ipython" not in text
    assert "math" not in text
