"""Public tests of backpropagation: `student` comes in, its answers are held against NumPy and calculus, never against
another exercise. Shipped with the kit; when marking, those that take `rng` run again on secret numbers.
A derivative is compared with the slope (f(t + h) - f(t - h)) / 2h at h = 1e-5: the bend makes that wrong by some
h² = 1e-10, rounding by 1e-16 / h = 1e-11, so 1e-8 is generous. Numerical gradients go through the student's own loss,
where an offset of 1e-8 is not this exercise's fault: hence 1e-6."""

from itertools import pairwise

import numpy as np
import pytest

STEP, SLOPE_TOLERANCE, THROUGH_THE_LOSS = 1e-5, 1e-8, 1e-6


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def loss_of_scores(Z, Y):
    """Binary cross-entropy of each sample, with the last pre-activation Z in place of the prediction."""
    return np.log(1 + np.exp(Z)) - Y * Z


def draw_samples(rng, n_features, m):
    """X and labels of both classes."""
    Y = np.hstack([rng.permutation([0.0, 1.0]), rng.integers(0, 2, size=m - 2)])[None]
    return rng.normal(size=(n_features, m)), Y


def draw_parameters(rng, sizes):
    return [(rng.normal(size=(o, i)) / np.sqrt(i), rng.normal(size=(o, 1)) / 2) for i, o in pairwise(sizes)]


def test_output_error_of_known_values(student, check):
    """Of four samples each counts a quarter of how far its prediction is above its label."""
    Y_hat, Y = np.array([[0.75, 0.5, 0.25, 1.0]]), np.array([[1.0, 0.0, 0.0, 1.0]])
    check.same(student.output_error(Y_hat, Y), np.array([[-0.0625, 0.125, 0.0625, 0.0]]))


def test_output_error_is_the_slope_of_the_loss(student, rng, check):
    """A small step of one sample's last pre-activation changes the mean loss by the error times the step."""
    _, Y = draw_samples(rng, 1, 7)
    Z = rng.normal(size=(1, 7))
    slope = (loss_of_scores(Z + STEP, Y) - loss_of_scores(Z - STEP, Y)) / (2 * STEP)
    check.same(student.output_error(sigmoid(Z), Y), slope / 7, atol=SLOPE_TOLERANCE)


def test_output_error_shrinks_with_the_batch(student, rng, check):
    """Each sample's error is prediction minus label, divided by the size of the batch, and by that alone."""
    _, Y = draw_samples(rng, 1, 6)
    Y_hat = rng.uniform(0.1, 0.9, size=(1, 6))
    check.same(student.output_error(Y_hat[:, :1], Y[:, :1]), Y_hat[:, :1] - Y[:, :1])
    twice = student.output_error(np.hstack([Y_hat, Y_hat]), np.hstack([Y, Y]))
    check.same(twice, np.hstack([Y_hat - Y, Y_hat - Y]) / 12)


def test_layer_backward_of_known_values(student, check):
    """dA_prev is Wᵀ dZ, dW is dZ A_prevᵀ, db the sum of each row of dZ: dZ has the 1/m in it already."""
    dZ, A_prev = np.array([[1.0, -2.0]]), np.array([[3.0, 1.0], [0.0, 2.0], [1.0, 1.0]])
    dA_prev, dW, db = check.items(student.layer_backward(dZ, A_prev, np.array([[1.0, 2.0, -1.0]])), 3)
    check.same(dA_prev, np.array([[1.0, -2.0], [2.0, -4.0], [-1.0, 2.0]]))
    check.same(dW, np.array([[1.0, -4.0, -1.0]]))
    check.same(db, np.array([[-1.0]]))


def test_layer_backward_leaves_its_arguments_alone(student, check):
    """A_prev and W are needed again, so nothing is divided or added in place."""
    student.layer_backward(np.array([[1.0, -2.0]]), np.array([[3.0, 1.0], [0.0, 2.0]]), np.array([[1.0, 2.0]]))
    check.unchanged(student)


def test_layer_backward_weighs_changes_as_the_layer_does(student, rng, check):
    """Change A_prev, W or b a little: what the gradient makes of it is what dZ makes of the change in Z."""
    dZ, A_prev, W = rng.normal(size=(3, 6)), rng.normal(size=(4, 6)), rng.normal(size=(3, 4))
    dA_prev, dW, db = check.items(student.layer_backward(dZ, A_prev, W), 3)
    E, V, c = rng.normal(size=(4, 6)), rng.normal(size=(3, 4)), rng.normal(size=(3, 1))
    check.same(np.sum(E * check.array(dA_prev, shape=E.shape)), np.sum(dZ * (W @ E)))
    check.same(np.sum(V * check.array(dW, shape=V.shape)), np.sum(dZ * (V @ A_prev)))
    check.same(np.sum(c * check.array(db, shape=c.shape)), np.sum(dZ * c))


def test_layer_backward_adds_up_over_samples(student, rng, check):
    """dW and db of a batch are the sums of its samples' own, while dA_prev keeps one column per sample."""
    dZ, A_prev, W = rng.normal(size=(2, 5)), rng.normal(size=(3, 5)), rng.normal(size=(2, 3))
    dA_prev, dW, db = check.items(student.layer_backward(dZ[:, :1], A_prev[:, :1], W), 3)
    check.same(dA_prev, W.T @ dZ[:, :1])
    check.same(dW, dZ[:, :1] * A_prev[:, 0])
    check.same(db, dZ[:, :1])
    _, dW, db = check.items(student.layer_backward(dZ, A_prev, W), 3)
    check.same(dW, sum(np.outer(dZ[:, j], A_prev[:, j]) for j in range(5)))
    check.same(db, sum(dZ[:, [j]] for j in range(5)))


def test_backward_of_one_layer_is_logistic_regression(student, rng, check):
    """With one sigmoid layer dW is (Y_hat - Y) Xᵀ / m, and db the mean of Y_hat - Y."""
    for _ in range(2):
        X, Y = draw_samples(rng, 3, 7)
        [(W, b)] = draw_parameters(rng, [3, 1])
        Z = W @ X + b
        error = sigmoid(Z) - Y
        gradients = student.backward(sigmoid(Z), Y, [(X, Z)], [(W, b)], ["sigmoid"])
        check.same(gradients, [(error @ X.T / 7, np.mean(error, axis=1, keepdims=True))])


@pytest.mark.parametrize("layer", [pytest.param(0, id="hidden layer"), pytest.param(1, id="output layer")])
def test_backward_is_the_slope_of_the_loss(student, rng, check, layer):
    """A small step of one layer's parameters, in any direction, changes the loss by gradient times step."""
    sizes = [2, 4, 1]
    X, Y = draw_samples(rng, 2, 7)
    parameters, direction = draw_parameters(rng, sizes), draw_parameters(rng, sizes)[layer]

    def network(step):
        (W1, b1), (W2, b2) = [
            (W + step * direction[0], b + step * direction[1]) if i == layer else (W, b)
            for i, (W, b) in enumerate(parameters)
        ]
        Z1 = W1 @ X + b1
        return Z1, W2 @ np.tanh(Z1) + b2

    Z1, Z2 = network(0)
    cache = [(X, Z1), (np.tanh(Z1), Z2)]
    gradients = student.backward(sigmoid(Z2), Y, cache, parameters, ["tanh", "sigmoid"])
    dW, db = check.pairs(gradients, [(W.shape, b.shape) for W, b in parameters])[layer]
    above, below = (np.mean(loss_of_scores(network(step)[1], Y)) for step in (STEP, -STEP))
    check.same(
        np.sum(dW * direction[0]) + np.sum(db * direction[1]), (above - below) / (2 * STEP), atol=SLOPE_TOLERANCE
    )


def test_backward_stops_where_relu_is_off(student, rng, check):
    """A hidden relu unit that is off for every sample gets no gradient; one that is on for all is a linear unit."""
    X, Y = draw_samples(rng, 3, 5)
    X = np.abs(X) + 0.1
    W1, W2 = np.abs(rng.normal(size=(2, 3))) * [[1], [-1]], rng.uniform(0.5, 1, size=(1, 2))
    b1, b2 = np.array([[0.1], [-0.1]]), rng.normal(size=(1, 1))
    Z1 = W1 @ X + b1
    A1 = np.maximum(Z1, 0)
    Z2 = W2 @ A1 + b2
    error = (sigmoid(Z2) - Y) / 5
    parameters, cache = [(W1, b1), (W2, b2)], [(X, Z1), (A1, Z2)]
    gradients = student.backward(sigmoid(Z2), Y, cache, parameters, ["relu", "sigmoid"])
    (dW1, db1), _ = check.pairs(gradients, [((2, 3), (2, 1)), ((1, 2), (1, 1))])
    check.same(dW1, np.vstack([W2[0, 0] * error @ X.T, np.zeros((1, 3))]))
    check.same(db1, np.array([[W2[0, 0] * np.sum(error)], [0.0]]))


def test_numerical_gradients_of_one_layer(student, rng, check):
    """With one sigmoid layer the slopes of the loss are known: (Y_hat - Y) Xᵀ / m, and the mean of Y_hat - Y."""
    X, Y = draw_samples(rng, 2, 5)
    [(W, b)] = draw_parameters(rng, [2, 1])
    error = sigmoid(W @ X + b) - Y
    gradients = student.numerical_gradients(X, Y, [(W, b)], ["sigmoid"])
    check.same(gradients, [(error @ X.T / 5, np.mean(error, axis=1, keepdims=True))], atol=THROUGH_THE_LOSS)


def test_numerical_gradients_take_the_step_they_are_given(student, rng, check):
    """Each slope is the difference of the losses one epsilon above and one below, over the 2 epsilon between them."""
    X, Y = draw_samples(rng, 1, 4)
    [(W, b)] = draw_parameters(rng, [1, 1])
    epsilon = rng.uniform(0.2, 0.8)

    def quotient(shift):
        above, below = (np.mean(loss_of_scores(W @ X + b + step * shift, Y)) for step in (epsilon, -epsilon))
        return np.array([[(above - below) / (2 * epsilon)]])

    gradients = student.numerical_gradients(X, Y, [(W, b)], ["sigmoid"], epsilon=epsilon)
    check.same(gradients, [(quotient(X), quotient(1.0))], atol=THROUGH_THE_LOSS)


@pytest.mark.supporting
def test_numerical_gradients_are_shaped_like_the_parameters(student, rng, check):
    """One (dW, db) per layer, each shaped like the W or b that it belongs to."""
    X, Y = draw_samples(rng, 2, 3)
    parameters = draw_parameters(rng, [2, 3, 1])
    gradients = student.numerical_gradients(X, Y, parameters, ["tanh", "sigmoid"])
    check.pairs(gradients, [(W.shape, b.shape) for W, b in parameters])


def test_relative_error_of_known_values(student, check):
    """All entries of both lists are taken together: here the difference has norm 5, the lists have norms 5 and 10."""
    numeric = [(np.array([[6.0]]), np.array([[0.0]])), (np.array([[0.0]]), np.array([[8.0]]))]
    analytic = [(np.array([[3.0]]), np.array([[0.0]])), (np.array([[0.0]]), np.array([[4.0]]))]
    check.same(check.number(student.relative_error(analytic, numeric)), 1 / 3)


def test_relative_error_of_a_wrong_factor(student, rng, check):
    """A gradient that is k times too large has an error of (k - 1) / (k + 1), and one with the wrong sign of 1."""
    numeric, k = draw_parameters(rng, [3, 4, 1]), rng.uniform(1.5, 5)
    too_large = [(k * dW, k * db) for dW, db in numeric]
    check.same(check.number(student.relative_error(too_large, numeric)), (k - 1) / (k + 1), rtol=1e-6)
    check.same(check.number(student.relative_error(numeric, too_large)), (k - 1) / (k + 1), rtol=1e-6)
    check.same(check.number(student.relative_error(numeric, [(-dW, -db) for dW, db in numeric])), 1.0, rtol=1e-6)


@pytest.mark.supporting
def test_relative_error_of_equal_gradients_is_zero(student, rng, check):
    """Where both are equal the error is 0, also where both are all zero."""
    gradients = draw_parameters(rng, [2, 3, 1])
    zeros = [(0 * dW, 0 * db) for dW, db in gradients]
    check.same(check.number(student.relative_error(gradients, gradients)), 0.0)
    check.same(check.number(student.relative_error(zeros, zeros)), 0.0)
