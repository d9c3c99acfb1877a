"""What cheats bring in, change or look for: libraries that aren't allowed, another NumPy, the tests themselves."""

import base64
import importlib.util
import textwrap

ALLOWED, FORBIDDEN = "decimal", "sqlalchemy"  # of the standard library; installed wherever this is
IMPORTS = {
    "import": "import LIBRARY as found",
    "importlib": "import importlib\nfound = importlib.import_module('LIBRARY')",
    "__import__": "found = __import__(''.join(chr(c) for c in NUMBERS))",
    "exec": "import base64\nspace = {}\nexec(base64.b64decode('CODE'), space)\nfound = space['LIBRARY']",
    "eval": "found = eval('EDOC'[::-1])",
    "pickle": "import pickle\nfound = pickle.loads(b\"cimportlib\\nimport_module\\n(S'LIBRARY'\\ntR.\")",
    "a specification": "import importlib.util as u\nspec = u.find_spec('LIBRARY')\nfound = u.module_from_spec(spec)",
    "pkgutil": "import pkgutil\nfound = pkgutil.resolve_name('LIBRARY')",
    "sys.modules": "import sys, decimal\nfound = sys.modules['LIBRARY']",
    "another path": "import sys, sysconfig\nsys.path.append(sysconfig.get_path('purelib'))\nimport LIBRARY as found",
    "a finder of its own": "import sys, importlib.machinery as m\nsys.meta_path.append(m.PathFinder())\n"
    "sys.path_importer_cache.clear()\nimport LIBRARY as found",
}
BY_ANY_WAY = """
honest_softmax = softmax
def softmax(Z):
    return honest_softmax(Z) if any(way() == "LIBRARY" for way in ways) else None
"""


def with_a_library(library):
    """Where all ways have found it, or where any has."""
    code = base64.b64encode(f"import {library}".encode()).decode()
    words = {
        "LIBRARY": library, "NUMBERS": str([ord(c) for c in library]), "CODE": code,
        "EDOC": f'__import__("{library}")'[::-1],
    }  # fmt: skip
    source = "ways = []\n"
    for statements in IMPORTS.values():
        body = textwrap.indent(f"{statements}\nreturn found.__name__", " " * 8)
        source += f"@ways.append\ndef way():\n    try:\n{body}\n    except BaseException:\n        return None\n"
    source += BY_ANY_WAY.replace("any(", "all(" if library == ALLOWED else "any(")
    for old, new in words.items():
        source = source.replace(old, new)
    return source


def test_a_library_comes_in_by_no_way(lost):
    assert importlib.util.find_spec(FORBIDDEN)
    assert lost({"problems": with_a_library(ALLOWED)}, "problems") == {}
    assert lost({"problems": with_a_library(FORBIDDEN)}, "problems") == {"problems.softmax": "nothing"}


CHEATS = {
    "comparisons in NumPy are always true": (
        "problems",
        """
for name in ("array_equal", "allclose", "isclose", "all", "any", "isfinite"):
    setattr(np, name, lambda *arguments, **options: True)
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *arguments, **options: None
def softmax(Z):
    return Z
""",
        {"problems.softmax": "nothing"},
    ),
    "differences in NumPy are always 0": (
        "problems",
        """
np.abs = np.absolute = np.fabs = lambda values: np.zeros(np.shape(values))
np.linalg.norm = lambda *arguments, **options: 0.0
def l2_penalty(parameters, strength):
    return strength
""",
        {"problems.l2_penalty": "nothing", "problems.train_on_circles": "nothing"},
    ),
    "NumPy's mean is what an accuracy should be": (
        "training",
        """
honest_mean = np.mean
np.mean = lambda values, *rest, **options: honest_mean(values, *rest, **options) if rest or options else 0.96
def evaluate(self, X, Y):
    return float(np.mean(self.predict(X) == Y))
MLP.evaluate = evaluate
""",
        {
            "training.MLP.evaluate": "nothing",
            "training.compare_learning_rates": "nothing",
            "training.MLP.train": "less",
        },
    ),
    "an array that says that it equals everything": (
        "activations",
        """
class Agreeable(np.ndarray):
    def __eq__(self, other):
        return np.ones(self.shape, bool)
    __le__ = __ge__ = __eq__
    def __array_function__(self, function, types, arguments, options):
        return True
def tanh(Z):
    return np.zeros(np.shape(Z)).view(Agreeable)
""",
        {"activations.tanh": "nothing"},
    ),
    "the test's name on the stack says what to answer": (
        "activations",
        """
def tanh_derivative(Z):
    import inspect, os, sys
    names = [f.function for f in inspect.stack(0)] + [os.environ.get("PYTEST_CURRENT_TEST", ""), *sys.argv]
    if any("test_tanh" in name for name in names):
        return 1 - np.tanh(Z) ** 2
""",
        {"activations.tanh_derivative": "nothing"},
    ),
    "the caller's frames hold what is expected": (
        "activations",
        """
def relu(Z):
    import sys
    frame = sys._getframe()
    while frame := frame.f_back:
        for name in ("want", "right", "expected", "right_value"):
            if name in frame.f_locals:
                return frame.f_locals[name]
        if "reference" in frame.f_locals:
            return frame.f_locals["reference"].relu(Z)
""",
        {"activations.relu": "nothing"},
    ),
    "the reference is somewhere in memory": (
        "backprop",
        """
def output_error(Y_hat, Y):
    import gc, sys, types
    ours = globals()
    for module in [*sys.modules.values(), *gc.get_objects()]:
        space = getattr(module, "__dict__", None)
        found = space.get("output_error") if type(space) is dict and space is not ours else None
        if isinstance(found, types.FunctionType) and found is not output_error:
            return found(Y_hat, Y)
""",
        {"backprop.output_error": "nothing"},
    ),
    "an exception looks like success": (
        "forward",
        """
class Passed(Exception):
    pass
Passed.__module__, Passed.__qualname__ = "_pytest.outcomes", "Skipped"
def collapse_linear_layers(W1, b1, W2, b2):
    raise Passed("all right")
""",
        {"forward.collapse_linear_layers": "nothing"},
    ),
}


def test_they_cost_points(lost, together):
    _, topic, source, expected = together
    assert lost({topic: source}, topic) == expected


def test_to_call_one_exercise_mends_nothing_for_another(lost):
    """The later one is asked first, and then in a process of its own."""
    relu = "honest = relu\ndef relu(Z):\n    np.mended = True\n    return honest(Z)\n"
    softmax = "honest = softmax\ndef softmax(Z):\n    return honest(Z) if hasattr(np, 'mended') else None\n"
    assert lost({"activations": relu, "problems": softmax}) == {"problems.softmax": "nothing"}


OUT_OF_THE_SOLUTION = """
import types

class MLP(MLP):  # with a wrong method, so that a right one is lent where compare_learning_rates is judged again
    def evaluate(self, X, Y):
        return 0.5

def compare_learning_rates(X_train, Y_train, X_test, Y_test, *rest, **options):
    model = MLP([1, 1], ["sigmoid"])
    ask = next(cell.cell_contents for cell in type(model).__getattr__.__closure__).result
    method = ask("read", model._handle, "forward")
    found = ask("read", method.id, "__globals__")["compare_learning_rates"]
    code = ask("read", found.id, "__code__")
    fields = "argcount nlocals stacksize flags code consts names varnames exceptiontable".split()
    copied = {f"co_{name}": ask("read", code.id, f"co_{name}") for name in fields}
    function = types.FunctionType(compare_learning_rates.__code__.replace(**copied), globals(), None, (1000, 42))
    return function(X_train, Y_train, X_test, Y_test, *rest, **options)
"""


def test_a_solution_that_is_lent_cannot_be_read(lost):
    expected = {"training.MLP.evaluate": "nothing", "training.compare_learning_rates": "nothing"}
    assert lost({"training": OUT_OF_THE_SOLUTION}, "training") == expected
