"""What right solutions of the practice problems do, in sentences that a student reads."""

import numpy as np
import pytest

SHAPES = [((4, 2), (4, 1)), ((3, 4), (3, 1))]  # the (W, b) of a [2, 4, 3] network


def random_pairs(rng):
    return [(rng.normal(size=W), rng.normal(size=b)) for W, b in SHAPES]


def new_seed(rng):
    return int(rng.integers(1, 10_000))


def sigmoid(Z):
    return 0.5 * (1 + np.tanh(0.5 * Z))


# xor_parameters


@pytest.mark.parametrize(
    ("x1", "x2", "xor"), [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0)], ids=["0_0", "0_1", "1_0", "1_1"]
)
def test_xor_parameters_compute_xor_of(student, check, x1, x2, xor):
    """sigmoid(W2 relu(W1 x + b1) + b2) is above 0.5 if just one of the inputs is 1, and below 0.5 otherwise."""
    parameters = check.pairs(student.xor_parameters(), [((2, 2), (2, 1)), ((1, 2), (1, 1))])
    (W1, b1), (W2, b2) = parameters
    [[output]] = sigmoid(W2 @ np.maximum(0, W1 @ np.array([[x1], [x2]]) + b1) + b2)
    check.true(output > 0.5 if xor else output < 0.5, "the output is on the right side of 0.5")


# softmax


def test_softmax_by_hand(student, check):
    """Equal scores share evenly, and a score that is ln 3 higher gets 3 times as much."""
    A = check.array(student.softmax(np.array([[0.0, 5.0], [np.log(3), 5.0]])), (2, 2))
    check.same(A, np.array([[0.25, 0.5], [0.75, 0.5]]))


@pytest.mark.supporting
def test_softmax_columns_are_probabilities(student, rng, check):
    """The entries of every column lie between 0 and 1 and add up to 1; Z itself stays as it was."""
    A = check.array(student.softmax(rng.normal(size=(4, 7))), (4, 7))
    check.at_least(A.min(), 0.0, "smallest entry")
    check.same(A.sum(axis=0), np.ones(7))
    check.unchanged(student)
    check.silent(student)


def test_softmax_ratios_are_exponentials_of_differences(student, rng, check):
    """Within a column, two entries differ by the factor e to the difference of their scores."""
    Z = rng.normal(scale=2, size=(5, 3))
    A = check.array(student.softmax(Z), (5, 3))
    check.at_least(A.min(), 1e-12, "smallest entry")
    check.same(A[1:] / A[:-1], np.exp(Z[1:] - Z[:-1]))
    check.same(A.sum(axis=0), np.ones(3))


def test_softmax_ignores_a_shift(student, rng, check):
    """The same number added to all scores of a column changes nothing, even if it is 1000 or -1000."""
    Z = rng.normal(size=(3, 4))
    A = np.exp(Z) / np.exp(Z).sum(axis=0)
    for shift in (0, 1000, -1000, np.array([1000, -1000, 300, 0])):
        check.same(check.array(student.softmax(Z + shift), (3, 4)), A)


# categorical_cross_entropy


def test_categorical_cross_entropy_by_hand(student, check):
    """A probability of 0.5 for a sample's class costs ln 2, one of 0.25 costs ln 4; the loss is the samples' mean."""
    Y_hat, Y = np.array([[0.5, 0.7], [0.3, 0.05], [0.2, 0.25]]), np.array([[1, 0], [0, 0], [0, 1]])
    check.same(check.number(student.categorical_cross_entropy(Y_hat, Y)), 1.5 * np.log(2), rtol=1e-5)


def test_categorical_cross_entropy_looks_at_the_right_class(student, rng, check):
    """The loss is the mean of -log(probability that the sample's own class got), whatever the other classes got."""
    Y_hat = rng.dirichlet(np.full(4, 9.0), size=11).T
    classes = rng.integers(0, 4, size=11)
    loss = check.number(student.categorical_cross_entropy(Y_hat, np.eye(4)[:, classes]))
    check.same(loss, -np.mean(np.log(Y_hat[classes, np.arange(11)])), rtol=1e-5)  # a tiny number inside log is fine


def test_categorical_cross_entropy_is_finite_at_0(student, rng, check):
    """Probabilities of 0 and 1 give a finite loss: a large one if a sample's own class got 0, none if it got 1."""
    Y = np.eye(3)[:, rng.permutation([0, 1, 2, 0, 1])]
    for is_right in rng.permutation([True, False] * 3):
        loss = check.number(student.categorical_cross_entropy(Y if is_right else np.roll(Y, 1, axis=0), Y))
        if is_right:
            check.same(loss, 0.0, atol=1e-4)
        else:
            check.at_least(loss, -np.log(1e-3), "loss where all samples are wrong for certain")


@pytest.mark.supporting
def test_categorical_cross_entropy_leaves_its_arguments_alone(student, rng, check):
    """The loss is a number above 0, and Y_hat and Y are afterwards what they were."""
    Y_hat = rng.dirichlet(np.ones(3), size=4).T
    Y_hat[:, 0] = 0, 1, 0
    check.at_least(check.number(student.categorical_cross_entropy(Y_hat, np.eye(3)[:, [1, 0, 2, 1]])), 0.0, "loss")
    check.unchanged(student)
    check.silent(student)


# mini_batches


@pytest.mark.supporting
def test_mini_batches_have_the_asked_size(student, rng, check):
    """All batches have batch_size columns, but the last one if the columns don't go into batches evenly."""
    for m, batch_size, sizes in ((10, 4, [4, 4, 2]), (6, 3, [3, 3]), (5, 8, [5]), (3, 1, [1, 1, 1])):
        batches = student.mini_batches(rng.normal(size=(2, m)), rng.integers(0, 2, size=(1, m)), batch_size)
        check.pairs(batches, [((2, size), (1, size)) for size in sizes])
    check.unchanged(student)
    check.silent(student)


def test_mini_batches_hold_every_column_once(student, rng, check):
    """Together the batches hold every column of X once, each with its own label."""
    X, Y = np.vstack([np.arange(23), rng.normal(size=23)]), rng.integers(0, 2, size=(1, 23))
    batches = check.pairs(student.mini_batches(X, Y, 5, new_seed(rng)), [((2, n), (1, n)) for n in (5, 5, 5, 5, 3)])
    rows = np.hstack([np.vstack(batch) for batch in batches])
    check.same(rows[:, np.argsort(rows[0])], np.vstack([X, Y]))


def test_mini_batches_are_shuffled(student, rng, check):
    """The columns come in random order: the same one for the same seed, another one for another seed."""
    X, Y, seed = np.arange(40.0)[None], rng.integers(0, 2, size=(1, 40)), new_seed(rng)
    orders = []
    for s in (seed, seed + 1, seed):
        batches = check.pairs(student.mini_batches(X, Y, 8, seed=s), [((1, 8), (1, 8))] * 5)
        orders.append(np.hstack([X_batch[0] for X_batch, _ in batches]))
    first, other, again = orders
    check.same(again, first)
    check.true(not np.array_equal(first, other), "another seed gives another order")
    check.true(np.ptp(first[:8]) > 7, "the first batch is drawn from all columns, not cut out in one piece")


# momentum_step


def test_momentum_step_from_rest_is_gradient_descent(student, rng, check):
    """If the velocity is 0, it becomes the gradient, and every parameter moves by -learning_rate times that."""
    parameters, gradients, rate = random_pairs(rng), random_pairs(rng), rng.uniform(0.1, 0.9)
    rest = [(np.zeros(W), np.zeros(b)) for W, b in SHAPES]
    new, velocity = check.items(student.momentum_step(parameters, gradients, rest, rate), 2)
    check.same(check.pairs(velocity, SHAPES), gradients)
    moved = [(W - rate * dW, b - rate * db) for (W, b), (dW, db) in zip(parameters, gradients, strict=True)]
    check.same(check.pairs(new, SHAPES), moved)


def test_momentum_step_keeps_rolling(student, rng, check):
    """Where the gradient is 0, the velocity shrinks to beta times itself, and the parameters still move along."""
    parameters, velocity = random_pairs(rng), random_pairs(rng)
    rate, beta = rng.uniform(0.1, 0.9), rng.uniform(0.2, 0.7)
    flat = [(np.zeros(W), np.zeros(b)) for W, b in SHAPES]
    new, new_velocity = check.items(student.momentum_step(parameters, flat, velocity, rate, beta), 2)
    rolled = [(beta * vW, beta * vb) for vW, vb in velocity]
    check.same(check.pairs(new_velocity, SHAPES), rolled)
    moved = [(W - rate * vW, b - rate * vb) for (W, b), (vW, vb) in zip(parameters, rolled, strict=True)]
    check.same(check.pairs(new, SHAPES), moved)


@pytest.mark.supporting
def test_momentum_step_leaves_its_arguments_alone(student, rng, check):
    """Parameters, gradients and velocity that go in are the same afterwards."""
    for _ in range(2):
        result = student.momentum_step(random_pairs(rng), random_pairs(rng), random_pairs(rng), 0.3)
        for pairs in check.items(result, 2):
            check.pairs(pairs, SHAPES)
    check.unchanged(student)
    check.own_results(student)
    check.silent(student)


# l2_penalty


def test_l2_penalty_by_hand(student, check):
    """Weights 3 and 4 have squares that add up to 25; at a strength of 0.2 that costs 0.1 times 25."""
    penalty = student.l2_penalty([(np.array([[3.0, 4.0]]), np.array([[7.0]]))], 0.2)
    check.same(check.number(penalty), 2.5)


def test_l2_penalty_adds_up_all_layers(student, rng, check):
    """It is strength / 2 times the sum of the squares of all weights of all layers."""
    parameters, strength = [(W, np.zeros_like(b)) for W, b in random_pairs(rng)], rng.uniform(0.1, 3)
    check.same(
        check.number(student.l2_penalty(parameters, strength)), strength / 2 * sum(np.sum(W**2) for W, _ in parameters)
    )


def test_l2_penalty_spares_biases(student, rng, check):
    """Other biases don't change the penalty, other weights do."""
    parameters, strength = random_pairs(rng), rng.uniform(0.1, 3)
    penalty = check.number(student.l2_penalty(parameters, strength))
    check.same(check.number(student.l2_penalty([(W, 3 * b + 1) for W, b in parameters], strength)), penalty)
    factor = rng.uniform(2, 4)
    larger = check.number(student.l2_penalty([(factor * W, b) for W, b in parameters], strength))
    check.same(larger, factor**2 * penalty)
    check.at_least(penalty, 1e-3, "penalty")


@pytest.mark.supporting
def test_l2_penalty_of_strength_0_is_0(student, rng, check):
    """At strength 0 there is no penalty; the parameters are afterwards what they were."""
    check.same(check.number(student.l2_penalty(random_pairs(rng), 0.0)), 0.0)
    check.unchanged(student)
    check.silent(student)


# train_on_circles


def test_train_on_circles_reaches_its_accuracy(student, check):
    """From the default seed, the network gets at least 95 % of the test part's circles right."""
    _, accuracy = check.items(student.train_on_circles(), 2)
    check.at_least(check.number(accuracy), 0.95, "accuracy on the test part")
    check.at_most(accuracy, 1.0, "accuracy on the test part")
