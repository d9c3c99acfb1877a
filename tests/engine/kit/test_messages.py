import numpy as np
import pytest

from autograder.kit.calls import Handle, Notes
from autograder.kit.exercises import Exercise
from autograder.kit.hints import hint_about
from autograder.kit.messages import compare_texts, describe_call, kind_text
from autograder.kit.student import Call


def described(parameters, *args, **kwargs):
    return describe_call(Call(Exercise("t", "f", 1, (), False), parameters, args, kwargs, None, Notes()))


def test_calls_show_shapes_and_small_values():
    pairs = [(np.ones((3, 2)), np.ones((3, 1))), (np.ones((1, 3)), np.ones((1, 1)))]
    assert described(["X", "sizes"], np.ones((2, 5)), [2, 1], seed=3) == "f(X (2, 5), sizes=[2, 1], seed=3)"
    assert described(["p"], pairs) == "f(p=[((3, 2), (3, 1)), ((1, 3), (1, 1))])"
    assert described([], 0.25, "relu") == "f(0.25, 'relu')"
    assert described(["a"], np.float64(1 / 3), 1) == "f(a=0.3333, 1)"


def test_long_calls_are_wrapped():
    text = described([], *[np.ones((20, 30))] * 12)
    assert len(text.split("\n")) > 1
    assert max(map(len, text.split("\n"))) <= 70
    assert text.replace("\n   ", "") == f"f({', '.join(['(20, 30)'] * 12)})"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (True, "a truth value"),
        (np.float64(1), "a number"),
        ((1,), "a tuple of 1 entry"),
        ([], "a list of 0 entries"),
        (np.ones((2, 1), bool), "array of booleans in shape (2, 1)"),
        (np.ones(2), "array of shape (2,)"),
        ("abc", "a str"),
        (Handle(1, "matrix"), "an object of type matrix"),
        (Handle(1, "ndarray"), "an array of objects"),  # of numbers it would be a plain value
    ],
    ids=str,
)
def test_kinds_hold_no_value(value, text):
    assert kind_text(value) == text


def compared(got, want):
    got, want = np.asarray(got, float), np.asarray(want, float)
    return [text.split("\n") for text in compare_texts(got, want, ~(got == want))]


def test_small_arrays_are_aligned_and_the_first_difference_is_marked():
    got, want = compared([[0.5, 0.25, -1]], [[0.5, 2, -1]])
    assert got == ["[[ 0.5   0.25 -1   ]]"]
    assert want == ["[[ 0.5   2    -1   ]]", "         ^ first difference: row 0, column 1"]


def test_several_rows_stand_under_each_other():
    got, want = compared([[1, 2], [3, 40]], [[1, 2], [3, 4]])
    assert got == ["[[1  2 ]", " [3  40]]"]
    assert want == ["[[1  2 ]", " [3  4 ]]", "first difference: row 1, column 1"]


def test_large_arrays_show_the_first_difference_alone():
    want = np.zeros((9, 9))
    got = want.copy()
    got[2, 3] = got[4, 4] = 1.5
    assert compared(got, want) == [["1.5 at row 2, column 3"], ["0 there; 2 of 81 entries differ"]]
    assert compared(np.ones((2, 2, 2)), np.zeros((2, 2, 2)))[0] == ["1 at entry [0, 0, 0]"]


def test_numbers_get_the_digits_that_tell_them_apart():
    assert compared(1 + 1e-8, 1.0) == [["1.00000001"], ["1"]]
    assert compared([0.1234567, 1], [0.1234568, 1])[0] == ["[0.1234567 1        ]"]


def test_every_line_fits():
    rng = np.random.default_rng(0)
    for shape in [(1, 4), (4, 8), (3,), (40,), (2, 3, 4), ()]:
        got, want = rng.normal(size=shape) * 1e-7, rng.normal(size=shape) * 1e7
        assert max(len(line) for text in compared(got, want) for line in text) <= 70


A = np.array([[1.0, 2.0, -3.0], [0.0, 5.0, 6.0]])


@pytest.mark.parametrize(
    ("got", "want", "hint"),
    [
        (2 * A, A, "Every entry is 2 times too large."),
        (3 * A, A, "Every entry is 3 times too large. 3 is the number of columns."),
        (A / 3, A, "Every entry is 3 times too small. 3 is the number of columns."),
        (A / 2, A, "Every entry is half of what it should be."),
        (-A, A, "Every entry is right but for its sign."),
        (0.7 * A, A, "Every entry is 0.7 times what it should be."),
        (-2 * A, A, "Every entry is -2 times what it should be."),
        (A.T, A, "It is the transpose of what is asked."),
        (A[:, :2].T, A[:, :2], "It is the transpose of what is asked."),
        (np.ones((3, 2)), A, "It has the shape of the transpose."),
        (A.ravel(), A, "The numbers are right, the shape is not."),
        (np.ones(2), np.zeros((2, 1)), "An axis of length 1 is missing."),
        (A + 0.5, A, "Every entry is 0.5 too large."),
        (A - 2, A, "Every entry is 2 too small."),
        (0 * A, A, "Every entry is 0."),
        (A + np.array([[1e-8], [0]]), A, ""),
        (A + np.eye(2, 3), A, ""),
        (A * (1 + 1e-8), A, ""),
        (np.array([4.0]), np.array([2.0]), ""),
        (np.array([4.0, 0.0]), np.array([2.0, 0.0]), ""),
        (np.array([4.0, 4.0, 1.0]), np.array([2.0, 2.0, 0.0]), ""),
        (np.ones((4, 2)), A, ""),
        (np.ones((2, 4)), A, "There is one column too many."),
        (np.ones((1, 3)), np.ones((4, 1)), "Is a sum or mean taken along the other axis?"),
        (A[::-1], A, "The rows are right, but in reversed order."),
        (np.array([1.0, 2.0, 4.0]), np.array([2.0, 4.0, 9.0]), "Each entry is what the entry before it should be: all "
         "come one too late."),
        (np.array([2.0, 4.0, 9.0]), np.array([1.0, 2.0, 4.0]), "Each entry is what the entry after it should be: all "
         "come one too early."),
        (np.array([1.0, 4.0, 2.0, 3.0]), np.array([2.0, 1.0, 3.0, 4.0]), "The numbers are right, but stand at other "
         "places."),
    ],
    ids=[
        "2", "m", "1/m", "1/2", "-1", "0.7", "-2", "transpose", "square transpose", "transposed shape", "raveled",
        "keepdims", "more", "less", "zeros", "row", "corner", "rounding", "one entry",
        "one entry that counts", "all but one", "other shape", "one column more", "other axis", "reversed", "late",
        "early", "other places",
    ],
)  # fmt: skip
def test_hints_say_what_is_certain(got, want, hint):
    assert hint_about(got, want) == hint
