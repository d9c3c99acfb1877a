"""Hidden tests of backpropagation: `student` and `reference` get the same fresh inputs, cache included, and must agree
to `check.same`'s default where nothing else is said. Widths and batch sizes differ all, or are all equal where a
transpose would show only then. Predictions stay between 0.02 and 0.98, out of reach of any clipping. Numerical
gradients go through the student's own loss, where an offset of 1e-8 is not this exercise's fault: hence 1e-6."""

from itertools import pairwise

import numpy as np
import pytest

THROUGH_THE_LOSS = 1e-6


def frozen(array):
    """A read-only copy in Fortran order: writing into it, or counting on C order, fails."""
    array = np.array(array, order="F")
    array.flags.writeable = False
    return array


def frozen_pairs(pairs):
    return [(frozen(first), frozen(second)) for first, second in pairs]


def draw_parameters(rng, sizes):
    """Weights that keep pre-activations near 1, biases that matter."""
    return [(rng.normal(size=(o, i)) / np.sqrt(i), rng.normal(size=(o, 1)) / 2) for i, o in pairwise(sizes)]


def draw_labels(rng, m):
    """Labels of both classes (of one if m is 1)."""
    return np.hstack([rng.permutation([0.0, 1.0]), rng.integers(0, 2, size=m)])[None, :m]


def draw_case(reference, rng, sizes, activations, m):
    """X, Y, parameters, Y_hat and cache, with no pre-activation near relu's kink, no prediction near 0 or 1."""
    while True:
        X, parameters = rng.normal(size=(sizes[0], m)), draw_parameters(rng, sizes)
        Y_hat, cache = reference.forward(X, parameters, activations)
        off_the_kink = all(np.min(np.abs(Z)) > 1e-3 for _, Z in cache)
        if off_the_kink and np.all((Y_hat > 0.02) & (Y_hat < 0.98)):
            return X, draw_labels(rng, m), parameters, Y_hat, cache


def test_output_error_agrees(student, reference, rng, check):
    """The error is (Y_hat - Y) / m for many samples and for one, call after call."""
    for m in 7, 7, 12, 1:
        Y_hat, Y = rng.uniform(0.02, 0.98, size=(1, m)), draw_labels(rng, m)
        check.same(student.output_error(Y_hat, Y), reference.output_error(Y_hat, Y))
    check.same(student.output_error(Y=Y, Y_hat=Y_hat), reference.output_error(Y_hat, Y))
    check.own_results(student)


def test_output_error_is_finite_at_certainty(student, rng, check):
    """Predictions of exactly 0 or 1 give finite errors, and none where they are right."""
    Y_hat, Y = np.array([[0.0, 0.0, 1.0, 1.0]]), np.array([[0.0, 1.0, 0.0, 1.0]])
    between, labels = rng.uniform(0.02, 0.98, size=(1, 5)), draw_labels(rng, 5)
    error = check.array(student.output_error(np.hstack([Y_hat, between]), np.hstack([Y, labels])), shape=(1, 9))
    check.same(error[:, 4:], (between - labels) / 9)
    check.same(error[:, [0, 3]], np.zeros((1, 2)), atol=1e-6)  # the way through dL/dY_hat may clip at 1e-7


def test_output_error_leaves_no_trace(student, reference, rng, check):
    """output_error changes nothing that it is given, and prints nothing; integer labels are fine."""
    Y_hat, Y = rng.uniform(0.02, 0.98, size=(1, 5)), draw_labels(rng, 5)
    want = reference.output_error(Y_hat, Y)
    check.same(student.output_error(Y_hat, Y.astype(int)), want)
    check.same(student.output_error(frozen(Y_hat), frozen(Y)), want)
    check.unchanged(student)
    check.silent(student)


def test_layer_backward_agrees_at_all_sizes(student, reference, rng, check):
    """dA_prev, dW and db are right for wide, narrow and square layers and any number of samples, one included."""
    for n_in, n_out, m in (4, 3, 6), (2, 5, 7), (4, 4, 4), (4, 4, 4), (1, 3, 2), (5, 1, 1):
        dZ, A_prev, W = rng.normal(size=(n_out, m)), rng.normal(size=(n_in, m)), rng.normal(size=(n_out, n_in))
        want = reference.layer_backward(dZ, A_prev, W)
        check.same(student.layer_backward(dZ, A_prev, W), want)
    check.same(student.layer_backward(W=W, A_prev=A_prev, dZ=dZ), want)
    check.own_results(student)


def test_layer_backward_leaves_no_trace(student, reference, rng, check):
    """layer_backward changes nothing that it is given, and prints nothing; an integer A_prev is fine."""
    dZ, A_prev, W = rng.normal(size=(3, 5)), rng.integers(-4, 5, size=(2, 5)), rng.normal(size=(3, 2))
    want = reference.layer_backward(dZ, 1.0 * A_prev, W)
    check.same(student.layer_backward(dZ, A_prev, W), want)
    check.same(student.layer_backward(frozen(dZ), frozen(A_prev), frozen(W)), want)
    check.unchanged(student)
    check.silent(student)


@pytest.mark.parametrize("depth", [pytest.param(d, id=f"depth {d}") for d in (1, 2, 3, 4)])
def test_backward_agrees_at_every_depth(student, reference, rng, check, depth):
    """All gradients are right for 1 to 4 layers of different widths, whichever the hidden activations are."""
    sizes = [*rng.permutation([2, 3, 4, 5])[:depth].tolist(), 1]
    activations = [*rng.permutation(["tanh", "sigmoid", "relu"])[: depth - 1].tolist(), "sigmoid"]
    _, Y, parameters, Y_hat, cache = draw_case(reference, rng, sizes, activations, 6)
    want = reference.backward(Y_hat, Y, cache, parameters, activations)
    check.same(student.backward(Y_hat, Y, cache, parameters, activations), want)


def test_backward_agrees_for_each_hidden_activation(student, reference, rng, check):
    """Hidden layers use the derivative of their own activation, at Z: two of a kind, relu, tanh or sigmoid."""
    for name in "relu", "tanh", "sigmoid":
        activations = [name, name, "sigmoid"]
        _, Y, parameters, Y_hat, cache = draw_case(reference, rng, [3, 5, 4, 1], activations, 7)
        want = reference.backward(Y_hat, Y, cache, parameters, activations)
        check.same(student.backward(Y_hat, Y, cache, parameters, activations), want)


def test_backward_agrees_on_square_layers(student, reference, rng, check):
    """Where widths and batch size are all equal, a transposed matrix fits but is wrong; a second call is right too."""
    activations = ["tanh", "relu", "sigmoid"]
    for _ in range(2):
        _, Y, parameters, Y_hat, cache = draw_case(reference, rng, [4, 4, 4, 1], activations, 4)
        want = reference.backward(Y_hat, Y, cache, parameters, activations)
        check.same(student.backward(Y_hat, Y, cache, parameters, activations), want)
    again = student.backward(activations=activations, parameters=parameters, cache=cache, Y=Y, Y_hat=Y_hat)
    check.same(again, want)
    check.own_results(student)


def test_backward_is_the_slope_of_the_loss_at_every_layer(student, reference, rng, check, pictures):
    """Every gradient is the slope that central differences of the loss find."""
    activations = ["relu", "tanh", "sigmoid"]
    X, Y, parameters, Y_hat, cache = draw_case(reference, rng, [2, 4, 3, 1], activations, 5)
    slopes = reference.numerical_gradients(X, Y, parameters, activations)
    gradients = student.backward(Y_hat, Y, cache, parameters, activations)
    pictures.errors("Your gradients beside the slopes of the loss", gradients, slopes, ("dW", "db"))
    # The step is 1e-5: its square times the loss's third derivative, and rounding over the step, are each below 1e-8.
    check.same(gradients, slopes, atol=1e-7)


def test_backward_takes_one_sample_at_the_kink(student, reference, rng, check):
    """One sample of zeros and new biases: every relu unit stands at its kink, where its slope is 0."""
    activations = ["relu", "sigmoid"]
    X, Y = np.zeros((3, 1), dtype=int), draw_labels(rng, 1)
    (W1, b1), output_layer = draw_parameters(rng, [3, 4, 1])
    parameters = [(W1, 0 * b1), output_layer]
    Y_hat, cache = reference.forward(X, parameters, activations)
    want = reference.backward(Y_hat, Y, cache, parameters, activations)
    check.same(student.backward(Y_hat, Y, cache, parameters, activations), want)


def test_backward_leaves_no_trace(student, reference, rng, check):
    """backward changes nothing that it is given, the cache above all, and prints nothing; integer labels are fine."""
    activations = ["relu", "tanh", "sigmoid"]
    _, Y, parameters, Y_hat, cache = draw_case(reference, rng, [3, 4, 2, 1], activations, 5)
    want = reference.backward(Y_hat, Y, cache, parameters, activations)
    check.same(student.backward(Y_hat, Y.astype(int), cache, parameters, activations), want)
    held = [frozen(Y_hat), frozen(Y), frozen_pairs(cache), frozen_pairs(parameters)]
    check.same(student.backward(*held, activations), want)
    check.unchanged(student)
    check.silent(student)


@pytest.mark.parametrize("depth", [pytest.param(d, id=f"depth {d}") for d in (1, 2, 3)])
def test_numerical_gradients_agree_at_every_depth(student, reference, rng, check, depth):
    """The quotients are right for 1 to 3 layers, for a step of any size."""
    sizes = [*rng.permutation([2, 3, 4])[:depth].tolist(), 1]
    activations = [*rng.permutation(["tanh", "sigmoid", "relu"])[: depth - 1].tolist(), "sigmoid"]
    X, Y, parameters, _, _ = draw_case(reference, rng, sizes, activations, 5)
    epsilon = rng.uniform(0.1, 0.4)
    want = reference.numerical_gradients(X, Y, parameters, activations, epsilon)
    check.same(student.numerical_gradients(X, Y, parameters, activations, epsilon), want, atol=THROUGH_THE_LOSS)


def test_numerical_gradients_agree_call_after_call(student, reference, rng, check):
    """The step is small where none is given, one sample of integers is fine, and a second call starts afresh."""
    for _ in range(2):
        activations = ["tanh", "sigmoid"]
        X, Y = rng.integers(-2, 3, size=(2, 1)), draw_labels(rng, 1).astype(int)
        parameters = draw_parameters(rng, [2, 2, 1])
        want = reference.numerical_gradients(X, Y, parameters, activations)
        got = student.numerical_gradients(activations=activations, parameters=parameters, Y=Y, X=X)
        check.same(got, want, atol=THROUGH_THE_LOSS)
    check.own_results(student)


def test_numerical_gradients_put_everything_back(student, reference, rng, check):
    """Afterwards all parameters are what they were, to rounding, and nothing was printed."""
    activations = ["tanh", "sigmoid"]
    X, Y, parameters, _, _ = draw_case(reference, rng, [2, 3, 1], activations, 4)
    want = reference.numerical_gradients(X, Y, parameters, activations, 0.05)
    got = student.numerical_gradients(X, Y, parameters, activations, epsilon=0.05)
    check.same(got, want, atol=THROUGH_THE_LOSS)
    check.unchanged(student)
    check.silent(student)


def test_relative_error_agrees(student, reference, rng, check):
    """All entries count together, however much the layers' sizes differ; against zeros alone the error is 1."""
    for sizes in (2, 5, 4, 3), (2, 1), (3, 4, 1):
        scale = 10.0 ** rng.uniform(-1, 2, size=len(sizes) - 1)
        analytic, numeric = (
            [(s * dW, db) for s, (dW, db) in zip(scale, draw_parameters(rng, sizes), strict=True)] for _ in range(2)
        )
        if len(sizes) > 3:
            analytic[1] = (-numeric[1][0], -numeric[1][1])  # the worst layer, and neither the first nor the last
        want = float(reference.relative_error(analytic, numeric))
        # A denominator that is kept from 0 by 1e-8 is right to 1e-7 of norms above 0.1.
        check.same(check.number(student.relative_error(analytic, numeric)), want, rtol=1e-6)
    size = sum(np.sum(array**2) for pairs in (analytic, numeric) for pair in pairs for array in pair) ** 0.5
    small, smaller = ([(s * dW, s * db) for dW, db in numeric] for s in (0.4 / size, 0.2 / size))
    for one, other in ((small, smaller), (smaller, small)):  # norms whose sum is below 1, and either may be the larger
        want = float(reference.relative_error(one, other))
        check.same(check.number(student.relative_error(one, other)), want, rtol=1e-6)
    zeros = [(0 * dW, 0 * db) for dW, db in numeric]
    check.same(check.number(student.relative_error(numeric=numeric, analytic=zeros)), 1.0, rtol=1e-6)
    check.same(check.number(student.relative_error(numeric=zeros, analytic=analytic)), 1.0, rtol=1e-6)


def test_relative_error_leaves_no_trace(student, reference, rng, check):
    """relative_error changes nothing that it is given, and prints nothing."""
    analytic, numeric = draw_parameters(rng, [3, 4, 1]), draw_parameters(rng, [3, 4, 1])
    want = float(reference.relative_error(analytic, numeric))
    check.same(check.number(student.relative_error(analytic, numeric)), want, rtol=1e-6)
    check.same(check.number(student.relative_error(frozen_pairs(analytic), frozen_pairs(numeric))), want, rtol=1e-6)
    check.unchanged(student)
    check.silent(student)
