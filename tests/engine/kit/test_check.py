import numpy as np
import pytest

from autograder.kit.calls import Error, Handle, Notes, Outcome
from autograder.kit.check import Check, CheckFailed
from autograder.kit.exercises import Catalogue, Exercise, Topic
from autograder.kit.student import CallFailed, LocalBackend, Student

CATALOGUE = Catalogue("C", (Topic("t", "T", False, tuple(Exercise("t", n, 1, (), False) for n in ("f", "g"))),))


@pytest.fixture
def check():
    return Check()


def fails(kind, action, *args, **kwargs):
    with pytest.raises(CheckFailed) as failure:
        action(*args, **kwargs)
    assert failure.value.kind == kind, failure.value
    return failure.value


def test_arrays_pass_as_they_are(check):
    for array in (np.ones((2, 3)), np.array([[1, 2, 3], [4, 5, 6]]), np.zeros((2, 3), bool)):
        assert check.array(array, (2, 3)) is array
    assert check.array(np.float64(2), ()).shape == ()
    assert check.array(3, ()) == 3


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "type"),
        ([1.0, 2.0], "type"),
        (3.0, "type"),
        (Handle(1, "matrix"), "type"),
        (np.ones(3), "shape"),
        (np.ones((2, 1)), "shape"),
        (np.array(1.0), "shape"),
        (np.ones(2, complex), "dtype"),
        (np.array(["a", "b"]), "dtype"),
        (np.array([1, np.nan]), "finite"),
        (np.array([1, -np.inf]), "finite"),
    ],
    ids=str,
)
def test_array_looks_at_type_shape_dtype_and_finiteness_in_this_order(check, value, kind):
    fails(kind, check.array, value, (2,))


def test_numbers(check):
    for value in (2, 2.0, np.float32(2), np.int64(2), np.array(2.0)):
        number = check.number(value)
        assert (number, type(number)) == (2.0, float)
    for value in (True, np.bool_(True), np.array(True), None, "2", 2j, [2]):
        with pytest.raises(CheckFailed):
            check.number(value)
    fails("shape", check.number, np.array([2.0]))
    fails("finite", check.number, np.nan)
    fails("finite", check.number, 10**400)


def test_items_and_pairs(check):
    assert check.items((1, 2), 2) == check.items([1, 2]) == [1, 2]
    fails("type", check.items, np.ones(2), 2)
    fails("shape", check.items, (1, 2, 3), 2)
    W, b = np.ones((3, 2)), np.ones((3, 1))
    assert check.pairs(([W, b],), [((3, 2), (3, 1))]) == [(W, b)]
    failure = fails("shape", check.pairs, [(W, b[:, 0])], [((3, 2), (3, 1))])
    assert failure.summary == "[0][1]: returned array of shape (3,), expected array of shape (3, 1)"
    assert failure.hint == "An axis of length 1 is missing."
    fails("shape", check.pairs, [(W, b)] * 2, [((3, 2), (3, 1))])
    fails("type", check.pairs, [W], [((3, 2), (3, 1))])


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (1, 1.0),
        (np.float32(0.5), 0.5),
        (np.array([1 + 1e-10, 1e6]), np.array([1, 1e6 + 1e-4])),
        (np.array([1e-13, 5.0]), np.array([0, 5.0])),
        (np.array([True, False]), np.array([1.0, 0.0])),
        ([(1, np.ones(2))], ((1.0, np.ones(2)),)),
        ({0.1: 0.5, 0.2: 0.75}, {0.2: 0.75, 0.1: 0.5}),
        ("a", "a"),
        (np.ones((0, 2)), np.ones((0, 2))),
    ],
    ids=str,
)
def test_same_passes_what_is_equal_to_rounding(check, got, want):
    check.same(got, want)


@pytest.mark.parametrize(
    ("got", "want", "kind"),
    [
        (None, 1.0, "type"),
        (1.0, np.ones((3, 4)), "shape"),
        (np.ones((8, 1)), np.ones((1, 8)), "shape"),
        (np.array([]), np.array(5.0), "shape"),
        ([1], np.array([1]), "type"),
        (np.ones(2), [1, 1], "type"),
        ([1, 2, 3], [1, 2], "shape"),
        ([1, None], [1, 2], "type"),
        (np.ones(2, complex), np.ones(2), "dtype"),
        (np.array(["1"]), np.array([1]), "dtype"),
        (np.nan, 1.0, "finite"),
        (np.array([1, np.inf]), np.array([1.0, 2.0]), "finite"),
        (np.inf, 1.0, "finite"),
        (1 + 1e-8, 1.0, "value"),
        (1e-11, 0.0, "value"),
        ({0.1: 1}, {0.2: 1}, "value"),
        ({0.1: 1}, {0.1: 2}, "value"),
        ({}, {0.1: 2}, "value"),
        ([], {0.1: 2}, "type"),
        ("a", "b", "value"),
        (Handle(1, "X"), 1.0, "type"),
        (1.0, Handle(1, "X"), "shape"),
        (1e308, -1e308, "value"),
    ],
    ids=str,
)
def test_same_fails_what_differs(check, got, want, kind):
    if isinstance(want, Handle):  # what a test expects may itself come from the student
        with pytest.raises(CheckFailed):
            check.same(got, want)
    else:
        fails(kind, check.same, got, want)


def test_tolerances_can_be_given(check):
    check.same(1.1, 1.0, rtol=0.2)
    check.same(0.1, 0.0, atol=0.2)
    fails("value", check.same, np.array([0.0, 1e-14]), np.zeros(2), atol=0)


def test_bounds_are_one_sided_and_nan_fails(check):
    check.at_most(2, 2.0, "it")
    check.at_least(np.float64(3), 2, "it")
    assert fails("value", check.at_most, 2.5, 2, "the loss").summary == "the loss: too large"
    assert fails("value", check.at_least, 1.5, 2, "the loss").summary == "the loss: too small"
    fails("finite", check.at_most, np.nan, 2, "it")
    fails("finite", check.at_least, np.inf, 2, "it")
    fails("type", check.at_most, None, 2, "it")


def test_true(check):
    check.true(np.bool_(True), "fine")
    assert fails("value", check.true, False, "it must rise").summary == "not so: it must rise"


def test_instance(check):
    fails("type", check.instance, Handle(1, "Net"), "Net")
    fails("type", check.instance, None, "Net")


def student(**functions):
    backend = LocalBackend(functions)
    return Student(CATALOGUE, backend, backend.parameters)


def test_raises_wants_that_error_from_the_call():
    class OwnError(ValueError):
        pass

    def f(kind):
        if kind:
            raise kind("no")

    someone = student(f=f)
    check = Check(someone)
    check.raises(ValueError, someone.f, ValueError)
    check.raises(ValueError, someone.f, kind=OwnError)
    assert (
        fails("raises", check.raises, ValueError, someone.f, TypeError).summary
        == "f raised TypeError, expected ValueError"
    )
    assert "raised    TypeError: no" in str(fails("raises", check.raises, ValueError, someone.f, TypeError))
    fails("raises", check.raises, ValueError, someone.f, None)
    with pytest.raises(CallFailed):
        check.raises(Exception, someone.f, NotImplementedError)
    with pytest.raises(CallFailed):
        check.raises(AttributeError, student().f)


def test_side_effects_are_told_by_the_check_that_asks():
    kept = np.zeros(1)

    def f(A, B):
        A[0] = 1
        print("x")
        np.exp(np.array([1e4]))
        kept[:] += 1
        return kept

    someone = student(f=f, g=lambda: 1)
    check = Check(someone)
    someone.g()
    for method in (check.unchanged, check.own_results, check.silent, check.no_warnings):
        method(someone)
    someone.f(np.zeros(2), 1)
    someone.f(np.zeros(2), 1)
    assert "Changed: A." in str(fails("argument", check.unchanged, someone))
    assert "f(A (2,), B=1)" in str(fails("result", check.own_results, someone))
    fails("printed", check.silent, someone)
    assert "overflow encountered in exp" in str(fails("warning", check.no_warnings, someone))


def test_other_warnings_are_let_through():
    someone = student()
    someone._backend = type("B", (), {"call": lambda *a: Outcome(1, None, Notes(warned=("UserWarning: x",)))})()
    someone.f()
    Check(someone).no_warnings(someone)


def test_messages_name_the_call_that_the_value_came_from():
    someone = student(f=lambda Z: (Z, 3 * Z), g=lambda: 1.0)
    check = Check(someone)
    _, result = someone.f(np.array([1.0, -2.0]))
    someone.g()
    message = str(fails("value", check.same, result, np.array([1.0, -2.0])))
    assert message.split("\n") == [
        "called    f(Z (2,))",
        "returned  [1]: [ 3 -6]",
        "expected       [ 1 -2]",
        "                 ^ first difference: entry 0",
        "Every entry is 3 times too large.",
    ]
    message = str(fails("value", check.same, 1 + result, np.array([1.0, -2.0])))
    assert message.startswith("called    g()\ngot       ")


def test_messages_call_the_parts_of_a_result_by_the_names_in_its_docstring():
    someone = student(f=lambda Z: [(Z, 2 * Z), (Z, 3 * Z)], g=lambda Z: (Z, 3 * Z))
    docs = {"f": "Returns a list with one (dW, db) per layer.", "g": "The slopes. Returns (dA_prev, db): two of them."}
    someone._docs = lambda exercise: docs[exercise.name]
    check, Z = Check(someone), np.array([1.0, -2.0])
    failure = fails("value", check.same, someone.f(Z), [(Z, 2 * Z), (Z, 2 * Z)])
    assert failure.summary == "db of layer 2: right shape, wrong values"
    failure = fails("value", check.same, someone.g(Z)[1], Z)
    assert failure.returned.startswith("db: [ 3 -6]")
    assert fails("shape", check.pairs, someone.f(Z), [((2,), (2,)), ((2,), (3,))]).summary.startswith("db of layer 2: ")


def test_summaries_hold_no_value_and_no_text_of_the_students():
    someone = student(f=lambda Z: Z)
    someone._backend = type(
        "B", (), {"call": lambda *a: Outcome(None, Error("raised", ("S3cret", "Exception"), "s3cret"), Notes())}
    )()
    check, secret = Check(someone), 0.123456
    failures = [
        fails("value", check.same, np.array([secret]), np.array([2 * secret])),
        fails("value", check.same, [{0.123456: secret}], [{0.123456: 1.0}]),
        fails("value", check.same, {0.123456: secret}, {0.3: 1.0}),
        fails("value", check.same, "s3cret", "x"),
        fails("value", check.at_most, secret, 0.1, "the loss"),
        fails("type", check.array, Handle(1, "S3cret")),
        fails("type", check.same, Handle(1, "S3cret"), 1.0),
        fails("type", check.number, {"s3cret": 1}),
        fails("finite", check.array, np.array([secret, np.nan])),
        fails("raises", check.raises, ValueError, someone.f, 1),
    ]
    for failure in failures:
        assert "123456" not in failure.summary
        assert "s3cret" not in failure.summary.lower()
        assert "\n" not in failure.summary


def test_summaries_tell_sizes_of_the_call_or_the_expectation_and_no_others():
    results = []
    someone = student(f=lambda Z, seed: results.pop())
    check, Z = Check(someone), np.zeros((9, 70))
    for size, told in [
        ((70, 9), "array of shape (70, 9)"),  # the argument's, the other way round
        ((31,), "array of shape (31,)"),
        ((4,), "array of shape (4,)"),
        ((71, 9), "array of another shape"),
        ((1, 2, 3, 4, 5), "array of another shape"),
    ]:
        results.append(np.zeros(size))
        failure = fails("shape", check.array, someone.f(Z, 5_000), (31, 2))
        assert failure.summary == f"returned {told}, expected array of shape (31, 2)"
        assert f"shape {size}" in str(failure)  # on the student's own screen
    results.append([0] * 5_000)  # a number that was given is no size
    failure = fails("shape", check.items, someone.f(Z, 5_000), 3)
    assert failure.summary == "returned a list of another length, expected 3 entries"
