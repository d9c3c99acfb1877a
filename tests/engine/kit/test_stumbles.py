"""What everybody stumbles over once gets a sentence of its own."""

import pytest

LEFT = 'raise NotImplementedError("double")'


@pytest.fixture
def said(kit, run):
    """said("old", "new"): what pytest prints, in one line, with this change in mlp/bends.py."""

    def said(old, new):
        module = kit / "mlp" / "bends.py"
        text = module.read_text(encoding="utf-8")
        assert old in text
        module.write_text(text.replace(old, new), encoding="utf-8")
        return " ".join(run()[1].split())

    return said


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (LEFT, f"Z = 2 * Z\n    {LEFT}", f"There is code, but also still the line {LEFT}. Take that line out"),
        (LEFT, "Z = 2 * Z", "Nothing came back: is the line with return missing"),
        (LEFT, "print(2 * Z)", "Nothing came back, but something was printed. Return it instead"),
        ("def double", "def Double", "Was double renamed, or taken out?"),
        (LEFT, "Z = 2 * Z\n\treturn Z", "Tabs and spaces are mixed."),
        (LEFT, "  Z = 2 * Z\n    return Z", "All lines of a function's body begin at the same column"),
        ("import numpy as np", "import numpy as np\nimport torch", "torch is not installed, and not needed"),
    ],
    ids=["left in", "no return", "printed", "renamed", "tabs", "indentation", "torch"],
)
def test_a_stumble_has_its_sentence(said, old, new, sentence):
    assert sentence in said(old, new)


def test_without_numpy_it_says_which_python_has_none(kit, run):
    (kit / "numpy.py").write_text("raise ModuleNotFoundError")
    init = kit / "autograder" / "kit" / "__init__.py"
    init.write_text(init.read_text().replace('find_spec("numpy")', 'find_spec("numpyy")'))
    _, output = run()
    assert "NumPy is not installed for the Python that runs this" in output
