import ast

import pytest

from autograder.kit.saving import NotSaved, merge, save

MODULE = '''"""Doc."""

import numpy as np

from .bends import relu


# about f
def f(Z):
    """Asked."""
    raise NotImplementedError("f")


def mine(x):
    return x  # my own


def g(Z):
    return Z + 1


TABLE = {"f": f, "g": g}
'''


def merged(cell, name="f", module=MODULE):
    text = merge(module, cell, name, "topic")
    ast.parse(text)
    return text


def test_a_definition_takes_the_place_of_its_stub_and_all_else_stays():
    cell = 'def f(Z):\n    """Asked."""\n    return np.abs(Z)  # so\n'
    assert merged(cell) == MODULE.replace('raise NotImplementedError("f")', "return np.abs(Z)  # so")


def test_a_second_time_changes_nothing():
    cell = "import math\nSLOPE = 2\n\ndef helper(x):\n    return x * SLOPE\n\ndef f(Z):\n    return helper(math.pi)\n"
    once = merged(cell)
    assert merged(cell, module=once) == once


def test_helpers_imports_and_constants_stand_before_the_definition():
    helper = "@np.vectorize\ndef helper(x):\n    return x * SLOPE\n"
    text = merged(f"import math\nSLOPE = 2\n\n{helper}\ndef f(Z):\n    return helper(math.pi)\n")
    assert text.index("from .bends import relu\nimport math\n") < text.index("SLOPE = 2")
    assert text.index("SLOPE = 2") < text.index("@np.vectorize\ndef helper") < text.index("def f(Z)")
    assert "def mine(x):\n    return x  # my own\n" in text
    namespace = {}
    exec(text.replace("from .bends import relu", ""), namespace)
    assert namespace["TABLE"]["f"] is namespace["f"]


def test_what_the_definitions_do_not_use_is_left_out():
    cell = """import time
import matplotlib.pyplot as plt
from mlp.topic import g
from autograder.kit.plots import plot_dataset
Z = f(3)
get_ipython().run_line_magic('matplotlib', 'inline')
N = get_ipython().getoutput('ls')
for i in range(3):
    print(i)
check("f")
def f(Z):
    return Z * len(N)
"""
    assert merged(cell) == MODULE.replace(
        '    """Asked."""\n    raise NotImplementedError("f")', "    return Z * len(N)"
    )


def test_what_is_computed_with_the_definitions_stands_below_them():
    text = merged("POWERS = [f(1), f(2)]\ndef h(x):\n    return POWERS\ndef f(Z):\n    return Z\n")
    assert text.endswith("\nPOWERS = [f(1), f(2)]\n")
    exec(text.replace("from .bends import relu", ""), {})


def test_constants_are_replaced():
    once = merged("SLOPE = 2\ndef f(Z):\n    return SLOPE\n")
    text = merged("SLOPE = 3\ndef f(Z):\n    return SLOPE\n", module=once)
    assert text == once.replace("SLOPE = 2", "SLOPE = 3")


def test_a_stub_never_replaces_what_was_written():
    cell = 'def g(Z):\n    """Asked."""\n    raise NotImplementedError("g")\n\ndef f(Z):\n    return 1\n'
    assert "def g(Z):\n    return Z + 1\n" in merged(cell)


def test_decorated_definitions_are_replaced_whole():
    module = "import functools\n\n\n@functools.cache\ndef f(Z):\n    return 1\n"
    assert merged("def f(Z):\n    return 2\n", module=module) == "import functools\n\n\ndef f(Z):\n    return 2\n"


NET = '''class Net:
    """A net."""

    def __init__(self):
        raise NotImplementedError("Net")

    def run(self, X):
        return self._twice(X)

    def _twice(self, X):
        return 2 * X


AFTER = 1
'''


def test_a_class_keeps_methods_that_the_cell_leaves_open_or_does_not_have():
    cell = """class Net:
  def __init__(self):
    self.sizes = []

  def run(self, X):
    raise NotImplementedError("Net.run")
"""
    namespace = {}
    text = merged(cell, "Net", NET)
    exec(text, namespace)
    net = namespace["Net"]()
    assert (net.sizes, net.run(3), namespace["AFTER"]) == ([], 6, 1)
    assert merged(cell, "Net", text) == text


def test_a_filled_class_takes_the_place_of_the_whole():
    cell = "class Net:\n    def __init__(self):\n        pass\n\n    def run(self, X):\n        return 5\n"
    namespace = {}
    exec(merged(cell, "Net", NET), namespace)
    assert namespace["Net"]().run(1) == 5


def test_nothing_is_lost_to_a_shared_line():
    with pytest.raises(NotSaved, match="other would be lost"):
        merged("A = 3\ndef f(Z):\n    return A\n", module="A = 1; other = 2\ndef f(Z):\n    return A\n")


def test_a_name_that_the_module_does_not_have_is_not_saved():
    with pytest.raises(NotSaved, match=r"h isn't defined in mlp/topic\.py"):
        merged("def h():\n    pass\n", "h")


CELL = "def f(Z):\n    return 'é'\n"


def test_files_keep_their_line_ends(tmp_path):
    path = tmp_path / "topic.py"
    path.write_bytes(MODULE.replace("\n", "\r\n").encode())
    assert save(path, CELL, "f")
    content = path.read_bytes().decode()
    assert content.count("\r\n") == content.count("\n")
    assert "return 'é'" in content
    assert not save(path, CELL, "f")
    assert [item.name for item in tmp_path.iterdir()] == ["topic.py"]


@pytest.mark.parametrize(
    "content", [b"def f(:\n", b"def f(Z):\n    return '\xe9'\n", b""], ids=["syntax", "latin-1", "empty"]
)
def test_a_file_that_cannot_be_read_stays_as_it_is(tmp_path, content):
    path = tmp_path / "topic.py"
    path.write_bytes(content)
    with pytest.raises(NotSaved):
        save(path, CELL, "f")
    assert path.read_bytes() == content


def test_an_interrupted_save_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "topic.py"
    path.write_text(MODULE)

    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("pathlib.Path.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save(path, CELL, "f")
    assert path.read_text() == MODULE
    assert [item.name for item in tmp_path.iterdir()] == ["topic.py"]
