"""Hidden tests of the forward pass: `student` and `reference` get the same fresh inputs and must agree to
`check.same`'s default where nothing else is said. Widths and batch sizes differ all, or are all equal where a transpose
would show only then. Statistics of n random numbers are allowed six standard errors: by chance 2 in 1e9 exceed them."""

from itertools import pairwise

import numpy as np
import pytest


def frozen(array):
    """A read-only copy in Fortran order: writing into it, or counting on C order, fails."""
    array = np.array(array, order="F")
    array.flags.writeable = False
    return array


def draw_parameters(rng, sizes):
    """Weights that keep pre-activations near 1, biases that matter."""
    return [(rng.normal(size=(o, i)) / np.sqrt(i), rng.normal(size=(o, 1)) / 2) for i, o in pairwise(sizes)]


def draw_predictions(rng, m):
    """Predictions out of reach of any clipping, and integer labels of both classes (of one if m is 1)."""
    Y = np.hstack([rng.permutation([0, 1]), rng.integers(0, 2, size=m)])[None, :m]
    return rng.uniform(0.02, 0.98, size=(1, m)), Y


def test_collapse_linear_layers_agrees_at_all_sizes(student, reference, rng, check):
    """W is W2 W1 and b is W2 b1 + b2, for wide, narrow and square layers."""
    for sizes in (4, 6, 3), (5, 2, 7), (4, 4, 4), (4, 4, 4), (3, 1, 1):
        (W1, b1), (W2, b2) = draw_parameters(rng, sizes)
        want = reference.collapse_linear_layers(W1, b1, W2, b2)
        check.same(student.collapse_linear_layers(W1, b1, W2, b2), want)
    check.same(student.collapse_linear_layers(b2=b2, W2=W2, b1=b1, W1=W1), want)
    check.own_results(student)


def test_collapse_linear_layers_leaves_no_trace(student, reference, rng, check):
    """collapse_linear_layers changes nothing that it is given, and prints nothing."""
    (W1, b1), (W2, b2) = draw_parameters(rng, [3, 4, 2])
    want = reference.collapse_linear_layers(W1, b1, W2, b2)
    check.same(student.collapse_linear_layers(W1, b1, W2, b2), want)
    check.same(student.collapse_linear_layers(frozen(W1), frozen(b1), frozen(W2), frozen(b2)), want)
    check.unchanged(student)
    check.silent(student)


def test_initialize_parameters_draws_he_normal_weights(student, rng, check):
    """In each layer W is normal with mean 0 and standard deviation sqrt(2 / n_in), b is 0; no layer repeats another."""
    sizes = [100, 250, 100, 300]
    shapes = [((n_out, n_in), (n_out, 1)) for n_in, n_out in pairwise(sizes)]
    before = np.zeros(0)
    for W, b in check.pairs(student.initialize_parameters(sizes, seed=int(rng.integers(2**31))), shapes):
        Z = W / np.sqrt(2 / W.shape[1])
        count = min(Z.size, before.size)  # six standard errors, as below
        likeness = abs(np.sum(Z.ravel()[:count] * before.ravel()[:count])) / max(count, 1)
        check.at_most(
            likeness, 6 / np.sqrt(max(count, 1)), "likeness of one layer's numbers to those of the one before"
        )
        before = Z
        check.same(b, np.zeros(b.shape))
        check.at_most(abs(np.mean(Z)), 6 / np.sqrt(Z.size), "distance of W's mean from 0, scaled")
        # Standard error of the standard deviation of n normal numbers: 1 / sqrt(2 n), of their kurtosis: sqrt(24 / n).
        check.at_most(abs(np.std(Z) - 1), 6 / np.sqrt(2 * Z.size), "relative error of W's standard deviation")
        # The kurtosis has a longer tail: 15 of them, at most 0.47 here. Uniform numbers are 1.2 away, normal ones that
        # are cut off at two standard deviations 0.63.
        kurtosis = np.mean((Z - np.mean(Z)) ** 4) / max(np.var(Z), 1e-300) ** 2
        check.at_most(abs(kurtosis - 3), 15 * np.sqrt(24 / Z.size), "distance of W's kurtosis from a normal 3")


@pytest.mark.supporting
def test_initialize_parameters_takes_any_depth(student, rng, check):
    """One (W, b) per layer for 1 to 4 layers and every width, and no two weights alike."""
    for depth in 1, 2, 3, 4:
        sizes = rng.permutation(np.arange(1, 8))[: depth + 1].tolist()
        shapes = [((n_out, n_in), (n_out, 1)) for n_in, n_out in pairwise(sizes)]
        for W, b in check.pairs(student.initialize_parameters(sizes, int(rng.integers(2**31))), shapes):
            check.true(len(np.unique(W)) == W.size and np.all(W != 0), "all weights must differ, and none be 0")
            check.same(b, np.zeros(b.shape))
    check.unchanged(student)
    check.silent(student)


def test_initialize_parameters_depends_on_nothing_but_its_arguments(student, rng, check):
    """The seed is 42 where none is given, and calls in between change nothing."""
    sizes, seed = [4, 7, 3, 1], int(rng.integers(100, 2**31))
    shapes = [((n_out, n_in), (n_out, 1)) for n_in, n_out in pairwise(sizes)]
    first = check.pairs(student.initialize_parameters(sizes), shapes)
    other = check.pairs(student.initialize_parameters(sizes, seed), shapes)
    again = check.pairs(student.initialize_parameters(layer_sizes=sizes, seed=42), shapes)
    check.same(again, first)
    for (W, _), (W_other, _) in zip(first, other, strict=True):
        check.true(not np.any(W_other == W), "two seeds must give different weights")
    check.own_results(student)


def test_linear_forward_agrees_at_all_sizes(student, reference, rng, check):
    """Z is W A_prev + b, for wide, narrow and square layers and any number of samples, one included."""
    for n_in, n_out, m in (4, 3, 6), (2, 7, 5), (4, 4, 4), (4, 4, 4), (1, 3, 2), (5, 1, 1):
        A_prev, [(W, b)] = rng.normal(size=(n_in, m)), draw_parameters(rng, [n_in, n_out])
        want = reference.linear_forward(A_prev, W, b)
        check.same(student.linear_forward(A_prev, W, b), want)
    check.same(student.linear_forward(b=b, W=W, A_prev=A_prev), want)
    check.own_results(student)


def test_linear_forward_leaves_no_trace(student, reference, rng, check):
    """linear_forward changes nothing that it is given, and prints nothing; integer inputs are fine."""
    X, [(W, b)] = rng.integers(-4, 5, size=(3, 5)), draw_parameters(rng, [3, 4])
    want = reference.linear_forward(1.0 * X, W, b)
    check.same(student.linear_forward(X, W, b), want)
    check.same(student.linear_forward(frozen(X), frozen(W), frozen(b)), want)
    check.unchanged(student)
    check.silent(student)


@pytest.mark.parametrize("depth", [pytest.param(d, id=f"depth {d}") for d in (1, 2, 3, 4)])
def test_forward_agrees_at_every_depth(student, reference, rng, check, depth):
    """Y_hat and the cache are right for 1 to 4 layers of different widths, whichever the hidden activations are."""
    sizes = [*rng.permutation([2, 3, 4, 5])[:depth].tolist(), 1]
    activations = [*rng.permutation(["tanh", "sigmoid", "relu"])[: depth - 1].tolist(), "sigmoid"]
    X, parameters = rng.normal(size=(sizes[0], 6)), draw_parameters(rng, sizes)
    check.same(student.forward(X, parameters, activations), reference.forward(X, parameters, activations))


def test_forward_agrees_on_square_layers(student, reference, rng, check):
    """Where widths and batch size are all equal, a transposed matrix fits but is wrong."""
    activations = ["relu", "tanh", "sigmoid"]
    for _ in range(2):
        X, parameters = rng.normal(size=(4, 4)), draw_parameters(rng, [4, 4, 4, 1])
        check.same(student.forward(X, parameters, activations), reference.forward(X, parameters, activations))
    check.own_results(student)


def test_forward_ends_with_the_activation_named_last(student, reference, rng, check):
    """The last layer has the activation that the list names, like any other."""
    for last in "tanh", "relu", "sigmoid":
        X, parameters = rng.normal(size=(2, 5)), draw_parameters(rng, [2, 3, 1])
        want = reference.forward(X, parameters, ["relu", last])
        check.same(student.forward(activations=["relu", last], X=X, parameters=parameters), want)


def test_forward_leaves_no_trace(student, reference, rng, check):
    """forward changes nothing that it is given, and prints nothing; one sample of integers is fine."""
    X, parameters, activations = rng.integers(-4, 5, size=(3, 1)), draw_parameters(rng, [3, 4, 1]), ["relu", "sigmoid"]
    want = reference.forward(1.0 * X, parameters, activations)
    check.same(student.forward(X, parameters, activations), want)
    held = [(frozen(W), frozen(b)) for W, b in parameters]
    check.same(student.forward(frozen(X), held, activations), want)
    check.unchanged(student)
    check.silent(student)


def test_binary_cross_entropy_agrees(student, reference, rng, check):
    """The loss is the mean over all samples, be they many or one, call after call."""
    for m in 7, 7, 12, 1:
        Y_hat, Y = draw_predictions(rng, m)
        loss = check.number(student.binary_cross_entropy(Y_hat, 1.0 * Y))
        check.same(loss, float(reference.binary_cross_entropy(Y_hat, Y)), atol=1e-6)  # as in the public tests
    loss = check.number(student.binary_cross_entropy(Y=Y, Y_hat=Y_hat))
    check.same(loss, float(reference.binary_cross_entropy(Y_hat, Y)), atol=1e-6)


def test_binary_cross_entropy_counts_small_probabilities(student, rng, check):
    """A true label that was given a probability of one in a million costs nearly 14, not less."""
    truth = 10 ** rng.uniform(-6, -3, size=(1, 8))
    Y = np.hstack([rng.permutation([0, 1]), rng.integers(0, 2, size=6)])[None]
    loss = check.number(student.binary_cross_entropy(np.where(Y == 1, truth, 1 - truth), Y))
    check.same(loss, -np.mean(np.log(truth)), atol=2e-6)  # 1e-12 added to 1e-6 changes its logarithm by 1e-6


def test_binary_cross_entropy_stays_finite_for_each_answer(student, rng, check):
    """One prediction of exactly 0 or 1 among others leaves the loss finite, and it counts when it is wrong."""
    for sure, label in (0, 0), (0, 1), (1, 0), (1, 1):
        Y_hat, Y = draw_predictions(rng, 4)
        others = -np.sum(np.log(np.where(Y == 1, Y_hat, 1 - Y_hat)))
        loss = check.number(student.binary_cross_entropy(np.hstack([Y_hat, [[sure]]]), np.hstack([Y, [[label]]])))
        # Clipped at 1e-7 a wrong answer costs 16.12, a right one 1e-7; offsets change the others by 1e-6 at most.
        if sure == label:
            check.same(loss, others / 5, atol=1e-5)
        else:
            check.at_least(loss, (others + 16.1) / 5, "the mean loss")


def test_binary_cross_entropy_leaves_no_trace(student, reference, rng, check):
    """binary_cross_entropy changes nothing that it is given, not even to clip it, and prints nothing."""
    Y_hat, Y = draw_predictions(rng, 6)
    want = float(reference.binary_cross_entropy(Y_hat, Y))
    check.same(check.number(student.binary_cross_entropy(Y_hat, 1.0 * Y)), want, atol=1e-6)
    check.same(check.number(student.binary_cross_entropy(frozen(Y_hat), frozen(Y))), want, atol=1e-6)
    student.binary_cross_entropy(1.0 * Y, 1.0 * Y)
    check.unchanged(student)
    check.silent(student)
