"""Hidden tests of the activations: `student` and `reference` get the same fresh inputs and must agree.
Inputs of common size are compared to `check.same`'s default. At extremes 1e-8 is enough, so that a sigmoid that clips Z
at 20 or beyond is right."""

import numpy as np

AT_EXTREMES = 1e-8


def frozen(array):
    """A read-only copy in Fortran order: writing into it, or counting on C order, fails."""
    array = np.array(array, order="F")
    array.flags.writeable = False
    return array


def agrees(student, reference, rng, check, name):
    """Values call after call, square and not; no result shares its memory with the next."""
    for shape in (3, 5), (3, 5), (4, 4), (6, 1), (1, 7):
        Z = rng.uniform(-6, 6, size=shape)
        check.same(getattr(student, name)(Z), getattr(reference, name)(Z))
    check.own_results(student)


def takes_integers(student, reference, rng, check, name):
    """Integers give what the same numbers as floats give."""
    Z = rng.integers(-5, 6, size=(3, 4))
    Z[0, :3] = -3, 0, 2
    check.same(getattr(student, name)(Z), getattr(reference, name)(1.0 * Z))


def leaves_no_trace(student, reference, rng, check, name):
    """The right value, an untouched argument, also where it can't be written to, and nothing printed."""
    for prepare in np.array, frozen:
        Z = rng.normal(scale=2, size=(4, 3))
        Z[:2, 1] = -1.5, 1.5
        check.same(getattr(student, name)(prepare(Z)), getattr(reference, name)(Z))
    check.unchanged(student)
    check.silent(student)


def right_at_extremes(student, reference, rng, check, name, largest):
    """From 20 to the largest size that the exercise promises, and at 0."""
    size = np.concatenate([[0.0, largest], np.exp(rng.uniform(np.log(20), np.log(largest), size=10))])
    Z = np.vstack([size, -size])
    check.same(getattr(student, name)(Z), getattr(reference, name)(Z), atol=AT_EXTREMES)


def test_sigmoid_agrees_call_after_call(student, reference, rng, check):
    """sigmoid is 1 / (1 + e^-Z) for matrices of every size, call after call."""
    agrees(student, reference, rng, check, "sigmoid")


def test_sigmoid_agrees_on_any_shape(student, reference, rng, check):
    """sigmoid takes vectors and stacks of matrices too, and the same shape comes out."""
    for shape in (7,), (2, 3, 4):
        Z = rng.uniform(-6, 6, size=shape)
        check.same(student.sigmoid(Z), reference.sigmoid(Z))


def test_sigmoid_takes_integers(student, reference, rng, check):
    """sigmoid of an integer array is not rounded to integers."""
    takes_integers(student, reference, rng, check, "sigmoid")


def test_sigmoid_leaves_no_trace(student, reference, rng, check):
    """sigmoid changes nothing that it is given, and prints nothing."""
    leaves_no_trace(student, reference, rng, check, "sigmoid")


def test_sigmoid_right_at_extremes(student, reference, rng, check):
    """sigmoid is right up to 1e4 either way, without a warning."""
    right_at_extremes(student, reference, rng, check, "sigmoid", 1e4)
    check.no_warnings(student)


def test_sigmoid_derivative_agrees_call_after_call(student, reference, rng, check):
    """sigmoid_derivative is the slope of sigmoid at Z for matrices of every size, call after call."""
    agrees(student, reference, rng, check, "sigmoid_derivative")


def test_sigmoid_derivative_takes_integers(student, reference, rng, check):
    """sigmoid_derivative of an integer array is not rounded to integers."""
    takes_integers(student, reference, rng, check, "sigmoid_derivative")


def test_sigmoid_derivative_leaves_no_trace(student, reference, rng, check):
    """sigmoid_derivative changes nothing that it is given, and prints nothing."""
    leaves_no_trace(student, reference, rng, check, "sigmoid_derivative")


def test_sigmoid_derivative_right_at_extremes(student, reference, rng, check):
    """sigmoid_derivative is right up to 300 either way, with no NaN."""
    right_at_extremes(student, reference, rng, check, "sigmoid_derivative", 300)


def test_relu_agrees_call_after_call(student, reference, rng, check):
    """relu is max(0, Z) for matrices of every size, call after call."""
    agrees(student, reference, rng, check, "relu")


def test_relu_takes_integers(student, reference, rng, check):
    """relu works on integer arrays too."""
    takes_integers(student, reference, rng, check, "relu")


def test_relu_leaves_no_trace(student, reference, rng, check):
    """relu changes nothing that it is given, and prints nothing."""
    leaves_no_trace(student, reference, rng, check, "relu")


def test_relu_derivative_agrees_call_after_call(student, reference, rng, check):
    """relu_derivative is 1 where Z is above 0 and 0 elsewhere, for matrices of every size, call after call."""
    agrees(student, reference, rng, check, "relu_derivative")


def test_relu_derivative_takes_integers(student, reference, rng, check):
    """relu_derivative works on integer arrays too, zeros included."""
    takes_integers(student, reference, rng, check, "relu_derivative")


def test_relu_derivative_leaves_no_trace(student, reference, rng, check):
    """relu_derivative changes nothing that it is given, and prints nothing."""
    leaves_no_trace(student, reference, rng, check, "relu_derivative")


def test_tanh_agrees_call_after_call(student, reference, rng, check):
    """tanh is the hyperbolic tangent for matrices of every size, call after call."""
    agrees(student, reference, rng, check, "tanh")


def test_tanh_takes_integers(student, reference, rng, check):
    """tanh of an integer array is not rounded to integers."""
    takes_integers(student, reference, rng, check, "tanh")


def test_tanh_leaves_no_trace(student, reference, rng, check):
    """tanh changes nothing that it is given, and prints nothing."""
    leaves_no_trace(student, reference, rng, check, "tanh")


def test_tanh_right_at_extremes(student, reference, rng, check):
    """tanh is right up to 300 either way, with no NaN."""
    right_at_extremes(student, reference, rng, check, "tanh", 300)


def test_tanh_derivative_agrees_call_after_call(student, reference, rng, check):
    """tanh_derivative is 1 - tanh(Z)² for matrices of every size, call after call."""
    agrees(student, reference, rng, check, "tanh_derivative")


def test_tanh_derivative_takes_integers(student, reference, rng, check):
    """tanh_derivative of an integer array is not rounded to integers."""
    takes_integers(student, reference, rng, check, "tanh_derivative")


def test_tanh_derivative_leaves_no_trace(student, reference, rng, check):
    """tanh_derivative changes nothing that it is given, and prints nothing."""
    leaves_no_trace(student, reference, rng, check, "tanh_derivative")


def test_tanh_derivative_right_at_extremes(student, reference, rng, check):
    """tanh_derivative is right up to 300 either way, with no NaN."""
    right_at_extremes(student, reference, rng, check, "tanh_derivative", 300)
