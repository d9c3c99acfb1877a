import collections
import warnings

import numpy as np
import pytest

from autograder.kit.calls import MAX_DEPTH, MAX_NODES, Handle, Recorder, Unsendable, plain


def call(function, *args, **kwargs):
    return Recorder().call("f", function, args, kwargs)


Point = collections.namedtuple("Point", "x y")


@pytest.mark.parametrize(
    "value",
    [None, True, 3, 2.5, 1j, "text", b"bytes", np.float64(2), np.bool_(True), (1, [2.0, {"a": (3,)}])],
    ids=repr,
)
def test_plain_values_are_copied_as_they_are(value):
    copy = plain(value, {})
    assert copy == value
    assert type(copy) is type(value)


def test_arrays_are_copied_in_their_order():
    for array in (np.ones((2, 3)), np.ones((2, 3)).T, np.array([True]), np.array(["a"])):
        copy = plain(array, {})
        assert copy is not array
        assert np.array_equal(copy, array)
        assert copy.flags.f_contiguous == array.flags.f_contiguous


def test_subclasses_of_containers_become_the_container():
    assert type(plain(Point(1, 2), {})) is tuple
    assert type(plain(collections.OrderedDict(a=1), {})) is dict


@pytest.mark.parametrize(
    "value",
    [np.ma.array([1.0]), np.array([object()]), {1}, range(3), iter([1]), np.datetime64("2025")],
    ids=lambda value: type(value).__name__,
)
def test_all_else_stays_behind_a_handle(value):
    objects = {}
    handle = plain([value], objects)[0]
    assert isinstance(handle, Handle)
    assert objects[handle.id] is value
    assert handle.type_name == type(value).__name__


def test_a_class_that_claims_to_be_a_list_is_none():
    class Liar:
        __class__ = list

    assert isinstance(plain(Liar(), {}), Handle)


def test_handles_equal_nothing_else():
    assert Handle(1, "A") != Handle(1, "A")


def test_depth_and_number_of_parts_are_limited():
    deep = []
    for _ in range(MAX_DEPTH + 1):
        deep = [deep]
    with pytest.raises(Unsendable, match="nested"):
        plain(deep, {})
    with pytest.raises(Unsendable, match="parts"):
        plain([0] * MAX_NODES, {})
    loop = []
    loop.append(loop)
    assert call(lambda: loop).error.kind == "unsendable"


def test_a_call_gives_its_value_and_no_notes():
    outcome = call(lambda a, b=2: a + b, 1, b=3)
    assert (outcome.value, outcome.error) == (4, None)
    assert outcome.notes == type(outcome.notes)()


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        (ValueError("no"), "raised"),
        (NotImplementedError("f"), "not_started"),
        (MemoryError(), "memory"),
        (SystemExit(1), "raised"),
        (GeneratorExit(), "raised"),
    ],
    ids=repr,
)
def test_errors_are_told_apart(problem, kind):
    def function():
        raise problem

    outcome = call(function)
    assert outcome.error.kind == kind
    assert outcome.error.type_names[0] == type(problem).__name__
    assert outcome.error.type_names[-1] == "BaseException"
    assert outcome.exception is problem


def test_an_error_whose_text_fails_has_none():
    class AwkwardError(Exception):
        def __str__(self):
            raise RuntimeError

    def function():
        raise AwkwardError

    assert call(function).error.message == ""


def test_ctrl_c_stops_the_tests():
    def function():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        call(function)


def test_changed_arguments_are_noted_by_name():
    def function(A, B, sizes, *, table):
        A[0] = 5
        sizes.append(1)
        table["x"] = np.zeros(2)

    notes = call(function, np.ones(2), np.ones(2), [3], table={"x": np.ones(2)}).notes
    assert notes.changed_arguments == ("A", "sizes", "table")


def test_changes_of_shape_count():
    def function(A):
        A.shape = (3, 1)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert call(function, np.ones(3)).notes.changed_arguments == ("A",)


def test_moving_numbers_and_putting_them_back_is_no_change():
    def function(A):
        A += 1e-5
        A -= 2e-5
        A += 1e-5

    assert call(function, np.random.default_rng(0).normal(size=50)).notes.changed_arguments == ()


@pytest.mark.parametrize("epsilon", [1e-12, 1e-15])
def test_clipping_in_place_is_a_change(epsilon):
    def function(Y):
        np.clip(Y, epsilon, 1 - epsilon, out=Y)

    assert call(function, np.array([0.0, 1.0])).notes.changed_arguments == ("Y",)


def test_nan_that_stays_is_no_change():
    assert call(lambda A: None, np.array([np.nan, np.inf])).notes.changed_arguments == ()


def test_an_earlier_result_that_changes_is_noted():
    buffer = np.zeros(2)

    def function(x):
        buffer[:] = x
        return [buffer]

    recorder = Recorder()
    first = recorder.call("f", function, (1,), {})
    second = recorder.call("f", function, (2,), {})
    assert (first.notes.changed_results, second.notes.changed_results) == (False, True)
    assert np.array_equal(first.value[0], [1, 1])
    assert not recorder.call("g", function, (3,), {}).notes.changed_results


def test_what_the_test_does_to_a_value_is_no_change():
    recorder = Recorder()
    recorder.call("f", lambda: [1], (), {}).value.append(2)
    assert not recorder.call("f", lambda: [1], (), {}).notes.changed_results


def test_printing_is_noted_and_passed_on(capsys):
    assert call(print, "hello").notes.printed
    assert capsys.readouterr().out == "hello\n"
    assert not call(lambda: None).notes.printed


def test_warnings_are_noted_and_not_passed_on():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        notes = call(lambda: np.exp(np.array([1e4]))).notes
    assert notes.warned == ("RuntimeWarning: overflow encountered in exp",)


def test_kept_objects_can_be_read():
    class Model:
        parameters = property(lambda self: [np.ones(1)])
        broken = property(lambda self: 1 / 0)

    recorder = Recorder()
    handle = recorder.call("Model", Model, (), {}).value
    assert recorder.read(handle.id, "parameters").value == [1.0]
    assert recorder.read(handle.id, "broken").error.type_names[0] == "ZeroDivisionError"
    assert recorder.read(handle.id, "gone").error.type_names[0] == "AttributeError"
