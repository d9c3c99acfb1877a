import numpy as np
import pytest

from autograder.kit.calls import Error
from autograder.kit.exercises import Catalogue, Exercise, Topic
from autograder.kit.student import CallFailed, Instance, LocalBackend, Student

NAMES = ["relu", "Net", "Net.run", "pair", "gone"]
CATALOGUE = Catalogue("C", (Topic("nowhere", "T", False, tuple(Exercise("nowhere", n, 1, (), False) for n in NAMES)),))


class Net:
    def __init__(self, sizes):
        self.sizes = sizes

    def run(self, X):
        return X * 2


def student(**namespace):
    backend = LocalBackend(namespace)
    return Student(CATALOGUE, backend, backend.parameters)


def test_functions_are_called_by_name_on_copies():
    def relu(Z):
        Z[Z < 0] = 0
        return Z

    someone, Z = student(relu=relu), np.array([-1.0, 2.0])
    assert np.array_equal(someone.relu(Z), [0, 2])
    assert np.array_equal(Z, [-1, 2])
    assert someone.called == {"nowhere.relu"}
    assert someone.notes[0].changed_arguments == ("Z",)
    assert someone.last_call.parameters == ("Z",)


def test_copies_keep_order_and_the_read_only_flag():
    seen = []
    Z = np.asfortranarray(np.ones((2, 3)))
    Z.flags.writeable = False
    student(relu=lambda pairs: seen.append(pairs[0][0])).relu([(Z, 1)])
    assert seen[0].flags.f_contiguous
    assert not seen[0].flags.writeable
    assert seen[0] is not Z


def test_an_object_has_its_methods_and_attributes():
    model = student(Net=Net).Net([2, 1])
    assert model.run(3) == 6
    assert model.sizes == [2, 1]


def test_objects_inside_results_can_be_used():
    model, accuracy = student(Net=Net, pair=lambda: (Net([1]), 0.5)).pair()
    assert (model.run(1), accuracy) == (2, 0.5)


def test_a_class_may_have_another_name():
    class Other(Net):
        pass

    assert isinstance(student(Net=Other).Net([1]), Instance)


def test_a_constructor_that_makes_no_object_fails():
    with pytest.raises(CallFailed, match="made no object, but a list"):
        student(Net=lambda sizes: sizes).Net([1])


def test_two_objects_are_apart():
    someone = student(Net=Net)
    first, second = someone.Net([1]), someone.Net([2])
    assert (first.sizes, second.sizes) == ([1], [2])


def test_names_that_are_no_exercise_are_the_test_authors_mistake():
    with pytest.raises(AttributeError, match="There is no exercise 'rely'"):
        student().rely()


def test_errors_keep_their_cause_and_are_counted_as_calls():
    someone = student(relu=lambda Z: 1 / 0)
    with pytest.raises(CallFailed, match="relu raised ZeroDivisionError: division by zero") as failure:
        someone.relu(1)
    assert isinstance(failure.value.__cause__, ZeroDivisionError)
    assert len(someone.notes) == 1


@pytest.mark.parametrize(
    ("error", "line", "summary"),
    [
        (Error("raised", ("ValueError",), "a\nb"), "f raised ValueError: a", "f raised ValueError"),
        (Error("raised", ("Leak12345",), "x"), "f raised Leak12345: x", "f raised an error"),
        (Error("not_started", (), "f"), "f is not started", "f is not started"),
        (Error("not_started", (), "relu"), "f needs relu, which is not started", "f is not started"),
        (Error("not_started", (), "to do"), "f is not started", "f is not started"),
        (Error("timeout", (), ""), "f took too long", "f took too long"),
        (Error("memory", (), "384 MB"), "f asked for too much memory: 384 MB", "f asked for too much memory"),
        (Error("missing", (), "There is no f"), "There is no f", "f is missing"),
    ],
    ids=str,
)
def test_failures_are_one_line(error, line, summary):
    failure = CallFailed("f", error)
    assert (str(failure), failure.summary) == (line, summary)


@pytest.fixture
def modules(kit, monkeypatch):
    """The kit's own mlp in place of the solutions'."""
    import sys

    monkeypatch.syspath_prepend(str(kit))
    monkeypatch.chdir(kit)
    for name in [name for name in sys.modules if name.partition(".")[0] == "mlp"]:
        monkeypatch.delitem(sys.modules, name)
    yield kit / "mlp"
    for name in [name for name in sys.modules if name.partition(".")[0] == "mlp"]:
        del sys.modules[name]


def test_modules_are_imported_when_called(modules, fill, catalogue):
    fill("bends")
    backend = LocalBackend()
    someone = Student(catalogue, backend, backend.parameters)
    assert someone.half(3, rest=1) == 2.5
    assert someone.last_call.parameters == ("Z", "rest")


def test_a_module_that_cannot_be_imported_is_said_with_its_line(modules, catalogue):
    (modules / "bends.py").write_text("import numpy\n\ndef double(:\n")
    with pytest.raises(CallFailed, match=r"^mlp/bends\.py:3: SyntaxError: ") as failure:
        Student(catalogue, LocalBackend()).double(1)
    assert failure.value.error.kind == "missing"
    (modules / "more.py").write_text("\nx = y\n")
    with pytest.raises(CallFailed, match=r"^mlp/more\.py:2: NameError: "):
        Student(catalogue, LocalBackend()).shout("a")


def test_a_missing_name_is_said(modules, catalogue):
    (modules / "more.py").write_text("shout = 3\n")
    for name in ("double", "shout"):
        (modules / "bends.py").write_text("")
        with pytest.raises(CallFailed, match=r"There is no \w+ in mlp/\w+\.py"):
            getattr(Student(catalogue, LocalBackend()), name)("a")


def test_objects_go_by_what_their_class_is_called_in_the_course(catalogue):
    class Network:
        pass

    class Deeper(Network):
        pass

    constructor = catalogue.constructors[0]
    backend = LocalBackend(
        {constructor.name: Network, "double": lambda x: [Deeper(), Network(), object()]}, [constructor]
    )
    made = Student(catalogue, backend).double(1)
    assert [type(item).__name__ for item in made] == ["Instance", "Instance", "Handle"]
