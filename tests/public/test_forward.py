"""Public tests of the forward pass: `student` comes in, its answers are held against NumPy, never against another
exercise. Shipped with the kit; when marking, those that take `rng` run again on secret numbers.
Statistics of n random numbers are allowed six standard errors, which chance exceeds twice in a thousand million."""

from itertools import pairwise

import numpy as np
import pytest

FUNCTIONS = {"sigmoid": lambda Z: 1 / (1 + np.exp(-Z)), "relu": lambda Z: np.maximum(Z, 0), "tanh": np.tanh}


def draw_parameters(rng, sizes):
    return [(rng.normal(size=(n_out, n_in)), rng.normal(size=(n_out, 1))) for n_in, n_out in pairwise(sizes)]


def test_collapse_linear_layers_of_known_values(student, check):
    """The second layer's weights act on the first layer's biases too."""
    W1, b1 = np.array([[1.0, 2.0], [0.0, 1.0], [3.0, 0.0]]), np.array([[1.0], [0.0], [-1.0]])
    W2, b2 = np.array([[1.0, -1.0, 2.0]]), np.array([[5.0]])
    W, b = check.items(student.collapse_linear_layers(W1, b1, W2, b2), 2)
    check.same(W, np.array([[7.0, 1.0]]))
    check.same(b, np.array([[4.0]]))


def test_collapse_linear_layers_agrees_for_every_input(student, rng, check):
    """W x + b is what the two layers give one after the other, whatever x is."""
    (W1, b1), (W2, b2) = draw_parameters(rng, [3, 5, 2])
    [(W, b)] = check.pairs([student.collapse_linear_layers(W1, b1, W2, b2)], [((2, 3), (2, 1))])
    X = rng.normal(size=(3, 7))
    check.same(W @ X + b, W2 @ (W1 @ X + b1) + b2)


def test_collapse_linear_layers_keeps_the_bias_of_a_layer_that_ignores_its_input(student, rng, check):
    """Where W1 is zero the input is lost, and only biases are left: W is 0 and b is W2 b1 + b2."""
    (W1, b1), (W2, b2) = draw_parameters(rng, [4, 3, 2])
    got = student.collapse_linear_layers(0 * W1, b1, W2, b2)
    check.same(got, (np.zeros((2, 4)), W2 @ b1 + b2))


@pytest.mark.supporting
def test_initialize_parameters_shapes_every_layer(student, rng, check):
    """One (W, b) per layer: W is (n_out, n_in), b is a column of n_out zeros."""
    sizes = rng.permutation(np.arange(1, 9))[:5].tolist()
    parameters = student.initialize_parameters(sizes)
    for _, b in check.pairs(parameters, [((n_out, n_in), (n_out, 1)) for n_in, n_out in pairwise(sizes)]):
        check.same(b, np.zeros(b.shape))


def test_initialize_parameters_spreads_by_the_number_of_inputs(student, rng, check):
    """Weights scatter about 0 with a standard deviation of sqrt(2 / n_in): more inputs, smaller weights."""
    n_in, n_out = int(rng.integers(150, 250)), 100
    [(W, _)] = check.pairs(student.initialize_parameters([n_in, n_out]), [((n_out, n_in), (n_out, 1))])
    Z = W / np.sqrt(2 / n_in)
    margin = 6 / np.sqrt(2 * Z.size)
    check.at_least(np.std(Z), 1 - margin, "standard deviation of W divided by sqrt(2 / n_in)")
    check.at_most(np.std(Z), 1 + margin, "standard deviation of W divided by sqrt(2 / n_in)")
    check.at_most(abs(np.mean(Z)), 6 / np.sqrt(Z.size), "mean of W divided by sqrt(2 / n_in), without its sign")


def test_initialize_parameters_repeats_a_seed(student, rng, check):
    """The same seed gives the same parameters again, another seed gives others."""
    sizes, shapes = [3, 5, 1], [((5, 3), (5, 1)), ((1, 5), (1, 1))]
    seed = int(rng.integers(2**31))
    first, other, again = (student.initialize_parameters(sizes, seed=s) for s in (seed, seed + 1, seed))
    check.same(check.pairs(again, shapes), check.pairs(first, shapes))
    for (W, _), (W_other, _) in zip(check.pairs(first, shapes), check.pairs(other, shapes), strict=True):
        check.true(not np.any(W_other == W), "two seeds must give different weights")


def test_linear_forward_of_known_values(student, check):
    """Samples are columns: each column of Z is W times that column of A_prev, plus b."""
    A_prev = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]])
    W, b = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[10.0], [20.0]])
    check.same(student.linear_forward(A_prev, W, b), np.array([[11.0, 12.0, 10.0], [23.0, 24.0, 22.0]]))


def test_linear_forward_reads_rows_of_weights(student, rng, check):
    """Fed with the identity, Z shows the weights themselves, the bias added to each column."""
    W, b = rng.normal(size=(3, 5)), rng.normal(size=(3, 1))
    check.same(student.linear_forward(np.eye(5), W, b), W + b)


def test_linear_forward_treats_samples_alike(student, rng, check):
    """Unit i of sample j is the sum over k of W[i, k] A_prev[k, j], plus b[i]."""
    A_prev, W, b = rng.normal(size=(4, 6)), rng.normal(size=(3, 4)), rng.normal(size=(3, 1))
    Z = check.array(student.linear_forward(A_prev, W, b), shape=(3, 6))
    for i, j in np.ndindex(Z.shape):
        check.same(Z[i, j], np.sum(W[i] * A_prev[:, j]) + b[i, 0])


def test_forward_of_a_network_done_by_hand(student, check):
    """x = (1, 2): Z1 is (-1, 2), relu makes it (0, 2), Z2 is ln 3, and sigmoid(ln 3) is 3/4."""
    parameters = [
        (np.array([[1.0, -1.0], [0.5, 0.5]]), np.array([[0.0], [0.5]])),
        (np.array([[1.0, 1.5]]), np.array([[np.log(3) - 3]])),
    ]
    Y_hat, _ = check.items(student.forward(np.array([[1.0], [2.0]]), parameters, ["relu", "sigmoid"]), 2)
    check.same(Y_hat, np.array([[0.75]]))


def test_forward_of_one_layer_is_logistic_regression(student, rng, check):
    """With one sigmoid layer, Y_hat is sigmoid(W X + b), and the cache holds X and W X + b."""
    X, [(W, b)] = rng.normal(size=(3, 6)), draw_parameters(rng, [3, 1])
    Y_hat, cache = check.items(student.forward(X, [(W, b)], ["sigmoid"]), 2)
    Z = W @ X + b
    check.same(Y_hat, 1 / (1 + np.exp(-Z)))
    check.same(cache, [(X, Z)])


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param(["relu"], id="relu"),
        pytest.param(["tanh", "relu"], id="tanh, relu"),
        pytest.param(["sigmoid", "tanh", "relu"], id="sigmoid, tanh, relu"),
    ],
)
def test_forward_follows_the_list_of_activations(student, rng, check, hidden):
    """The cache shows the way through the network: each layer's input is the activation of the layer before."""
    sizes, activations = [*[3, 6, 4, 5][: len(hidden) + 1], 1], [*hidden, "sigmoid"]
    A, parameters = rng.normal(size=(3, 7)), draw_parameters(rng, sizes)
    Y_hat, cache = check.items(student.forward(A, parameters, activations), 2)
    cache = check.pairs(cache, [((n_in, 7), (n_out, 7)) for n_in, n_out in pairwise(sizes)])
    for (A_prev, Z), (W, b), name in zip(cache, parameters, activations, strict=True):
        check.same(A_prev, A)
        check.same(Z, W @ A + b)
        A = FUNCTIONS[name](W @ A + b)
    check.same(Y_hat, A)


@pytest.mark.supporting
def test_forward_treats_each_sample_by_itself(student, rng, check):
    """A sample's prediction is the same whichever samples come with it, and in whatever order."""
    X, parameters = rng.normal(size=(3, 5)), draw_parameters(rng, [3, 4, 1])
    order = rng.permutation(5)
    together, _ = check.items(student.forward(X, parameters, ["tanh", "sigmoid"]), 2)
    shuffled, _ = check.items(student.forward(X[:, order], parameters, ["tanh", "sigmoid"]), 2)
    alone, _ = check.items(student.forward(X[:, :1], parameters, ["tanh", "sigmoid"]), 2)
    together = check.array(together, shape=(1, 5))
    check.same(shuffled, together[:, order])
    check.same(alone, together[:, :1])


def test_binary_cross_entropy_of_a_coin(student, check):
    """Saying 1/2 every time costs ln 2 per sample, whatever the labels."""
    loss = check.number(student.binary_cross_entropy(np.full((1, 3), 0.5), np.array([[1, 0, 1]])))
    check.same(loss, np.log(2))


def test_binary_cross_entropy_is_surprise_per_sample(student, rng, check):
    """The loss is the mean of -ln(probability given to the label that came true)."""
    truth = rng.uniform(0.05, 0.95, size=(1, 9))
    Y = rng.integers(0, 2, size=(1, 9))
    loss = check.number(student.binary_cross_entropy(np.where(Y == 1, truth, 1 - truth), Y))
    check.same(loss, -np.mean(np.log(truth)), atol=1e-6)  # so an offset of 1e-8 costs one hidden test alone


def test_binary_cross_entropy_falls_as_predictions_improve(student, rng, check):
    """Moving every prediction towards its label lowers the loss, and away from it raises it; the same batch twice over
    has the same mean."""
    for is_better in rng.permutation([True, False] * 3):
        Y = np.hstack([rng.permutation([0, 1]), rng.integers(0, 2, size=4)])[None]
        Y_hat = rng.uniform(0.1, 0.9, size=(1, 6))
        moved = Y_hat + 0.3 * ((Y if is_better else 1 - Y) - Y_hat)
        before, after = (check.number(student.binary_cross_entropy(P, Y)) for P in (Y_hat, moved))
        better, worse = (after, before) if is_better else (before, after)
        check.at_most(better, worse - 0.01, "loss of the better predictions")
    twice = student.binary_cross_entropy(np.hstack([Y_hat, Y_hat]), np.hstack([Y, Y]))
    check.same(check.number(twice), before)


def test_binary_cross_entropy_stays_finite(student, rng, check):
    """Being quite sure costs nothing when right and much, but not infinitely much, when wrong."""
    Y = np.hstack([rng.permutation([0.0, 1.0]), rng.integers(0, 2, size=4)])[None]
    for is_right in rng.permutation([True, False] * 3):
        loss = check.number(student.binary_cross_entropy(Y if is_right else 1 - Y, Y))
        if is_right:
            check.at_most(abs(loss), 2e-7, "loss when all is right")  # clipped at 1e-7 it is 1e-7
        else:
            check.at_least(loss, 16.1, "loss when all is wrong")  # clipped at 1e-7 it is 16.12
